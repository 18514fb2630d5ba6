-- What people keep beside figures: views, and reflections with a day to look again. A note is
-- ended, never taken away or written over.

CREATE TABLE notes (
  register TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, unit TEXT NOT NULL, about TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
  again TEXT NOT NULL, made TEXT NOT NULL, person TEXT NOT NULL, ended TEXT NOT NULL, ended_by TEXT NOT NULL,
  PRIMARY KEY (register, id)) STRICT, WITHOUT ROWID;
