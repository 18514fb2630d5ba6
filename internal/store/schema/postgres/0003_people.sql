-- Who gave a role and who approved it, how somebody signed in, what waits for a second
-- person, and the codes by which people set their own passwords (their hashes only).

ALTER TABLE grants ADD COLUMN given_by text NOT NULL DEFAULT '';
ALTER TABLE grants ADD COLUMN approved_by text NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN how text NOT NULL DEFAULT '';
CREATE TABLE proposals (id text COLLATE "C" PRIMARY KEY, person text COLLATE "C" NOT NULL, register text COLLATE "C" NOT NULL, role text NOT NULL, made_by text NOT NULL, made text COLLATE "C" NOT NULL, ends text NOT NULL, outcome text COLLATE "C" NOT NULL, decided text NOT NULL, decided_by text NOT NULL);
CREATE INDEX proposals_waiting ON proposals (outcome, made);
CREATE TABLE sign_codes (person text COLLATE "C" PRIMARY KEY, hash text NOT NULL, made_by text NOT NULL, made text NOT NULL, ends text NOT NULL);

ALTER TABLE proposals ENABLE ROW LEVEL SECURITY;
ALTER TABLE proposals FORCE ROW LEVEL SECURITY;
CREATE POLICY node ON proposals USING ((SELECT own_register()) = 'nod');
ALTER TABLE sign_codes ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_codes FORCE ROW LEVEL SECURITY;
CREATE POLICY node ON sign_codes USING ((SELECT own_register()) = 'nod');

GRANT SELECT, INSERT, UPDATE ON proposals TO {roles}_nod;
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_codes TO {roles}_nod;
