-- Warnings about key figures that somebody has looked at and lets stand, with one of a few
-- reasons. The last version of each stands; an empty reason takes it back. state is what the warning
-- said then: when it says something else it is a warning again. No count of 1 to 4 is in it.

CREATE TABLE figure_accepted (
  register TEXT NOT NULL, year INTEGER NOT NULL, unit TEXT NOT NULL, about TEXT NOT NULL, version INTEGER NOT NULL,
  reason TEXT NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL,
  PRIMARY KEY (register, year, unit, about, version)) STRICT, WITHOUT ROWID;
CREATE TRIGGER figure_accepted_stays BEFORE UPDATE ON figure_accepted BEGIN SELECT RAISE(ABORT, 'kept'); END;
CREATE TRIGGER figure_accepted_remains BEFORE DELETE ON figure_accepted BEGIN SELECT RAISE(ABORT, 'kept'); END;
