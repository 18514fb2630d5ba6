-- The client's survey: how it was given to whom, and how far it has come; the answers stand in
-- the case. hash is of the one-use secret or of a paper form's code, empty when it is over.
-- first is a paper form as it was entered the first time, until it has been entered again.
-- Texts are versions that stand; a review says of one version, by its hash, that it was read.

CREATE TABLE surveys (
  register TEXT NOT NULL, id TEXT NOT NULL, case_id TEXT NOT NULL, mode TEXT NOT NULL, lang TEXT NOT NULL, state TEXT NOT NULL,
  given TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL, changed TEXT NOT NULL, ends TEXT NOT NULL, hash TEXT NOT NULL,
  step INTEGER NOT NULL, base INTEGER NOT NULL, first TEXT NOT NULL, first_by TEXT NOT NULL,
  PRIMARY KEY (register, id)) STRICT, WITHOUT ROWID;
CREATE INDEX surveys_of ON surveys (register, case_id);
CREATE INDEX surveys_by ON surveys (register, hash) WHERE hash <> '';
CREATE TRIGGER surveys_stay BEFORE DELETE ON surveys WHEN NOT EXISTS (SELECT 1 FROM retention_cases x WHERE x.register = OLD.register AND x.case_id = OLD.case_id) BEGIN SELECT RAISE(ABORT, 'kept'); END;
CREATE TABLE survey_texts (
  register TEXT NOT NULL, lang TEXT NOT NULL, version INTEGER NOT NULL, content TEXT NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL,
  PRIMARY KEY (register, lang, version)) STRICT, WITHOUT ROWID;
CREATE TRIGGER survey_texts_stay BEFORE UPDATE ON survey_texts BEGIN SELECT RAISE(ABORT, 'kept'); END;
CREATE TRIGGER survey_texts_remain BEFORE DELETE ON survey_texts BEGIN SELECT RAISE(ABORT, 'kept'); END;
CREATE TABLE survey_reviews (
  register TEXT NOT NULL, lang TEXT NOT NULL, hash TEXT NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL, note TEXT NOT NULL,
  PRIMARY KEY (register, lang, hash)) STRICT, WITHOUT ROWID;
CREATE TRIGGER survey_reviews_stay BEFORE UPDATE ON survey_reviews BEGIN SELECT RAISE(ABORT, 'kept'); END;
CREATE TRIGGER survey_reviews_remain BEFORE DELETE ON survey_reviews BEGIN SELECT RAISE(ABORT, 'kept'); END;
CREATE TABLE survey_tags (
  register TEXT NOT NULL, case_id TEXT NOT NULL, field TEXT NOT NULL, tag TEXT NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL,
  PRIMARY KEY (register, case_id, field, tag)) STRICT, WITHOUT ROWID;
