package app

import (
	"encoding/json"

	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// SurveyTagged is a word that staff put on what a client wrote, for pages.
type SurveyTagged = store.SurveyTag

// ExtractSurvey is one time that the person was asked, with a paper form's answers that were
// entered once and wait for the second time: they are about the person, and in no case yet.
type ExtractSurvey struct {
	Survey
	Waiting map[string]record.Answer // by field; nil: nothing waits
}

// surveysOut gives every time that the client of a case was asked, for an extract.
func surveysOut(t *store.Tx, id string) (all []ExtractSurvey, err error) {
	rows, err := t.SurveysOf(id)
	for _, s := range rows {
		x := ExtractSurvey{Survey: s}
		if s.First != "" && json.Unmarshal([]byte(s.First), &x.Waiting) != nil {
			return nil, fault.New(fault.Internal, "store.damaged")
		}
		all = append(all, x)
	}
	return all, err
}
