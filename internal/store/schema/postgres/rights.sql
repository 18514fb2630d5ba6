-- What the roles may do; given again whenever a role lacks it, since roles do not follow
-- along in a copy of a database. No register's role may delete anything, or change what
-- was once written in the log, the revisions and the key register. A migration that makes a table says the
-- same of it in its own file too.

GRANT SELECT, INSERT, UPDATE ON settings, units, cases, audit_heads TO {roles};
GRANT SELECT, INSERT ON revisions, local_codes, audit, key_proofs TO {roles};
GRANT SELECT, INSERT, UPDATE ON registers, people, grants TO {roles}_nod;
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO {roles}_nod;
