-- Retention: what somebody has proposed to delete, and the protocol of what was. Nothing else
-- can be deleted: a case, its revisions and its codes stay unless the case stands in a proposal
-- that is being carried out.

CREATE TABLE retentions (
  register TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL, years INTEGER NOT NULL, before_day TEXT NOT NULL,
  proposed TEXT NOT NULL, proposed_by TEXT NOT NULL, proposed_role TEXT NOT NULL, cases INTEGER NOT NULL, excluded INTEGER NOT NULL, oldest TEXT NOT NULL, newest TEXT NOT NULL,
  decided TEXT NOT NULL, decided_by TEXT NOT NULL, decided_role TEXT NOT NULL, deleted INTEGER NOT NULL, hashes TEXT NOT NULL, scrubbed TEXT NOT NULL,
  PRIMARY KEY (register, id)) STRICT, WITHOUT ROWID;
CREATE TABLE retention_cases (register TEXT NOT NULL, case_id TEXT NOT NULL, retention TEXT NOT NULL, PRIMARY KEY (register, case_id, retention)) STRICT, WITHOUT ROWID;
CREATE TRIGGER cases_stay BEFORE DELETE ON cases WHEN NOT EXISTS (SELECT 1 FROM retention_cases x WHERE x.register = OLD.register AND x.case_id = OLD.id) BEGIN SELECT RAISE(ABORT, 'kept'); END;
CREATE TRIGGER revisions_stay BEFORE DELETE ON revisions WHEN NOT EXISTS (SELECT 1 FROM retention_cases x WHERE x.register = OLD.register AND x.case_id = OLD.case_id) BEGIN SELECT RAISE(ABORT, 'kept'); END;
CREATE TRIGGER local_codes_stay BEFORE DELETE ON local_codes WHEN NOT EXISTS (SELECT 1 FROM retention_cases x WHERE x.register = OLD.register AND x.case_id = OLD.case_id) BEGIN SELECT RAISE(ABORT, 'kept'); END;
