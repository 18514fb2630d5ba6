package work

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/web/form"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// WalkPage is one case in a walk-through, or the choice of unit before it.
type WalkPage struct {
	Title string
	Units []place.Unit // to choose from; empty: one was chosen
	Unit  string       // name
	Many  bool         // there are other units
	Nr    int
	Of    disclosure.ListCount
	Case  *Waiting
	Lacks []Phase
	Done  bool // nothing is missing and nothing is to be discussed
	Note  form.Field
	Owner string // whose page it is
	Mine  string // what was typed when somebody else was first
	Save  string // address of the note's form
	Back  string // address of the case before
	On    string // address of the case after
	None  *page.Empty
}

// Walk shows the cases of a unit one at a time: those where something is missing, or that the
// group should talk about. The open ones come first, and of those the oldest.
func Walk(v *visit.Visit) error {
	if !v.By().May(access.SeeUnitCases) {
		return fault.New(fault.Refused, "access.refused")
	}
	units, err := v.App.Units(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	unit := v.R.URL.Query().Get("enhet")
	if unit == "" && len(units) == 1 {
		unit = units[0].ID
	}
	if unit == "" {
		f := v.Frame(v.Text.T("work.walk_title"))
		data := WalkPage{Title: f.Title, Units: units}
		if len(units) == 0 { // the role holds in units that have ended
			data.None = &page.Empty{Title: v.Text.T("work.walk_none"), Text: v.Text.T("work.walk_no_unit"), Link: &page.Link{Address: "/att-gora", Text: v.Text.T("work.walk_leave")}}
		}
		return v.Show("work-walk.html", f, data)
	}
	if !slices.ContainsFunc(units, func(u place.Unit) bool { return u.ID == unit }) {
		return fault.New(fault.NotFound, "access.refused") // whether there is such a unit is not told
	}
	line, err := lineOf(v, unit)
	if err != nil {
		return err
	}
	if line.of.N() == 0 {
		return showNone(v, line)
	}
	nr := min(number(v.R.URL.Query().Get("nr")), line.of.N())
	x, err := line.at(nr - 1)
	if err != nil {
		return err
	}
	return v.Redirect(walkTo(x.ID, nr))
}

// WalkCase shows one case of a walk-through.
func WalkCase(v *visit.Visit) error {
	note, _ := v.Kept().(*unsaved)
	return walkCase(v, v.R.PathValue("id"), note)
}

// Note saves what the group should talk about in a case.
func Note(v *visit.Visit) error {
	id := v.R.PathValue("id")
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	answer, seen, there := form.Read(v.App.Codebook(), posted, codebook.Discuss)
	if !there {
		return v.Redirect(walkTo(id, number(posted.Get("nr"))))
	}
	saved, err := v.App.Save(v.R.Context(), v.By(), id, []app.Edit{{Field: codebook.Discuss, Answer: answer, Seen: seen}})
	if err != nil {
		return err
	}
	if len(saved.Refused) > 0 || len(saved.Conflicts) > 0 {
		return v.Again(walkTo(id, number(v.R.URL.Query().Get("nr"))), &unsaved{answer, saved})
	}
	if on := page.Local(posted.Get("vidare")); posted.Get("sedan") == "vidare" && on != "/" {
		return v.Redirect(on)
	}
	return v.Redirect(walkTo(id, number(posted.Get("nr"))) + "&sparat=ja")
}

// unsaved is a note that could not be saved as it was typed.
type unsaved struct {
	answer record.Answer
	saved  app.Saved
}

func walkTo(id string, nr int) string {
	return walkAddress + "/" + url.PathEscape(id) + "?nr=" + strconv.Itoa(nr)
}

func walkCase(v *visit.Visit, id string, note *unsaved) error {
	c, err := v.App.Case(v.R.Context(), v.By(), id)
	if err != nil {
		return err
	}
	line, err := lineOf(v, c.Filed.Unit)
	if err != nil {
		return err
	}
	i, in, err := line.find(c.Cover)
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("work.walk_title"))
	data := WalkPage{Title: f.Title, Unit: c.UnitName, Many: len(line.units) > 1, Nr: i + 1, Of: line.of, Lacks: lacksOf(v.Text, c.Book, c)}
	x := waiting(v, app.Listed{Cover: c.Cover, CaseCode: c.CaseCode, Worker: c.Worker, UnitName: c.UnitName})
	data.Case, data.Done, data.Owner = &x, !in, v.Owner()
	if c.Cover.Standing == record.Excluded {
		data.Lacks = nil
	}
	if err := data.neighbours(line, i, in); err != nil {
		return err
	}
	data.Save = walkAddress + "/" + url.PathEscape(id) + "?nr=" + strconv.Itoa(i+1)
	data.note(v, &f, c, note)
	return v.Show("work-walk.html", f, data)
}

// neighbours finds the case before and the one after. Where the case itself has left the
// list, the one after has come to stand in its place.
func (d *WalkPage) neighbours(line *queue, i int, in bool) error {
	on := i
	if in {
		on = i + 1
	}
	for _, x := range []struct {
		at    int
		leads *string
	}{{i - 1, &d.Back}, {on, &d.On}} {
		if x.at < 0 || x.at >= line.of.N() {
			continue
		}
		l, err := line.at(x.at)
		if err != nil {
			return err
		}
		*x.leads = walkTo(l.ID, x.at+1)
	}
	return nil
}

// note shows the note as it is saved, or as it was typed when it could not be.
func (d *WalkPage) note(v *visit.Visit, f *page.Frame, c *app.CaseView, note *unsaved) {
	book := c.Book
	d.Note = form.Of(v.Text, book, c.Filed.Form, codebook.Discuss)
	if note != nil && d.Note.Seen > note.saved.View.Filed.Form.Version {
		note = nil // it was written anew since
	}
	switch {
	case note == nil && v.R.URL.Query().Has("sparat"):
		f.Saved = v.Clock(c.Filed.Changed)
		return
	case note == nil:
		return
	}
	f.Status = http.StatusUnprocessableEntity
	for _, x := range note.saved.Refused {
		d.Note = form.Show(v.Text, book, codebook.Discuss, note.answer).With(v.Text, x.Err)
		d.Note.Seen = c.Filed.Form.Get(codebook.Discuss).Version
	}
	for _, x := range note.saved.Conflicts {
		f.Status, d.Mine = http.StatusConflict, note.answer.Value
		f.Messages = append(f.Messages, page.Message{Kind: page.Warning, Title: v.Text.T("work.note_differs"), Text: v.Text.T("work.note_differs_text", "namn", x.By)})
		if x.Own {
			f.Messages[len(f.Messages)-1].Text = v.Text.T("work.note_differs_own")
		}
	}
	f.Faults = form.Faults([]form.Field{d.Note})
}

func showNone(v *visit.Visit, line *queue) error {
	f := v.Frame(v.Text.T("work.walk_title"))
	data := WalkPage{Title: f.Title, Many: len(line.units) > 1, Unit: line.name()}
	data.None = &page.Empty{Title: v.Text.T("work.walk_none"), Text: v.Text.T("work.walk_none_text"), Link: &page.Link{Address: "/att-gora", Text: v.Text.T("work.walk_leave")}}
	return v.Show("work-walk.html", f, data)
}
