-- Where in the log something stands: log_acts has the lines of acts that are seldom, log_cases the
-- parts of the log (256 lines each) in which a case is named. Both go as far as lines are counted
-- by day; what is counted already is listed here. A line that cannot be read is left out: verify
-- tells of it. Whoever owns the tables sees no row of them otherwise; here, all.

CREATE TABLE log_acts (register text COLLATE "C" NOT NULL, act text COLLATE "C" NOT NULL, seq bigint NOT NULL, PRIMARY KEY (register, act, seq));
CREATE TABLE log_cases (register text COLLATE "C" NOT NULL, case_id text COLLATE "C" NOT NULL, part bigint NOT NULL, PRIMARY KEY (register, case_id, part));
ALTER TABLE audit NO FORCE ROW LEVEL SECURITY;
ALTER TABLE log_counted NO FORCE ROW LEVEL SECURITY;
INSERT INTO log_acts SELECT register, act, seq FROM
  (SELECT a.register, substring(a.body from '"vad":"([^"]*)"') AS act, a.seq FROM log_counted c JOIN audit a ON a.register = c.register AND a.seq <= c.seq) x
  WHERE act NOT IN ('oppnade_arende', 'laste_arende', 'andrade_arende', 'avslutade_arende', 'angrade', 'sag_lista', 'loggade_in', 'loggade_ut', 'nekades', 'sag_nyckeltal', 'granskade_uttag');
INSERT INTO log_cases SELECT DISTINCT register, case_id, part FROM
  (SELECT a.register, substring(a.body from '"arende":"([^"]*)"') AS case_id, (a.seq - 1) / 256 AS part FROM log_counted c JOIN audit a ON a.register = c.register AND a.seq <= c.seq) x
  WHERE case_id <> '';
ALTER TABLE audit FORCE ROW LEVEL SECURITY;
ALTER TABLE log_counted FORCE ROW LEVEL SECURITY;

ALTER TABLE log_acts ENABLE ROW LEVEL SECURITY;
ALTER TABLE log_acts FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON log_acts USING (register = (SELECT own_register()));
ALTER TABLE log_cases ENABLE ROW LEVEL SECURITY;
ALTER TABLE log_cases FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON log_cases USING (register = (SELECT own_register()));

GRANT SELECT, INSERT ON log_acts, log_cases TO {roles};
