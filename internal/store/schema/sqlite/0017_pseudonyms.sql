-- Pseudonyms come in no order: each case that is filed changes a page of its own in their indexes.
-- Short entries keep those in memory, and let cases share them. The file has one register, and
-- a pseudonym is made for one.
DROP INDEX cases_code;
DROP INDEX cases_client;
CREATE UNIQUE INDEX cases_code ON cases (code);
CREATE INDEX cases_client ON cases (client);
