package work

import (
	"net/url"
	"strconv"

	"foljsam/internal/codebook"
	"foljsam/internal/record"
	"foljsam/internal/web/visit"
)

// NoSurvey is what the page says after somebody said that a survey will not come.
type NoSurvey struct {
	Code    string
	Case    string // id
	Version int    // of the save
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
