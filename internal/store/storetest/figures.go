package storetest

import (
	"errors"

	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/store"
)

// figureDecisionsFollow: what was decided stays, and who saw an older decision is told.
func figureDecisionsFollow(w *World) {
	first := store.FigureDecision{Year: 2025, Case: "c1", Doubt: "mal", Version: 1, Verdict: "ut", Note: "fel år", At: Now, Person: "p1", Role: "samordnare"}
	second := first
	second.Version, second.Verdict, second.Person = 2, "in", "p2"
	w.Write(w.Nora, func(tx *store.Tx) error {
		return errors.Join(File(tx, w.CB, "c1", "24-001", "K1", nil), tx.AddFigureDecision(first), tx.AddFigureDecision(second),
			tx.AddFigureDecision(store.FigureDecision{Year: 2026, Case: "c1", Doubt: "mal", Version: 1, At: Now}))
	})
	Wants(w.T, w.Nora.Write(w.T.Context(), func(tx *store.Tx) error { return tx.AddFigureDecision(second) }), fault.Conflict, "indicator.decided_meanwhile")
	Wants(w.T, w.Nora.Write(w.T.Context(), func(tx *store.Tx) error {
		return tx.AddFigureDecision(store.FigureDecision{Case: "c1", Version: 3, Note: "a\x00b"})
	}), fault.Invalid, "store.text")
	w.Read(w.Nora, func(tx *store.Tx) error {
		year, err := tx.FigureDecisions(2025)
		if len(year) != 2 || year[0].Verdict != "ut" || year[1].Verdict != "in" || year[1].Person != "p2" || year[0].Note != "fel år" || !year[0].At.Equal(Now) {
			w.T.Errorf("%+v", year)
		}
		all, err2 := tx.FigureDecisionsOf("c1")
		if len(all) != 3 {
			w.T.Errorf("%+v", all)
		}
		return errors.Join(err, err2)
	})
}

// figureReturnsStand: an edition is made once, and said to be sent once; a count of 1-4 is a
// mark before it comes here.
func figureReturnsStand(w *World) {
	r := store.FigureReturn{ID: "r1", Year: 2025, Unit: "1884", Edition: 1, At: Now, Person: "p1", Role: "samordnare", Scope: 3, Reading: "mal", Codebook: "su-kvinnofrid/2021", Hash: "abc",
		Counts: [3]indicator.Count{indicator.CountOf(12), indicator.CountOf(3), indicator.NoCount()}}
	next := r
	next.ID, next.Edition = "r2", 2
	w.Write(w.Nora, func(tx *store.Tx) error {
		return errors.Join(tx.AddFigureReturn(r), tx.AddFigureReturn(next), tx.MarkFigureSent("r1", store.FigureSent{At: Now, Person: "p2", Role: "samordnare", Way: "fil"}))
	})
	Wants(w.T, w.Nora.Write(w.T.Context(), func(tx *store.Tx) error { return tx.AddFigureReturn(next) }), fault.Conflict, "indicator.returned_meanwhile")
	Wants(w.T, w.Nora.Write(w.T.Context(), func(tx *store.Tx) error { return tx.MarkFigureSent("r1", store.FigureSent{At: Now}) }), fault.Conflict, "indicator.sent_meanwhile")
	w.Read(w.Nora, func(tx *store.Tx) error {
		all, err := tx.FigureReturns()
		if err != nil || len(all) != 2 || all[0].Edition != 2 || !all[0].Sent.At.IsZero() {
			w.T.Fatalf("%+v %v", all, err)
		}
		got := all[1]
		got.Sent = store.FigureSent{}
		got.At = r.At
		if got != r || all[1].Sent.Person != "p2" || all[1].Sent.Way != "fil" || !all[1].Sent.At.Equal(Now) || all[1].Counts[1] != indicator.SecretCount() {
			w.T.Errorf("%+v", all[1])
		}
		return nil
	})
}

// acceptedWarningsFollow: what was said of a warning stays, and who saw less is told.
func acceptedWarningsFollow(w *World) {
	first := store.FigureAccepted{Year: 2025, Unit: "1884", About: "sprang:1", Version: 1, Reason: "stammer", State: "a", At: Now, Person: "p1", Role: "samordnare"}
	back := first
	back.Version, back.Reason, back.Person = 2, "", "p2"
	w.Write(w.Nora, func(tx *store.Tx) error {
		return errors.Join(tx.AddFigureAccepted(first), tx.AddFigureAccepted(back))
	})
	Wants(w.T, w.Nora.Write(w.T.Context(), func(tx *store.Tx) error { return tx.AddFigureAccepted(back) }), fault.Conflict, "indicator.accepted_meanwhile")
	w.Read(w.Nora, func(tx *store.Tx) error {
		all, err := tx.FiguresAccepted()
		if err != nil || len(all) != 2 || !all[0].At.Equal(Now) {
			w.T.Fatalf("%+v %v", all, err)
		}
		if all[0].At, all[1].At = Now, Now; all[0] != first || all[1] != back {
			w.T.Errorf("%+v", all)
		}
		return nil
	})
}
