package app

import (
	"context"
	"slices"
	"sync"

	"foljsam/internal/disclosure"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/place"
	"foljsam/internal/store"
)

// publishedFigures is the last edition of every year, as anyone may see it.
type publishedFigures struct {
	key    string        // the editions' hashes
	lines  []EditionLine // of every edition, by year and number
	years  []int         // ascending
	of     map[int]*publishedYear
	kolada sync.Map // *exchange.Kolada by language
	files  sync.Map // *FigureFile by name and language: anyone may ask for them as often as they please
}

// publishedYear is a year's last edition, looked up.
type publishedYear struct {
	*exchange.Edition
	line  EditionLine
	at    map[string]*exchange.EditionUnit
	rates map[string][3]indicator.Rate
	past  []*exchange.Edition // those before it
	taken map[string][3]bool  // what they say something of, and it does not
}

// figures gives what the nation has published; not found where there is no nation.
func (a *App) figures(ctx context.Context) (*publishedFigures, error) {
	return a.published.get(ctx, place.Nation, a.now(), a.readFigures)
}

// ReadPublished reads what the nation has published before anyone asks: who looks first after a
// start, or after a publication, does not wait for it.
func (a *App) ReadPublished(ctx context.Context) {
	_, _ = a.figures(ctx) // whoever asks is told why it cannot be read
}

func (a *App) readFigures(ctx context.Context) (*publishedFigures, error) {
	r, err := a.nation(ctx)
	if err != nil {
		return nil, err
	}
	x := &publishedFigures{of: map[int]*publishedYear{}}
	last := map[int]EditionLine{}
	err = r.Read(ctx, func(t *store.Tx) error {
		all, err := t.Publications()
		for _, p := range all {
			line := EditionLine{p.Year, p.Edition, p.At, p.Reason, p.Hash}
			x.lines = append(x.lines, line)
			x.key += p.Hash
			last[p.Year] = line
		}
		if before := a.publishedLast.Load(); err != nil || before != nil && before.key == x.key {
			return err
		}
		for year, line := range last {
			if x.of[year], err = readYear(t, line); err != nil {
				return err
			}
			if err := x.of[year].readPast(t); err != nil {
				return err
			}
			x.years = append(x.years, year)
		}
		return nil
	})
	if before := a.publishedLast.Load(); err == nil && before != nil && before.key == x.key {
		return before, nil
	}
	slices.Sort(x.years)
	if err == nil {
		a.publishedLast.Store(x)
	}
	return x, err
}

// readPast reads the editions before a year's last, for what has been taken back.
func (y *publishedYear) readPast(t *store.Tx) error {
	for nr := 1; nr < y.line.Number; nr++ {
		e, err := readEdition(t, y.Year, nr)
		if err != nil {
			return err
		}
		y.past = append(y.past, e)
		for unit, gone := range exchange.TakenBack(e, y.Edition) {
			at := y.taken[unit]
			for i := range at {
				at[i] = at[i] || gone[i]
			}
			y.taken[unit] = at
		}
	}
	return nil
}

func readEdition(t *store.Tx, year, nr int) (*exchange.Edition, error) {
	body, err := t.PublishedBody(year, nr)
	if err != nil {
		return nil, err
	}
	return exchange.ReadEdition(body)
}

func readYear(t *store.Tx, line EditionLine) (*publishedYear, error) {
	e, err := readEdition(t, line.Year, line.Number)
	if err != nil {
		return nil, err
	}
	y := &publishedYear{Edition: e, line: line, at: map[string]*exchange.EditionUnit{}, rates: e.Made(), taken: map[string][3]bool{}}
	for i := range e.Units {
		y.at[e.Units[i].Unit] = &e.Units[i]
	}
	return y, nil
}

// newest gives the last year; not found where nothing is published.
func (x *publishedFigures) newest() int {
	if len(x.years) == 0 {
		return 0
	}
	return x.years[len(x.years)-1]
}

// rate gives a unit's published rate; missing where there is none.
func (y *publishedYear) rate(unit string, f indicator.Figure) indicator.Rate {
	if r, ok := y.rates[unit]; ok {
		return r[f.Index()]
	}
	return indicator.Rate{Unit: unit, Year: y.Year, Figure: f}
}

// municipalities gives the units of the whole country: whole municipalities and cities.
func (y *publishedYear) municipalities() (all []*exchange.EditionUnit) {
	for i := range y.Units {
		if u := &y.Units[i]; u.Kind == exchange.WholeUnit || u.Kind == exchange.CityUnit {
			all = append(all, u)
		}
	}
	return all
}

// PublishedYears gives the last edition of every year that is published, the last year first;
// not found where the installation has no nation.
func (a *App) PublishedYears(ctx context.Context) (all []EditionLine, err error) {
	x, err := a.figures(ctx)
	if err != nil {
		return nil, err
	}
	for _, year := range slices.Backward(x.years) {
		all = append(all, x.of[year].line)
	}
	return all, nil
}

// Editions gives all that has been published, by year, the last first.
func (a *App) Editions(ctx context.Context) ([]EditionLine, error) {
	x, err := a.figures(ctx)
	if err != nil {
		return nil, err
	}
	return x.lines, nil
}

// EditionBody gives an edition as it was sealed.
func (a *App) EditionBody(ctx context.Context, year, number int) (body []byte, err error) {
	r, err := a.nation(ctx)
	if err != nil {
		return nil, err
	}
	err = r.Read(ctx, func(t *store.Tx) (err error) { body, err = t.PublishedBody(year, number); return err })
	return body, err
}

// PublishedRate is a unit's key figure as anyone may see it.
type PublishedRate struct {
	Unit, Name string
	County     string // code
	Kind       exchange.UnitKind
	Adults     int
	Scope      int
	Rate       disclosure.Rate
	Taken      bool             // an earlier edition said something, and this one does not
	Rest       disclosure.Count // what a city reports for no district; only of such a unit
}

// Overview is a year and a key figure over the whole country.
type Overview struct {
	Year      int
	Figure    int
	Edition   EditionLine
	Units     []PublishedRate            // municipalities and cities, by code
	Parts     map[string][]PublishedRate // districts, by city
	Sum       disclosure.Sum
	Counties  []Taking
	Sizes     []Taking
	All       Taking
	Synthetic bool
}

// Overview gives a year (0: the last) and a key figure.
func (a *App) Overview(ctx context.Context, year, figure int) (*Overview, error) {
	x, err := a.figures(ctx)
	if err != nil {
		return nil, err
	}
	f := indicator.Figure(figure)
	if year == 0 {
		year = x.newest()
	}
	y := x.of[year]
	if !f.Valid() {
		return nil, fault.New(fault.NotFound, "visit.not_found")
	}
	if y == nil {
		return nil, fault.New(fault.NotFound, "nation.no_publication")
	}
	o := &Overview{Year: year, Figure: figure, Edition: y.line, Parts: map[string][]PublishedRate{}, Synthetic: y.Synthetic}
	var rates []disclosure.Rate
	for i := range y.Units {
		u := &y.Units[i]
		p := y.shown(u, f)
		switch u.Kind {
		case exchange.PartUnit, exchange.RestUnit:
			city := place.MunicipalityOf(u.Unit)
			o.Parts[city] = append(o.Parts[city], p)
		default:
			o.Units = append(o.Units, p)
			rates = append(rates, p.Rate)
		}
	}
	o.Sum = disclosure.SumOf(rates)
	o.Counties, o.Sizes, o.All = y.taking()
	return o, nil
}

func (y *publishedYear) shown(u *exchange.EditionUnit, f indicator.Figure) PublishedRate {
	r := y.rate(u.Unit, f)
	p := PublishedRate{Unit: u.Unit, Name: u.Name, County: place.CountyOf(u.Unit), Kind: u.Kind, Adults: u.Adults, Scope: int(u.Scope), Rate: r.Rate, Taken: y.taken[u.Unit][f.Index()]}
	if u.Kind == exchange.RestUnit {
		p.Rest = u.Counts[f.Index()]
	}
	if u.Kind == exchange.CityUnit {
		p.Scope = int(r.Scope)
	}
	return p
}
