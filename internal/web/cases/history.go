package cases

import (
	"net/http"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// historyPage is what was changed in a case: each save, newest first.
type historyPage struct {
	Head  head
	Field string // its label, where only one field is shown
	Name  string // of the field
	Saves []save
	Undo  string
}

// save is one save: when, who, and what it changed.
type save struct {
	Version int
	When    string
	By      string
	Act     string
	Changes []change
	CanUndo bool
}

// change is one field before and after, in words.
type change struct{ Field, Name, Before, After string }

// History shows the saves of a case, or of one of its fields (?falt=).
func History(v *visit.Visit) error {
	field := v.R.URL.Query().Get("falt")
	c, entries, err := v.App.History(v.R.Context(), v.By(), v.R.PathValue("id"), field)
	if err != nil {
		return err
	}
	cb, p := c.Book, v.Text
	x := historyPage{Head: headOf(v, c, ""), Undo: addressOf(c.Filed.ID, "/angra"), Name: field}
	x.Head.Here = "historik"
	if field != "" {
		x.Field = name(p, cb, field)
	}
	for _, e := range entries {
		x.Saves = append(x.Saves, saveOf(v, cb, e))
	}
	f := frameOf(v, c, p.T("cases.history")+" – "+p.T("cases.case"))
	if _, not := v.Kept().(notUndone); not {
		f.Status = http.StatusConflict
		f.Messages = append(f.Messages, page.Message{Kind: page.Error, Title: p.T("cases.not_undone"), Text: p.T("cases.not_undone_why")})
	}
	return v.Show("cases-history.html", f, x)
}

func saveOf(v *visit.Visit, cb *codebook.Codebook, e app.Entry) save {
	p := v.Text
	s := save{Version: e.Version, When: when(v, e.At), By: e.By, Act: p.T("cases.act_" + string(e.Act)), CanUndo: e.CanUndo}
	for _, c := range e.Changes {
		before, after := say(p, cb, c.Field, c.Old), say(p, cb, c.Field, c.New)
		if variable := record.VariableOf(cb, c.Field); variable != nil && ours(variable) {
			continue
		}
		s.Changes = append(s.Changes, change{c.Field, name(p, cb, c.Field), orNone(p, before), orNone(p, after)})
	}
	if len(s.Changes) == 0 { // only what the register filled in itself
		s.Changes = []change{{}}
	}
	return s
}

// notUndone is that somebody has changed what should have been undone.
type notUndone struct{}

// Undo puts back what a save changed. When somebody has changed any of it since, nothing is
// undone, and the page says so.
func Undo(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	id := v.R.PathValue("id")
	_, err = v.App.Undo(v.R.Context(), v.By(), id, versionOf(posted.Get("version")))
	if fault.KindOf(err) == fault.Conflict && err != nil {
		return v.Again(addressOf(id, history), notUndone{})
	}
	if err != nil {
		return err
	}
	return v.Redirect(addressOf(id, history))
}
