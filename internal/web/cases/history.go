package cases

import (
	"net/http"
	"strings"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// historyPage is what was changed in a case: each save, newest first.
type historyPage struct {
	Head  head
	Field string // its label, where only one field is shown
	Name  string // of the field
	Turns []turn
	Undo  string
	Owner string // whose page it is
}

// turn is what one person saved within a few minutes, newest first: autosave makes one save
// of each question.
type turn struct {
	When  string // "22 november 2026 kl. 14.02–14.06"
	By    string
	Saves []save
	from  time.Time
}

// pause is how long somebody may think without their turn being over.
const pause = 5 * time.Minute

// save is one save: when, and what it changed.
type save struct {
	Version int
	When    string
	Clock   string // the same, within its turn
	Act     string
	Changes []change
	CanUndo bool
	Many    int    // how many answers undoing it puts back
	Undoes  string // which
	Beside  string // those of them that are not among Changes, where one field is shown
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
	x := historyPage{Head: headOf(v, c, ""), Undo: addressOf(c.Filed.ID, "/angra"), Name: field, Owner: v.Owner()}
	x.Head.Here = "historik"
	if field != "" {
		x.Field = name(p, cb, field)
	}
	x.Turns = turnsOf(v, cb, entries, field)
	f := frameOf(v, c, p.T("cases.history")+" – "+p.T("cases.case"))
	if _, not := v.Kept().(notUndone); not {
		f.Status = http.StatusConflict
		f.Messages = append(f.Messages, page.Message{Kind: page.Error, Title: p.T("cases.not_undone"), Text: p.T("cases.not_undone_why")})
	}
	return v.Show("cases-history.html", f, x)
}

// turnsOf puts saves of one person that follow close on each other under one heading.
func turnsOf(v *visit.Visit, cb *codebook.Codebook, entries []app.Entry, field string) (all []turn) {
	for i, e := range entries {
		last := len(all) - 1
		if i == 0 || entries[i-1].By != e.By || entries[i-1].Role != e.Role || entries[i-1].At.Sub(e.At) > pause {
			all, last = append(all, turn{When: v.When(e.At), By: byWhom(v, e)}), last+1
		} else if from := v.Clock(e.At); from != v.Clock(all[last].from) && v.Here(e.At).YearDay() == v.Here(all[last].from).YearDay() {
			all[last].When = v.Text.T("cases.between", "dag", v.Date(e.At), "fran", from, "till", v.Clock(all[last].from))
		}
		if len(all[last].Saves) == 0 {
			all[last].from = e.At
		}
		all[last].Saves = append(all[last].Saves, saveOf(v, cb, e, field))
	}
	return all
}

func saveOf(v *visit.Visit, cb *codebook.Codebook, e app.Entry, field string) save {
	p := v.Text
	s := save{Version: e.Version, When: v.When(e.At), Clock: v.Clock(e.At), Act: p.T("cases.act_" + string(e.Act)), CanUndo: e.CanUndo}
	s.Many, s.Undoes = namesOf(p, cb, e.Undoes, "")
	if field != "" {
		_, s.Beside = namesOf(p, cb, e.Undoes, field)
	}
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

// mostNamed is how many answers a button names; the list beside it has them all.
const mostNamed = 3

// namesOf counts the answers that some changes are of, but one, and names the first of them.
func namesOf(p *locale.Printer, cb *codebook.Codebook, changes []record.Change, but string) (n int, names string) {
	var all []string
	for _, c := range changes {
		if variable := record.VariableOf(cb, c.Field); c.Field != but && (variable == nil || !ours(variable)) {
			all = append(all, name(p, cb, c.Field))
		}
	}
	n = len(all)
	if n > mostNamed {
		return n, p.T("cases.and_more", "namn", strings.Join(all[:mostNamed], ", "), "n", n-mostNamed)
	}
	return n, strings.Join(all, ", ")
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

// byWhom names who made a save: the client's own answers are told apart from those of whoever
// handed the device over.
func byWhom(v *visit.Visit, e app.Entry) string {
	if e.Role == access.Client {
		return v.Text.T("survey_staff.by_client", "vem", e.By)
	}
	return e.By
}
