-- Local variables: published versions, which stand for ever, and the one draft of the next.
-- An empty draft is none.

CREATE TABLE books (register TEXT NOT NULL, version INTEGER NOT NULL, content TEXT NOT NULL, hash TEXT NOT NULL, note TEXT NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL, PRIMARY KEY (register, version)) STRICT;
CREATE TABLE book_drafts (register TEXT PRIMARY KEY, version INTEGER NOT NULL, base INTEGER NOT NULL, content TEXT NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL) STRICT;
