package app

import (
	"slices"
	"testing"
	"time"

	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

func TestAWholeCase(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	id := h.open(t, w, "24-017", map[string]string{"5": "2026-11-01", "15": "34", "14": "1"})
	v, err := h.Case(t.Context(), w.Actor, id)
	if err != nil || v.CaseCode != "24-017" || v.ClientCode != "K-24-017" || v.UnitName != "Enhet Vuxen" || v.Worker != "Alm" {
		t.Fatalf("%+v %v", v, err)
	}
	if s := h.save(t, w.Actor, id, "59", "2", 0); len(s.Changed) != 1 || s.Act != audit.Changed {
		t.Errorf("%+v", s)
	}
	row, _, err := h.AddRow(t.Context(), w.Actor, id, codebook.OfSupport)
	if err != nil || row != "1" {
		t.Fatal(row, err)
	}
	h.save(t, w.Actor, id, "insats.1.118", "3|4", 0)
	h.save(t, w.Actor, id, "192", "1", 0)
	if s := h.save(t, w.Actor, id, "256", "2026-11-20", 0); s.Act != audit.Closed || s.View.Cover.Standing != record.Shut {
		t.Errorf("%+v", s)
	}
	f, err := h.Feedback(t.Context(), w.Actor, w.Units[0].ID)
	if err != nil || f.Closed.Int() != 1 || f.Whole.Int() != 1 || f.Partly.Int() != 0 {
		t.Errorf("%+v %v", f, err)
	}
	id2 := h.open(t, w, "24-018", map[string]string{"5": "2026-11-01", "256": "2026-11-02", "192": "2"})
	f, err = h.Feedback(t.Context(), w.Actor, w.Units[0].ID)
	if err != nil || f.Closed.Int() != 2 || f.Partly.Int() != 1 {
		t.Errorf("live columns do not follow: %+v %v", f, err)
	}
	if s := h.save(t, w.Actor, id2, "uteslut", "5", 0); s.Act != audit.Excluded {
		t.Errorf("%+v", s.Act)
	}
	if f, err = h.Feedback(t.Context(), w.Actor, w.Units[0].ID); err != nil || f.Closed.Int() != 1 {
		t.Errorf("an excluded case is counted: %+v %v", f, err)
	}
	if s := h.save(t, w.Actor, id2, "uteslut", "", 99); s.Act != audit.Included {
		t.Errorf("%+v", s.Act)
	}
	if s := h.save(t, w.Actor, id, "256", "", 99); s.Act != audit.Reopened {
		t.Errorf("%+v", s.Act)
	}
	want := []audit.Act{audit.Opened, audit.Read, audit.Changed, audit.Changed, audit.Changed, audit.Changed, audit.Closed, audit.Opened, audit.Excluded, audit.Included, audit.Reopened}
	if acts := h.acts(t, w.Register); !slices.Equal(acts, want) {
		t.Errorf("log %v\nwant %v", acts, want)
	}
}

func TestTwoPeopleInOneCase(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	other := h.colleague(t, w, "Björk", w.Units[0].ID)
	id := h.open(t, w, "1", map[string]string{"5": "2026-11-01"})
	h.save(t, w.Actor, id, "14", "1", 0)
	s := h.save(t, other, id, "14", "2", 0)
	if len(s.Conflicts) != 1 || len(s.Changed) != 0 || s.Conflicts[0].By != "Alm" || s.Conflicts[0].Theirs.Value != "1" || s.Conflicts[0].Mine.Value != "2" {
		t.Fatalf("%+v", s)
	}
	if s = h.save(t, other, id, "14", "1", 0); len(s.Conflicts) != 0 || len(s.Changed) != 0 {
		t.Errorf("the same answer is no conflict: %+v", s)
	}
	if s = h.save(t, other, id, "20", "1", 0); len(s.Changed) != 1 {
		t.Errorf("another field is no conflict: %+v", s)
	}
	if s = h.save(t, other, id, "14", "", 0); len(s.Conflicts) != 0 || s.View.Filed.Form.Get("14").Value != "1" {
		t.Errorf("what the person did not touch is no edit: %+v", s)
	}
	if s = h.save(t, other, id, "14", "2", s.View.Filed.Form.Get("14").Version); len(s.Changed) != 1 {
		t.Errorf("having seen it, one may change it: %+v", s)
	}
}

func TestGoodAnswersLiveOnBesideABadOne(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	id := h.open(t, w, "1", nil)
	s, err := h.Save(t.Context(), w.Actor, id, []Edit{{Field: "15", Answer: record.Answer{Value: "gammal"}}, {Field: "14", Answer: record.Answer{Value: "1"}}})
	if err != nil || len(s.Refused) != 1 || s.Refused[0].Field != "15" || !slices.Equal(s.Changed, []string{"14"}) {
		t.Fatalf("%+v %v", s, err)
	}
}

func TestUndoPutsBackAndKeepsTheHistory(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	id := h.open(t, w, "1", map[string]string{"14": "1"})
	s := h.save(t, w.Actor, id, "14", "2", 1)
	if s, err := h.Undo(t.Context(), w.Actor, id, s.View.Filed.Form.Version); err != nil || s.View.Filed.Form.Get("14").Value != "1" || s.Act != audit.Undid {
		t.Fatalf("%+v %v", s, err)
	}
	_, entries, err := h.History(t.Context(), w.Actor, id, "14")
	if err != nil || len(entries) != 3 || !entries[0].CanUndo || entries[1].CanUndo || entries[2].CanUndo {
		t.Fatalf("%+v %v", entries, err)
	}
	if _, err := h.Undo(t.Context(), w.Actor, id, 2); fault.KindOf(err) != fault.Conflict {
		t.Errorf("undoing what was changed since: %v", err)
	}
}

func TestAnotherUnitsCaseIsNotFoundAndTheRefusalLogged(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	other := h.colleague(t, w, "Björk", "another")
	id := h.open(t, w, "24-017", nil)
	if _, err := h.Case(t.Context(), other, id); fault.KindOf(err) != fault.NotFound {
		t.Error(err)
	}
	if _, err := h.Save(t.Context(), other, id, []Edit{{Field: "14", Answer: record.Answer{Value: "1"}}}); fault.KindOf(err) != fault.NotFound {
		t.Error(err)
	}
	if acts := h.acts(t, w.Register); !slices.Equal(acts, []audit.Act{audit.Opened, audit.Refused, audit.Refused}) {
		t.Error(acts)
	}
}

func TestReadingIsLoggedOnceAQuarter(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	id := h.open(t, w, "1", nil)
	for range 3 {
		if _, err := h.Case(t.Context(), w.Actor, id); err != nil {
			t.Fatal(err)
		}
	}
	h.time = h.time.Add(15 * time.Minute)
	if _, err := h.Case(t.Context(), w.Actor, id); err != nil {
		t.Fatal(err)
	}
	if acts := h.acts(t, w.Register); !slices.Equal(acts, []audit.Act{audit.Opened, audit.Read, audit.Read}) {
		t.Error(acts)
	}
}

func TestAMistypedCodeIsCorrected(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	h.open(t, w, "24-018", nil)
	id := h.open(t, w, "24-071", map[string]string{"14": "1"})
	if _, err := h.Recode(t.Context(), w.Actor, id, 1, "24-018", "K-1"); fault.KindOf(err) != fault.Conflict {
		t.Errorf("another case's code: %v", err)
	}
	s, err := h.Recode(t.Context(), w.Actor, id, 1, "24-017", "K-1")
	if err != nil || s.View.CaseCode != "24-017" || s.View.ClientCode != "K-1" || s.View.Filed.Form.Get("14").Value != "1" {
		t.Fatalf("%+v %v", s, err)
	}
	if list, err := h.Cases(t.Context(), w.Actor, Filter{Code: "24-017"}); err != nil || list.Of.N() != 1 {
		t.Errorf("%+v %v", list, err)
	}
	if list, err := h.Cases(t.Context(), w.Actor, Filter{Code: "24-071"}); err != nil || list.Of.N() != 0 {
		t.Errorf("the old code still finds it: %+v %v", list, err)
	}
	_, entries, err := h.History(t.Context(), w.Actor, id, "")
	if err != nil || len(entries) != 2 || entries[0].Act != audit.Recoded || entries[0].CanUndo {
		t.Errorf("%+v %v", entries, err)
	}
	h.save(t, w.Actor, id, "14", "2", s.View.Filed.Form.Get("14").Version)
}

func TestACodeIsNeverAPersonalNumber(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	for _, code := range []string{"19121212-1212", "121212-1212", "1212121212"} { // the authority's own example number
		_, err := h.OpenCase(t.Context(), w.Actor, NewCase{Unit: w.Units[0].ID, Case: "1", Client: code})
		if fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", code, err)
		}
	}
	h.open(t, w, "2412-3391", nil)
}

// Asking for a case that is not there leaves a line as asking for another unit's does: the answer
// takes as long, and whoever tries ids is seen. The line does not say what was typed.
func TestAskingForNothingIsLoggedAsAskingForAnothers(t *testing.T) {
	k := newKept(t)
	theirs := k.file(t, k.bo, "B1", "K1", "")
	for i, id := range []string{theirs, "01990000-0000-7000-8000-000000000000", "skrivet av någon"} {
		_, err := k.Case(t.Context(), k.anna, id)
		refusedAs(t, err, "store.no_case")
		_, err = k.Plain(t.Context(), k.anna, id)
		refusedAs(t, err, "store.no_case")
		if n := countActs(k.acts(t, k.who.Register), audit.Refused); n != 2*(i+1) {
			t.Errorf("%d refusals after %d cases", n, i+1)
		}
	}
	err := k.registerOf(t).Read(t.Context(), func(tx *store.Tx) error {
		lines, err := tx.AuditLines(0, 100)
		for _, s := range lines {
			if l, err := s.Read(); err != nil || l.Case != "" && l.Case != theirs {
				t.Errorf("the log holds %q %v", l.Case, err)
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// Which unit a case was opened in is bound to the log: whoever puts it in another, in whatever way,
// is found by verify.
func TestTheUnitOfACaseIsBoundToTheLog(t *testing.T) {
	k := newKept(t)
	id := k.file(t, k.anna, "A1", "K1", "")
	if proofs, err := k.store.Verify(t.Context(), nil); err != nil || !store.Whole(proofs) {
		t.Fatalf("%+v %v", proofs, err)
	}
	err := k.registerOf(t).Write(t.Context(), func(tx *store.Tx) error {
		c, err := tx.Case(id)
		if err != nil {
			return err
		}
		c.Unit = k.norr
		c.Form.Version++
		rev := store.Revision{Version: c.Form.Version, At: k.time, Person: k.bo.Person.ID, Act: audit.Changed}
		tx.Audit(k.line(k.bo, audit.Changed, id))
		return tx.SaveCase(k.book, c, rev)
	})
	if err != nil {
		t.Fatal(err)
	}
	if proofs, err := k.store.Verify(t.Context(), nil); err != nil || store.Whole(proofs) {
		t.Errorf("a case moved to another unit is not found: %v", err)
	}
}
