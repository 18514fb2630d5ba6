package result

import (
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// Notes is what stands beside a figure, and the forms to keep more.
type Notes struct {
	Owner    string
	About    string // the page's own address
	Title    string // of the figure
	Unit     string
	Views    []Note // one's own; on the overview
	Thoughts []Note
	Think    bool // a reflection may be written here

	Words, Day, Name string // what was written, where it could not be kept
}

// Note is one of them.
type Note struct {
	ID, Title, Text, Address, Who, When, Again string
	Due                                        bool
}

// notes gives what is kept: on the overview everything, on a figure what is about it.
func notes(v *visit.Visit, title string, r *app.Results) (Notes, error) {
	n := Notes{Owner: v.Owner(), About: v.OwnAddress(), Title: title, Unit: r.Ask.Unit, Think: v.R.URL.Path != Address}
	if n.Unit == "" && len(r.Units) == 1 {
		n.Unit = r.Units[0].ID
	}
	views, thoughts, err := v.App.Notes(v.R.Context(), v.By())
	if err != nil {
		return n, err
	}
	today := visit.ISODay(v.App.Now())
	for _, x := range views {
		if !n.Think {
			n.Views = append(n.Views, Note{ID: x.ID, Title: x.Title, Address: x.About})
		}
	}
	for _, x := range thoughts {
		if u, err := url.Parse(x.About); err == nil && (!n.Think || sameFigure(u, v.R.URL)) {
			n.Thoughts = append(n.Thoughts, Note{x.ID, x.Title, x.Text, x.About, x.Person, v.Date(x.Made), inWords(v, x.Again), x.DueOn(today)})
		}
	}
	return n, nil
}

// sameFigure tells whether two addresses show the same figure, whatever the cases: of a cross
// table, of the same rows and columns.
func sameFigure(a, b *url.URL) bool {
	if a.Path != b.Path {
		return false
	}
	p, q := a.Query(), b.Query()
	return a.Path != crossAddress || p.Get("rader") == q.Get("rader") && p.Get("kolumner") == q.Get("kolumner")
}

// inWords writes a day that is kept as 2026-01-31.
func inWords(v *visit.Visit, iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return page.Date(v.Text, t)
}

// Keep keeps a view or a reflection, and leads back to the figure.
func Keep(v *visit.Visit) error {
	form, err := v.Posted()
	if err != nil {
		return err
	}
	back := within(form.Get("adress"))
	n := app.NewNote(form.Get("slag"), form.Get("enhet"), form.Get("adress"), strings.TrimSpace(form.Get("rubrik")), visit.Written(form, "text"), form.Get("dag"))
	found, err := v.App.KeepNote(v.R.Context(), v.By(), n)
	if fault.KindOf(err) == fault.Invalid {
		return v.Again(back, &unkept{form, v.Text.Error(err), fault.KeyOf(err)})
	}
	if err != nil {
		return err
	}
	if len(found) > 0 {
		return v.Redirect(visit.Marked(back, visit.SavedMark, "varning"))
	}
	return v.Redirect(visit.Marked(back, visit.SavedMark, "ja"))
}

// unkept is what could not be kept, and why.
type unkept struct {
	form url.Values
	why  string
	key  string
}

// End says that a note is done with.
func End(v *visit.Visit) error {
	form, err := v.Posted()
	if err != nil {
		return err
	}
	if err := v.App.EndNote(v.R.Context(), v.By(), form.Get("anteckning")); err != nil {
		return err
	}
	return v.Redirect(visit.Marked(within(form.Get("adress")), visit.SavedMark, "klar"))
}

// within gives an address of a figure; of anything else the overview's.
func within(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host != "" || u.Scheme != "" || path.Clean(u.Path) != u.Path || u.Path != Address && !strings.HasPrefix(u.Path, Address+"/") {
		return Address
	}
	return address
}

// tell says on the page what was just done, or could not be.
func (n *Notes) tell(v *visit.Visit, f *page.Frame) {
	say := func(kind page.MessageKind, key string) {
		f.Messages = append(f.Messages, page.Message{Kind: kind, Text: v.Text.T(key)})
	}
	switch v.R.URL.Query().Get(visit.SavedMark) {
	case "ja":
		say(page.Done, "result.kept")
	case "varning":
		say(page.Warning, "result.kept_warning")
	case "klar":
		say(page.Done, "result.note_ended")
	}
	if u, ok := v.Kept().(*unkept); ok {
		n.Words, n.Day, n.Name = u.form.Get("text"), u.form.Get("dag"), u.form.Get("rubrik")
		id := "tanke-text"
		if u.form.Get("slag") == app.ViewNote {
			id = "vy-namn"
		} else if u.key == "result.again_past" || u.key == "result.bad_day" {
			id = "tanke-dag"
		}
		f.Status = http.StatusUnprocessableEntity
		f.Faults = append(f.Faults, page.Fault{ID: id, Text: u.why})
	}
}
