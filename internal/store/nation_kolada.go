package store

import (
	"database/sql"
	"time"
)

// KoladaMatch is a key figure of Kolada's that somebody has confirmed is the one to compare one of
// ours with.
type KoladaMatch struct {
	Figure  int
	Edition int    // 1, 2 … ; the last stands
	ID      string // Kolada's; empty: there is none any more
	Title   string // as Kolada wrote it when it was confirmed
	At      time.Time
	Person  string
}

// AddKoladaMatch keeps what somebody confirmed. An edition that is taken is a conflict.
func (t *Tx) AddKoladaMatch(x KoladaMatch) error {
	return addRows(t, `nation_kolada (register, figure, edition, kpi, title, at, person)`, []KoladaMatch{x}, func(x KoladaMatch) []any {
		return []any{t.r.id, x.Figure, x.Edition, x.ID, x.Title, writeTime(x.At), x.Person}
	})
}

// KoladaMatches gives all that has been confirmed, by key figure, the first first.
func (t *Tx) KoladaMatches() (all []KoladaMatch, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var x KoladaMatch
		var at string
		err := rows.Scan(&x.Figure, &x.Edition, &x.ID, &x.Title, &at, &x.Person)
		x.At = readTime(at)
		all = append(all, x)
		return err
	}, `SELECT figure, edition, kpi, title, at, person FROM nation_kolada WHERE register = ? ORDER BY figure, edition`, t.r.id)
	return all, err
}
