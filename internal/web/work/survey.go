package work

import (
	"net/url"
	"strconv"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/record"
	"foljsam/internal/web/visit"
)

// NoSurvey is what the page says after somebody said that a survey will not come.
type NoSurvey struct {
	Code    string
	Case    string // id
	Version int    // of the save
}

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

// Mark says of one closed case that the client's survey will not come, or, with the save in
// which that was said, takes it back.
func Mark(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	id := posted.Get("arende")
	switch {
	case id == "":
		return ToDo(v)
	case posted.Has("sparning"):
		if _, err := v.App.SurveyAfterAll(v.R.Context(), v.By(), id, number(posted.Get("sparning"))); err != nil {
			return err
		}
		return v.Redirect(toDoAddress)
	}
	saved, err := v.App.NoSurvey(v.R.Context(), v.By(), id)
	if err != nil {
		return err
	}
	if len(saved.Changed) == 0 {
		return v.Redirect(toDoAddress)
	}
	return v.Redirect(toDoAddress + "?" + url.Values{"enkat": {id}, "sparning": {strconv.Itoa(saved.View.Filed.Form.Version)}}.Encode())
}

// marked gives what was just said of a case, where the address tells which and the case may
// be seen.
func marked(v *visit.Visit) *NoSurvey {
	q := v.R.URL.Query()
	id := q.Get("enkat")
	if id == "" {
		return nil
	}
	c, err := v.App.Plain(v.R.Context(), v.By(), id)
	if err != nil || c.Filed.Form.Version != number(q.Get("sparning")) {
		return nil // gone, or changed since: the address is old
	}
	return &NoSurvey{Code: c.CaseCode, Case: id, Version: c.Filed.Form.Version}
}
