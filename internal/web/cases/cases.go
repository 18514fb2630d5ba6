// Package cases is the pages of cases: the list, opening a case, its phases, its history,
// closing it and finding that it is not of the target group.
//
// A page is a struct and a template. Everything works without script: a form is posted,
// what can be saved is, and the same page says what could not. No code of a case or client
// is ever in an address or in a window's title, which browsers remember.
package cases

import (
	"embed"
	"time"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/form"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// Templates are the pages of this folder.
//
//go:embed template/*.html
var Templates embed.FS

// Addresses of a case's pages beside its phases.
const (
	list      = "/arenden"
	opening   = "/arenden/nytt"
	toDo      = "/att-gora"
	history   = "/historik"
	closing   = "/avsluta"
	closed    = "/avslutat"
	excluding = "/uteslut"
)

func addressOf(id, rest string) string { return list + "/" + id + rest }

func phaseOf(id string, p codebook.Phase) string { return addressOf(id, "/"+string(p)) }

// head is what stands over every page of a case.
type head struct {
	ID       string
	Address  string // of the case
	Code     string
	Unit     string
	Worker   string
	Open     string // "öppet 43 dagar"
	Standing record.Standing
	Excluded bool
	Shut     bool
	Previous string // address of the client's earlier case
	Phases   []form.Phase
	Discuss  string // address of the note about what the group should talk about
	Here     string // which page of the case this is, for the menu
}

func headOf(v *visit.Visit, c *app.CaseView, current codebook.Phase) head {
	id := c.Filed.ID
	h := head{
		ID: id, Address: addressOf(id, ""), Code: c.CaseCode, Unit: c.UnitName, Worker: c.Worker, Open: openFor(v.Text, c.Cover, v.App.Now()),
		Standing: c.Cover.Standing, Excluded: c.Cover.Standing == record.Excluded, Shut: c.Filed.Form.Closed(c.Book),
		Phases: form.PhasesOf(v.Text, c.Book, c.Filed.Form, current, func(p codebook.Phase) string { return phaseOf(id, p) }),
	}
	h.Discuss = phaseOf(id, c.Book.Phases[0].ID) + anchorOf(codebook.Discuss)
	if current != "" {
		h.Discuss = anchorOf(codebook.Discuss)
	}
	if c.Filed.Previous != "" {
		h.Previous = addressOf(c.Filed.Previous, "")
	}
	return h
}

// openFor says how long a case has been open, or was: "öppet 43 dagar".
func openFor(p *locale.Printer, c record.Cover, now time.Time) string {
	days, ok := app.DaysOpen(c, now)
	switch {
	case c.Standing == record.Excluded:
		return p.T("cases.is_uteslutet")
	case c.Standing == record.Shut && ok:
		return p.T("cases.was_open", "n", days)
	case c.Standing == record.Shut:
		return p.T("cases.is_avslutat")
	case ok:
		return p.T("cases.open_for", "n", days)
	}
	return p.T("cases.no_intake")
}

// frameOf gives the frame of a page of a case, with when it was last saved.
func frameOf(v *visit.Visit, c *app.CaseView, title string) page.Frame {
	f := v.Frame(title)
	f.Unit, f.Saved = c.UnitName, v.Clock(c.Filed.Changed)
	if !c.Broken.IsZero() {
		f.Messages = append(f.Messages, page.Message{Kind: page.Warning, Text: v.Text.T("keeping.broken", "dag", v.Date(c.Broken))})
	}
	return f
}

// caseOf gives the case of the address.
func caseOf(v *visit.Visit) (*app.CaseView, error) {
	return v.App.Case(v.R.Context(), v.By(), v.R.PathValue("id"))
}

// ours tells whether the register fills a field in itself: it is shown, never asked.
func ours(v *codebook.Variable) bool {
	return v.Role == codebook.Municipality || v.Role == codebook.Caseworker || v.Role == codebook.Client
}

// name gives the question of a field as a heading in lists: its label.
func name(p *locale.Printer, cb *codebook.Codebook, field string) string {
	return form.NameOf(p, cb, field)
}
