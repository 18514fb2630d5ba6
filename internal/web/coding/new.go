package coding

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// NewPage is where an exercise is set.
type NewPage struct {
	Owner, Title   string
	Name           string
	Till           string
	Cases          []Case
	Phases         []Phase
	Units          []Chosen
	MadeUp         bool
	Limit, Longest int
}

// Phase is the questions of a part of the case that can be coded.
type Phase struct {
	Label     string
	Questions []Chosen
}

// Chosen is something that can be chosen.
type Chosen struct {
	ID, Value, Text string
	Checked         bool
}

// proposals is how many ready cases the program proposes, and blank how many empty places follow.
const (
	proposals = 6
	blank     = 2
	// days is how long an exercise runs where nobody says otherwise.
	days = 14
)

// New asks for a new exercise.
func New(v *visit.Visit) error {
	if !v.By().May(access.SetCoding) {
		return fault.New(fault.Refused, "access.refused")
	}
	questions, phases, err := v.App.Codable(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	units, err := v.App.Units(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("coding.new"))
	form := first(v)
	if u, ok := v.Kept().(*unkept); ok {
		form = u.form
		refuse(&f, u.faults)
	} else if len(units) == 1 {
		form.Set("enhet", units[0].ID)
	}
	x := NewPage{Owner: v.Owner(), Title: f.Title, Name: form.Get("rubrik"), Till: form.Get("dag"), MadeUp: form.Get("pahittat") == "ja", Limit: app.MostCodingQuestions, Longest: 2000}
	for n := range app.MostCodingCases {
		title, text := fmt.Sprintf("fall.%d.rubrik", n+1), fmt.Sprintf("fall.%d.text", n+1)
		if form.Has(text) {
			x.Cases = append(x.Cases, Case{n + 1, form.Get(title), form.Get(text)})
		}
	}
	for _, u := range units {
		x.Units = append(x.Units, Chosen{fmt.Sprintf("enhet-%d", len(x.Units)+1), u.ID, u.Name, slices.Contains(form["enhet"], u.ID)})
	}
	x.Phases = phasesOf(v, questions, phases, form["fraga"])
	return v.Show("coding-new.html", f, x)
}

// first is the form as it is before anybody has typed: the ready cases, in the reader's language,
// and the degree of the violence.
func first(v *visit.Visit) url.Values {
	form := url.Values{"dag": {v.App.Now().AddDate(0, 0, days).Format(time.DateOnly)}}
	for n := range proposals + blank {
		title, text := "", ""
		if n < proposals {
			title, text = v.Text.T(fmt.Sprintf("coding.case_%d", n+1)), v.Text.T(fmt.Sprintf("coding.case_%d_text", n+1))
		}
		form.Set(fmt.Sprintf("fall.%d.rubrik", n+1), title)
		form.Set(fmt.Sprintf("fall.%d.text", n+1), text)
	}
	for _, r := range []codebook.Role{codebook.Severity, codebook.Honour} {
		if x := v.App.Codebook().Role(r); x != nil {
			form.Add("fraga", x.Key())
		}
	}
	return form
}

func phasesOf(v *visit.Visit, questions []app.CodingQuestion, in []codebook.Phase, chosen []string) (all []Phase) {
	cb, l := v.App.Codebook(), v.Text.Lang()
	for _, phase := range cb.Phases {
		p := Phase{Label: phase.Label.In(l)}
		for i, q := range questions {
			if in[i] == phase.ID {
				p.Questions = append(p.Questions, Chosen{"fraga-" + q.Key, q.Key, q.Label.In(l), slices.Contains(chosen, q.Key)})
			}
		}
		if len(p.Questions) > 0 {
			all = append(all, p)
		}
	}
	return all
}

// fieldOf says at which field of the form a fault belongs.
var fieldOf = map[string]string{
	"coding.no_title": "rubrik", "coding.long_title": "rubrik", "coding.questions_count": "fragor", "coding.no_unit": "enheter",
	"coding.cases_count": "fall-1", "coding.case_text": "fall-1", "coding.bad_day": "dag", "coding.not_made_up": "pahittat",
}

// Set sets an exercise.
func Set(v *visit.Visit) error {
	form, err := v.Posted()
	if err != nil {
		return err
	}
	x := app.NewCoding{Title: strings.TrimSpace(form.Get("rubrik")), Questions: form["fraga"], Units: form["enhet"], Till: form.Get("dag"), MadeUp: form.Get("pahittat") == "ja"}
	for n := range app.MostCodingCases {
		c := app.Vignette{Title: strings.TrimSpace(form.Get(fmt.Sprintf("fall.%d.rubrik", n+1))), Text: visit.Written(form, fmt.Sprintf("fall.%d.text", n+1))}
		if c.Text == "" {
			continue // a case is taken away by leaving it empty
		}
		x.Cases = append(x.Cases, c)
	}
	id, found, err := v.App.SetCoding(v.R.Context(), v.By(), x)
	if fault.KindOf(err) == fault.Invalid {
		return v.Again(newAddress, &unkept{form, []page.Fault{{ID: fieldOf[fault.KeyOf(err)], Text: v.Text.Error(err)}}})
	}
	if err != nil {
		return err
	}
	if len(found) > 0 {
		return v.Redirect(addressOf(id) + "?" + doneMark + "=varning")
	}
	return v.Redirect(addressOf(id) + "?" + doneMark + "=satt")
}
