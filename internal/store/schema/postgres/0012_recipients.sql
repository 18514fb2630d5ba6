-- Who extracts may be for. A recipient's pseudonyms are made under a key that follows key_name,
-- which never changes; folded is the name as it is compared.

CREATE TABLE recipients (
  register text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, name text NOT NULL, folded text COLLATE "C" NOT NULL, key_name text NOT NULL,
  added text COLLATE "C" NOT NULL, person text NOT NULL,
  PRIMARY KEY (register, id), UNIQUE (register, folded));

ALTER TABLE recipients ENABLE ROW LEVEL SECURITY;
ALTER TABLE recipients FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON recipients USING (register = (SELECT own_register()));

GRANT SELECT, INSERT ON recipients TO {roles};
