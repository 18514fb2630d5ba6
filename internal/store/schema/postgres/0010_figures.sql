-- Key figures: what was decided of cases that the rules leave in doubt, and what was returned.
-- A decision stands until the next of the same; it goes with its case. A return holds no count
-- of 1 to 4: those are marks before they come here.

CREATE TABLE figure_decisions (
  register text COLLATE "C" NOT NULL, year integer NOT NULL, case_id text COLLATE "C" NOT NULL, doubt text COLLATE "C" NOT NULL, version integer NOT NULL,
  verdict text NOT NULL, note text NOT NULL, at text COLLATE "C" NOT NULL, person text NOT NULL, role text NOT NULL,
  PRIMARY KEY (register, year, case_id, doubt, version));
CREATE INDEX figure_decisions_of ON figure_decisions (register, case_id);
CREATE TABLE figure_returns (
  register text COLLATE "C" NOT NULL, year integer NOT NULL, unit text COLLATE "C" NOT NULL, edition integer NOT NULL, id text COLLATE "C" NOT NULL,
  at text COLLATE "C" NOT NULL, person text NOT NULL, role text NOT NULL, scope integer NOT NULL, reading text NOT NULL, codebook text NOT NULL,
  counts text NOT NULL, hash text NOT NULL,
  PRIMARY KEY (register, year, unit, edition));
CREATE TABLE figure_sent (
  register text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, at text COLLATE "C" NOT NULL, person text NOT NULL, role text NOT NULL, way text NOT NULL,
  PRIMARY KEY (register, id));

ALTER TABLE figure_decisions ENABLE ROW LEVEL SECURITY;
ALTER TABLE figure_decisions FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON figure_decisions USING (register = (SELECT own_register()));
CREATE POLICY stay ON figure_decisions AS RESTRICTIVE FOR DELETE USING (EXISTS (SELECT 1 FROM retention_cases x WHERE x.register = figure_decisions.register AND x.case_id = figure_decisions.case_id));
ALTER TABLE figure_returns ENABLE ROW LEVEL SECURITY;
ALTER TABLE figure_returns FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON figure_returns USING (register = (SELECT own_register()));
ALTER TABLE figure_sent ENABLE ROW LEVEL SECURITY;
ALTER TABLE figure_sent FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON figure_sent USING (register = (SELECT own_register()));

GRANT SELECT, INSERT, DELETE ON figure_decisions TO {roles};
GRANT SELECT, INSERT ON figure_returns, figure_sent TO {roles};
