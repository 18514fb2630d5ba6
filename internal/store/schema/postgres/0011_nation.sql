-- The nation's register: what is asked for each year, who lives where, what has been
-- reported, and what has been published. A count that is kept is never 1-4: that is s.
-- Population, returns and publications are only added to.

CREATE TABLE nation_collections (
  register text COLLATE "C" NOT NULL, year integer NOT NULL, deadline text NOT NULL, opened text NOT NULL, opened_by text NOT NULL, closed text NOT NULL,
  PRIMARY KEY (register, year));
CREATE TABLE nation_population (
  register text COLLATE "C" NOT NULL, unit text COLLATE "C" NOT NULL, year integer NOT NULL, edition integer NOT NULL, adults integer NOT NULL, inhabitants integer NOT NULL,
  source text NOT NULL, source_table text NOT NULL, method text NOT NULL, taken text NOT NULL, reason text NOT NULL, at text NOT NULL, person text NOT NULL,
  PRIMARY KEY (register, unit, year, edition));
CREATE TABLE nation_returns (
  register text COLLATE "C" NOT NULL, unit text COLLATE "C" NOT NULL, year integer NOT NULL, edition integer NOT NULL,
  opened text NOT NULL CHECK (opened NOT IN ('1', '2', '3', '4')), supported text NOT NULL CHECK (supported NOT IN ('1', '2', '3', '4')), goal_met text NOT NULL CHECK (goal_met NOT IN ('1', '2', '3', '4')),
  scope integer NOT NULL, how text NOT NULL, at text NOT NULL, person text NOT NULL, role text NOT NULL,
  PRIMARY KEY (register, unit, year, edition));
CREATE TABLE nation_publications (
  register text COLLATE "C" NOT NULL, year integer NOT NULL, edition integer NOT NULL, at text NOT NULL, person text NOT NULL, reason text NOT NULL, hash text NOT NULL, body bytea NOT NULL,
  PRIMARY KEY (register, year, edition));

ALTER TABLE nation_collections ENABLE ROW LEVEL SECURITY;
ALTER TABLE nation_collections FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON nation_collections USING (register = (SELECT own_register()));
ALTER TABLE nation_population ENABLE ROW LEVEL SECURITY;
ALTER TABLE nation_population FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON nation_population USING (register = (SELECT own_register()));
ALTER TABLE nation_returns ENABLE ROW LEVEL SECURITY;
ALTER TABLE nation_returns FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON nation_returns USING (register = (SELECT own_register()));
ALTER TABLE nation_publications ENABLE ROW LEVEL SECURITY;
ALTER TABLE nation_publications FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON nation_publications USING (register = (SELECT own_register()));

GRANT SELECT, INSERT, UPDATE ON nation_collections TO {roles};
GRANT SELECT, INSERT ON nation_population, nation_returns, nation_publications TO {roles};
