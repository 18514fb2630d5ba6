-- What signing in asks for beside the password: one-time codes (their secret sealed under the
-- node's key), recovery codes (hashes), passkeys (public keys). Steps are what is half done:
-- a sign-in between its two pages, a challenge that waits for its answer. A session tells when
-- it was last confirmed who is there. reminders tell since when somebody has been asked for a
-- second factor.

CREATE TABLE one_time_codes (person TEXT PRIMARY KEY, secret BLOB NOT NULL, begun TEXT NOT NULL, confirmed TEXT NOT NULL, last_step INTEGER NOT NULL) STRICT;
CREATE TABLE recovery_codes (person TEXT NOT NULL, hash TEXT NOT NULL, used TEXT NOT NULL, PRIMARY KEY (person, hash)) STRICT, WITHOUT ROWID;
CREATE TABLE passkeys (id TEXT PRIMARY KEY, person TEXT NOT NULL, name TEXT NOT NULL, host TEXT NOT NULL, credential TEXT NOT NULL, uses INTEGER NOT NULL, created TEXT NOT NULL, used TEXT NOT NULL) STRICT;
CREATE INDEX passkeys_person ON passkeys (person);
CREATE TABLE sign_steps (hash TEXT PRIMARY KEY, person TEXT NOT NULL, purpose TEXT NOT NULL, data TEXT NOT NULL, ends TEXT NOT NULL) STRICT;
CREATE INDEX sign_steps_ends ON sign_steps (ends);
CREATE TABLE reminders (person TEXT PRIMARY KEY, since TEXT NOT NULL) STRICT;
ALTER TABLE sessions ADD COLUMN confirmed TEXT NOT NULL DEFAULT '';
