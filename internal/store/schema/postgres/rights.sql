-- What the roles may do; given again whenever a role lacks it, since roles do not follow
-- along in a copy of a database. No register's role may change what was once written in the
-- log and the revisions; of the key register only what is sealed, under a new key. What it
-- may delete of cases the policies of 0008_retention.sql say. A migration that makes a table
-- says the same of it in its own file too.

GRANT SELECT, INSERT, UPDATE ON settings, units, cases, audit_heads TO {roles};
GRANT SELECT, INSERT ON revisions, local_codes, audit, key_proofs TO {roles};
GRANT SELECT, INSERT, UPDATE ON registers, people, grants TO {roles}_nod;
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO {roles}_nod;
GRANT SELECT, INSERT, UPDATE ON key_versions, lookups TO {roles};
GRANT SELECT, INSERT, DELETE ON doubles TO {roles};
GRANT UPDATE (case_code, client_code, key_version) ON local_codes TO {roles};
GRANT SELECT, INSERT, UPDATE ON retentions TO {roles};
GRANT SELECT, INSERT ON deliveries, recipients TO {roles};
GRANT SELECT, INSERT, DELETE ON figure_decisions TO {roles};
GRANT SELECT, INSERT ON figure_returns, figure_sent, figure_accepted TO {roles};
GRANT SELECT, INSERT, DELETE ON retention_cases TO {roles};
GRANT SELECT, INSERT, UPDATE ON nation_collections TO {roles};
GRANT SELECT, INSERT ON nation_population, nation_returns, nation_publications, nation_kolada TO {roles};
GRANT DELETE ON cases, revisions, local_codes TO {roles};
GRANT SELECT, INSERT ON books TO {roles};
GRANT SELECT, INSERT, UPDATE ON book_drafts TO {roles};
GRANT SELECT, INSERT ON signed_heads, log_checks, log_marks TO {roles};
GRANT SELECT, INSERT, UPDATE ON log_days, log_counted TO {roles};
GRANT SELECT, INSERT, UPDATE, DELETE ON one_time_codes, recovery_codes, passkeys, sign_steps, reminders TO {roles}_nod;
GRANT SELECT, INSERT, UPDATE ON proposals TO {roles}_nod;
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_codes TO {roles}_nod;
GRANT SELECT, INSERT, UPDATE, DELETE ON surveys TO {roles};
GRANT SELECT, INSERT ON survey_texts, survey_reviews TO {roles};
GRANT SELECT, INSERT, DELETE ON survey_tags TO {roles};
