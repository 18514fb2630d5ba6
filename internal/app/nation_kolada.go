package app

import (
	"context"
	"slices"
	"strconv"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/disclosure"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/place"
	"foljsam/internal/store"
)

// Our own published rates beside Kolada's own values. Kolada is asked only when somebody presses
// for it, and nothing of the answer is kept: what is shown as Kolada's is what Kolada said.

// KoladaMatch is the key figure of Kolada's that one of ours is compared with, and who confirmed it.
type KoladaMatch struct {
	store.KoladaMatch
	PersonName string
}

// KoladaMatches gives what is confirmed for each of the three key figures; an empty ID: nothing.
func (a *App) KoladaMatches(ctx context.Context, by access.Actor) (now [3]KoladaMatch, err error) {
	r, err := a.mayInNation(ctx, by, access.Collect, "")
	if err != nil {
		return now, err
	}
	err = r.Read(ctx, func(t *store.Tx) error {
		all, err := t.KoladaMatches()
		for _, x := range all {
			if f := indicator.Figure(x.Figure); f.Valid() {
				now[f.Index()].KoladaMatch = x
			}
		}
		return err
	})
	for i := range now {
		if now[i].ID != "" {
			now[i].PersonName = a.nameOf(ctx, now[i].Person)
		}
	}
	return now, err
}

// ConfirmKolada keeps that a key figure of Kolada's, by its id and the title that somebody has
// read, is the one to compare ours with. Kolada is asked whether it is.
func (a *App) ConfirmKolada(ctx context.Context, by access.Actor, figure int, id, title string) error {
	k, err := a.kolada(ctx, by)
	if err != nil {
		return err
	}
	if id == "" {
		return fault.New(fault.Invalid, "nation.kolada_none_chosen")
	}
	if err := k.Confirm(ctx, id, title); err != nil {
		return err
	}
	return a.matchKolada(ctx, by, figure, id, title)
}

// EndKolada keeps that one of our key figures is compared with none of Kolada's any more.
func (a *App) EndKolada(ctx context.Context, by access.Actor, figure int) error {
	return a.matchKolada(ctx, by, figure, "", "")
}

func (a *App) matchKolada(ctx context.Context, by access.Actor, figure int, id, title string) error {
	r, err := a.mayInNation(ctx, by, access.Collect, "")
	if err != nil {
		return err
	}
	if !indicator.Figure(figure).Valid() {
		return fault.New(fault.NotFound, "visit.not_found")
	}
	return r.Write(ctx, func(t *store.Tx) error {
		all, err := t.KoladaMatches()
		if err != nil {
			return err
		}
		x := store.KoladaMatch{Figure: figure, ID: id, Title: title, At: a.now(), Person: by.Person.ID, Edition: 1}
		for _, was := range all {
			if was.Figure == figure {
				x.Edition = was.Edition + 1
			}
		}
		l := a.about(by, audit.KoladaConfirmed, "")
		l.Fields = []string{strconv.Itoa(figure)}
		t.Audit(l)
		return t.AddKoladaMatch(x)
	})
}

// KoladaBeside is our published rates of a year beside Kolada's values.
type KoladaBeside struct {
	Match KoladaMatch
	Year  int
	Asked time.Time
	Rows  []KoladaRow // by code
	Odd   int         // rows of Kolada's that could not be understood
	Same, Different,
	Apart int // no number on one side, or on neither
}

// KoladaRow is a municipality's.
type KoladaRow struct {
	Unit, Name string
	Own        disclosure.Rate
	Why        Why
	Kolada     exchange.KoladaFigure
	Same       bool // both have a number, and ours is Kolada's, rounded as it is
	Difference float64
}

// Compared tells whether both have a number.
func (x KoladaRow) Compared() bool {
	_, ours := x.Own.Value()
	_, theirs := x.Kolada.Number()
	return ours && theirs
}

// BesideKolada asks Kolada for a year's values of a county's municipalities (all, where the county
// is empty), and puts them beside what is published here.
func (a *App) BesideKolada(ctx context.Context, by access.Actor, figure, year int, county string) (*KoladaBeside, error) {
	matches, err := a.KoladaMatches(ctx, by)
	if err != nil {
		return nil, err
	}
	x, err := a.figures(ctx)
	if err != nil {
		return nil, err
	}
	f, y := indicator.Figure(figure), x.of[year]
	switch {
	case !f.Valid():
		return nil, fault.New(fault.NotFound, "visit.not_found")
	case y == nil:
		return nil, fault.New(fault.NotFound, "nation.no_publication")
	case matches[f.Index()].ID == "":
		return nil, fault.New(fault.Invalid, "nation.kolada_unconfirmed")
	}
	m := matches[f.Index()]
	units := slices.DeleteFunc(y.municipalities(), func(u *exchange.EditionUnit) bool { return county != "" && place.CountyOf(u.Unit) != county })
	var codes []string
	for _, u := range units {
		codes = append(codes, u.Unit)
	}
	table, err := a.KoladaValues(ctx, by, []exchange.KoladaItem{{ID: m.ID, Title: m.Title}}, codes, []int{year})
	if err != nil {
		return nil, err
	}
	b := &KoladaBeside{Match: m, Year: year, Asked: a.now(), Odd: table.Odd}
	for _, u := range units {
		b.add(KoladaRow{Unit: u.Unit, Name: u.Name, Own: y.rate(u.Unit, f).Rate, Why: y.why(u.Unit, f), Kolada: table.At(m.ID, u.Unit, year)})
	}
	return b, nil
}

func (b *KoladaBeside) add(x KoladaRow) {
	if !x.Compared() {
		b.Apart++
	} else if x.compare(); x.Same {
		b.Same++
	} else {
		b.Different++
	}
	b.Rows = append(b.Rows, x)
}

// compare rounds ours to one decimal where Kolada's value has no more, and else to two.
func (x *KoladaRow) compare() {
	ours, _ := x.Own.Value()
	theirs, _ := x.Kolada.Number()
	x.Difference = ours.Float() - theirs
	if x.Kolada.Decimals() <= 1 {
		x.Same = ours.Tenths() == strconv.FormatFloat(theirs, 'f', 1, 64)
	} else {
		x.Same = ours.String() == strconv.FormatFloat(theirs, 'f', 2, 64)
	}
}
