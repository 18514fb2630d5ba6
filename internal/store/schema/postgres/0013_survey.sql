-- The client's survey: how it was given to whom, and how far it has come; the answers stand in
-- the case. hash is of the one-use secret or of a paper form's code, empty when it is over.
-- first is a paper form as it was entered the first time, until it has been entered again.
-- Texts are versions that stand; a review says of one version, by its hash, that it was read.

CREATE TABLE surveys (
  register text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, case_id text COLLATE "C" NOT NULL, mode text NOT NULL, lang text NOT NULL, state text NOT NULL,
  given text COLLATE "C" NOT NULL, person text NOT NULL, role text NOT NULL, changed text COLLATE "C" NOT NULL, ends text COLLATE "C" NOT NULL, hash text COLLATE "C" NOT NULL,
  step integer NOT NULL, base integer NOT NULL, first text NOT NULL, first_by text NOT NULL,
  PRIMARY KEY (register, id));
CREATE INDEX surveys_of ON surveys (register, case_id);
CREATE INDEX surveys_by ON surveys (register, hash) WHERE hash <> '';
CREATE TABLE survey_texts (
  register text COLLATE "C" NOT NULL, lang text COLLATE "C" NOT NULL, version integer NOT NULL, content text NOT NULL, at text COLLATE "C" NOT NULL, person text NOT NULL, role text NOT NULL,
  PRIMARY KEY (register, lang, version));
CREATE TABLE survey_reviews (
  register text COLLATE "C" NOT NULL, lang text COLLATE "C" NOT NULL, hash text COLLATE "C" NOT NULL, at text COLLATE "C" NOT NULL, person text NOT NULL, role text NOT NULL, note text NOT NULL,
  PRIMARY KEY (register, lang, hash));
CREATE TABLE survey_tags (
  register text COLLATE "C" NOT NULL, case_id text COLLATE "C" NOT NULL, field text COLLATE "C" NOT NULL, tag text COLLATE "C" NOT NULL, at text COLLATE "C" NOT NULL, person text NOT NULL,
  PRIMARY KEY (register, case_id, field, tag));

ALTER TABLE surveys ENABLE ROW LEVEL SECURITY;
ALTER TABLE surveys FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON surveys USING (register = (SELECT own_register()));
CREATE POLICY stay ON surveys AS RESTRICTIVE FOR DELETE USING (EXISTS (SELECT 1 FROM retention_cases x WHERE x.register = surveys.register AND x.case_id = surveys.case_id));
ALTER TABLE survey_texts ENABLE ROW LEVEL SECURITY;
ALTER TABLE survey_texts FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON survey_texts USING (register = (SELECT own_register()));
ALTER TABLE survey_reviews ENABLE ROW LEVEL SECURITY;
ALTER TABLE survey_reviews FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON survey_reviews USING (register = (SELECT own_register()));
ALTER TABLE survey_tags ENABLE ROW LEVEL SECURITY;
ALTER TABLE survey_tags FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON survey_tags USING (register = (SELECT own_register()));

GRANT SELECT, INSERT, UPDATE, DELETE ON surveys TO {roles};
GRANT SELECT, INSERT ON survey_texts, survey_reviews TO {roles};
GRANT SELECT, INSERT, DELETE ON survey_tags TO {roles};
