package indicator

import "foljsam/internal/fault"

// The columns that a fault of a report is named in.
const (
	UnitColumn   = "enhet"
	YearColumn   = "ar"
	FigureColumn = "nyckeltal"
	CountColumn  = "antal"
	SecretColumn = "sekretess"
	ScopeColumn  = "omfattning"
)

// Check gives the reports that can be used with a population, in their order, and names what
// is wrong with each of the others: a unit that is unknown, a population that is missing, a
// city that has districts that year, the same unit, year and figure twice (the first that
// can be used stands). No problem holds a count.
func Check(reports []Report, population []Population, file string) (usable []Report, problems []fault.Problem) {
	b := newBook(population)
	first := map[key]int{}
	for _, r := range reports {
		bad := r.Left
		say := func(column, value, text string, args ...any) {
			bad = true
			problems = append(problems, fault.Problem{File: file, Row: r.Row, Column: column, Value: value, Key: text, Args: args})
		}
		b.check(r, say)
		k := key{r.at(), r.Figure}
		switch row, twice := first[k]; {
		case r.Year == 0 || !r.Figure.Valid() || r.Unit == "":
		case twice:
			say("", "", "indicator.twice", "row", row)
		case !bad:
			first[k] = r.Row
		}
		if !bad {
			usable = append(usable, r)
		}
	}
	return usable, problems
}

// check names what is wrong with a report's unit and year.
func (b *book) check(r Report, say func(column, value, text string, args ...any)) {
	switch {
	case r.Unit == "": // named already
	case !b.known[r.Unit]:
		say(UnitColumn, r.Unit, "indicator.unknown_unit")
	case r.Year == 0: // named already
	case len(b.districts[r.at()]) > 0:
		say(UnitColumn, r.Unit, "indicator.has_districts", "year", Year(r.Year))
	case b.adults[r.at()] <= 0:
		say(UnitColumn, r.Unit, "indicator.no_population", "year", Year(r.Year))
	}
}
