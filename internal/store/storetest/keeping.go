package storetest

import (
	"errors"
	"time"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

func onlyProposedIsDeleted(w *World) {
	w.Write(w.Nora, func(tx *store.Tx) error {
		return errors.Join(
			File(tx, w.CB, "old", "19-001", "K1", map[string]record.Answer{"5": Text("2018-01-01"), w.CB.Role(codebook.Closing).Key(): Text("2018-03-01")}),
			File(tx, w.CB, "new", "26-001", "K1", map[string]record.Answer{"5": Text("2026-01-01")}),
			tx.AddDoubleNote(store.DoubleNote{Cases: "new old", At: Now, Note: "samma person"}),
			tx.AddFigureDecision(store.FigureDecision{Year: 2018, Case: "old", Doubt: "mal", Version: 1, At: Now}), tx.AddFigureDecision(store.FigureDecision{Year: 2018, Case: "new", Doubt: "mal", Version: 1, At: Now}),
			tx.AddSurvey(store.Survey{ID: "s1", Case: "old", Given: Now}), tx.AddSurvey(store.Survey{ID: "s2", Case: "new", Given: Now}), tx.AddSurveyTag(store.SurveyTag{Case: "old", Field: "x", Tag: "boende", At: Now}),
			tx.PutSetting("senast.p1", "old"))
	})
	for _, id := range []string{"old", "new"} {
		err := w.Nora.Write(w.T.Context(), func(tx *store.Tx) error { _, err := tx.DeleteCase(id); return err })
		if err == nil {
			w.T.Errorf("the case %s was deleted though nobody proposed it", id)
		}
	}
	proposal := store.Retention{ID: "g1", Years: 5, Before: record.DayOf(Now.AddDate(-5, 0, 0)), Proposed: Now, ProposedBy: "p1", ProposedRole: "samordnare"}
	w.Write(w.Nora, func(tx *store.Tx) error {
		old, err := tx.OldCases(proposal.Before)
		if err != nil || len(old.Closed) != 1 || old.Closed[0].ID != "old" || len(old.Excluded) != 0 {
			w.T.Errorf("%+v %v", old, err)
		}
		proposal.Oldest, proposal.Newest = old.Closed[0].Closed, old.Closed[0].Closed
		return tx.ProposeRetention(proposal, []string{"old"})
	})
	w.Write(w.Nora, func(tx *store.Tx) error {
		cases, err := tx.RetentionCases("g1")
		if err != nil || len(cases) != 1 {
			w.T.Errorf("%+v %v", cases, err)
		}
		hash, err := tx.DeleteCase("old")
		if err != nil {
			return err
		}
		done := proposal
		done.State, done.Decided, done.DecidedBy, done.Deleted, done.Hashes = store.RetentionDone, Now, "p2", 1, []string{hash}
		return tx.EndRetention(done)
	})
	Wants(w.T, w.Nora.Write(w.T.Context(), func(tx *store.Tx) error { return tx.EndRetention(proposal) }), fault.Conflict, "keeping.retention_ended")
	if err := w.Nora.Scrub(w.T.Context()); err != nil {
		w.T.Error(err)
	}
	w.Write(w.Nora, func(tx *store.Tx) error { return tx.MarkScrubbed("g1", Now) })
	w.Read(w.Nora, func(tx *store.Tx) error { return w.isGone(tx, "old") })
	err := w.Nora.Write(w.T.Context(), func(tx *store.Tx) error { _, err := tx.DeleteCase("new"); return err })
	if err == nil {
		w.T.Error("a case was deleted that was in no proposal")
	}
	Whole(w.T, w.Nora)
}

// isGone fails unless nothing of a case is left but the protocol.
func (w *World) isGone(tx *store.Tx, id string) error {
	_, err := tx.Case(id)
	Wants(w.T, err, fault.NotFound, "store.no_case")
	revisions, err := tx.Revisions(id)
	if len(revisions) != 0 || err != nil {
		w.T.Errorf("%d revisions are left (%v)", len(revisions), err)
	}
	_, _, err = tx.Codes(id)
	Wants(w.T, err, fault.NotFound, "store.no_code")
	notes, err := tx.DoubleNotesOf(id)
	if len(notes) != 0 || err != nil {
		w.T.Errorf("%d notes are left (%v)", len(notes), err)
	}
	decided, err := tx.FigureDecisions(2018)
	if len(decided) != 1 || decided[0].Case != "new" || err != nil {
		w.T.Errorf("%+v (%v)", decided, err)
	}
	asked, err := tx.SurveysAmong([]string{"old", "new"})
	tags, err2 := tx.SurveyTags()
	if len(asked) != 1 || asked[0].Case != "new" || len(tags) != 0 || err != nil || err2 != nil {
		w.T.Errorf("%+v %+v (%v %v)", asked, tags, err, err2)
	}
	if last, err := tx.Setting("senast.p1"); last != "" || err != nil {
		w.T.Error("somebody is still where the case was", err)
	}
	if _, err := tx.Case("new"); err != nil {
		w.T.Error("another case was deleted too:", err)
	}
	all, err := tx.Retentions()
	if len(all) != 1 || all[0].State != store.RetentionDone || all[0].Deleted != 1 || len(all[0].Hashes) != 1 || all[0].DecidedBy != "p2" || all[0].Years != 5 || !all[0].Scrubbed.Equal(Now.Truncate(time.Microsecond)) {
		w.T.Errorf("%+v", all)
	}
	return err
}

func clientsCasesAreFound(w *World) {
	w.Write(w.Nora, func(tx *store.Tx) error {
		return errors.Join(
			File(tx, w.CB, "c1", "24-001", "K 1", nil), File(tx, w.CB, "c2", "24-002", "k1", nil), File(tx, w.CB, "c3", "24-003", "K2", nil),
			tx.AddDoubleNote(store.DoubleNote{Cases: "c1 c2", At: Now, Person: "p1", Role: "samordnare", Verdict: "olika", Note: "en paus"}))
	})
	w.Read(w.Nora, func(tx *store.Tx) error {
		all, err := tx.CasesOfClient(w.Nora.PseudonymOf(record.OfTheClient, "K1"))
		if err != nil || len(all) != 2 || all[0].ID != "c1" || all[1].ID != "c2" {
			w.T.Errorf("%+v %v", all, err)
		}
		doubles, err := tx.Doubles(10)
		if err != nil || len(doubles) != 1 || len(doubles[0].Cases) != 2 {
			w.T.Errorf("%+v %v", doubles, err)
		}
		notes, err := tx.DoubleNotes("c1 c2")
		if err != nil || len(notes) != 1 || notes[0].Verdict != "olika" || notes[0].Note != "en paus" {
			w.T.Errorf("%+v %v", notes, err)
		}
		return nil
	})
}

func lookupsAreCounted(w *World) {
	for i, at := range []time.Duration{0, time.Minute, 2 * time.Minute, 70 * time.Minute} {
		want := []int{1, 2, 3, 1}[i]
		w.Write(w.Nora, func(tx *store.Tx) error {
			n, err := tx.CountLookup("p1", Now.Add(at))
			if n != want {
				w.T.Errorf("look-up %d counts as %d", i, n)
			}
			if err != nil {
				return err
			}
			again, err := tx.Lookups("p1", Now.Add(at))
			earlier, err2 := tx.Lookups("p1", Now.Add(at-2*time.Hour))
			if again != want || earlier != 0 || err2 != nil {
				w.T.Errorf("look-up %d is read as %d, and %d two hours before: %v", i, again, earlier, err2)
			}
			return err
		})
	}
}
