package exchange

import (
	"strconv"
	"time"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

// NotesOf gives what must be read with a table: the period, the coverage, the number of
// municipalities, when the data was read, what the table's own kind demands, and for whom
// it is.
func NotesOf(r *disclosure.Released, p *locale.Printer) []string {
	a := r.About()
	notes := []string{period(a, p)}
	if a.Packages > 0 { // a register's own cases came in none
		notes = append(notes, coverage(a, p))
	}
	notes = append(notes, p.T("dataset.municipalities", "n", a.Municipalities))
	if !a.Read[1].IsZero() {
		notes = append(notes, p.T("dataset.read", "from", day(a.Read[0]), "till", day(a.Read[1])))
	}
	if r.Table().Multiple {
		notes = append(notes, p.T("dataset.multiple"))
	}
	if r.Split().ID == query.Year {
		notes = append(notes, p.T("note.years"))
	}
	for _, n := range r.Notes() {
		notes = append(notes, p.T(n.Key, n.Args...))
	}
	if a.Synthetic {
		notes = append(notes, p.T("dataset.synthetic"))
	}
	switch {
	case a.OnlyPrimary:
		notes = append(notes, p.T("dataset.only_primary"))
	case a.Audience == disclosure.Internal:
		notes = append(notes, p.T("dataset.internal"))
	}
	return notes
}

func period(a *disclosure.About, p *locale.Printer) string {
	if a.From.IsZero() && a.Till.IsZero() {
		return p.T("dataset.period_all")
	}
	return p.T("dataset.period", "from", day(a.From), "till", day(a.Till))
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// coverage says how many packages state each coverage.
func coverage(a *disclosure.About, p *locale.Printer) string {
	s := p.T("dataset.coverage", "n", a.Packages)
	for c := len(a.Coverage) - 1; c >= 0; c-- {
		if a.Coverage[c] > 0 {
			s += " " + p.T("dataset.coverage_"+strconv.Itoa(c), "n", a.Coverage[c])
		}
	}
	return s
}
