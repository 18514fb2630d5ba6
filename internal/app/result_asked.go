package app

import (
	"strconv"
	"strings"
	"time"

	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

// Year gives the year where the period is exactly one, else 0.
func (a ResultAsk) Year() int {
	if a.From.IsZero() || a.Till.IsZero() || a.From.Year() != a.Till.Year() || a.From.YearDay() != 1 || a.Till.Month() != time.December || a.Till.Day() != 31 {
		return 0
	}
	return a.From.Year()
}

// PeriodIn says the period in words.
func (a ResultAsk) PeriodIn(p *locale.Printer) string {
	switch {
	case a.Year() != 0:
		return p.T("result.period_year", "ar", strconv.Itoa(a.Year()))
	case a.From.IsZero() && a.Till.IsZero():
		return p.T("result.period_all")
	case a.Till.IsZero():
		return p.T("result.period_from", "fran", p.Date(a.From))
	case a.From.IsZero():
		return p.T("result.period_till", "till", p.Date(a.Till))
	}
	return p.T("result.period", "fran", p.Date(a.From), "till", p.Date(a.Till))
}

// ConditionIn says a condition in words: "Kön: Kvinna"; as it is written where it is none that
// is offered.
func ConditionIn(p *locale.Printer, cb *codebook.Codebook, where string) string {
	for _, name := range query.Crossable(cb) {
		d, err := query.Categories(cb, name)
		if err != nil {
			continue
		}
		for _, c := range d.Cats {
			if c.Set.String() == where {
				return p.T("result.condition", "fraga", d.Label.In(p), "svar", c.Label.In(p))
			}
		}
	}
	return where
}

// ConditionsIn says all conditions in words.
func (x *Results) ConditionsIn(p *locale.Printer) string {
	if len(x.Ask.Where) == 0 {
		return p.T("result.no_condition")
	}
	var all []string
	for _, w := range x.Ask.Where {
		all = append(all, ConditionIn(p, x.Book, w))
	}
	return strings.Join(all, "; ")
}

// UnitIn names the units that are asked of.
func (x *Results) UnitIn(p *locale.Printer) string {
	chosen := x.chosenUnits()
	if len(chosen) == len(x.Units) && len(chosen) > 1 {
		return p.T("result.in_all_units")
	}
	var names []string
	for _, u := range chosen {
		names = append(names, u.Name)
	}
	return strings.Join(names, ", ")
}

// AskedIn says of which cases everything is, when they were read and by which codebook: what a
// file is told with, since it has no page around it.
func (x *Results) AskedIn(p *locale.Printer) string {
	read := x.Release.About.Read[1]
	return p.T("result.asked_of", "enhet", x.UnitIn(p), "period", x.Ask.PeriodIn(p), "villkor", x.ConditionsIn(p),
		"last", p.Date(read)+" "+read.Format("15.04"), "kodbok", x.Book.Named())
}

// Tell puts on every table of the release of which cases it is.
func (x *Results) Tell(p *locale.Printer) {
	said := x.AskedIn(p)
	for _, r := range x.Release.Tables {
		r.AddNote("result.note_asked", "vad", said)
	}
}
