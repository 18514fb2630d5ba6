package work

import (
	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/record"
	"foljsam/internal/web/visit"
)

// surveyWaits says how many cases wait for the client's survey, a sentence for each kind that
// there are any of.
func surveyWaits(v *visit.Visit, w app.SurveyWaits) (all []string) {
	for _, x := range []struct {
		key string
		of  disclosure.ListCount
	}{{"near", w.Near}, {"closed", w.Closed}, {"paper", w.Paper}} {
		key := "survey_staff.waits_" + x.key
		if x.of.More() {
			key += "_more"
		}
		if x.of.N() > 0 {
			all = append(all, v.Text.T(key, "n", x.of.N()))
		}
	}
	return all
}

// lacksSurvey tells whether a closed case waits for answers of the client's survey.
func lacksSurvey(cb *codebook.Codebook, c record.Cover) bool {
	for i, p := range cb.Phases {
		if p.ID == codebook.Survey && i < len(c.Progress) {
			return c.Standing == record.Shut && c.Progress[i].Missing > 0
		}
	}
	return false
}
