package people

import (
	"net/http"
	"strings"
	"time"

	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// A Line is a field of one line in a form.
type Line struct {
	Name     string // what it is posted as
	Label    string
	Hint     string
	Value    string
	Complete string // what the browser may fill in: HTML's autocomplete
	Size     string // class
	Max      int
	Fault    string
	Optional bool
	Choices  []Choice // to choose from, instead of writing
	Groups   []Group  // the same, in groups
	Offers   []Choice // what may be written, offered while writing
}

// Choice is one thing to choose.
type Choice struct {
	Value, Text string
	Chosen      bool
}

// Group is a part of a list to choose from.
type Group struct {
	Label   string
	Choices []Choice
}

// ID is the field's on the page.
func (l Line) ID() string { return "f-" + l.Name }

// Described gives the ids of what describes the field.
func (l Line) Described() string {
	ids := ""
	if l.Hint != "" {
		ids = l.ID() + "-sa"
	}
	if l.Fault != "" {
		ids += " " + l.ID() + "-fel"
	}
	return strings.TrimSpace(ids)
}

// lineOf begins a field with its words: people.field_NAME, and people.hint_NAME where there
// is one.
func lineOf(p *locale.Printer, name, value string, wrong map[string]string) Line {
	l := Line{Name: name, Label: p.T("people.field_" + name), Value: value, Complete: "off", Size: "code", Max: 100, Fault: wrong[name]}
	if key := "people.hint_" + name; p.Has(key) {
		l.Hint = p.T(key)
	}
	return l
}

// dayLine begins a field for a day that may be left empty.
func dayLine(p *locale.Printer, name, value string, wrong map[string]string) Line {
	l := lineOf(p, name, value, wrong)
	l.Size, l.Max, l.Optional = "day", 10, true
	return l
}

// listLine begins a field that is chosen from a list.
func listLine(p *locale.Printer, name, chosen string, wrong map[string]string, choices []Choice) Line {
	l := lineOf(p, name, chosen, wrong)
	for _, c := range choices {
		c.Chosen = c.Value == chosen
		l.Choices = append(l.Choices, c)
	}
	return l
}

// faults gives the summary of what is wrong in some lines.
func faults(lines []Line) (all []page.Fault) {
	for _, l := range lines {
		if l.Fault != "" {
			all = append(all, page.Fault{ID: l.ID(), Text: l.Label + ": " + l.Fault})
		}
	}
	return all
}

// asks is the frame of a page with a form that asks again where something is wrong.
func asks(v *visit.Visit, title string, lines []Line) page.Frame {
	f := v.Frame(title)
	if f.Faults = faults(lines); len(f.Faults) > 0 {
		f.Status = http.StatusUnprocessableEntity
	}
	return f
}

// readDay reads a day that may be left empty; it puts what is wrong where it belongs.
func readDay(p *locale.Printer, name, typed string, wrong map[string]string) record.Day {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return record.NoDay
	}
	d, ok := record.ParseDay([]byte(typed))
	if !ok {
		wrong[name] = p.T("people.bad_day")
		return record.NoDay
	}
	return d
}

// dateOf writes the day of a time as it was where the house is; nothing where there is none.
func dateOf(v *visit.Visit, at time.Time) string {
	return v.Date(at)
}

// clockOf is dateOf for the time of day.
func clockOf(v *visit.Visit, at time.Time) string {
	return v.Clock(at)
}

// done shows that something was done, where the address says so.
func done(v *visit.Visit, f *page.Frame, which ...string) {
	said := v.R.URL.Query().Get("klart")
	for _, w := range which {
		if w == said {
			f.Messages = append(f.Messages, page.Message{Kind: page.Done, Text: v.Text.T("people.done_" + w)})
		}
	}
}
