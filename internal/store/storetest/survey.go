package storetest

import (
	"errors"

	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// surveysAreFound: by the hash of a code, until it is over; two who go on from the same step
// do not both.
func surveysAreFound(w *World) {
	s := store.Survey{ID: "s1", Case: "c1", Mode: store.BySelf, State: store.SurveyGiven, Given: Now, Person: "p1", Role: "handlaggare", Changed: Now, Ends: Now.AddDate(0, 0, 1), Hash: "h1", Base: 1}
	paper := store.Survey{ID: "s2", Case: "c1", Mode: store.ByPaper, State: store.SurveyGiven, Given: Now, Changed: Now, Hash: "h2"}
	w.Write(w.Nora, func(tx *store.Tx) error {
		return errors.Join(File(tx, w.CB, "c1", "24-001", "K1", nil), tx.AddSurvey(s), tx.AddSurvey(paper))
	})
	on := s
	on.State, on.Step, on.Lang = store.SurveyBegun, 2, "ar"
	w.Write(w.Nora, func(tx *store.Tx) error { return tx.SaveSurvey(on, store.SurveyGiven) })
	Wants(w.T, w.Nora.Write(w.T.Context(), func(tx *store.Tx) error { return tx.SaveSurvey(on, store.SurveyGiven) }), fault.Conflict, "survey_staff.meanwhile")
	w.Read(w.Nora, func(tx *store.Tx) error {
		got, err := tx.SurveyByHash("h1")
		if got.Step != 2 || got.Lang != "ar" || got.Case != "c1" || !got.Ends.Equal(s.Ends) || got.Base != 1 {
			w.T.Errorf("%+v", got)
		}
		all, err2 := tx.SurveysOf("c1")
		if len(all) != 2 {
			w.T.Errorf("%+v", all)
		}
		_, none := tx.SurveyByHash("")
		Wants(w.T, none, fault.NotFound, "survey_staff.no_code")
		return errors.Join(err, err2)
	})
	over := on
	over.State, over.Hash = store.SurveyDone, ""
	w.Write(w.Nora, func(tx *store.Tx) error { return tx.SaveSurvey(over, store.SurveyBegun) })
	w.Read(w.Nora, func(tx *store.Tx) error {
		_, err := tx.SurveyByHash("h1")
		Wants(w.T, err, fault.NotFound, "survey_staff.no_code")
		return nil
	})
	Whole(w.T, w.Nora)
}

// surveyTextsStand: a version is made once; a review is of one text; tags come and go.
func surveyTextsStand(w *World) {
	first := store.SurveyText{Lang: "ar", Version: 1, Content: "{}", At: Now, Person: "p1", Role: "samordnare"}
	tag := store.SurveyTag{Case: "c1", Field: "x", Tag: "boende", At: Now, Person: "p1"}
	w.Write(w.Nora, func(tx *store.Tx) error {
		return errors.Join(File(tx, w.CB, "c1", "24-001", "K1", nil), tx.AddSurveyText(first),
			tx.AddSurveyReview(store.SurveyReview{Lang: "ar", Hash: "h", At: Now, Person: "p2", Note: "översättare"}),
			tx.AddSurveyReview(store.SurveyReview{Lang: "ar", Hash: "h", At: Now, Person: "p3"}), tx.AddSurveyTag(tag), tx.AddSurveyTag(tag))
	})
	Wants(w.T, w.Nora.Write(w.T.Context(), func(tx *store.Tx) error { return tx.AddSurveyText(first) }), fault.Conflict, "survey_staff.text_meanwhile")
	w.Read(w.Nora, func(tx *store.Tx) error {
		all, err := tx.SurveyTexts("")
		none, err2 := tx.SurveyTexts("so")
		reviews, err3 := tx.SurveyReviews()
		tags, err4 := tx.SurveyTags()
		of, err5 := tx.SurveyTagsOf("c1")
		others, err6 := tx.SurveyTagsOf("c2")
		if len(of) != 1 || of[0].Tag != "boende" || len(others) != 0 || err5 != nil || err6 != nil {
			w.T.Errorf("%+v %+v %v %v", of, others, err5, err6)
		}
		if len(all) != 1 || len(none) != 0 || len(reviews) != 1 || reviews[0].Person != "p2" || len(tags) != 1 || tags[0].Tag != "boende" {
			w.T.Errorf("%+v %+v %+v", all, reviews, tags)
		}
		return errors.Join(err, err2, err3, err4)
	})
	w.Write(w.Nora, func(tx *store.Tx) error { return tx.DropSurveyTag(tag) })
	w.Read(w.Nora, func(tx *store.Tx) error {
		tags, err := tx.SurveyTags()
		if len(tags) != 0 {
			w.T.Errorf("%+v", tags)
		}
		return err
	})
}
