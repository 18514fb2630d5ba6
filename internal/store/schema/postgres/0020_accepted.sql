-- Warnings about key figures that somebody has looked at and lets stand, with one of a few
-- reasons. The last version of each stands; an empty reason takes it back. state is what the warning
-- said then: when it says something else it is a warning again. No count of 1 to 4 is in it.

CREATE TABLE figure_accepted (
  register text COLLATE "C" NOT NULL, year integer NOT NULL, unit text COLLATE "C" NOT NULL, about text COLLATE "C" NOT NULL, version integer NOT NULL,
  reason text NOT NULL, state text NOT NULL, at text NOT NULL, person text NOT NULL, role text NOT NULL,
  PRIMARY KEY (register, year, unit, about, version));

ALTER TABLE figure_accepted ENABLE ROW LEVEL SECURITY;
ALTER TABLE figure_accepted FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON figure_accepted USING (register = (SELECT own_register()));

GRANT SELECT, INSERT ON figure_accepted TO {roles};
