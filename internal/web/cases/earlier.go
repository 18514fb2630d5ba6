package cases

import (
	"foljsam/internal/app"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// earlier tells whoever opened a case whether the client has been here before: when, in units
// of their own; of another unit's case only whom to ask.
func earlier(v *visit.Visit, c *app.CaseView) (all []page.Message, err error) {
	e, err := v.App.Earlier(v.R.Context(), v.By(), c.Filed)
	if e == nil || err != nil {
		return nil, err
	}
	p := v.Text
	say := func(text, address string) {
		m := page.Message{Kind: page.Info, Text: text}
		if address != "" {
			m.Link = &page.Link{Address: address, Text: p.T("keeping.earlier_link")}
		}
		all = append(all, m)
	}
	switch {
	case e.TooMany:
		say(p.T("keeping.earlier_many"), "")
	case e.Open:
		say(p.T("keeping.earlier_open"), addressOf(e.CaseID, ""))
	case e.CaseID != "":
		say(p.T("keeping.earlier_here", "n", e.Days), addressOf(e.CaseID, ""))
	}
	if e.Elsewhere {
		say(p.T("keeping.earlier_elsewhere"), "")
	}
	return all, nil
}
