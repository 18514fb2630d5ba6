-- Exercises in coding made-up cases. tally is how many chose each answer, all in one value that is
-- sealed under the key of the key register and written anew by each who answers: it says nothing
-- of one person, nor of an order. coding_readers has who has answered, until the exercise is
-- closed, without a time; nothing leads from the one to the other.
-- Orders of figures: an order is answered or taken back, never changed.

CREATE TABLE codings (
  register text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, content text NOT NULL, till text COLLATE "C" NOT NULL, made text COLLATE "C" NOT NULL, person text NOT NULL,
  closed text NOT NULL, closed_by text NOT NULL, answered integer NOT NULL, tally bytea NOT NULL,
  PRIMARY KEY (register, id));
CREATE TABLE coding_readers (
  register text COLLATE "C" NOT NULL, coding text COLLATE "C" NOT NULL, person text COLLATE "C" NOT NULL,
  PRIMARY KEY (register, coding, person));
CREATE TABLE orders (
  register text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, unit text NOT NULL, about text NOT NULL, title text NOT NULL, text text NOT NULL, wanted text COLLATE "C" NOT NULL, made text COLLATE "C" NOT NULL, person text NOT NULL,
  ended text NOT NULL, ended_by text NOT NULL, answer_about text NOT NULL, answer text NOT NULL,
  PRIMARY KEY (register, id));

ALTER TABLE codings ENABLE ROW LEVEL SECURITY;
ALTER TABLE codings FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON codings USING (register = (SELECT own_register()));
ALTER TABLE coding_readers ENABLE ROW LEVEL SECURITY;
ALTER TABLE coding_readers FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON coding_readers USING (register = (SELECT own_register()));
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE orders FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON orders USING (register = (SELECT own_register()));

GRANT SELECT, INSERT ON codings, orders TO {roles};
GRANT UPDATE (till, closed, closed_by, answered, tally) ON codings TO {roles};
GRANT SELECT, INSERT, DELETE ON coding_readers TO {roles};
GRANT UPDATE (ended, ended_by, answer_about, answer) ON orders TO {roles};
