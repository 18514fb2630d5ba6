package app

import (
	"time"

	"foljsam/internal/store"
)

// How long a device that was handed over can be used: after the last answer, after the end,
// and in all.
const (
	surveyIdle    = 20 * time.Minute
	surveyAfter   = 2 * time.Minute
	surveyLongest = time.Hour
)

// endOf gives when a device that was handed over cannot be used any more: soon after the end,
// so that nobody finds it open.
func endOf(s store.Survey, was store.SurveyState, at time.Time) time.Time {
	ends := at.Add(surveyIdle)
	switch {
	case was == store.SurveyDone:
		ends = s.Ends // nothing makes it longer
	case s.State == store.SurveyDone:
		ends = at.Add(surveyAfter)
	}
	if most := s.Given.Add(surveyLongest); most.Before(ends) {
		ends = most
	}
	return ends
}
