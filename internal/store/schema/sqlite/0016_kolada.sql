-- Which of Kolada's key figures somebody has confirmed that ours are compared with: found by title,
-- confirmed by a person. The last edition stands; an empty id says that there is none any more.

CREATE TABLE nation_kolada (
  register TEXT NOT NULL, figure INTEGER NOT NULL, edition INTEGER NOT NULL, kpi TEXT NOT NULL, title TEXT NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL,
  PRIMARY KEY (register, figure, edition)) STRICT, WITHOUT ROWID;
CREATE TRIGGER nation_kolada_stays BEFORE UPDATE ON nation_kolada BEGIN SELECT RAISE(ABORT, 'kept'); END;
CREATE TRIGGER nation_kolada_remains BEFORE DELETE ON nation_kolada BEGIN SELECT RAISE(ABORT, 'kept'); END;
