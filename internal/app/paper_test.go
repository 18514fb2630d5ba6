package app

import (
	"slices"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/fault"
	"foljsam/internal/note"
)

// What was written beside a figure is in a paper of the same figures: of its parts, its year and its
// units, and never of some of the cases only where anybody may read it.
func TestAPaperHasWhatWasWrittenBesideItsFigures(t *testing.T) {
	k := newKept(t)
	k.file(t, k.anna, "A1", "K1", "")
	k.file(t, k.bo, "B1", "K2", "")
	unit := k.anna.Units[0]
	for _, n := range []note.Note{
		{Unit: unit, About: "/resultat/d/d02?ar=2015", Text: "här"},
		{Unit: unit, About: "/resultat/d/d02?ar=2014", Text: "året före"},
		{Unit: unit, About: "/resultat/d/d02", Text: "alla år"},
		{Unit: k.norr, About: "/resultat/d/d02?ar=2015", Text: "i norr"},
		{About: "/resultat/d/d02?ar=2015", Text: "alla enheter"},
		{Unit: unit, About: "/resultat/d/d02?ar=2015&dar=v14%3D2", Text: "några"},
		{Unit: unit, About: "/resultat/d/d14?ar=2015", Text: "en annan del"},
		{Unit: unit, About: "/resultat/korstabell?ar=2015", Text: "en korstabell"},
	} {
		n.Kind, n.Title = note.Reflection, "Hur?"
		if _, err := k.KeepNote(t.Context(), k.lena, n); err != nil {
			t.Fatal(err)
		}
	}
	year := func(public bool, units ...string) PaperAsk {
		ask := PaperAsk{Thoughts: true, Parts: []string{"vem"}}
		ask.From, ask.Till, ask.Public, ask.Units = dayOf(2015, 1, 1).Time(), dayOf(2015, 12, 31).Time(), public, units
		return ask
	}
	part := k.maria
	part.AllUnits, part.Units = false, []string{unit}
	for _, c := range []struct {
		by   access.Actor
		ask  PaperAsk
		want []string
	}{
		{k.lena, year(true), []string{"här", "alla år", "i norr", "alla enheter"}},
		{k.lena, year(false), []string{"här", "alla år", "i norr", "alla enheter", "några"}},
		{k.lena, year(true, unit), []string{"här", "alla år", "alla enheter"}},
		{part, year(false), []string{"här", "alla år", "några"}}, // what is on all units is for who sees all
	} {
		p, err := k.Paper(t.Context(), c.by, c.ask)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, n := range p.Thoughts {
			got = append(got, n.Text)
		}
		slices.Sort(got)
		slices.Sort(c.want)
		if !slices.Equal(got, c.want) {
			t.Errorf("public %v, units %v: %q, want %q", c.ask.Public, c.ask.Units, got, c.want)
		}
	}
	if _, err := k.Paper(t.Context(), part, year(true, k.norr)); fault.KindOf(err) != fault.Refused {
		t.Error("a paper of another's unit", err)
	}
	if _, err := k.Paper(t.Context(), k.anna, year(true, unit)); fault.KindOf(err) != fault.Refused {
		t.Error("a paper for who makes none", err)
	}
}

// An order is for those who answer for its unit and those who may order on it; it is answered once, and
// taken back by who made it.
func TestAnOrderIsAnsweredOnceByWhoMay(t *testing.T) {
	k := newKept(t)
	chief := access.Actor{Person: access.Person{ID: "chef", Name: "chef"}, Role: access.Manager, Register: k.who.Register, Units: []string{k.anna.Units[0]}, Confirmed: k.time.AddDate(1, 0, 0)}
	elsewhere, part := chief, k.maria
	elsewhere.Person.ID, elsewhere.Units = "annan", []string{k.norr}
	part.AllUnits, part.Units = false, []string{k.norr}
	day := k.time.AddDate(0, 0, 7).Format("2006-01-02")
	order := func(by access.Actor, unit string) error {
		_, err := k.OrderFigure(t.Context(), by, unit, "/resultat/d/d02", "Hur?", day, "Hur många?")
		return err
	}
	if err := order(chief, k.norr); fault.KindOf(err) != fault.Refused {
		t.Error("ordered of a unit that is another's", err)
	}
	for range 2 {
		if err := order(chief, chief.Units[0]); err != nil {
			t.Fatal(err)
		}
	}
	all, err := k.Orders(t.Context(), chief)
	if err != nil || len(all) != 2 || !all[0].Mine {
		t.Fatal(all, err)
	}
	for _, by := range []access.Actor{elsewhere, part} {
		if seen, err := k.Orders(t.Context(), by); err != nil || len(seen) != 0 {
			t.Errorf("%s sees %v: %v", by.Person.ID, seen, err)
		}
		if err := k.DropOrder(t.Context(), by, all[0].ID); fault.KindOf(err) != fault.NotFound {
			t.Error(by.Person.ID, err)
		}
	}
	if _, err := k.AnswerOrder(t.Context(), part, all[0].ID, "/resultat/d/d02", "Så här"); fault.KindOf(err) != fault.NotFound {
		t.Error("answered by who does not see it", err)
	}
	if _, err := k.AnswerOrder(t.Context(), chief, all[0].ID, "/resultat/d/d02", "Så här"); fault.KindOf(err) != fault.Refused {
		t.Error("answered by who ordered", err)
	}
	if err := k.DropOrder(t.Context(), k.lena, all[0].ID); fault.KindOf(err) != fault.Refused {
		t.Error("taken back by another", err)
	}
	if _, err := k.AnswerOrder(t.Context(), k.lena, all[0].ID, "/resultat/d/d02", "Så här"); err != nil {
		t.Error(err)
	}
	for _, err := range []error{k.DropOrder(t.Context(), chief, all[0].ID), func() error {
		_, err := k.AnswerOrder(t.Context(), k.lena, all[0].ID, "/resultat/d/d02", "Igen")
		return err
	}()} {
		if fault.KindOf(err) != fault.Conflict {
			t.Error("ended twice", err)
		}
	}
	if err := k.DropOrder(t.Context(), chief, all[1].ID); err != nil {
		t.Error(err)
	}
}
