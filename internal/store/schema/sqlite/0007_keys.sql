-- The keys of the key register have versions; beside each sealed code stands which one it is
-- under. A version that has ended says why. Look-ups of codes are counted by person and hour.
-- What was decided of one client's open cases in several units is kept: the newest counts.

CREATE TABLE key_versions (register TEXT NOT NULL, purpose TEXT NOT NULL, version INTEGER NOT NULL, begun TEXT NOT NULL, ended TEXT NOT NULL, reason TEXT NOT NULL, proof TEXT NOT NULL, PRIMARY KEY (register, purpose, version)) STRICT, WITHOUT ROWID;
ALTER TABLE local_codes ADD COLUMN key_version INTEGER NOT NULL DEFAULT 1;
CREATE INDEX cases_client ON cases (register, client, state, unit);
CREATE TABLE lookups (register TEXT NOT NULL, person TEXT NOT NULL, hour TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (register, person)) STRICT, WITHOUT ROWID;
CREATE TABLE doubles (register TEXT NOT NULL, cases TEXT NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL, verdict TEXT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (register, cases, at)) STRICT, WITHOUT ROWID;
