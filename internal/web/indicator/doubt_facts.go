package indicator

import (
	"net/url"
	"strconv"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	rules "foljsam/internal/indicator"
	"foljsam/internal/record"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// factsOf gives what somebody needs to know to decide of a doubtful case without opening it: what
// every case has, what this doubt is about, and how it counts.
func factsOf(v *visit.Visit, c app.DoubtfulCase) []CardFact {
	p := v.Text
	all := []CardFact{written(p.T("indicator.unit"), c.UnitName), written(p.T("indicator.worker"), c.Worker), said(p.T("indicator.intake"), day(v, c.Intake)), said(p.T("indicator.closed"), orOpen(v, c.Closed)),
		said(p.T("indicator.age"), ageOf(v, c.Age))}
	all = append(all, aboutDoubt(v, c)...)
	return append(all, said(p.T("indicator.concerns"), about(v, c.Figures)), said(p.T("indicator.counts_by_rules"), about(v, c.Rule)), said(p.T("indicator.counts_now"), about(v, c.Counts)),
		said(p.T("indicator.changed_last"), v.When(c.Changed)))
}

// aboutDoubt gives what is special to a kind of doubt.
func aboutDoubt(v *visit.Visit, c app.DoubtfulCase) (all []CardFact) {
	p := v.Text
	switch c.Kind {
	case rules.GoalDiffers:
		return []CardFact{said(p.T("indicator.goal"), label(v, codebook.GoalReached, c.Reached)), said(p.T("indicator.reason"), label(v, codebook.ClosingReason, c.Reason)),
			said(p.T("indicator.by_goal"), yesNo(v, c.ByGoal)), said(p.T("indicator.by_reason"), yesNo(v, c.ByReason))}
	case rules.SupportUndated, rules.SupportLasting:
		for _, s := range c.Supports {
			all = append(all, said(p.T("indicator.support"), spanOf(v, s)))
		}
	case rules.NotClose:
		var who []string
		for _, n := range c.Violent {
			who = append(who, label(v, codebook.Perpetrator, strconv.Itoa(n)))
		}
		return []CardFact{said(question(v, codebook.Perpetrator), strings.Join(who, ", ")), said(question(v, codebook.Honour), label(v, codebook.Honour, strconv.Itoa(c.Honour)))}
	case rules.TwoUnits:
		for _, o := range c.Others {
			key := "indicator.other_out"
			switch {
			case o.Counts && o.Decided:
				key = "indicator.other_decided"
			case o.Counts:
				key = "indicator.other_counts"
			}
			text := o.CaseCode + " · " + o.UnitName + " · " + day(v, o.Intake) + " – " + orOpen(v, o.Closed) + " · " + p.T(key)
			all = append(all, CardFact{p.T("indicator.other_case"), page.Cell{Text: text, Address: casesAddress + "/" + url.PathEscape(o.ID), Written: true}})
		}
	}
	return all
}

func said(name, text string) CardFact { return CardFact{name, page.Cell{Text: text}} }

func written(name, text string) CardFact { return CardFact{name, page.Cell{Text: text, Written: true}} }

func orOpen(v *visit.Visit, d record.Day) string {
	if d == record.NoDay {
		return v.Text.T("indicator.still_open")
	}
	return day(v, d)
}

func ageOf(v *visit.Visit, age int) string {
	if age == rules.NoAge {
		return v.Text.T("indicator.not_registered")
	}
	return v.Text.T("indicator.years_old", "n", age)
}

// spanOf writes from when till when support went on, as it is registered.
func spanOf(v *visit.Visit, s rules.Support) string {
	began, ended := v.Text.T("indicator.no_start"), v.Text.T("indicator.no_end")
	if s.Began != record.NoDay {
		began = day(v, s.Began)
	}
	if s.Ended != record.NoDay {
		ended = day(v, s.Ended)
	}
	return began + " – " + ended
}

func yesNo(v *visit.Visit, yes bool) string {
	if yes {
		return v.Text.T("indicator.yes")
	}
	return v.Text.T("indicator.no")
}

// question gives the words of a question.
func question(v *visit.Visit, r codebook.Role) string {
	if q := v.App.Codebook().Role(r); q != nil {
		return q.Label.In(v.Text.Lang())
	}
	return ""
}
