package app

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/store"
)

// workers adds some caseworkers of a unit.
func (h *house) workers(t *testing.T, register, unit string, n int) (all []access.Actor) {
	t.Helper()
	for i := range n {
		p := access.Person{ID: fmt.Sprintf("kodare-%d", i), Login: fmt.Sprintf("kodare-%d", i), Name: fmt.Sprint("Kodare ", i), Created: h.time}
		g := access.Grant{Person: p.ID, Register: register, Unit: unit, Role: access.Caseworker, From: h.time.AddDate(0, -1, 0)}
		err := h.store.Node().Write(t.Context(), func(x *store.Tx) error {
			if err := x.AddPerson(p); err != nil {
				return err
			}
			return x.AddGrant(g)
		})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, access.Actor{Person: p, Role: access.Caseworker, Register: register, Units: []string{unit}})
	}
	return all
}

// coordinator is Alm under the other role.
func coordinator(w *Who) access.Actor {
	by := w.Actor
	by.Role, by.AllUnits = access.Coordinator, true
	return by
}

// six are six cases, of which the text says nothing here.
func six() (all []Vignette) {
	for i := range 6 {
		all = append(all, Vignette{Title: fmt.Sprint("Fall ", i), Text: "Påhittat."})
	}
	return all
}

func (h *house) setCoding(t *testing.T, by access.Actor, unit string) string {
	t.Helper()
	id, _, err := h.SetCoding(t.Context(), by, NewCoding{Title: "Våren", Cases: six(), Questions: []string{h.book.Role(codebook.Severity).Key()}, Units: []string{unit}, Till: "2026-12-01", MadeUp: true})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// codes answers every case with the same option.
func codes(options ...int) (s CodingSheet) {
	for i := range 6 {
		s = append(s, [][]int{{options[i%len(options)]}})
	}
	return s
}

func TestWhatWasCodedIsSeenWhenItIsClosedAndByNobodyBefore(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	lead, unit := coordinator(w), w.Units[0].ID
	all := h.workers(t, w.Register, unit, 6)
	id := h.setCoding(t, lead, unit)
	if due, err := h.CodingsToAnswer(t.Context(), all[0]); err != nil || len(due) != 1 {
		t.Fatal(due, err)
	}
	var wg sync.WaitGroup
	for i, by := range all {
		wg.Go(func() {
			s := codes(0, 1, 2)
			if i == 5 {
				s = codes(1, 1, 2) // one reads the first kind of case otherwise
			}
			if err := h.AnswerCoding(t.Context(), by, id, s); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if err := h.AnswerCoding(t.Context(), all[0], id, codes(0)); fault.KeyOf(err) != "coding.answered_already" {
		t.Error(err)
	}
	if due, err := h.CodingsToAnswer(t.Context(), all[0]); err != nil || len(due) != 0 {
		t.Error("it waits still", due, err)
	}
	open, err := h.CodingResultOf(t.Context(), lead, id)
	if err != nil || open.Shown || open.Questions != nil || open.Tally != nil || open.Answered != 6 || open.Invited != 6 {
		t.Fatalf("%+v %v", open, err)
	}
	if _, err := h.CodingFile(t.Context(), lead, id, "csv", locale.For(locale.Swedish)); fault.KindOf(err) != fault.NotFound {
		t.Error(err)
	}
	if err := h.CloseCoding(t.Context(), all[0], id); fault.KindOf(err) != fault.Refused {
		t.Error("a caseworker closed it:", err)
	}
	if err := h.CloseCoding(t.Context(), lead, id); err != nil {
		t.Fatal(err)
	}
	for _, by := range []access.Actor{lead, all[2]} {
		x, err := h.CodingResultOf(t.Context(), by, id)
		if err != nil || !x.Shown || len(x.Questions) != 1 {
			t.Fatalf("%+v %v", x, err)
		}
		q := x.Questions[0]
		// Cases 1 and 4: five of six chose the first option. Of the pairs that hold it 2*20 of 2*25
		// are joined; of all pairs 2*20 and 4*30 of 6*30.
		if fmt.Sprint(q.Cases[0], q.Cases[1]) != "[5 1 0 0] [0 6 0 0]" || q.Coded[0].Same != 0.8 || q.Whole.Same != 160.0/180 || q.Coded[0].With != 1 || q.Coded[2].Value != 1 || !q.Whole.Spanned {
			t.Errorf("%+v", q)
		}
	}
}

func TestFewerThanFiveAreNeverShown(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	lead, unit := coordinator(w), w.Units[0].ID
	all := h.workers(t, w.Register, unit, 5)
	id := h.setCoding(t, lead, unit)
	for _, by := range all[:4] {
		if err := h.AnswerCoding(t.Context(), by, id, codes(1)); err != nil {
			t.Fatal(err)
		}
	}
	h.time = h.time.AddDate(0, 0, 20) // the last day has gone: whoever looks closes it
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			x, err := h.CodingResultOf(t.Context(), lead, id)
			if err != nil || x.Shown || x.Questions != nil || x.Closed.IsZero() || x.ClosedBy != "" {
				t.Errorf("%+v %v", x, err)
			}
		})
	}
	wg.Wait()
	if err := h.AnswerCoding(t.Context(), all[4], id, codes(1)); fault.KeyOf(err) != "coding.is_closed" {
		t.Error(err)
	}
	if err := h.MoveCoding(t.Context(), lead, id, "2026-12-01", "2026-12-30"); fault.KeyOf(err) != "coding.is_closed" {
		t.Error(err)
	}
}

func TestWhoMaySetAndSeeAnExercise(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	lead, unit := coordinator(w), w.Units[0].ID
	id := h.setCoding(t, lead, unit)
	other := access.Actor{Person: access.Person{ID: "x"}, Role: access.Caseworker, Register: w.Register, Units: []string{"another"}}
	half := access.Actor{Person: access.Person{ID: "y"}, Role: access.Coordinator, Register: w.Register, Units: []string{"another"}}
	for _, by := range []access.Actor{other, half} {
		if _, err := h.CodingOf(t.Context(), by, id); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s: %v", by.Role, err)
		}
	}
	x := NewCoding{Title: "Våren", Cases: six(), Questions: []string{h.book.Role(codebook.Severity).Key()}, Units: []string{unit}, Till: "2026-12-01", MadeUp: true}
	for _, by := range []access.Actor{w.Actor, half, {Role: access.Administrator}} {
		if _, _, err := h.SetCoding(t.Context(), by, x); fault.KindOf(err) != fault.Refused {
			t.Errorf("%s: %v", by.Role, err)
		}
	}
	own := w.Actor // who set it is a caseworker too, and does not answer
	if err := h.AnswerCoding(t.Context(), own, id, codes(1)); fault.KeyOf(err) != "coding.not_asked" {
		t.Error(err)
	}
	for what, change := range map[string]func(*NewCoding){
		"no name": func(x *NewCoding) { x.Title = " " }, "no unit": func(x *NewCoding) { x.Units = nil }, "no question": func(x *NewCoding) { x.Questions = nil },
		"no case": func(x *NewCoding) { x.Cases = nil }, "yesterday": func(x *NewCoding) { x.Till = "2026-11-21" }, "in ten years": func(x *NewCoding) { x.Till = "2036-11-21" },
		"no day": func(x *NewCoding) { x.Till = "i maj" }, "not made up": func(x *NewCoding) { x.MadeUp = false }, "a question that is none": func(x *NewCoding) { x.Questions = []string{"9999"} },
		"one question twice": func(x *NewCoding) { x.Questions = append(x.Questions, x.Questions[0]) }, "a huge text": func(x *NewCoding) { x.Cases = []Vignette{{Text: strings.Repeat("å", 2001)}} },
		"a question with free answers": func(x *NewCoding) { x.Questions = []string{h.book.Role(codebook.Intake).Key()} },
	} {
		y := x
		y.Questions = append([]string{}, x.Questions...)
		change(&y)
		if _, _, err := h.SetCoding(t.Context(), lead, y); err == nil || fault.KindOf(err) == fault.Internal {
			t.Error(what, err)
		}
	}
	x.Cases = []Vignette{{Text: "Ring 070-123 45 67."}}
	if _, found, err := h.SetCoding(t.Context(), lead, x); err != nil || len(found) == 0 {
		t.Error("a telephone number is not warned of", found, err)
	}
}

// The log says that somebody coded, and not which exercise or what.
func TestTheLogSaysNothingOfWhatWasCoded(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	lead, unit := coordinator(w), w.Units[0].ID
	by := h.workers(t, w.Register, unit, 1)[0]
	id := h.setCoding(t, lead, unit)
	if err := h.AnswerCoding(t.Context(), by, id, codes(1)); err != nil {
		t.Fatal(err)
	}
	r, err := h.store.Register(t.Context(), w.Register)
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	err = r.Read(t.Context(), func(x *store.Tx) error {
		all, err := x.AuditActs(time.Time{}, audit.CodedCases)
		for _, s := range all {
			lines++
			if s.About != "" || len(s.Fields) > 0 || s.Person != by.Person.ID {
				t.Errorf("%+v", s)
			}
		}
		return err
	})
	if err != nil || lines != 1 {
		t.Error(lines, err)
	}
}

func TestTheFileHoldsWhatThePageSays(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	lead, unit := coordinator(w), w.Units[0].ID
	id := h.setCoding(t, lead, unit)
	for i, by := range h.workers(t, w.Register, unit, 5) {
		if err := h.AnswerCoding(t.Context(), by, id, codes(i%2, 1, 3)); err != nil { // 3: cannot be told
			t.Fatal(err)
		}
	}
	if err := h.CloseCoding(t.Context(), lead, id); err != nil {
		t.Fatal(err)
	}
	for _, p := range []*locale.Printer{locale.For(locale.Swedish), locale.For(locale.English)} {
		f, err := h.CodingFile(t.Context(), lead, id, "csv", p)
		if err != nil || !strings.HasPrefix(f.Name, "internt-") {
			t.Fatal(f, err)
		}
		rows, err := csv.NewReader(bytes.NewReader(f.Content)).ReadAll()
		if err != nil || len(rows) != 1+1+3*7 || rows[2][3] != "6" || rows[2][4] != "30" {
			t.Error(len(rows), rows, err)
		}
		if f, err = h.CodingFile(t.Context(), lead, id, "xlsx", p); err != nil || !bytes.HasPrefix(f.Content, []byte("PK")) {
			t.Error(err)
		}
	}
	if _, err := h.CodingFile(t.Context(), lead, id, "exe", locale.For(locale.Swedish)); fault.KindOf(err) != fault.NotFound {
		t.Error(err)
	}
}
