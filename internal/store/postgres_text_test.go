package store

import "testing"

func TestQuestionMarksAreNumberedOutsideQuotes(t *testing.T) {
	for query, want := range map[string]string{
		`SELECT a FROM t WHERE b = ? AND c IN (?, ?)`: `SELECT a FROM t WHERE b = $1 AND c IN ($2, $3)`,
		`SELECT '?', "?", b FROM t WHERE c = ?`:       `SELECT '?', "?", b FROM t WHERE c = $1`,
		`SELECT 'it''s ?' WHERE ? = '?'`:              `SELECT 'it''s ?' WHERE $1 = '?'`,
		"SELECT ? -- really?\n, ?":                    "SELECT $1 -- really?\n, $2",
		`SELECT /* why? */ ?`:                         `SELECT /* why? */ $1`,
		`SELECT $$ ? $$, ?`:                           `SELECT $$ ? $$, $1`,
		`SELECT 'åäö?' || ? || 'never ended ?`:        `SELECT 'åäö?' || $1 || 'never ended ?`,
		`?`: `$1`,
		`VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`: `VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
	} {
		if got := numbered(query); got != want {
			t.Errorf("%s\n got %s\nwant %s", query, got, want)
		}
	}
}
