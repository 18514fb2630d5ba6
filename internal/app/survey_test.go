package app

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// reviewed tells whether clients may be asked in a language, and who may not approve it.
func (k *kept) reviewed(t *testing.T, by access.Actor, l locale.Lang) (x SurveyTexts) {
	t.Helper()
	all, err := k.SurveyTexts(t.Context(), by)
	i := slices.IndexFunc(all, func(x SurveyTexts) bool { return x.Lang == l })
	if err != nil || i < 0 {
		t.Fatal(i, err)
	}
	return all[i]
}

func (k *kept) says(t *testing.T, by access.Actor, l locale.Lang, version int, text string) {
	t.Helper()
	if faults, err := k.ChangeSurveyTexts(t.Context(), by, l, version, map[string]string{"survey.start": text}); err != nil || len(faults) > 0 {
		t.Fatal(faults, err)
	}
}

func TestWhoChangesATextDoesNotApproveIt(t *testing.T) {
	k := newKept(t)
	approve := func(by access.Actor, version int) error {
		return k.ReviewSurveyTexts(t.Context(), by, locale.Arabic, version, "En översättare")
	}
	if err := approve(k.lena, 0); err != nil { // the program's own text is nobody's here
		t.Fatal(err)
	}
	k.says(t, k.lena, locale.Arabic, 0, "ابدأ الآن")
	if x := k.reviewed(t, k.lena, locale.Arabic); x.Reviewed || !x.Own {
		t.Error("an edit does not undo the approval, or whoever made it may approve it")
	}
	refusedAs(t, approve(k.lena, 1), "survey_staff.second_person")
	k.says(t, k.maria, locale.Arabic, 1, "هيا")
	refusedAs(t, approve(k.maria, 2), "survey_staff.second_person")
	refusedAs(t, approve(k.lena, 2), "survey_staff.second_person") // what she wrote is in it, and nobody else has read it
	nils := k.coordinator("nils")
	if k.reviewed(t, nils, locale.Arabic).Own || approve(nils, 2) != nil || !k.reviewed(t, nils, locale.Arabic).Reviewed {
		t.Error("a third person may not approve it")
	}
	k.says(t, nils, locale.Arabic, 2, "ابدأ")
	if err := approve(k.lena, 3); err != nil { // hers was approved; this is his
		t.Error(err)
	}
	// Who is alone takes back what was changed, and what was approved holds again.
	k.says(t, k.lena, locale.Arabic, 3, "الآن")
	k.says(t, k.lena, locale.Arabic, 4, "ابدأ")
	if x := k.reviewed(t, k.lena, locale.Arabic); !x.Reviewed || x.Own {
		t.Error("a text that was approved is not, once it says the same again")
	}
	k.says(t, k.lena, locale.Swedish, 0, "Sätt igång")
	refusedAs(t, k.ReviewSurveyTexts(t.Context(), k.lena, locale.Swedish, 1, "Jag"), "survey_staff.second_person")
}

func TestOnePersonWhoEntersAFormTwiceIsToldAndNoted(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	id := h.open(t, w, "A1", map[string]string{"5": "2026-03-01"})
	given := map[string]record.Answer{"202": {Value: "1"}}
	s := h.onPaper(t, w, id, 1, given)
	other := h.colleague(t, w, "bo", w.Units[0].ID)
	for by, own := range map[string]access.Actor{"one": w.Actor, "two": other} {
		e, err := h.PaperEntry(t.Context(), own, id, s.ID)
		if err != nil || e.Own != (by == "one") || !e.Second {
			t.Fatalf("%s: %+v %v", by, e, err)
		}
	}
	h.time = h.time.Add(time.Hour)
	if _, err := h.EnterPaper(t.Context(), w.Actor, id, s.ID, true, false, given); err != nil {
		t.Fatal(err)
	}
	by2 := h.onPaper(t, w, id, 1, given)
	h.time = h.time.Add(time.Hour)
	if _, err := h.EnterPaper(t.Context(), other, id, by2.ID, true, false, given); err != nil {
		t.Fatal(err)
	}
	x, err := h.SurveyOf(t.Context(), w.Actor, id)
	if err != nil || len(x.Asked) != 2 || x.Asked[0].Alone || !x.Asked[1].Alone {
		t.Errorf("%+v %v", x.Asked, err)
	}
}

func TestCodesOfFormsAreNotGuessed(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	id := h.open(t, w, "A1", map[string]string{"5": "2026-03-01"})
	form, err := h.PrintPaper(t.Context(), w.Actor, id, locale.Swedish)
	if err != nil || len(form.Code) != 11 {
		t.Fatal(form, err)
	}
	for range commonLookups {
		if _, err := h.FindPaper(t.Context(), w.Actor, paperCode()); fault.KindOf(err) != fault.NotFound {
			t.Fatal(err)
		}
	}
	_, err = h.FindPaper(t.Context(), w.Actor, form.Code)
	refusedAs(t, err, "keeping.too_many")
	h.time = h.time.Add(61 * time.Minute)
	if s, err := h.FindPaper(t.Context(), w.Actor, form.Code); err != nil || s.Case != id {
		t.Error(err)
	}
	elsewhere := w.Actor
	elsewhere.Units, elsewhere.AllUnits = []string{"another"}, false
	elsewhere.Person.ID = "another"
	if _, err := h.FindPaper(t.Context(), elsewhere, form.Code); err == nil {
		t.Error("a code leads somebody of another unit to the case")
	}
}

func TestTheSurveyIsInTheExtractAndGoesWithTheCase(t *testing.T) {
	k := newKept(t)
	id := k.file(t, k.anna, "A1", "K1", "2019-05-05")
	w := &Who{Actor: k.anna}
	k.surveys(t, w, id, ByTelephone, "1", "", "", "", "Fler tider.")
	words := codebook.Default().Role(codebook.Proposals).Key()
	if err := k.TagText(t.Context(), k.lena, id, words, "tillgänglighet", true); err != nil {
		t.Fatal(err)
	}
	k.onPaper(t, w, id, 1, map[string]record.Answer{"206": {Value: "2", Comment: "Inget"}})
	x, err := k.Extract(t.Context(), k.lena, "K1")
	if err != nil {
		t.Fatal(err)
	}
	c := x.Cases[0]
	if len(c.Surveys) != 2 || c.Surveys[0].Mode != ByTelephone || c.Surveys[0].Lang != "sv" || c.Surveys[0].State != SurveyDone {
		t.Errorf("%+v", c.Surveys)
	}
	if c.Surveys[1].Waiting["206"].Comment != "Inget" { // it is about the person, and in no case yet
		t.Errorf("%+v", c.Surveys[1])
	}
	if len(c.Tags) != 1 || c.Tags[0].Tag != "tillgänglighet" || c.Tags[0].Field != words {
		t.Errorf("%+v", c.Tags)
	}
	if err := k.SetRetention(t.Context(), k.lena, 5); err != nil {
		t.Fatal(err)
	}
	proposal, err := k.ProposeRetention(t.Context(), k.lena, false)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := k.ConfirmRetention(t.Context(), k.maria, "", proposal); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	r, err := k.store.Register(t.Context(), k.who.Register)
	if err != nil {
		t.Fatal(err)
	}
	err = r.Read(t.Context(), func(tx *store.Tx) error {
		rows, err := tx.SurveysOf(id)
		tags, err2 := tx.SurveyTags()
		if len(rows)+len(tags) != 0 || err != nil || err2 != nil {
			t.Error("something of the survey is left:", rows, tags, err, err2)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Att göra says how many cases wait for the survey, and as many are on its page.
func TestTheNumberOfCasesThatWaitIsThatOfTheList(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	for i := range 7 {
		h.open(t, w, fmt.Sprint("near", i), map[string]string{"5": "2026-03-01", "161": "1"})
	}
	for i := range 5 {
		h.open(t, w, fmt.Sprint("shut", i), map[string]string{"5": "2026-03-01", "256": "2026-10-01"})
	}
	paper := h.open(t, w, "paper", map[string]string{"5": "2026-03-01", "256": "2026-10-01"})
	h.onPaper(t, w, paper, 1, map[string]record.Answer{"202": {Value: "1"}})
	no := h.open(t, w, "no", map[string]string{"5": "2026-03-01", "256": "2026-10-01"})
	if _, err := h.NotAsked(t.Context(), w.Actor, no, SurveyUnsafe); err != nil {
		t.Fatal(err)
	}
	h.open(t, w, "early", map[string]string{"5": "2026-03-01"})
	todo, err := h.ToDo(t.Context(), w.Actor)
	if err != nil {
		t.Fatal(err)
	}
	list, err := h.LackSurvey(t.Context(), w.Actor)
	if err != nil {
		t.Fatal(err)
	}
	s := todo.Survey
	if s.Near.N() != 7 || s.Closed.N() != 5 || s.Paper.N() != 1 || len(list.Near) != 7 || len(list.Closed) != 5 || len(list.Paper) != 1 || s.Near.More() || s.Closed.More() {
		t.Errorf("%+v; listed %d, %d, %d", s, len(list.Near), len(list.Closed), len(list.Paper))
	}
}

// The demonstration has surveys of every kind, so that no page of them is empty; none is in
// the future, and the log stands in order of time.
func TestTheDemonstrationHasSurveysOfEveryKind(t *testing.T) {
	h := newHouse(t, true)
	if err := h.FillDemo(t.Context()); err != nil {
		t.Fatal(err)
	}
	modes, states, tagged := map[SurveyMode]int{}, map[SurveyState]int{}, 0
	all, err := h.Personas(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		if p.Role != access.Coordinator || p.Register == demoNation {
			continue
		}
		r, err := h.store.Register(t.Context(), p.Register)
		if err != nil {
			t.Fatal(err)
		}
		err = r.Read(t.Context(), func(tx *store.Tx) error {
			lines, err := tx.AuditLines(0, 10_000)
			if err != nil || !slices.IsSortedFunc(lines, func(a, b audit.Sealed) int {
				x, _ := a.Read()
				y, _ := b.Read()
				return x.At.Compare(y.At)
			}) {
				t.Error("the log is not in order of time", err)
			}
			tags, err := tx.SurveyTags()
			tagged += len(tags)
			if err != nil {
				return err
			}
			var ids []string
			if err := tx.EachCase(func(c *record.Filed) error { ids = append(ids, c.ID); return nil }); err != nil {
				return err
			}
			rows, err := tx.SurveysAmong(ids)
			for _, s := range rows {
				modes[s.Mode]++
				states[s.State]++
				if s.Changed.After(h.time) {
					t.Error("a survey of tomorrow")
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Log(modes, states, tagged)
	for _, m := range []SurveyMode{BySelf, ByTelephone, ByInterpreter, ByPaper, store.NotAsked} {
		if modes[m] == 0 {
			t.Error("nobody was asked:", m)
		}
	}
	for _, s := range []SurveyState{SurveyDone, store.SurveyLeft, SurveyEntered, SurveyDeclined, SurveyUnsafe} {
		if states[s] == 0 {
			t.Error("none is", s)
		}
	}
	if tagged == 0 {
		t.Error("no word is on any text")
	}
}

// Whether somebody asks the client of another unit's case now is not told.
func TestAnInterviewInAnotherUnitIsNotTold(t *testing.T) {
	k := newKept(t)
	asked, quiet := k.file(t, k.anna, "A1", "K1", ""), k.file(t, k.anna, "A2", "K2", "")
	if err := k.Interview(t.Context(), k.anna, asked, ByTelephone, locale.Swedish); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{asked, quiet, "01990000-0000-7000-8000-000000000000"} {
		_, err := k.WorkerSurvey(t.Context(), k.bo, id)
		refusedAs(t, err, "store.no_case")
		refusedAs(t, k.WorkerMoves(t.Context(), k.bo, id, SurveyMove{Stay: true}), "store.no_case")
	}
}
