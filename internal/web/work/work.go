// Package work is what waits: a person's own start page, and the walk-through of a unit's
// cases by a group at a shared screen. It shows covers, what is missing and one note; the
// answers of a case are shown and changed elsewhere.
package work

import (
	"embed"
	"net/url"
	"strconv"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/form"
	"foljsam/internal/web/visit"
)

// Templates are the pages', for page.New.
//
//go:embed template/*.html
var Templates embed.FS

// Addresses that these pages lead to.
const (
	toDoAddress  = "/att-gora"
	walkAddress  = "/genomgang"
	casesAddress = "/arenden"
)

func caseAddress(id string) string { return casesAddress + "/" + url.PathEscape(id) }

func phaseAddress(id string, p codebook.Phase) string { return caseAddress(id) + "/" + string(p) }

// Phase is a phase of a case where something is missing.
type Phase struct {
	Label   string
	Address string
	N       int // how many answers are missing
	Lacks   []Lack
}

// Lack is one answer that is missing.
type Lack struct {
	Text    string
	Address string
}

// phasesOf gives the phases of a case where something that is due is missing.
func phasesOf(p *locale.Printer, cb *codebook.Codebook, c record.Cover) (all []Phase) {
	for i, n := range c.Progress {
		if n.Missing > 0 && i < len(cb.Phases) {
			x := cb.Phases[i]
			all = append(all, Phase{Label: x.Label.In(p.Lang()), Address: phaseAddress(c.ID, x.ID), N: n.Missing})
		}
	}
	return all
}

// lacksOf gives what is missing in a case, question by question.
func lacksOf(p *locale.Printer, cb *codebook.Codebook, c *app.CaseView) (all []Phase) {
	for _, x := range c.Progress {
		if !x.Due || len(x.Missing) == 0 {
			continue
		}
		phase := Phase{Label: cb.Phase(x.Phase).In(p.Lang()), Address: phaseAddress(c.Cover.ID, x.Phase), N: len(x.Missing)}
		seen := map[string]bool{}
		for _, field := range x.Missing {
			l := lackOf(p, cb, field, phase.Address)
			if !seen[l.Address] {
				seen[l.Address] = true
				phase.Lacks = append(phase.Lacks, l)
			}
		}
		all = append(all, phase)
	}
	return all
}

// lackOf says what a field that is missing asks. What is missing may also be a whole level:
// that there is no support at all.
func lackOf(p *locale.Printer, cb *codebook.Codebook, field, address string) Lack {
	level, row, name := record.SplitField(field)
	switch {
	case field == string(codebook.OfSupport) || field == string(codebook.OfRisk):
		return Lack{p.T("work.no_rows_" + field), address + "#" + field}
	case level == codebook.OfCase:
		x := form.Show(p, cb, field, record.Answer{})
		return Lack{x.Question, address + "#" + x.ID}
	}
	x := form.Show(p, cb, record.Field(level, row, name), record.Answer{})
	return Lack{p.T("work.row_"+string(level)) + " " + row + ": " + x.Question, address + "#" + x.ID}
}

// daysOf says in words how long a case has been open, empty where that is not known.
func daysOf(v *visit.Visit, c record.Cover) string {
	n, ok := app.DaysOpen(c, v.App.Now())
	switch {
	case !ok && c.Intake == record.NoDay:
		return v.Text.T("work.no_intake")
	case !ok:
		return ""
	case c.Standing == record.Shut && n == 0:
		return v.Text.T("work.closed_same_day")
	case n == 0:
		return v.Text.T("work.opened_today")
	case c.Standing == record.Shut:
		return v.Text.T("work.days_closed", "n", n)
	}
	return v.Text.T("work.days_open", "n", n)
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 1
	}
	return n
}
