package keeping

import (
	"slices"
	"time"

	"foljsam/internal/app"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/form"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// asked is something that is kept of the survey beside the answers of the case: a time that
// the person was asked, an answer on paper that waits to be entered again, or a word that
// staff put on what the person wrote.
type asked struct {
	At         time.Time
	Role       string
	Name, Text string
	Field      string
}

// askedOf gives all of it for one case.
func askedOf(v *visit.Visit, c app.ExtractCase) (all []asked) {
	p := v.Text
	for _, s := range c.Surveys {
		how := p.T("survey_staff.mode_" + string(s.Mode))
		if l, ok := locale.ParseClient(s.Lang); ok {
			how += ", " + locale.For(l).T("survey.language_name")
		}
		all = append(all, asked{At: s.Given, Role: roleWord(v, s.Role), Name: p.T("survey_staff.extract_asked"), Text: p.T("survey_staff.extract_how", "hur", how, "lage", p.T("survey_staff.state_"+string(s.State)), "tid", v.When(s.Changed))})
		for _, n := range c.Book.Survey {
			field := c.Book.Variable(n).Key()
			if a, waits := s.Waiting[field]; waits && (a != record.Answer{}) {
				all = append(all, asked{At: s.Changed, Name: p.T("survey_staff.extract_waits", "fraga", form.NameOf(p, c.Book, field)), Text: form.Say(p, c.Book, field, a), Field: field})
			}
		}
	}
	for _, x := range c.Tags {
		all = append(all, asked{At: x.At, Name: p.T("survey_staff.extract_tag", "fraga", form.NameOf(p, c.Book, x.Field)), Text: x.Tag, Field: x.Field})
	}
	slices.SortStableFunc(all, func(a, b asked) int { return a.At.Compare(b.At) })
	return all
}

func surveyTable(v *visit.Visit, c app.ExtractCase) page.Table {
	p := v.Text
	t := page.Table{Caption: p.T("survey_staff.extract_title"), Head: []page.Head{{Text: p.T("keeping.at")}, {Text: p.T("keeping.role")}, {Text: p.T("survey_staff.extract_what")}, {Text: p.T("survey_staff.extract_said")}}}
	for _, x := range askedOf(v, c) {
		t.Rows = append(t.Rows, page.Row{{Text: v.When(x.At)}, {Text: x.Role}, {Text: x.Name}, {Text: x.Text, Written: true}})
	}
	return t
}

type extractAsked struct {
	At    time.Time `json:"tid"`
	Role  string    `json:"roll,omitempty"`
	What  string    `json:"vad"`
	Field string    `json:"falt,omitempty"`
	Text  string    `json:"text"`
}

func askedIn(v *visit.Visit, c app.ExtractCase) []extractAsked {
	all := []extractAsked{}
	for _, x := range askedOf(v, c) {
		all = append(all, extractAsked{x.At, x.Role, x.Name, x.Field, x.Text})
	}
	return all
}
