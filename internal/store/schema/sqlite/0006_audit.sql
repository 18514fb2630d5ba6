-- Where each chain ended at a time, signed by the installation; what was looked through of the
-- log, by whom, and what was said of it; and how many lines there are by day, person and act,
-- counted up to a line.

CREATE TABLE signed_heads (register TEXT NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL, hash TEXT NOT NULL, key TEXT NOT NULL, signature TEXT NOT NULL, PRIMARY KEY (register, seq, at)) STRICT, WITHOUT ROWID;
CREATE TABLE log_checks (register TEXT NOT NULL, id TEXT NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL, from_time TEXT NOT NULL, till_time TEXT NOT NULL, first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL, seed TEXT NOT NULL, sample TEXT NOT NULL, PRIMARY KEY (register, id)) STRICT, WITHOUT ROWID;
CREATE TABLE log_marks (register TEXT NOT NULL, check_id TEXT NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL, mark TEXT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (register, check_id, seq, at)) STRICT, WITHOUT ROWID;
CREATE TABLE log_days (register TEXT NOT NULL, day TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL, act TEXT NOT NULL, n INTEGER NOT NULL, night INTEGER NOT NULL, PRIMARY KEY (register, day, person, role, act)) STRICT, WITHOUT ROWID;
CREATE TABLE log_counted (register TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT;
