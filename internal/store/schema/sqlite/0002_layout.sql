-- A revision's changes are often longer than a quarter of a page. In a table without row ids
-- each such row had a page of its own besides; with them, five share one.

CREATE TABLE revisions_by_row (register TEXT NOT NULL, case_id TEXT NOT NULL, version INTEGER NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL, act TEXT NOT NULL, changes TEXT NOT NULL, PRIMARY KEY (register, case_id, version)) STRICT;
INSERT INTO revisions_by_row SELECT register, case_id, version, at, person, role, act, changes FROM revisions;
DROP TABLE revisions;
ALTER TABLE revisions_by_row RENAME TO revisions;
