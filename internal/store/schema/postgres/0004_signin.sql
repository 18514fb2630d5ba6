-- What signing in asks for beside the password: one-time codes (their secret sealed under the
-- node's key), recovery codes (hashes), passkeys (public keys). Steps are what is half done:
-- a sign-in between its two pages, a challenge that waits for its answer. A session tells when
-- it was last confirmed who is there. reminders tell since when somebody has been asked for a
-- second factor.

CREATE TABLE one_time_codes (person text COLLATE "C" PRIMARY KEY, secret bytea NOT NULL, begun text NOT NULL, confirmed text NOT NULL, last_step bigint NOT NULL);
CREATE TABLE recovery_codes (person text COLLATE "C" NOT NULL, hash text COLLATE "C" NOT NULL, used text NOT NULL, PRIMARY KEY (person, hash));
CREATE TABLE passkeys (id text COLLATE "C" PRIMARY KEY, person text COLLATE "C" NOT NULL, name text NOT NULL, host text NOT NULL, credential text NOT NULL, uses bigint NOT NULL, created text COLLATE "C" NOT NULL, used text NOT NULL);
CREATE INDEX passkeys_person ON passkeys (person);
CREATE TABLE sign_steps (hash text COLLATE "C" PRIMARY KEY, person text COLLATE "C" NOT NULL, purpose text NOT NULL, data text NOT NULL, ends text COLLATE "C" NOT NULL);
CREATE INDEX sign_steps_ends ON sign_steps (ends);
CREATE TABLE reminders (person text COLLATE "C" PRIMARY KEY, since text NOT NULL);
ALTER TABLE sessions ADD COLUMN confirmed text NOT NULL DEFAULT '';

ALTER TABLE one_time_codes ENABLE ROW LEVEL SECURITY;
ALTER TABLE one_time_codes FORCE ROW LEVEL SECURITY;
CREATE POLICY node ON one_time_codes USING ((SELECT own_register()) = 'nod');
ALTER TABLE recovery_codes ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery_codes FORCE ROW LEVEL SECURITY;
CREATE POLICY node ON recovery_codes USING ((SELECT own_register()) = 'nod');
ALTER TABLE passkeys ENABLE ROW LEVEL SECURITY;
ALTER TABLE passkeys FORCE ROW LEVEL SECURITY;
CREATE POLICY node ON passkeys USING ((SELECT own_register()) = 'nod');
ALTER TABLE sign_steps ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_steps FORCE ROW LEVEL SECURITY;
CREATE POLICY node ON sign_steps USING ((SELECT own_register()) = 'nod');
ALTER TABLE reminders ENABLE ROW LEVEL SECURITY;
ALTER TABLE reminders FORCE ROW LEVEL SECURITY;
CREATE POLICY node ON reminders USING ((SELECT own_register()) = 'nod');

GRANT SELECT, INSERT, UPDATE, DELETE ON one_time_codes, recovery_codes, passkeys, sign_steps, reminders TO {roles}_nod;
