package visit

import (
	"time"

	"foljsam/internal/web/page"
)

// Here gives a time as it is where the house is: what is kept is in UTC.
func (v *Visit) Here(t time.Time) time.Time { return t.In(v.App.Now().Location()) }

// Date writes the day of a time.
func (v *Visit) Date(t time.Time) string { return page.Date(v.Text, v.Here(t)) }

// Clock writes the time of day of a time.
func (v *Visit) Clock(t time.Time) string { return page.Clock(v.Text, v.Here(t)) }

// When writes the day and the time of day; nothing for no time.
func (v *Visit) When(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return v.Text.T("visit.when", "dag", v.Date(t), "tid", v.Clock(t))
}
