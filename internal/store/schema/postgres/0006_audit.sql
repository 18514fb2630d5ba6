-- Where each chain ended at a time, signed by the installation; what was looked through of the
-- log, by whom, and what was said of it; and how many lines there are by day, person and act,
-- counted up to a line.

CREATE TABLE signed_heads (register text COLLATE "C" NOT NULL, seq bigint NOT NULL, at text COLLATE "C" NOT NULL, hash text NOT NULL, key text NOT NULL, signature text NOT NULL, PRIMARY KEY (register, seq, at));
CREATE TABLE log_checks (register text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, at text COLLATE "C" NOT NULL, person text COLLATE "C" NOT NULL, role text COLLATE "C" NOT NULL, from_time text NOT NULL, till_time text NOT NULL, first_seq bigint NOT NULL, last_seq bigint NOT NULL, seed text NOT NULL, sample text NOT NULL, PRIMARY KEY (register, id));
CREATE TABLE log_marks (register text COLLATE "C" NOT NULL, check_id text COLLATE "C" NOT NULL, seq bigint NOT NULL, at text COLLATE "C" NOT NULL, person text COLLATE "C" NOT NULL, mark text NOT NULL, note text NOT NULL, PRIMARY KEY (register, check_id, seq, at));
CREATE TABLE log_days (register text COLLATE "C" NOT NULL, day text COLLATE "C" NOT NULL, person text COLLATE "C" NOT NULL, role text COLLATE "C" NOT NULL, act text COLLATE "C" NOT NULL, n integer NOT NULL, night integer NOT NULL, PRIMARY KEY (register, day, person, role, act));
CREATE TABLE log_counted (register text COLLATE "C" PRIMARY KEY, seq bigint NOT NULL);

ALTER TABLE signed_heads ENABLE ROW LEVEL SECURITY;
ALTER TABLE signed_heads FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON signed_heads USING (register = (SELECT own_register()));
ALTER TABLE log_checks ENABLE ROW LEVEL SECURITY;
ALTER TABLE log_checks FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON log_checks USING (register = (SELECT own_register()));
ALTER TABLE log_marks ENABLE ROW LEVEL SECURITY;
ALTER TABLE log_marks FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON log_marks USING (register = (SELECT own_register()));
ALTER TABLE log_days ENABLE ROW LEVEL SECURITY;
ALTER TABLE log_days FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON log_days USING (register = (SELECT own_register()));
ALTER TABLE log_counted ENABLE ROW LEVEL SECURITY;
ALTER TABLE log_counted FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON log_counted USING (register = (SELECT own_register()));

GRANT SELECT, INSERT ON signed_heads, log_checks, log_marks TO {roles};
GRANT SELECT, INSERT, UPDATE ON log_days, log_counted TO {roles};
