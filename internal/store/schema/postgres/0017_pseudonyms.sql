-- As in a file: short entries. A client's pseudonym is made for one register.
DROP INDEX cases_client;
CREATE INDEX cases_client ON cases (client);
