package work

import (
	"net/url"
	"strconv"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// returns leads to the key figures that wait for whoever answers for them. No count stands here.
func returns(v *visit.Visit) (all []page.Link, err error) {
	waits, err := v.App.FigureWaits(v.R.Context(), v.By())
	for _, w := range waits {
		year := strconv.Itoa(w.Year)
		text := v.Text.T("indicator.todo_"+string(w.State), "ar", year, "plats", place.NameOf(w.Area), "vilka", figuresIn(w))
		if w.Deadline != record.NoDay {
			text += " " + v.Text.T("indicator.deadline", "dag", page.Date(v.Text, w.Deadline.Time()))
		}
		all = append(all, page.Link{Address: "/nyckeltal/" + year + "?enhet=" + url.QueryEscape(w.Area), Text: text})
	}
	return all, err
}

func figuresIn(w app.FigureWait) string {
	var all []string
	for _, d := range w.Differs {
		all = append(all, strconv.Itoa(int(d.Figure)))
	}
	return strings.Join(all, ", ")
}
