-- Local variables: published versions, which stand for ever, and the one draft of the next.
-- An empty draft is none.

CREATE TABLE books (register text COLLATE "C" NOT NULL, version integer NOT NULL, content text NOT NULL, hash text NOT NULL, note text NOT NULL, at text NOT NULL, person text NOT NULL, PRIMARY KEY (register, version));
CREATE TABLE book_drafts (register text COLLATE "C" PRIMARY KEY, version integer NOT NULL, base integer NOT NULL, content text NOT NULL, at text NOT NULL, person text NOT NULL);

ALTER TABLE books ENABLE ROW LEVEL SECURITY;
ALTER TABLE books FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON books USING (register = (SELECT own_register()));
ALTER TABLE book_drafts ENABLE ROW LEVEL SECURITY;
ALTER TABLE book_drafts FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON book_drafts USING (register = (SELECT own_register()));

GRANT SELECT, INSERT ON books TO {roles};
GRANT SELECT, INSERT, UPDATE ON book_drafts TO {roles};
