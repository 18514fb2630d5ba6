package store

import (
	"database/sql"
	"time"

	"foljsam/internal/fault"
)

// FigureAccepted is that somebody has looked at a warning about a year's key figures, and lets it
// stand.
type FigureAccepted struct {
	Year    int
	Unit    string // municipality or district
	About   string // which warning
	Version int    // 1, 2, 3 …: the last one stands
	Reason  string // empty: it is taken back
	State   string // what the warning said then; it holds no count of 1-4
	At      time.Time
	Person  string
	Role    string
}

// AddFigureAccepted keeps it. Where somebody else has said something since, it is a conflict.
func (t *Tx) AddFigureAccepted(x FigureAccepted) error {
	n, err := t.c.exec(`INSERT INTO figure_accepted (register, year, unit, about, version, reason, state, at, person, role) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		t.r.id, x.Year, x.Unit, x.About, x.Version, x.Reason, x.State, writeTime(x.At), x.Person, x.Role)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "indicator.accepted_meanwhile")
	}
	return err
}

// FiguresAccepted gives all that has been said of warnings, the first first.
func (t *Tx) FiguresAccepted() (all []FigureAccepted, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var x FigureAccepted
		var at string
		err := rows.Scan(&x.Year, &x.Unit, &x.About, &x.Version, &x.Reason, &x.State, &at, &x.Person, &x.Role)
		x.At = readTime(at)
		all = append(all, x)
		return err
	}, `SELECT year, unit, about, version, reason, state, at, person, role FROM figure_accepted WHERE register = ? ORDER BY year, unit, about, version`, t.r.id)
	return all, err
}
