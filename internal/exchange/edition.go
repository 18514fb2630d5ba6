package exchange

import (
	"bytes"
	"encoding/json"
	"time"

	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/place"
)

// editionFormat is what an edition says that it is.
const editionFormat = "foljsam-nyckeltal/1"

// An Edition is a year's key figures as they were published: what each unit reported, how
// many adults live there and who says so, and the rates that follow. It is sealed: the same
// edition is the same bytes every time. It holds no time of the clock and no person.
type Edition struct {
	Format    string        `json:"format"`
	Year      int           `json:"ar"`
	Number    int           `json:"utgava"`
	Reason    string        `json:"skal,omitempty"` // why it takes the place of the one before
	Synthetic bool          `json:"syntetisk,omitempty"`
	Source    string        `json:"kalla"`
	Units     []EditionUnit `json:"enheter"` // ascending by code
}

// EditionUnit is a municipality, a city with districts, a district, or what a city reports
// for no district.
type EditionUnit struct {
	Unit        string              `json:"enhet"`
	Name        string              `json:"namn"`
	Kind        UnitKind            `json:"slag"`
	Adults      int                 `json:"vuxna,omitempty"`
	Inhabitants int                 `json:"invanare,omitempty"`
	From        string              `json:"folkmangd_kalla,omitempty"`
	Table       string              `json:"folkmangd_tabell,omitempty"`
	Method      string              `json:"folkmangd_metod,omitempty"`
	Taken       string              `json:"folkmangd_hamtad,omitempty"` // a day
	Changed     string              `json:"folkmangd_skal,omitempty"`   // why it was set by hand
	Scope       indicator.Scope     `json:"omfattning,omitempty"`
	Counts      [3]disclosure.Count `json:"antal"`
	Rates       [3]EditionRate      `json:"nyckeltal"`
}

// UnitKind is what a unit of an edition is.
type UnitKind string

const (
	WholeUnit UnitKind = "kommun"
	CityUnit  UnitKind = "stad" // has districts: its rates are made of theirs
	PartUnit  UnitKind = "stadsdel"
	RestUnit  UnitKind = "rest" // of no district; has no inhabitants, and is in no mean
)

// EditionRate is a rate as it is written for others. Whoever reads an edition here makes it
// anew from the counts.
type EditionRate struct {
	Value  string           `json:"varde,omitempty"` // two decimals
	Status indicator.Status `json:"status"`
	Low    string           `json:"lagst,omitempty"` // the span of a secret rate
	High   string           `json:"hogst,omitempty"`
	Made   *EditionMean     `json:"av_stadsdelar,omitempty"`
}

// EditionMean says what a city's rate is made of.
type EditionMean struct {
	Of       int   `json:"stadsdelar"`
	Numbers  int   `json:"med_tal"`
	Secret   int   `json:"sekretess"`
	Adults   int64 `json:"vuxna"`
	AdultsOf int64 `json:"av_vuxna"`
}

// Reports gives what the units reported, for the rules.
func (e *Edition) Reports() []indicator.Report {
	var all []indicator.Return
	for _, u := range e.Units {
		if u.Kind == WholeUnit || u.Kind == PartUnit {
			all = append(all, indicator.Return{Unit: u.Unit, Year: e.Year, Counts: u.Counts, Scope: u.Scope})
		}
	}
	return indicator.Reports(all)
}

// Population gives how many adults live where, for the rules.
func (e *Edition) Population() (all []indicator.Population) {
	for _, u := range e.Units {
		if u.Kind == WholeUnit && u.Adults > 0 || u.Kind == PartUnit {
			all = append(all, indicator.Population{Unit: u.Unit, Year: e.Year, Adults: u.Adults})
		}
	}
	return all
}

// Made gives the rates of an edition, by unit.
func (e *Edition) Made() map[string][3]indicator.Rate {
	made := map[string][3]indicator.Rate{}
	for _, r := range indicator.Rates(e.Reports(), e.Population()) {
		all := made[r.Unit]
		all[r.Figure.Index()] = r
		made[r.Unit] = all
	}
	return made
}

// WriteEdition gives the bytes of an edition, with the rates that follow from its counts.
func WriteEdition(e Edition) ([]byte, error) {
	e.Format = editionFormat
	made := e.Made()
	units := make([]EditionUnit, len(e.Units))
	for i, u := range e.Units {
		for f, r := range made[u.Unit] {
			u.Rates[f] = editionRate(r)
			if u.Kind == CityUnit && u.Scope == indicator.NotStated {
				u.Scope = r.Scope
			}
		}
		units[i] = u
	}
	e.Units = units
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	w.SetIndent("", " ")
	if err := w.Encode(e); err != nil {
		return nil, fault.Wrap(err, fault.Internal, "fault.internal")
	}
	return b.Bytes(), nil
}

func editionRate(r indicator.Rate) EditionRate {
	x := EditionRate{Value: r.String(), Status: r.Status()}
	if low, high, ok := r.Span(); ok {
		x.Low, x.High = low.String(), high.String()
	}
	if p, ok := r.Parts(); ok {
		x.Made = &EditionMean{p.Of, p.Numbers, p.Secret, p.Adults, p.AdultsOf}
	}
	return x
}

// ReadEdition reads an edition that WriteEdition wrote.
func ReadEdition(b []byte) (*Edition, error) {
	e := &Edition{}
	if err := json.Unmarshal(b, e); err != nil || e.Format != editionFormat {
		return nil, fault.New(fault.Invalid, "nation.edition_unreadable")
	}
	return e, nil
}

// KindOf says what a unit is, by its code and whether it is a city with districts.
func KindOf(unit string, divided, rest bool) UnitKind {
	switch {
	case rest:
		return RestUnit
	case place.IsDistrict(unit):
		return PartUnit
	case divided:
		return CityUnit
	}
	return WholeUnit
}

// EditionDay writes a day as an edition has it; empty where there is none.
func EditionDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
