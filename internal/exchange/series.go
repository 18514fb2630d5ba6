package exchange

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"foljsam/internal/disclosure"
	"foljsam/internal/indicator"
	"foljsam/internal/locale"
	"foljsam/internal/place"
)

// Series is published key figures over several years, as they are written for others: CSV,
// JSON-stat, PX, a sheet, and the shape of Kolada's answers. It is made of editions, so it
// holds what anyone may see and nothing else.
type Series struct {
	Years     []int             // ascending
	Units     []SeriesUnit      // ascending by code
	Editions  map[int]int       // the number of each year's edition
	Source    string            // who says so
	Synthetic bool              // nothing in it is about anyone
	Notes     []string          // what must be known, in the reader's language
	Published map[int]time.Time // when each year's edition was published; may be empty

	cells map[seriesAt]seriesYear
	taken map[seriesAt][3]bool // what an earlier edition said something of, and the last does not
	means map[seriesAt][3]bool // what an earlier edition had a mean of, by county and for the nation
}

// SeriesUnit is a unit of a series.
type SeriesUnit struct {
	Code string
	Name string
	Kind UnitKind // the last that it was
}

type seriesAt struct {
	unit string
	year int
}

// seriesYear is what a unit has in a year.
type seriesYear struct {
	unit  EditionUnit
	rates [3]indicator.Rate
}

// SeriesOf puts editions together: of several of a year the last given. What those before it say
// something of and it does not has been taken back.
func SeriesOf(editions []*Edition) *Series {
	s := &Series{Editions: map[int]int{}, Published: map[int]time.Time{}, cells: map[seriesAt]seriesYear{}, taken: map[seriesAt][3]bool{}, means: map[seriesAt][3]bool{}}
	last := map[int]*Edition{}
	for _, e := range editions {
		last[e.Year] = e
	}
	for _, e := range editions {
		if now := last[e.Year]; now != e {
			s.addPastMeans(e)
			for unit, gone := range TakenBack(e, now) {
				at := s.taken[seriesAt{unit, e.Year}]
				for i := range at {
					at[i] = at[i] || gone[i]
				}
				s.taken[seriesAt{unit, e.Year}] = at
			}
		}
	}
	s.Years = slices.Sorted(maps.Keys(last))
	units := map[string]SeriesUnit{}
	for _, year := range s.Years {
		e := last[year]
		s.Editions[year], s.Source, s.Synthetic = e.Number, e.Source, s.Synthetic || e.Synthetic
		made := e.Made()
		for _, u := range e.Units {
			units[u.Unit] = SeriesUnit{u.Unit, u.Name, u.Kind}
			s.cells[seriesAt{u.Unit, year}] = seriesYear{u, made[u.Unit]}
		}
	}
	s.Units = slices.SortedFunc(maps.Values(units), func(a, b SeriesUnit) int { return strings.Compare(a.Code, b.Code) })
	return s
}

// addPastMeans keeps of which key figures an earlier edition had a mean: where a municipality's
// rate had a number.
func (s *Series) addPastMeans(e *Edition) {
	made := e.Made()
	for _, u := range e.Units {
		if u.Kind != WholeUnit && u.Kind != CityUnit {
			continue
		}
		for _, of := range []string{place.CountyOf(u.Unit), koladaNation} {
			at := s.means[seriesAt{of, e.Year}]
			for i, r := range made[u.Unit] {
				at[i] = at[i] || r.State() == disclosure.Number
			}
			s.means[seriesAt{of, e.Year}] = at
		}
	}
}

// TakenBack gives what an edition says something of, a number or a mark, and a later one of the
// same year does not, by unit.
func TakenBack(was, is *Edition) map[string][3]bool {
	all := map[string][3]bool{}
	before, now := was.says(), is.says()
	for unit, said := range before {
		gone := said
		for i, still := range now[unit] {
			gone[i] = said[i] && !still
		}
		if gone != [3]bool{} {
			all[unit] = gone
		}
	}
	return all
}

// says tells of which key figures an edition says something, by unit.
func (e *Edition) says() map[string][3]bool {
	all := map[string][3]bool{}
	for unit, rates := range e.Made() {
		var said [3]bool
		for i, r := range rates {
			said[i] = r.Status() != indicator.Missing
		}
		all[unit] = said
	}
	for _, u := range e.Units {
		if u.Kind == RestUnit {
			all[u.Unit] = [3]bool{!u.Counts[0].IsMissing(), !u.Counts[1].IsMissing(), !u.Counts[2].IsMissing()}
		}
	}
	return all
}

// Select gives a series of some units only, in the order of their codes.
func (s *Series) Select(keep func(SeriesUnit) bool) *Series {
	some := *s
	some.Units = slices.DeleteFunc(slices.Clone(s.Units), func(u SeriesUnit) bool { return !keep(u) })
	return &some
}

// Point is one key figure of one unit and year.
type Point struct {
	Unit   SeriesUnit
	Year   int
	Figure indicator.Figure
	Rate   disclosure.Rate
	// State is the rate's; not applicable where the unit has no inhabitants of its own, and where
	// it was not asked that year.
	State  disclosure.State
	Asked  bool // the unit reports for the year
	Taken  bool // an earlier edition of the year said something, and this one does not
	Scope  indicator.Scope
	Source EditionUnit // what the edition says of the unit: its inhabitants and who counted them
}

// Cases gives the number behind the rate and its state.
func (x Point) Cases() (n int, state disclosure.State) {
	if n, ok := x.Rate.Cases(); ok {
		return n, disclosure.Number
	}
	if x.Asked && x.State == disclosure.NotApplicable {
		n, _ := x.Source.Counts[x.Figure.Index()].Number()
		return n, x.Source.Counts[x.Figure.Index()].State()
	}
	return 0, x.State
}

// Point gives one key figure; not applicable where the unit was not asked that year.
func (s *Series) Point(u SeriesUnit, year int, f indicator.Figure) Point {
	x := Point{Unit: u, Year: year, Figure: f, State: disclosure.NotApplicable, Taken: s.taken[seriesAt{u.Code, year}][f.Index()]}
	at, ok := s.cells[seriesAt{u.Code, year}]
	if !ok {
		return x
	}
	x.Asked = true
	x.Source, x.Rate, x.Scope = at.unit, at.rates[f.Index()].Rate, cmp.Or(at.rates[f.Index()].Scope, at.unit.Scope)
	x.State = x.Rate.State()
	if at.unit.Kind == RestUnit {
		x.State = disclosure.NotApplicable
	}
	return x
}

// Points gives every key figure, by unit, year and figure.
func (s *Series) Points() []Point {
	all := make([]Point, 0, len(s.Units)*len(s.Years)*len(indicator.Figures))
	for _, u := range s.Units {
		for _, y := range s.Years {
			for _, f := range indicator.Figures {
				all = append(all, s.Point(u, y, f))
			}
		}
	}
	return all
}

// notes are what every file of a series says: what it is, that it is our own work, how
// secret and missing are written, and what is known beside.
func (s *Series) notes(p *locale.Printer) []string {
	all := []string{p.T("series.what"), p.T("series.own_work"), p.T("series.marks")}
	if s.Synthetic {
		all = append([]string{p.T("series.synthetic")}, all...)
	}
	return append(all, s.Notes...)
}

// figureName gives a key figure's name.
func figureName(f indicator.Figure, p *locale.Printer) string {
	return [...]string{p.T("series.opened"), p.T("series.supported"), p.T("series.goal_met")}[f.Index()]
}

func kindName(k UnitKind, p *locale.Printer) string {
	switch k {
	case CityUnit:
		return p.T("series.kind_city")
	case PartUnit:
		return p.T("series.kind_part")
	case RestUnit:
		return p.T("series.kind_rest")
	}
	return p.T("series.kind_whole")
}

// countyOf gives the county of a unit.
func countyOf(u SeriesUnit) string { return place.NameOf(place.CountyOf(u.Code)) }
