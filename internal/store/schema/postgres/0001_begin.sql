-- What is kept, as in schema/sqlite. Text is compared by its bytes, so that both databases
-- sort alike. {roles} begins the names of this installation's roles, and each register has
-- one: a row is seen by its own register's role only, whatever a query asks for.

CREATE TABLE registers (id text COLLATE "C" PRIMARY KEY, name text NOT NULL, controller text NOT NULL, area text NOT NULL, synthetic integer NOT NULL, created text NOT NULL);
CREATE TABLE people (id text COLLATE "C" PRIMARY KEY, login text COLLATE "C" NOT NULL UNIQUE, name text COLLATE "C" NOT NULL, password text NOT NULL, language text NOT NULL, keys_off integer NOT NULL, created text NOT NULL, ended text NOT NULL);
CREATE TABLE grants (person text COLLATE "C" NOT NULL, register text COLLATE "C" NOT NULL, unit text COLLATE "C" NOT NULL, role text COLLATE "C" NOT NULL, from_time text COLLATE "C" NOT NULL, till_time text NOT NULL, PRIMARY KEY (person, register, unit, role, from_time));
CREATE TABLE sessions (hash text COLLATE "C" PRIMARY KEY, person text COLLATE "C" NOT NULL, register text NOT NULL, role text NOT NULL, created text NOT NULL, seen text NOT NULL, ends text COLLATE "C" NOT NULL);
CREATE INDEX sessions_person ON sessions (person);
CREATE TABLE settings (register text COLLATE "C" NOT NULL, name text COLLATE "C" NOT NULL, value text NOT NULL, PRIMARY KEY (register, name));
CREATE TABLE units (register text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, name text NOT NULL, area text NOT NULL, from_day text NOT NULL, till_day text NOT NULL, PRIMARY KEY (register, id));

CREATE TABLE cases (
  register text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, unit text COLLATE "C" NOT NULL, worker text COLLATE "C" NOT NULL,
  code text COLLATE "C" NOT NULL, client text COLLATE "C" NOT NULL, previous text NOT NULL, codebook text NOT NULL,
  state text COLLATE "C" NOT NULL, intake text COLLATE "C" NOT NULL, closed text COLLATE "C" NOT NULL, next_day text COLLATE "C" NOT NULL,
  missing integer NOT NULL, progress text NOT NULL, discuss integer NOT NULL,
  version integer NOT NULL, created text COLLATE "C" NOT NULL, changed text COLLATE "C" NOT NULL, changed_by text NOT NULL, last_field text NOT NULL,
  answers text NOT NULL,
  PRIMARY KEY (register, id));
CREATE UNIQUE INDEX cases_code ON cases (register, code);
CREATE INDEX cases_worker ON cases (register, worker, state, intake, id);
CREATE INDEX cases_unit ON cases (register, unit, state, intake, id);
CREATE INDEX cases_mine ON cases (register, worker, intake, id) WHERE (missing > 0 OR discuss = 1);
CREATE INDEX cases_walk ON cases (register, unit, intake, id) WHERE (missing > 0 OR discuss = 1);
CREATE INDEX cases_discuss ON cases (register, unit, intake, id) WHERE discuss = 1;
CREATE INDEX cases_due ON cases (register, unit, next_day, id) WHERE next_day <> '';

CREATE TABLE revisions (register text COLLATE "C" NOT NULL, case_id text COLLATE "C" NOT NULL, version integer NOT NULL, at text NOT NULL, person text NOT NULL, role text NOT NULL, act text NOT NULL, changes text NOT NULL, PRIMARY KEY (register, case_id, version));
CREATE TABLE local_codes (register text COLLATE "C" NOT NULL, case_id text COLLATE "C" NOT NULL, version integer NOT NULL, case_code bytea NOT NULL, client_code bytea NOT NULL, PRIMARY KEY (register, case_id, version));
CREATE TABLE audit (register text COLLATE "C" NOT NULL, seq bigint NOT NULL, body text NOT NULL, hash text NOT NULL, PRIMARY KEY (register, seq));
CREATE TABLE audit_heads (register text COLLATE "C" PRIMARY KEY, seq bigint NOT NULL, hash text NOT NULL);
CREATE TABLE key_proofs (register text COLLATE "C" PRIMARY KEY, proof text NOT NULL);

CREATE FUNCTION own_register() RETURNS text LANGUAGE sql STABLE AS
  $$ SELECT CASE WHEN left(current_user::text, length('{roles}_')) = '{roles}_' THEN substr(current_user::text, length('{roles}_') + 1) END $$;

ALTER TABLE settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE settings FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON settings USING (register = (SELECT own_register()));
ALTER TABLE units ENABLE ROW LEVEL SECURITY;
ALTER TABLE units FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON units USING (register = (SELECT own_register()));
ALTER TABLE cases ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON cases USING (register = (SELECT own_register()));
ALTER TABLE revisions ENABLE ROW LEVEL SECURITY;
ALTER TABLE revisions FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON revisions USING (register = (SELECT own_register()));
ALTER TABLE local_codes ENABLE ROW LEVEL SECURITY;
ALTER TABLE local_codes FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON local_codes USING (register = (SELECT own_register()));
ALTER TABLE audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON audit USING (register = (SELECT own_register()));
ALTER TABLE audit_heads ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_heads FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON audit_heads USING (register = (SELECT own_register()));
ALTER TABLE key_proofs ENABLE ROW LEVEL SECURITY;
ALTER TABLE key_proofs FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON key_proofs USING (register = (SELECT own_register()));

ALTER TABLE registers ENABLE ROW LEVEL SECURITY;
ALTER TABLE registers FORCE ROW LEVEL SECURITY;
CREATE POLICY node ON registers USING ((SELECT own_register()) = 'nod');
ALTER TABLE people ENABLE ROW LEVEL SECURITY;
ALTER TABLE people FORCE ROW LEVEL SECURITY;
CREATE POLICY node ON people USING ((SELECT own_register()) = 'nod');
ALTER TABLE grants ENABLE ROW LEVEL SECURITY;
ALTER TABLE grants FORCE ROW LEVEL SECURITY;
CREATE POLICY node ON grants USING ((SELECT own_register()) = 'nod');
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE sessions FORCE ROW LEVEL SECURITY;
CREATE POLICY node ON sessions USING ((SELECT own_register()) = 'nod');
