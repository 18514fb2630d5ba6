package indicator

import (
	"cmp"
	"slices"
	"strings"

	"foljsam/internal/disclosure"
	"foljsam/internal/place"
)

// Population is how many adults live in a unit at the end of a year. That a unit of six digits has a row makes it one
// of its city's districts that year.
type Population struct {
	Unit   string
	Year   int
	Adults int // 0: not known
}

// Status says what there is of a key figure.
type Status string

const (
	Published Status = "publicerad"
	Secret    Status = "sekretess"
	Missing   Status = "saknas"
)

// Rate is one key figure of one unit and year. All of it may be shown to anyone.
type Rate struct {
	Unit   string
	Year   int
	Figure Figure
	Scope  Scope
	disclosure.Rate
}

// Status says what there is.
func (r Rate) Status() Status {
	switch r.State() {
	case disclosure.Number:
		return Published
	case disclosure.Masked:
		return Secret
	}
	return Missing
}

// Rates gives the three key figures of every unit and year of the population, and of every
// city and year with districts there, by unit, year and figure. A city with districts has
// their mean, never a number of its own. Reports that [Check] would leave out must not be
// among them; of several of one unit, year and figure the first is used.
func Rates(reports []Report, population []Population) []Rate {
	b := newBook(population)
	said := heard(reports)
	rates := make([]Rate, 0, 3*len(b.places))
	for _, p := range b.places {
		rates = append(rates, b.ratesOf(p, said)...)
	}
	return rates
}

// three is what a unit reported for a year, by Figure.Index.
type three struct {
	reports [3]Report
	has     [3]bool
}

// heard gives the reports by unit and year; the first of each figure stands.
func heard(reports []Report) map[at]*three {
	said := make(map[at]*three, len(reports)/2)
	for _, r := range reports {
		if !r.Figure.Valid() {
			continue
		}
		x := said[r.at()]
		if x == nil {
			x = &three{}
			said[r.at()] = x
		}
		if i := r.Figure.Index(); !x.has[i] {
			x.reports[i], x.has[i] = r, true
		}
	}
	return said
}

// at is a unit in a year.
type at struct {
	unit string
	year int
}

type key struct {
	at
	figure Figure
}

func (r Report) at() at { return at{r.Unit, r.Year} }

// book is a population, looked up.
type book struct {
	adults    map[at]int      // of every unit and year in it
	districts map[at][]at     // of every city and year with districts, ascending
	known     map[string]bool // in any year
	places    []at            // that have key figures, ascending
}

func newBook(population []Population) *book {
	b := &book{adults: make(map[at]int, len(population)), districts: map[at][]at{}, known: map[string]bool{}}
	for _, p := range population {
		x := at{p.Unit, p.Year}
		if _, twice := b.adults[x]; twice {
			continue
		}
		b.adults[x], b.known[p.Unit] = p.Adults, true
		b.places = append(b.places, x)
		if place.IsDistrict(p.Unit) {
			city := at{place.MunicipalityOf(p.Unit), p.Year}
			b.districts[city], b.known[city.unit] = append(b.districts[city], x), true
			b.places = append(b.places, city)
		}
	}
	slices.SortFunc(b.places, compare)
	b.places = slices.Compact(b.places)
	for _, all := range b.districts {
		slices.SortFunc(all, compare)
	}
	return b
}

func compare(a, b at) int {
	return cmp.Or(strings.Compare(a.unit, b.unit), cmp.Compare(a.year, b.year))
}

// ratesOf gives a place's rates: its own, or the means of its districts.
func (b *book) ratesOf(p at, said map[at]*three) []Rate {
	districts := b.districts[p]
	own := said[p]
	parts := make([]*three, len(districts))
	for i, d := range districts {
		parts[i] = said[d]
	}
	rates := make([]Rate, 0, len(Figures))
	for _, f := range Figures {
		x := Rate{Unit: p.unit, Year: p.year, Figure: f}
		if len(districts) > 0 {
			x.Scope, x.Rate = b.mean(districts, parts, f)
		} else if own != nil {
			r := own.reports[f.Index()]
			x.Scope, x.Rate = r.Scope, disclosure.RateOf(r.Count, b.adults[p])
		}
		rates = append(rates, x)
	}
	return rates
}

func (b *book) mean(districts []at, parts []*three, f Figure) (Scope, disclosure.Rate) {
	all, reports := make([]disclosure.District, len(districts)), make([]Report, len(districts))
	for i, d := range districts {
		if parts[i] != nil {
			reports[i] = parts[i].reports[f.Index()]
		}
		all[i] = disclosure.District{Count: reports[i].Count, Adults: b.adults[d]}
	}
	mean := disclosure.MeanOf(all)
	return commonScope(reports, Rate{Rate: mean}.Status()), mean
}

// commonScope gives the scope of a city: that of the districts that its figure is made of
// (when it is secret: that reported something) when they all say the same.
func commonScope(reports []Report, s Status) Scope {
	scopes := map[Scope]bool{}
	for _, r := range reports {
		if r.Count.IsNumber() && s != Missing || r.Count.IsSecret() && s == Secret {
			scopes[r.Scope] = true
		}
	}
	if len(scopes) != 1 {
		return NotStated
	}
	for s := range scopes {
		return s
	}
	return NotStated
}
