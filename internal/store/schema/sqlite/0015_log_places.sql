-- Where in the log something stands: log_acts has the lines of acts that are seldom, log_cases the
-- parts of the log (256 lines each) in which a case is named. Both go as far as lines are counted
-- by day; what is counted already is listed here. A line that cannot be read is left out: verify
-- tells of it.

CREATE TABLE log_acts (register TEXT NOT NULL, act TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (register, act, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE log_cases (register TEXT NOT NULL, case_id TEXT NOT NULL, part INTEGER NOT NULL, PRIMARY KEY (register, case_id, part)) STRICT, WITHOUT ROWID;
INSERT INTO log_acts SELECT register, act, seq FROM
  (SELECT a.register, CASE WHEN json_valid(a.body) THEN json_extract(a.body, '$.vad') END AS act, a.seq FROM log_counted c JOIN audit a ON a.register = c.register AND a.seq <= c.seq) x
  WHERE act NOT IN ('oppnade_arende', 'laste_arende', 'andrade_arende', 'avslutade_arende', 'angrade', 'sag_lista', 'loggade_in', 'loggade_ut', 'nekades', 'sag_nyckeltal', 'granskade_uttag');
INSERT OR IGNORE INTO log_cases SELECT register, case_id, part FROM
  (SELECT a.register, CASE WHEN json_valid(a.body) THEN json_extract(a.body, '$.arende') END AS case_id, (a.seq - 1) / 256 AS part FROM log_counted c JOIN audit a ON a.register = c.register AND a.seq <= c.seq) x
  WHERE case_id <> '';
