package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/disclosure"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/place"
	"foljsam/internal/store"
)

// ownSource is what the published figures say that they come from. Kolada is named only where
// a value of theirs stands untouched, which none here does.
const ownSource = "Egen bearbetning av kommunernas uppgifter och SCB:s folkmängd"

// longestReason is how long a stated reason may be, in characters.
const longestReason = 500

// Publish publishes a year as it stands: the first edition, or a new one with the reason for it. An
// edition is never changed and never taken away.
func (a *App) Publish(ctx context.Context, by access.Actor, year int, reason string) (int, error) {
	r, err := a.mayInNation(ctx, by, access.Collect, "")
	if err = firstError(err, a.Confirmed(by)); err != nil {
		return 0, err
	}
	s := &nationState{synthetic: a.demo}
	var p store.Publication
	err = r.Write(ctx, func(t *store.Tx) error { // what is published is what stands when it is
		err := s.readAll(t)
		if err == nil {
			p, err = s.publication(year, strings.TrimSpace(reason))
		}
		if err == nil {
			err = s.divisionFault(t, year)
		}
		if err != nil {
			return err
		}
		p.At, p.Person = a.now(), by.Person.ID
		t.Audit(a.aboutYear(by, audit.FiguresPublished, "", year))
		return t.AddPublication(p)
	})
	a.published.forget(place.Nation)
	if err == nil {
		a.ReadPublished(ctx)
	}
	return p.Edition, err
}

// publication makes the next edition of a year.
func (s *nationState) publication(year int, reason string) (p store.Publication, err error) {
	if _, err := s.collection(year); err != nil {
		return p, err
	}
	last := len(s.editionsOf(year))
	switch {
	case last > 0 && reason == "":
		return p, fault.New(fault.Invalid, "nation.reason_missing")
	case last > 0:
		if err := publicFault(reason); err != nil {
			return p, err
		}
	}
	if !s.hasAnything(year) {
		return p, fault.New(fault.Invalid, "nation.nothing_returned", "ar", indicator.Year(year))
	}
	if lack := s.lacksPeople(year); len(lack) > 0 {
		return p, fault.New(fault.Invalid, "nation.people_missing", "n", len(lack), "enheter", strings.Join(lack[:min(5, len(lack))], ", "))
	}
	if last == 0 {
		reason = ""
	}
	if last > 0 {
		_, hash, err := s.sealed(year, last, s.editionsOf(year)[last-1].Reason)
		if err != nil || hash == s.editionsOf(year)[last-1].Hash {
			return p, firstError(err, fault.New(fault.Invalid, "nation.nothing_new", "nr", last))
		}
	}
	body, hash, err := s.sealed(year, last+1, reason)
	return store.Publication{Year: year, Edition: last + 1, Reason: reason, Hash: hash, Body: body}, err
}

// sealed gives the bytes of an edition of what stands, and their hash.
func (s *nationState) sealed(year, nr int, reason string) (body []byte, hash string, err error) {
	body, err = exchange.WriteEdition(exchange.Edition{Year: year, Number: nr, Reason: reason, Synthetic: s.synthetic, Source: ownSource, Units: s.editionUnits(year)})
	sum := sha256.Sum256(body)
	return body, hex.EncodeToString(sum[:]), err
}

// hasAnything tells whether any unit that reports for a year has returned a number or a mark:
// a first edition without is nothing but a promise that cannot be taken back.
func (s *nationState) hasAnything(year int) bool {
	return len(s.editionsOf(year)) > 0 || slices.ContainsFunc(reporting(s.units, year), func(u place.Unit) bool {
		return !saysNothing(s.returns[unitYear{u.ID, year}])
	})
}

// saysNothing tells whether a return has neither number nor mark.
func saysNothing(x store.ReceivedReturn) bool {
	return !slices.ContainsFunc(x.Counts[:], func(c disclosure.Count) bool { return !c.IsMissing() })
}

// lacksPeople names the units that have reported a number or a mark, and of which nobody has said
// how many adults live there; of a city with districts, all districts.
func (s *nationState) lacksPeople(year int) (names []string) {
	for _, u := range reporting(s.units, year) {
		_, reported := s.returns[unitYear{u.ID, year}]
		if (reported || place.IsDistrict(u.ID)) && !IsRest(u.ID) && s.people[unitYear{u.ID, year}].Adults <= 0 {
			names = append(names, u.Name)
		}
	}
	return names
}

// editionUnits gives all units of a year for an edition, ascending: also those that have
// reported nothing, and the cities whose districts report.
func (s *nationState) editionUnits(year int) (all []exchange.EditionUnit) {
	divided := map[string]bool{}
	units := reporting(s.units, year)
	for _, u := range units {
		if city := place.MunicipalityOf(u.ID); place.IsDistrict(u.ID) && !divided[city] {
			divided[city] = true
			units = append(units, place.Unit{ID: city, Name: place.NameOf(city)})
		}
	}
	slices.SortFunc(units, func(x, y place.Unit) int { return strings.Compare(x.ID, y.ID) })
	for _, u := range units {
		x := exchange.EditionUnit{Unit: u.ID, Name: u.Name, Kind: exchange.KindOf(u.ID, divided[u.ID], IsRest(u.ID))}
		p := s.people[unitYear{u.ID, year}]
		x.Adults, x.Inhabitants, x.From, x.Table, x.Method, x.Taken, x.Changed = p.Adults, p.Inhabitants, p.Source, p.Table, p.Method, exchange.EditionDay(p.Taken), p.Reason
		if x.Kind != exchange.CityUnit {
			r := s.returns[unitYear{u.ID, year}]
			x.Counts, x.Scope = r.Counts, r.Scope
		}
		all = append(all, x)
	}
	return all
}
