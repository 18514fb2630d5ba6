-- The keys of the key register have versions; beside each sealed code stands which one it is
-- under. A version that has ended says why. Look-ups of codes are counted by person and hour.
-- What was decided of one client's open cases in several units is kept: the newest counts.

CREATE TABLE key_versions (register text COLLATE "C" NOT NULL, purpose text COLLATE "C" NOT NULL, version integer NOT NULL, begun text NOT NULL, ended text NOT NULL, reason text NOT NULL, proof text NOT NULL, PRIMARY KEY (register, purpose, version));
ALTER TABLE local_codes ADD COLUMN key_version integer NOT NULL DEFAULT 1;
CREATE INDEX cases_client ON cases (register, client, state, unit);
CREATE TABLE lookups (register text COLLATE "C" NOT NULL, person text COLLATE "C" NOT NULL, hour text NOT NULL, n integer NOT NULL, PRIMARY KEY (register, person));
CREATE TABLE doubles (register text COLLATE "C" NOT NULL, cases text COLLATE "C" NOT NULL, at text COLLATE "C" NOT NULL, person text NOT NULL, role text NOT NULL, verdict text NOT NULL, note text NOT NULL, PRIMARY KEY (register, cases, at));

ALTER TABLE key_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE key_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON key_versions USING (register = (SELECT own_register()));
ALTER TABLE lookups ENABLE ROW LEVEL SECURITY;
ALTER TABLE lookups FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON lookups USING (register = (SELECT own_register()));
ALTER TABLE doubles ENABLE ROW LEVEL SECURITY;
ALTER TABLE doubles FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON doubles USING (register = (SELECT own_register()));

GRANT SELECT, INSERT, UPDATE ON key_versions, lookups TO {roles};
GRANT SELECT, INSERT, DELETE ON doubles TO {roles};
GRANT UPDATE (case_code, client_code, key_version) ON local_codes TO {roles};
