-- Which of Kolada's key figures somebody has confirmed that ours are compared with: found by title,
-- confirmed by a person. The last edition stands; an empty id says that there is none any more.

CREATE TABLE nation_kolada (
  register text COLLATE "C" NOT NULL, figure integer NOT NULL, edition integer NOT NULL, kpi text NOT NULL, title text NOT NULL, at text NOT NULL, person text NOT NULL,
  PRIMARY KEY (register, figure, edition));

ALTER TABLE nation_kolada ENABLE ROW LEVEL SECURITY;
ALTER TABLE nation_kolada FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON nation_kolada USING (register = (SELECT own_register()));

GRANT SELECT, INSERT ON nation_kolada TO {roles};
