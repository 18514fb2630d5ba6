-- Each index is a page more to write for each case that is filed or saved. What they were asked
-- is kept in memory (catalog.go); what no two cases may share, the one writer sees to.
DROP INDEX cases_code;
DROP INDEX cases_client;
DROP INDEX cases_worker;
DROP INDEX cases_unit;
DROP INDEX cases_mine;
DROP INDEX cases_walk;
DROP INDEX cases_discuss;
DROP INDEX cases_due;
