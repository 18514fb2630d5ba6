// Package start is the way in and out: the first run, signing in and out, choosing whom to
// be in a demonstration, help, and how somebody wants the pages. It never shows a case.
package start

import (
	"embed"
	"net/http"

	"foljsam/internal/access"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// Templates are the pages', for page.New.
//
//go:embed template/*.html
var Templates embed.FS

// The addresses that these pages lead between.
const (
	firstAddress    = "/forsta"
	demoAddress     = "/demo"
	workAddress     = "/att-gora"
	hubAddress      = "/hantera"
	firstDayAddress = "/forsta-dagen"
	settingsAddress = "/installningar"
	collectAddress  = "/insamlingar"
	reportAddress   = "/rapportera"
	yearAddress     = "/ar"
)

// Home leads to where one begins.
func Home(v *visit.Visit) error {
	switch {
	case v.Who != nil && v.Who.Role == access.Administrator:
		return v.Redirect(hubAddress)
	case v.Who != nil && v.Who.Role == access.National:
		return v.Redirect(collectAddress)
	case v.Who != nil && v.Who.Role == access.Manager:
		return v.Redirect(yearAddress)
	case v.Who != nil && v.Who.Role == access.Reporter:
		return v.Redirect(reportAddress)
	case v.Who != nil:
		return v.Redirect(workAddress)
	case v.App.Demo():
		return v.Redirect(demoAddress)
	case v.App.NeedsFirst(v.R.Context()):
		return v.Redirect(firstAddress)
	}
	return v.Redirect(visit.SignInAddress)
}

// Health answers a program that watches over this one. It tells nothing but that pages are
// served.
func Health(v *visit.Visit) error {
	v.W.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := v.W.Write([]byte("ok\n"))
	return err
}

// A Line is a field of one line in a form that is not about a case.
type Line struct {
	Name     string // what it is posted as
	Label    string
	Hint     string
	Kind     string // "text", "password"
	Value    string
	Complete string // what the browser may fill in: HTML's autocomplete
	Size     string // class
	Max      int
	Fault    string
	Choices  []Group // a list to choose from, instead of writing
}

// Group is a part of a list to choose from.
type Group struct {
	Label   string
	Choices []Choice
}

// Choice is one thing to choose.
type Choice struct {
	Value, Text string
	Chosen      bool
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
	return ids
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

// unprocessable is the status of a page that asks for something again.
const unprocessable = http.StatusUnprocessableEntity
