package store

import (
	"database/sql"
	"encoding/json"
	"strconv"
	"time"

	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
)

// ReceivedReturn is what a municipality or district has returned for a year: an edition of
// it. It holds no count of 1-4: its type cannot.
type ReceivedReturn struct {
	indicator.Return
	Edition int    // 1, 2 … ; the last stands
	How     string // formular, fil, register
	At      time.Time
	Person  string
	Role    string
}

// AddReturns keeps returns. An edition that is taken is a conflict.
func (t *Tx) AddReturns(all []ReceivedReturn) error {
	for _, x := range all {
		t.bindRow(audit.ReturnReceived, x.Unit, strconv.Itoa(x.Year), x.Edition, x.parts()...)
	}
	return addRows(t, `nation_returns (register, unit, year, edition, opened, supported, goal_met, scope, how, at, person, role)`, all, func(x ReceivedReturn) []any {
		return []any{t.r.id, x.Unit, x.Year, x.Edition, writeCount(x.Counts[0]), writeCount(x.Counts[1]), writeCount(x.Counts[2]), int(x.Scope), x.How, writeTime(x.At), x.Person, x.Role}
	})
}

func writeCount(c indicator.Count) string {
	b, _ := json.Marshal(c) // never fails
	return string(b)
}

// ReturnsNow gives the returns that stand for all years, by unit and year.
func (t *Tx) ReturnsNow() (all []ReceivedReturn, err error) {
	every, err := t.returnsWhere(`ORDER BY unit, year, edition`)
	for _, x := range every {
		if n := len(all); n > 0 && all[n-1].Unit == x.Unit && all[n-1].Year == x.Year {
			all[n-1] = x
		} else {
			all = append(all, x)
		}
	}
	return all, err
}

// ReturnEditions gives all editions of a unit's return for a year, the first first.
func (t *Tx) ReturnEditions(unit string, year int) ([]ReceivedReturn, error) {
	return t.returnsWhere(`AND unit = ? AND year = ? ORDER BY edition`, unit, year)
}

func (t *Tx) returnsWhere(which string, args ...any) (all []ReceivedReturn, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var x ReceivedReturn
		var counts [3]string
		var scope int
		var at string
		if err := rows.Scan(&x.Unit, &x.Year, &x.Edition, &counts[0], &counts[1], &counts[2], &scope, &x.How, &at, &x.Person, &x.Role); err != nil {
			return err
		}
		x.Scope, x.At = indicator.Scope(scope), readTime(at)
		for i, text := range counts {
			if json.Unmarshal([]byte(text), &x.Counts[i]) != nil {
				return fault.New(fault.Invalid, "indicator.not_count")
			}
		}
		all = append(all, x)
		return nil
	}, `SELECT unit, year, edition, opened, supported, goal_met, scope, how, at, person, role FROM nation_returns WHERE register = ? `+which, append([]any{t.r.id}, args...)...)
	return all, err
}
