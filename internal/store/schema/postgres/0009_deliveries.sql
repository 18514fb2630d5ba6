-- What has left the register: to whom, of which period, how much, and the hash of the file.
-- Never the file.

CREATE TABLE deliveries (
  register text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, at text COLLATE "C" NOT NULL, person text NOT NULL, role text NOT NULL, recipient text NOT NULL,
  from_day text NOT NULL, till_day text NOT NULL, scope integer NOT NULL, coverage integer NOT NULL, codebook text NOT NULL,
  cases integer NOT NULL, texts integer NOT NULL, hash text NOT NULL,
  PRIMARY KEY (register, id));

ALTER TABLE deliveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE deliveries FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON deliveries USING (register = (SELECT own_register()));

GRANT SELECT, INSERT ON deliveries TO {roles};
