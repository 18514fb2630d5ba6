-- Retention: what somebody has proposed to delete, and the protocol of what was. Nothing else
-- can be deleted: a case, its revisions and its codes stay unless the case stands in a proposal
-- that is being carried out.

CREATE TABLE retentions (
  register text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, state text NOT NULL, years integer NOT NULL, before_day text NOT NULL,
  proposed text COLLATE "C" NOT NULL, proposed_by text NOT NULL, proposed_role text NOT NULL, cases integer NOT NULL, excluded integer NOT NULL, oldest text NOT NULL, newest text NOT NULL,
  decided text NOT NULL, decided_by text NOT NULL, decided_role text NOT NULL, deleted integer NOT NULL, hashes text NOT NULL, scrubbed text NOT NULL,
  PRIMARY KEY (register, id));
CREATE TABLE retention_cases (register text COLLATE "C" NOT NULL, case_id text COLLATE "C" NOT NULL, retention text COLLATE "C" NOT NULL, PRIMARY KEY (register, case_id, retention));

ALTER TABLE retentions ENABLE ROW LEVEL SECURITY;
ALTER TABLE retentions FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON retentions USING (register = (SELECT own_register()));
ALTER TABLE retention_cases ENABLE ROW LEVEL SECURITY;
ALTER TABLE retention_cases FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON retention_cases USING (register = (SELECT own_register()));
CREATE POLICY stay ON cases AS RESTRICTIVE FOR DELETE USING (EXISTS (SELECT 1 FROM retention_cases x WHERE x.register = cases.register AND x.case_id = cases.id));
CREATE POLICY stay ON revisions AS RESTRICTIVE FOR DELETE USING (EXISTS (SELECT 1 FROM retention_cases x WHERE x.register = revisions.register AND x.case_id = revisions.case_id));
CREATE POLICY stay ON local_codes AS RESTRICTIVE FOR DELETE USING (EXISTS (SELECT 1 FROM retention_cases x WHERE x.register = local_codes.register AND x.case_id = local_codes.case_id));

GRANT SELECT, INSERT, UPDATE ON retentions TO {roles};
GRANT SELECT, INSERT, DELETE ON retention_cases TO {roles};
GRANT DELETE ON cases, revisions, local_codes TO {roles};
