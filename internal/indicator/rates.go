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
	said := map[key]Report{}
	for _, r := range reports {
		k := key{r.at(), r.Figure}
		if _, twice := said[k]; !twice {
			said[k] = r
		}
	}
	rates := make([]Rate, 0, 3*len(b.places))
	for _, p := range b.places {
		for _, f := range Figures {
			rates = append(rates, b.rate(p, f, said))
		}
	}
	return rates
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
	b := &book{adults: map[at]int{}, districts: map[at][]at{}, known: map[string]bool{}}
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

func (b *book) rate(p at, f Figure, said map[key]Report) Rate {
	x := Rate{Unit: p.unit, Year: p.year, Figure: f}
	districts := b.districts[p]
	if len(districts) == 0 {
		r := said[key{p, f}]
		x.Scope, x.Rate = r.Scope, disclosure.RateOf(r.Count, b.adults[p])
		return x
	}
	all, reports := make([]disclosure.District, len(districts)), make([]Report, len(districts))
	for i, d := range districts {
		reports[i] = said[key{d, f}]
		all[i] = disclosure.District{Count: reports[i].Count, Adults: b.adults[d]}
	}
	x.Rate = disclosure.MeanOf(all)
	x.Scope = commonScope(reports, x.Status())
	return x
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
