-- What has left the register: to whom, of which period, how much, and the hash of the file.
-- Never the file.

CREATE TABLE deliveries (
  register TEXT NOT NULL, id TEXT NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL, recipient TEXT NOT NULL,
  from_day TEXT NOT NULL, till_day TEXT NOT NULL, scope INTEGER NOT NULL, coverage INTEGER NOT NULL, codebook TEXT NOT NULL,
  cases INTEGER NOT NULL, texts INTEGER NOT NULL, hash TEXT NOT NULL,
  PRIMARY KEY (register, id)) STRICT, WITHOUT ROWID;
