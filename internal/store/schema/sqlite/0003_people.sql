-- Who gave a role and who approved it, how somebody signed in, what waits for a second
-- person, and the codes by which people set their own passwords (their hashes only).

ALTER TABLE grants ADD COLUMN given_by TEXT NOT NULL DEFAULT '';
ALTER TABLE grants ADD COLUMN approved_by TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN how TEXT NOT NULL DEFAULT '';
CREATE TABLE proposals (id TEXT PRIMARY KEY, person TEXT NOT NULL, register TEXT NOT NULL, role TEXT NOT NULL, made_by TEXT NOT NULL, made TEXT NOT NULL, ends TEXT NOT NULL, outcome TEXT NOT NULL, decided TEXT NOT NULL, decided_by TEXT NOT NULL) STRICT;
CREATE INDEX proposals_waiting ON proposals (outcome, made);
CREATE TABLE sign_codes (person TEXT PRIMARY KEY, hash TEXT NOT NULL, made_by TEXT NOT NULL, made TEXT NOT NULL, ends TEXT NOT NULL) STRICT;
