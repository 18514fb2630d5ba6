package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"foljsam/internal/disclosure"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/place"
)

// With says what a unit is compared with.
type With string

const (
	WithCounty With = "lan"
	WithSize   With = "storlek"
	WithNation With = "riket"
	WithChosen With = "valda"
)

// Withs are all, in the order in which they are offered.
var Withs = []With{WithCounty, WithSize, WithNation, WithChosen}

// nearest is how many smaller and how many larger municipalities are "of similar size".
const nearest = 7

// NearestInSize is how many a unit is compared with by size, for what is said of it.
const NearestInSize = 2 * nearest

// mostChosen is how many units one compares with by choosing them.
const mostChosen = 10

// CompareAsk is what somebody wants to compare.
type CompareAsk struct {
	Unit   string
	Figure int
	With   With
	Chosen []string
}

// Comparison is a unit's series beside others'.
type Comparison struct {
	CompareAsk
	Name      string
	Kind      exchange.UnitKind
	Years     []int // ascending
	Own       []YearRate
	Group     []YearSum   // of the group without the unit; empty where units are chosen
	Members   []string    // names of those in the group in the last year
	Others    []OtherRate // what was chosen, or the members one by one, by name
	Parts     []OtherRate // a city's districts, and what it reports for none of them
	Breaks    []Break
	Synthetic bool
}

// YearRate is a unit's key figure in a year.
type YearRate struct {
	Year    int
	Rate    disclosure.Rate
	Why     Why
	Scope   int
	Adults  int
	Table   string // where the number of adults comes from
	Method  string
	Taken   string
	Source  string
	Reason  string // why it was set by hand
	Edition int
}

// Why says more of a year without a rate than that it is missing.
type Why struct {
	NotAsked bool // the unit does not report for the year
	Taken    bool // an earlier edition said something, and the last does not
}

// YearSum is what a group has together in a year, of what is shown.
type YearSum struct {
	Year int
	disclosure.Sum
}

// OtherRate is another unit's series.
type OtherRate struct {
	Unit, Name string
	Kind       exchange.UnitKind
	Years      []disclosure.Rate
	Whys       []Why
	Scopes     []int
	Counts     []disclosure.Count // of what a city reports for no district: it has no rate
}

// Break is a year that is not made as the year before was.
type Break struct {
	Year    int
	Key     string // last part of the text's key
	Was, Is string
}

// Compare gives a unit's series of a key figure and what it is compared with.
func (a *App) Compare(ctx context.Context, ask CompareAsk) (*Comparison, error) {
	x, err := a.figures(ctx)
	if err != nil {
		return nil, err
	}
	f := indicator.Figure(ask.Figure)
	if !f.Valid() || !slices.Contains(Withs, ask.With) {
		return nil, fault.New(fault.NotFound, "visit.not_found")
	}
	c := &Comparison{CompareAsk: ask, Years: x.years}
	for _, year := range slices.Backward(x.years) {
		if u := x.of[year].at[ask.Unit]; u != nil {
			c.Name, c.Kind = u.Name, u.Kind
			break
		}
	}
	if c.Name == "" {
		return nil, fault.New(fault.NotFound, "nation.no_such_unit")
	}
	for _, year := range x.years {
		c.Own = append(c.Own, x.of[year].own(ask.Unit, f))
		c.Synthetic = c.Synthetic || x.of[year].Synthetic
	}
	c.Breaks = breaksIn(x, ask.Unit, c.Own)
	c.Parts = x.parts(ask.Unit, f)
	c.fillGroup(x, f)
	return c, nil
}

func (y *publishedYear) own(unit string, f indicator.Figure) YearRate {
	r := y.rate(unit, f)
	v := YearRate{Year: y.Year, Rate: r.Rate, Scope: int(r.Scope), Edition: y.line.Number, Why: y.why(unit, f)}
	if u := y.at[unit]; u != nil {
		v.Adults, v.Table, v.Method, v.Taken, v.Source, v.Reason = u.Adults, u.Table, u.Method, u.Taken, u.From, u.Changed
	}
	return v
}

func (y *publishedYear) why(unit string, f indicator.Figure) Why {
	return Why{NotAsked: y.at[unit] == nil, Taken: y.taken[unit][f.Index()]}
}

// fillGroup fills in what the unit is compared with.
func (c *Comparison) fillGroup(x *publishedFigures, f indicator.Figure) {
	last := x.of[x.newest()]
	members := c.membersIn(last)
	for _, year := range x.years {
		if c.With != WithChosen {
			c.Group = append(c.Group, YearSum{year, x.of[year].sum(members, f)})
		}
	}
	if c.With == WithNation {
		return // 289 lines say nothing
	}
	for _, unit := range members {
		o := x.other(unit, f)
		c.Others, c.Members = append(c.Others, o), append(c.Members, o.Name)
	}
	slices.SortFunc(c.Others, func(a, b OtherRate) int { return strings.Compare(a.Name, b.Name) })
}

// membersIn gives the codes of those whom a unit is compared with, without itself.
func (c *Comparison) membersIn(y *publishedYear) (codes []string) {
	if c.With == WithChosen {
		for _, code := range c.Chosen {
			if y.at[code] != nil && code != c.Unit && !slices.Contains(codes, code) && len(codes) < mostChosen {
				codes = append(codes, code)
			}
		}
		return codes
	}
	home := place.MunicipalityOf(c.Unit)
	all := slices.DeleteFunc(y.municipalities(), func(u *exchange.EditionUnit) bool { return u.Unit == home })
	if c.With == WithCounty {
		all = slices.DeleteFunc(all, func(u *exchange.EditionUnit) bool { return place.CountyOf(u.Unit) != place.CountyOf(home) })
	}
	if c.With == WithSize {
		all = y.similar(all, c.Unit)
	}
	for _, u := range all {
		codes = append(codes, u.Unit)
	}
	return codes
}

// similar gives the municipalities nearest in number of adults: so many smaller, so many larger.
func (y *publishedYear) similar(all []*exchange.EditionUnit, unit string) []*exchange.EditionUnit {
	u := y.at[unit]
	if u == nil || u.Adults == 0 {
		return nil
	}
	all = slices.DeleteFunc(all, func(x *exchange.EditionUnit) bool { return x.Adults == 0 })
	slices.SortFunc(all, func(x, z *exchange.EditionUnit) int {
		return cmp.Or(cmp.Compare(x.Adults, z.Adults), strings.Compare(x.Unit, z.Unit))
	})
	at, _ := slices.BinarySearchFunc(all, u.Adults, func(x *exchange.EditionUnit, n int) int { return cmp.Compare(x.Adults, n) })
	return slices.Clone(all[max(0, at-nearest):min(len(all), at+nearest)])
}

// sum adds up what is shown of some units.
func (y *publishedYear) sum(units []string, f indicator.Figure) disclosure.Sum {
	rates := make([]disclosure.Rate, len(units))
	for i, unit := range units {
		rates[i] = y.rate(unit, f).Rate
	}
	return disclosure.SumOf(rates)
}

func (x *publishedFigures) other(unit string, f indicator.Figure) OtherRate {
	o := OtherRate{Unit: unit, Name: place.NameOf(unit)}
	for _, year := range x.years {
		y := x.of[year]
		r := y.rate(unit, f)
		count := disclosure.NoCount()
		if u := y.at[unit]; u != nil {
			o.Name, o.Kind, count = u.Name, u.Kind, u.Counts[f.Index()]
		}
		o.Whys = append(o.Whys, y.why(unit, f))
		o.Years, o.Scopes, o.Counts = append(o.Years, r.Rate), append(o.Scopes, int(r.Scope)), append(o.Counts, count)
	}
	return o
}

// parts gives a city's districts of all years.
func (x *publishedFigures) parts(city string, f indicator.Figure) (all []OtherRate) {
	seen := map[string]bool{}
	for _, year := range x.years {
		for _, u := range x.of[year].Units {
			if place.IsDistrict(u.Unit) && place.MunicipalityOf(u.Unit) == city && !seen[u.Unit] {
				seen[u.Unit] = true
				all = append(all, x.other(u.Unit, f))
			}
		}
	}
	slices.SortFunc(all, func(a, b OtherRate) int { return strings.Compare(a.Unit, b.Unit) })
	return all
}

// breaksIn finds what makes a year hard to compare with the one before.
func breaksIn(x *publishedFigures, unit string, own []YearRate) (all []Break) {
	for i := 1; i < len(own); i++ {
		was, is := own[i-1], own[i]
		if was.Scope != is.Scope && was.Scope != 0 && is.Scope != 0 {
			all = append(all, Break{is.Year, "omfattning", scopeID(was.Scope), scopeID(is.Scope)})
		}
		if was.Table != is.Table && was.Table != "" && is.Table != "" {
			all = append(all, Break{is.Year, "folkmangd", was.Table, is.Table})
		}
		if a, b := districts(x.of[was.Year], unit), districts(x.of[is.Year], unit); a != b {
			all = append(all, Break{is.Year, "stadsdelar", a, b})
		}
	}
	return all
}

func scopeID(s int) string { return string(rune('0' + s)) }

// districts gives a city's districts in a year, as one text; empty for no city.
func districts(y *publishedYear, city string) (codes string) {
	for _, u := range y.Units {
		if u.Kind == exchange.PartUnit && place.MunicipalityOf(u.Unit) == city {
			codes += u.Unit + " "
		}
	}
	return codes
}
