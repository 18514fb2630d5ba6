-- What is kept. The register comes first in every key; ids are made in Go; times are UTC
-- text (RFC 3339), days are ÅÅÅÅ-MM-DD, an empty text is nothing.

CREATE TABLE registers (id TEXT PRIMARY KEY, name TEXT NOT NULL, controller TEXT NOT NULL, area TEXT NOT NULL, synthetic INTEGER NOT NULL, created TEXT NOT NULL) STRICT;
CREATE TABLE people (id TEXT PRIMARY KEY, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL, password TEXT NOT NULL, language TEXT NOT NULL, keys_off INTEGER NOT NULL, created TEXT NOT NULL, ended TEXT NOT NULL) STRICT;
CREATE TABLE grants (person TEXT NOT NULL, register TEXT NOT NULL, unit TEXT NOT NULL, role TEXT NOT NULL, from_time TEXT NOT NULL, till_time TEXT NOT NULL, PRIMARY KEY (person, register, unit, role, from_time)) STRICT;
CREATE TABLE sessions (hash TEXT PRIMARY KEY, person TEXT NOT NULL, register TEXT NOT NULL, role TEXT NOT NULL, created TEXT NOT NULL, seen TEXT NOT NULL, ends TEXT NOT NULL) STRICT;
CREATE INDEX sessions_person ON sessions (person);
CREATE TABLE settings (register TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (register, name)) STRICT;
CREATE TABLE units (register TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, area TEXT NOT NULL, from_day TEXT NOT NULL, till_day TEXT NOT NULL, PRIMARY KEY (register, id)) STRICT;

CREATE TABLE cases (
  register TEXT NOT NULL, id TEXT NOT NULL, unit TEXT NOT NULL, worker TEXT NOT NULL,
  code TEXT NOT NULL, client TEXT NOT NULL, previous TEXT NOT NULL, codebook TEXT NOT NULL,
  state TEXT NOT NULL, intake TEXT NOT NULL, closed TEXT NOT NULL, next_day TEXT NOT NULL,
  missing INTEGER NOT NULL, progress TEXT NOT NULL, discuss INTEGER NOT NULL,
  version INTEGER NOT NULL, created TEXT NOT NULL, changed TEXT NOT NULL, changed_by TEXT NOT NULL, last_field TEXT NOT NULL,
  answers TEXT NOT NULL,
  PRIMARY KEY (register, id)) STRICT;
CREATE UNIQUE INDEX cases_code ON cases (register, code);
CREATE INDEX cases_worker ON cases (register, worker, state, intake, id);
CREATE INDEX cases_unit ON cases (register, unit, state, intake, id);
CREATE INDEX cases_mine ON cases (register, worker, intake, id) WHERE (missing > 0 OR discuss = 1);
CREATE INDEX cases_walk ON cases (register, unit, intake, id) WHERE (missing > 0 OR discuss = 1);
CREATE INDEX cases_discuss ON cases (register, unit, intake, id) WHERE discuss = 1;
CREATE INDEX cases_due ON cases (register, unit, next_day, id) WHERE next_day <> '';

CREATE TABLE revisions (register TEXT NOT NULL, case_id TEXT NOT NULL, version INTEGER NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL, act TEXT NOT NULL, changes TEXT NOT NULL, PRIMARY KEY (register, case_id, version)) STRICT, WITHOUT ROWID;
CREATE TABLE local_codes (register TEXT NOT NULL, case_id TEXT NOT NULL, version INTEGER NOT NULL, case_code BLOB NOT NULL, client_code BLOB NOT NULL, PRIMARY KEY (register, case_id, version)) STRICT, WITHOUT ROWID;
CREATE TABLE audit (register TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (register, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE audit_heads (register TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;

CREATE TABLE key_proofs (register TEXT PRIMARY KEY, proof TEXT NOT NULL) STRICT;
