-- Exercises in coding made-up cases. tally is how many chose each answer, all in one value that is
-- sealed under the key of the key register and written anew by each who answers: it says nothing
-- of one person, nor of an order. coding_readers has who has answered, until the exercise is
-- closed, without a time; nothing leads from the one to the other.
-- Orders of figures: an order is answered or taken back, never changed.

CREATE TABLE codings (
  register TEXT NOT NULL, id TEXT NOT NULL, content TEXT NOT NULL, till TEXT NOT NULL, made TEXT NOT NULL, person TEXT NOT NULL,
  closed TEXT NOT NULL, closed_by TEXT NOT NULL, answered INTEGER NOT NULL, tally BLOB NOT NULL,
  PRIMARY KEY (register, id)) STRICT, WITHOUT ROWID;
CREATE TABLE coding_readers (
  register TEXT NOT NULL, coding TEXT NOT NULL, person TEXT NOT NULL,
  PRIMARY KEY (register, coding, person)) STRICT, WITHOUT ROWID;
CREATE TABLE orders (
  register TEXT NOT NULL, id TEXT NOT NULL, unit TEXT NOT NULL, about TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, wanted TEXT NOT NULL, made TEXT NOT NULL, person TEXT NOT NULL,
  ended TEXT NOT NULL, ended_by TEXT NOT NULL, answer_about TEXT NOT NULL, answer TEXT NOT NULL,
  PRIMARY KEY (register, id)) STRICT, WITHOUT ROWID;
