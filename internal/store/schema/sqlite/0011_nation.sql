-- The nation's register: what is asked for each year, who lives where, what has been
-- reported, and what has been published. A count that is kept is never 1-4: that is s.
-- Population, returns and publications are only added to.

CREATE TABLE nation_collections (
  register TEXT NOT NULL, year INTEGER NOT NULL, deadline TEXT NOT NULL, opened TEXT NOT NULL, opened_by TEXT NOT NULL, closed TEXT NOT NULL,
  PRIMARY KEY (register, year)) STRICT, WITHOUT ROWID;
CREATE TABLE nation_population (
  register TEXT NOT NULL, unit TEXT NOT NULL, year INTEGER NOT NULL, edition INTEGER NOT NULL, adults INTEGER NOT NULL, inhabitants INTEGER NOT NULL,
  source TEXT NOT NULL, source_table TEXT NOT NULL, method TEXT NOT NULL, taken TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL,
  PRIMARY KEY (register, unit, year, edition)) STRICT, WITHOUT ROWID;
CREATE TABLE nation_returns (
  register TEXT NOT NULL, unit TEXT NOT NULL, year INTEGER NOT NULL, edition INTEGER NOT NULL,
  opened TEXT NOT NULL CHECK (opened NOT IN ('1', '2', '3', '4')), supported TEXT NOT NULL CHECK (supported NOT IN ('1', '2', '3', '4')), goal_met TEXT NOT NULL CHECK (goal_met NOT IN ('1', '2', '3', '4')),
  scope INTEGER NOT NULL, how TEXT NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL,
  PRIMARY KEY (register, unit, year, edition)) STRICT, WITHOUT ROWID;
CREATE TABLE nation_publications (
  register TEXT NOT NULL, year INTEGER NOT NULL, edition INTEGER NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL, reason TEXT NOT NULL, hash TEXT NOT NULL, body BLOB NOT NULL,
  PRIMARY KEY (register, year, edition)) STRICT, WITHOUT ROWID;

CREATE TRIGGER nation_population_stays BEFORE UPDATE ON nation_population BEGIN SELECT RAISE(ABORT, 'kept'); END;
CREATE TRIGGER nation_population_remains BEFORE DELETE ON nation_population BEGIN SELECT RAISE(ABORT, 'kept'); END;
CREATE TRIGGER nation_returns_stay BEFORE UPDATE ON nation_returns BEGIN SELECT RAISE(ABORT, 'kept'); END;
CREATE TRIGGER nation_returns_remain BEFORE DELETE ON nation_returns BEGIN SELECT RAISE(ABORT, 'kept'); END;
CREATE TRIGGER nation_publications_stay BEFORE UPDATE ON nation_publications BEGIN SELECT RAISE(ABORT, 'kept'); END;
CREATE TRIGGER nation_publications_remain BEFORE DELETE ON nation_publications BEGIN SELECT RAISE(ABORT, 'kept'); END;
