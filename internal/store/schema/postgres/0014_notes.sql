-- What people keep beside figures: views, and reflections with a day to look again. A note is
-- ended, never taken away or written over.

CREATE TABLE notes (
  register text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, kind text NOT NULL, unit text NOT NULL, about text NOT NULL, title text NOT NULL, text text NOT NULL,
  again text COLLATE "C" NOT NULL, made text COLLATE "C" NOT NULL, person text NOT NULL, ended text NOT NULL, ended_by text NOT NULL,
  PRIMARY KEY (register, id));

ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE notes FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON notes USING (register = (SELECT own_register()));

GRANT SELECT, INSERT ON notes TO {roles};
GRANT UPDATE (ended, ended_by) ON notes TO {roles};
