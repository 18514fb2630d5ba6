-- Key figures: what was decided of cases that the rules leave in doubt, and what was returned.
-- A decision stands until the next of the same; it goes with its case. A return holds no count
-- of 1 to 4: those are marks before they come here.

CREATE TABLE figure_decisions (
  register TEXT NOT NULL, year INTEGER NOT NULL, case_id TEXT NOT NULL, doubt TEXT NOT NULL, version INTEGER NOT NULL,
  verdict TEXT NOT NULL, note TEXT NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL,
  PRIMARY KEY (register, year, case_id, doubt, version)) STRICT, WITHOUT ROWID;
CREATE INDEX figure_decisions_of ON figure_decisions (register, case_id);
CREATE TABLE figure_returns (
  register TEXT NOT NULL, year INTEGER NOT NULL, unit TEXT NOT NULL, edition INTEGER NOT NULL, id TEXT NOT NULL,
  at TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL, scope INTEGER NOT NULL, reading TEXT NOT NULL, codebook TEXT NOT NULL,
  counts TEXT NOT NULL, hash TEXT NOT NULL,
  PRIMARY KEY (register, year, unit, edition)) STRICT, WITHOUT ROWID;
CREATE TABLE figure_sent (
  register TEXT NOT NULL, id TEXT NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL, way TEXT NOT NULL,
  PRIMARY KEY (register, id)) STRICT, WITHOUT ROWID;
CREATE TRIGGER figure_decisions_stay BEFORE DELETE ON figure_decisions WHEN NOT EXISTS (SELECT 1 FROM retention_cases x WHERE x.register = OLD.register AND x.case_id = OLD.case_id) BEGIN SELECT RAISE(ABORT, 'kept'); END;
