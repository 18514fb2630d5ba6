package store

import (
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"time"

	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/record"
)

// What the nation's register keeps: collections, population, returns and publications. All
// but a collection's dates are only added to: what stands is the last edition.

// Collection is a year that is asked for.
type Collection struct {
	Year     int
	Deadline record.Day
	Opened   time.Time
	OpenedBy string
	Closed   time.Time // zero: answers are still taken
}

// PutCollection opens a year, or changes its deadline and whether it is closed.
func (t *Tx) PutCollection(c Collection) error {
	for _, act := range []audit.Act{audit.CollectionOpened, audit.CollectionClosed} {
		t.bindRowAs(collectionKind, act, "", strconv.Itoa(c.Year), 0, c.parts()...)
	}
	_, err := t.c.exec(`INSERT INTO nation_collections (register, year, deadline, opened, opened_by, closed) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (register, year) DO UPDATE SET deadline = excluded.deadline, closed = excluded.closed`,
		t.r.id, c.Year, writeDay(c.Deadline), writeTime(c.Opened), c.OpenedBy, writeTime(c.Closed))
	return err
}

// Collections gives the years that have been asked for, the last first.
func (t *Tx) Collections() (all []Collection, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var c Collection
		var deadline, opened, closed string
		if err := rows.Scan(&c.Year, &deadline, &opened, &c.OpenedBy, &closed); err != nil {
			return err
		}
		c.Deadline, c.Opened, c.Closed = readDay(deadline), readTime(opened), readTime(closed)
		all = append(all, c)
		return nil
	}, `SELECT year, deadline, opened, opened_by, closed FROM nation_collections WHERE register = ? ORDER BY year DESC`, t.r.id)
	return all, err
}

// Inhabitants is how many lived in a unit at the end of a year, and who says so.
type Inhabitants struct {
	Unit        string
	Year        int
	Edition     int // 1, 2 … ; the last stands
	Adults      int
	Inhabitants int // 0: not said
	Source      string
	Table       string
	Method      string
	Taken       time.Time // when it was fetched
	Reason      string    // why it takes the place of what was imported; empty: it was imported
	At          time.Time
	Person      string
}

// AddInhabitants keeps numbers of people. An edition that is taken is a conflict.
func (t *Tx) AddInhabitants(all []Inhabitants) error {
	if len(all) > 0 {
		t.bindPeople(all)
	}
	return addRows(t, `nation_population (register, unit, year, edition, adults, inhabitants, source, source_table, method, taken, reason, at, person)`, all, func(x Inhabitants) []any {
		return []any{t.r.id, x.Unit, x.Year, x.Edition, x.Adults, x.Inhabitants, x.Source, x.Table, x.Method, writeTime(x.Taken), x.Reason, writeTime(x.At), x.Person}
	})
}

// InhabitantsNow gives the numbers that stand, by unit and year.
func (t *Tx) InhabitantsNow() (all []Inhabitants, err error) {
	every, err := t.inhabitants()
	for _, x := range every {
		if n := len(all); n > 0 && all[n-1].Unit == x.Unit && all[n-1].Year == x.Year {
			all[n-1] = x
		} else {
			all = append(all, x)
		}
	}
	return all, err
}

// inhabitants gives every edition of every number of people.
func (t *Tx) inhabitants() (all []Inhabitants, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var x Inhabitants
		var taken, at string
		err := rows.Scan(&x.Unit, &x.Year, &x.Edition, &x.Adults, &x.Inhabitants, &x.Source, &x.Table, &x.Method, &taken, &x.Reason, &at, &x.Person)
		x.Taken, x.At = readTime(taken), readTime(at)
		all = append(all, x)
		return err
	}, `SELECT unit, year, edition, adults, inhabitants, source, source_table, method, taken, reason, at, person FROM nation_population WHERE register = ? ORDER BY unit, year, edition`, t.r.id)
	return all, err
}

// Publication is an edition of a year's key figures, as it was published.
type Publication struct {
	Year    int
	Edition int
	At      time.Time
	Person  string
	Reason  string // why there is a new edition; empty for the first
	Hash    string // SHA-256 of Body, hexadecimal
	Body    []byte
}

// AddPublication keeps an edition. One that is taken is a conflict.
func (t *Tx) AddPublication(p Publication) error {
	t.bindRow(audit.FiguresPublished, "", strconv.Itoa(p.Year), p.Edition, p.parts()...)
	return addRows(t, `nation_publications (register, year, edition, at, person, reason, hash, body)`, []Publication{p}, func(p Publication) []any {
		return []any{t.r.id, p.Year, p.Edition, writeTime(p.At), p.Person, p.Reason, p.Hash, p.Body}
	})
}

// Publications gives all editions without what they hold, the first of the last year first.
func (t *Tx) Publications() (all []Publication, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var p Publication
		var at string
		err := rows.Scan(&p.Year, &p.Edition, &at, &p.Person, &p.Reason, &p.Hash)
		p.At = readTime(at)
		all = append(all, p)
		return err
	}, `SELECT year, edition, at, person, reason, hash FROM nation_publications WHERE register = ? ORDER BY year DESC, edition`, t.r.id)
	return all, err
}

// PublishedBody gives what an edition holds.
func (t *Tx) PublishedBody(year, edition int) (body []byte, err error) {
	found, err := t.c.one([]any{&body}, `SELECT body FROM nation_publications WHERE register = ? AND year = ? AND edition = ?`, t.r.id, year, edition)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "nation.no_publication")
	}
	return body, err
}

// nationAtOnce is how many rows one statement adds.
const nationAtOnce = 50

// addRows adds rows of one kind; one whose key is taken is a conflict, and none is kept.
func addRows[T any](t *Tx, into string, all []T, values func(T) []any) error {
	for some := range slices.Chunk(all, nationAtOnce) {
		var args []any
		for _, x := range some {
			args = append(args, values(x)...)
		}
		row := "(" + strings.Repeat("?, ", len(args)/len(some)-1) + "?)"
		n, err := t.c.exec(`INSERT INTO `+into+` VALUES `+row+strings.Repeat(", "+row, len(some)-1)+` ON CONFLICT DO NOTHING`, args...)
		if err != nil {
			return err
		}
		if int(n) != len(some) {
			return fault.New(fault.Conflict, "nation.changed_meanwhile")
		}
	}
	return nil
}
