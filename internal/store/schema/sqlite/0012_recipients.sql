-- Who extracts may be for. A recipient's pseudonyms are made under a key that follows key_name,
-- which never changes; folded is the name as it is compared.

CREATE TABLE recipients (
  register TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, key_name TEXT NOT NULL,
  added TEXT NOT NULL, person TEXT NOT NULL,
  PRIMARY KEY (register, id), UNIQUE (register, folded)) STRICT, WITHOUT ROWID;
CREATE TRIGGER recipients_stay BEFORE UPDATE ON recipients BEGIN SELECT RAISE(ABORT, 'kept'); END;
CREATE TRIGGER recipients_remain BEFORE DELETE ON recipients BEGIN SELECT RAISE(ABORT, 'kept'); END;
