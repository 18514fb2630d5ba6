package app

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/query"
	"foljsam/internal/record"
)

// coordinator is the same person as the one who began the register, as coordinator.
func (h *house) coordinator(w *Who) access.Actor {
	by := w.Actor
	by.Role, by.AllUnits = access.Coordinator, true
	return by
}

func local(column string, codes ...string) *codebook.Variable {
	v := &codebook.Variable{Column: column, Origin: codebook.Local, Phase: codebook.Background, Level: codebook.OfCase, Kind: codebook.One,
		Label: codebook.Text{locale.Swedish: "Etikett " + column}, Question: codebook.Text{locale.Swedish: "Fråga " + column + "?"}}
	for i, label := range codes {
		v.Codes = append(v.Codes, codebook.Code{Code: i + 1, Origin: codebook.Local, Label: codebook.Text{locale.Swedish: label}})
	}
	return v
}

// publish puts a variable in the draft and publishes it.
func (h *house) publish(t *testing.T, by access.Actor, column string, v *codebook.Variable) int {
	t.Helper()
	b, err := h.LocalBook(t.Context(), by)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.PutLocal(t.Context(), by, b.Seen, column, v); err != nil {
		t.Fatal(err)
	}
	version, err := h.PublishBook(t.Context(), by, b.Seen+1, "för att vi vill veta")
	if err != nil {
		t.Fatal(err)
	}
	return version
}

func TestACaseKeepsTheVersionThatItWasOpenedWith(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	old := h.open(t, w, "1", map[string]string{"5": "2026-11-01"})
	if n := h.publish(t, by, "", local("nora_hittade", "Webben", "Grannen")); n != 1 {
		t.Fatal(n)
	}
	first := h.open(t, w, "2", map[string]string{"5": "2026-11-02", "nora_hittade": "2"})
	if n := h.publish(t, by, "nora_hittade", retired(local("nora_hittade", "Webben", "Grannen"))); n != 2 {
		t.Fatal(n)
	}
	second := h.open(t, w, "3", map[string]string{"5": "2026-11-03"})
	of := map[string]int{}
	for id, want := range map[string]string{old: "su-kvinnofrid/2021", first: "su-kvinnofrid/2021+1", second: "su-kvinnofrid/2021+2"} {
		v, err := h.Case(t.Context(), w.Actor, id)
		if err != nil || v.Filed.Codebook != want || v.Book.Named() != want {
			t.Fatalf("%+v %v", v, err)
		}
		of[want] = v.Progress[0].Of
	}
	if of["su-kvinnofrid/2021+1"] != of["su-kvinnofrid/2021"]+1 || of["su-kvinnofrid/2021+2"] != of["su-kvinnofrid/2021"] {
		t.Errorf("completeness counts what is not asked: %v", of)
	}
	for id, refused := range map[string]int{old: 1, first: 0, second: 1} {
		if s := h.save(t, w.Actor, id, "nora_hittade", "1", 99); len(s.Refused) != refused {
			t.Errorf("%+v", s)
		}
	}
	o, err := h.Outgoing(t.Context(), by, record.NoDay, record.NoDay, false)
	if err != nil || len(o.Cases) != 3 || len(o.Local) != 1 || o.Local[0].Name != "nora_hittade" {
		t.Fatalf("%+v %v", o, err)
	}
	var cells []string
	for _, c := range o.Cases {
		cells = append(cells, c.Local["nora_hittade"])
	}
	if !slices.Equal(cells, []string{"", "1", ""}) {
		t.Errorf("a variable that a case's version lacks is no answer: %q", cells)
	}
	if f, err := h.Feedback(t.Context(), w.Actor, w.Units[0].ID); err != nil || f.Closed.Int() != 0 {
		t.Errorf("figures over versions: %+v %v", f, err)
	}
	if list, err := h.Cases(t.Context(), w.Actor, Filter{}); err != nil || len(list.Cases) != 3 {
		t.Errorf("%+v %v", list, err)
	}
}

func TestAPageThatShowedAnOlderVersionLosesNothing(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	h.publish(t, by, "", local("nora_hittade", "Webben", "Grannen"))
	shown, err := h.NewestBook(t.Context(), w.Actor)
	if err != nil {
		t.Fatal(err)
	}
	h.publish(t, by, "nora_hittade", retired(local("nora_hittade", "Webben", "Grannen")))
	for name, want := range map[string]string{shown.Named(): "su-kvinnofrid/2021+1", "": "su-kvinnofrid/2021+2", "su-kvinnofrid/2021+77": "su-kvinnofrid/2021+2"} {
		if cb, err := h.BookNamed(t.Context(), w.Actor, name); err != nil || cb.Named() != want {
			t.Errorf("%q: %s %v", name, cb.Named(), err)
		}
	}
	id, err := h.OpenCase(t.Context(), w.Actor, NewCase{Unit: w.Units[0].ID, Case: "1", Client: "K", Codebook: shown.Named(), Answers: map[string]record.Answer{"nora_hittade": {Value: "2"}}})
	if err != nil {
		t.Fatal(err)
	}
	if v, err := h.Case(t.Context(), w.Actor, id); err != nil || v.Filed.Form.Get("nora_hittade").Value != "2" || v.Filed.Codebook != shown.Named() {
		t.Errorf("%+v %v", v, err)
	}
}

func retired(v *codebook.Variable) *codebook.Variable { v.Retired = true; return v }

func TestAnotherProcessReadsTheSameVersions(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	h.publish(t, h.coordinator(w), "", local("nora_hittade", "Webben", "Grannen"))
	id := h.open(t, w, "2", map[string]string{"nora_hittade": "2"})
	fresh := New(Options{Store: h.store, Codebook: codebook.Default(), Now: h.App.now})
	v, err := fresh.Case(t.Context(), w.Actor, id)
	if err != nil || v.Book.Field(codebook.OfCase, "nora_hittade") == nil {
		t.Fatal(err)
	}
	if cb, err := fresh.NewestBook(t.Context(), w.Actor); err != nil || cb.LocalVersion != 1 {
		t.Error(cb.Named(), err)
	}
	if cb, err := fresh.CaseBook(t.Context(), w.Actor, id); err != nil || cb.LocalVersion != 1 {
		t.Error(cb.Named(), err)
	}
}

func TestTwoEditorsNeverWriteOverEachOther(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	if err := h.PutLocal(t.Context(), by, 0, "", local("nora_a", "Ja", "Nej")); err != nil {
		t.Fatal(err)
	}
	err := h.PutLocal(t.Context(), by, 0, "", local("nora_b", "Ja", "Nej"))
	if fault.KindOf(err) != fault.Conflict {
		t.Error(err)
	}
	if _, err := h.PublishBook(t.Context(), by, 0, "anteckning"); fault.KindOf(err) != fault.Conflict {
		t.Error("somebody published what they had not seen:", err)
	}
	b, err := h.LocalBook(t.Context(), by)
	if err != nil || len(b.Draft.Variables) != 1 || b.Draft.Prefix != "nora" || !b.Begun || b.DraftBy != "Alm" {
		t.Errorf("%+v %v", b, err)
	}
}

func TestWhatIsPublishedIsNeverReused(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	h.publish(t, by, "", local("nora_a", "Ja", "Nej"))
	b, err := h.LocalBook(t.Context(), by)
	if err != nil {
		t.Fatal(err)
	}
	var not *NotPossible
	err = h.PutLocal(t.Context(), by, b.Seen, "nora_a", local("nora_a", "Ja", "Kanske"))
	if !errors.As(err, &not) || not.Problems[0].Key != "variables.next_code_label" || not.Problems[0].Row != 2 {
		t.Errorf("%v", err)
	}
	err = h.PutLocal(t.Context(), by, b.Seen, "nora_a", local("nora_a", "Ja"))
	if !errors.As(err, &not) {
		t.Errorf("%v", err)
	}
	if err := h.RetireLocal(t.Context(), by, b.Seen, "nora_a", true); err != nil {
		t.Fatal(err)
	}
	if b, err = h.LocalBook(t.Context(), by); err != nil || len(b.Draft.Variables) != 1 || !b.Draft.Variables[0].Retired {
		t.Errorf("%+v %v", b, err)
	}
}

func TestWhoMayChangeLocalVariables(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	caseworker := h.colleague(t, w, "bo", w.Units[0].ID)
	if _, err := h.LocalBook(t.Context(), caseworker); fault.KindOf(err) != fault.Refused {
		t.Error(err)
	}
	if err := h.Propose(t.Context(), caseworker, 0, "forslag_placering"); fault.KindOf(err) != fault.Refused {
		t.Error(err)
	}
	if _, err := h.Outgoing(t.Context(), caseworker, record.NoDay, record.NoDay, false); fault.KindOf(err) != fault.Refused {
		t.Error(err)
	}
	by := h.coordinator(w)
	if err := h.Propose(t.Context(), by, 0, "forslag_placering"); err != nil {
		t.Fatal(err)
	}
	if _, err := h.PublishBook(t.Context(), by, 1, " "); fault.KindOf(err) != fault.Invalid {
		t.Error("a version without a note:", err)
	}
	if _, err := h.PublishBook(t.Context(), by, 1, "länet vill veta"); err != nil {
		t.Fatal(err)
	}
	acts := h.acts(t, w.Register)
	if !slices.Equal(acts[len(acts)-2:], []audit.Act{audit.BookDrafted, audit.BookPublished}) || acts[0] != audit.Refused {
		t.Error(acts)
	}
}

func TestAnotherCountysFileIsPutBeside(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	file := "added_to: su-kvinnofrid\nprefix: dalarna\nvariables:\n  - {column: dalarna_a, phase: fore, kind: datum, label: {sv: A}, question: {sv: När}}\n"
	j, err := h.ImportLocal(t.Context(), by, 0, "dalarna.yaml", strings.NewReader(file))
	if err != nil || !slices.Equal(j.Added, []string{"dalarna_a"}) {
		t.Fatalf("%+v %v", j, err)
	}
	j, err = h.ImportLocal(t.Context(), by, 1, "dalarna.yaml", strings.NewReader(strings.Replace(file, "När", "Vilken dag", 1)))
	if err != nil || len(j.Added) != 0 || !slices.Equal(j.Clash, []string{"dalarna_a"}) {
		t.Fatalf("%+v %v", j, err)
	}
	var not *NotPossible
	_, err = h.ImportLocal(t.Context(), by, 1, "dalarna.yaml", strings.NewReader(strings.Replace(file, "datum", "dag", 1)))
	if !errors.As(err, &not) || not.Problems[0].Row != 4 || not.Problems[0].Column != "variables[1].kind" {
		t.Errorf("%v", err)
	}
	b, err := h.LocalBook(t.Context(), by)
	if err != nil || b.Draft.Prefix != "nora" || len(b.Draft.Variables) != 1 || b.Draft.Variable("dalarna_a").Question[locale.Swedish] != "När" {
		t.Errorf("%+v %v", b.Draft, err)
	}
}

// Completeness asks what is asked now; of a case that was opened before, it is not due.
func TestCompletenessFollowsVersions(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	h.open(t, w, "1", map[string]string{"5": "2026-11-01"})
	count := func() (rows int, last [2]int64) {
		c, err := h.Completeness(t.Context(), by, Period{})
		if err != nil {
			t.Fatal(err)
		}
		asked := record.Asked(c.Book)
		i := len(asked) - 1
		return len(asked), [2]int64{c.Questions.Base(0, i).Int(), c.Questions.Cell(0, i*query.Places+query.WithAnswer).Count.Int()}
	}
	before, _ := count()
	h.publish(t, by, "", local("nora_hittade", "Webben", "Grannen"))
	h.open(t, w, "2", map[string]string{"5": "2026-11-02", "nora_hittade": "2"})
	h.open(t, w, "3", map[string]string{"5": "2026-11-03"})
	after, last := count()
	if after != before+1 || last != [2]int64{2, 1} {
		t.Errorf("%d questions before, %d after: %v", before, after, last)
	}
	h.publish(t, by, "nora_hittade", retired(local("nora_hittade", "Webben", "Grannen")))
	if after, _ = count(); after != before {
		t.Errorf("%d questions, a retired one among them", after)
	}
}
