package app

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"foljsam/internal/compile"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
	"foljsam/internal/record"
	"foljsam/internal/report"
)

// surveys is a test's way through a survey: an answer for each question, "" where it is skipped,
// until there are no more; then the client leaves.
func (h *house) surveys(t *testing.T, w *Who, id string, mode SurveyMode, given ...string) {
	t.Helper()
	var token string
	var err error
	if mode == BySelf {
		token, err = h.HandOver(t.Context(), w.Actor, "", id)
	} else {
		err = h.Interview(t.Context(), w.Actor, id, mode, locale.Swedish)
	}
	move := func(m SurveyMove) {
		if err == nil && mode == BySelf {
			err = h.ClientMoves(t.Context(), token, m)
		} else if err == nil {
			err = h.WorkerMoves(t.Context(), w.Actor, id, m)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if mode == BySelf {
		move(SurveyMove{Language: locale.Swedish})
		move(SurveyMove{Begin: true})
	}
	for i, x := range given {
		m := SurveyMove{Nr: i + 1, Skip: x == ""}
		if x != "" {
			m.Answer = &record.Answer{Value: x}
		}
		move(m)
	}
	if mode == BySelf || len(given) < 5 {
		move(SurveyMove{Leave: true})
	}
}

// onPaper prints a form and enters it so many times.
func (h *house) onPaper(t *testing.T, w *Who, id string, times int, given map[string]record.Answer) Survey {
	t.Helper()
	form, err := h.PrintPaper(t.Context(), w.Actor, id, locale.Swedish)
	if err != nil {
		t.Fatal(err)
	}
	s, err := h.FindPaper(t.Context(), w.Actor, form.Code)
	if err != nil {
		t.Fatal(err)
	}
	for n := range times {
		h.time = h.time.Add(1e9)
		if differs, err := h.EnterPaper(t.Context(), w.Actor, id, s.ID, n == 1, false, given); err != nil || len(differs) != 0 {
			t.Fatal(differs, err)
		}
	}
	return s
}

// What was answered to the end, half, on paper or not at all is counted as the contract says:
// a closed case has a survey where one of the four questions with given answers has one. The
// numbers are counted by hand, case by case, beside the lines that make them; they are
// compared with what "foljsam compile" makes of the extract.
func TestSurveysAreCountedAsTheContractSays(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	opened := func(code, closed string) string {
		answers := map[string]string{"5": "2026-03-01", "14": "1"}
		if closed != "" {
			answers["256"] = closed
		}
		return h.open(t, w, code, answers)
	}
	shut := func(code string) string { return opened(code, "2026-10-01") }
	h.surveys(t, w, shut("A"), BySelf, "1", "5", "1", "1", "Fler tider.") // whole: counted
	h.surveys(t, w, shut("B"), BySelf, "2")                               // half: counted, in d18 alone
	h.surveys(t, w, shut("C"), ByTelephone, "", "4")                      // half, the first skipped: counted, in d19 alone
	h.surveys(t, w, shut("D"), BySelf, "", "", "", "", "Bara ord.")       // free text alone: not counted
	for code, why := range map[string]SurveyState{"E": SurveyDeclined, "F": SurveyUnsafe} {
		if _, err := h.NotAsked(t.Context(), w.Actor, shut(code), why); err != nil {
			t.Fatal(err)
		}
	}
	paper := map[string]record.Answer{"206": {Value: "2"}}
	h.onPaper(t, w, shut("G"), 1, paper)                                 // entered once: not counted
	h.onPaper(t, w, shut("H"), 2, paper)                                 // twice: counted, in f_v206 alone
	h.surveys(t, w, opened("I", ""), ByInterpreter, "6", "", "", "", "") // open: in d18, and no closed case with a survey
	h.surveys(t, w, shut("J"), ByTelephone)                              // nothing was answered: not counted

	r := h.compiled(t, w)
	wants := func(table string, want map[string]int64, base int64) {
		t.Helper()
		x := r.Table("", table)
		got := map[string]int64{}
		for i, c := range x.Table().Dims[0].Cats {
			if n := x.Cell(0, i).Count; n.Int() != 0 {
				got[c.ID] = n.Int()
			}
		}
		if !maps.Equal(got, want) || x.Base(0, 0).Int() != base {
			t.Errorf("%s: %v of %d, by hand %v of %d", table, got, x.Base(0, 0).Int(), want, base)
		}
	}
	wants("d18", map[string]int64{"1": 1, "2": 1, "6": 1}, 3) // A, B, I
	wants("d19", map[string]int64{"5": 1, "4": 1}, 2)         // A, C
	wants("d20", map[string]int64{"1": 1}, 1)                 // A
	wants("f_v206", map[string]int64{"1": 1, "2": 1}, 2)      // A, H
	funnel := r.Table("", funnelTable)
	survey := slices.IndexFunc(funnel.Table().Dims[0].Cats, func(c query.Cat) bool { return c.ID == "enkat" })
	if yes, no := funnel.Cell(0, 2*survey).Count.Int(), funnel.Cell(0, 2*survey+1).Count.Int(); yes != 4 || no != 5 { // A, B, C, H; D, E, F, G, J
		t.Errorf("%d closed cases with a survey, %d without; by hand 4 and 5", yes, no)
	}
	if n := r.Table("", answeredTable).Figure(0, "grupp"); n[0].Int() != 4 || n[1].Int() != 9 {
		t.Errorf("%v in those who answered and all closed; by hand 4 and 9", n)
	}
	own, err := h.SurveyResults(t.Context(), h.coordinator(w))
	if err != nil || own.Answered == nil || own.Results[0].Base(0, 0).Int() != 3 {
		t.Error("the house counts otherwise than the extract:", err)
	}
}

// compiled takes an extract of the register and compiles it.
func (h *house) compiled(t *testing.T, w *Who) *disclosure.Release {
	t.Helper()
	by := h.coordinator(w)
	by.Confirmed = h.time
	seen, err := h.Leaving(t.Context(), by, thisYear(National))
	if err != nil {
		t.Fatal(err)
	}
	id, err := h.Deliver(t.Context(), by, seen.Ask, seen.Hash)
	if err != nil {
		t.Fatal(err)
	}
	_, file, err := h.TakenOut(t.Context(), by, id)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "uttag.zip")
	if to := os.Getenv("FOLJSAM_KEEP_EXTRACT"); to != "" { // to be compiled by the program itself
		path = to
	}
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	made, err := compile.Run(t.Context(), compile.Options{Packages: []string{path}})
	if err != nil || len(made.Problems) != 0 {
		t.Fatal(made, err)
	}
	return made.Release
}

// Those who answered and all closed, counted by hand: 20 of 40 have answered, and they are the
// 20 women among 30 women and 10 men.
func TestWhereThoseWhoAnsweredDiffer(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	for i := range 40 {
		answers := map[string]string{"5": "2026-03-01", "256": "2026-10-01", "14": "1"}
		switch {
		case i < 20:
			answers["202"] = "1"
		case i >= 30:
			answers["14"] = "2"
		}
		h.open(t, w, "A"+string(rune('a'+i/20))+string(rune('a'+i%20)), answers)
	}
	own, err := h.SurveyResults(t.Context(), h.coordinator(w))
	if err != nil {
		t.Fatal(err)
	}
	all, enough := report.MostApart(own.Answered)
	if !enough || len(all) != 2 || all[0].Answered.Float() != 100 || all[0].All.Float() != 75 || all[1].Answered.Float() != 0 || all[1].All.Float() != 25 {
		t.Errorf("%+v %v", all, enough)
	}
}
