package variables

import (
	"net/http"
	"slices"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// EditPage is one local variable, to be filled in.
type EditPage struct {
	Owner     string // whose page it is
	Title     string
	Post      string
	Seen      int
	Prefix    string // new columns begin with it
	Column    string // of a variable that is there
	Published bool   // what it means stands
	Retired   bool
	T         typed
	Phases    []Choice
	Kinds     []Choice
	Rows      []CodeRow
	Of        []Choice // common questions that a condition can be about
	Fault     map[string]string
}

// Choice is one thing to choose.
type Choice struct {
	Value, Text, Hint string
	Chosen            bool
}

// CodeRow is one answer, to be filled in.
type CodeRow struct {
	Nr                                int // on the page, from 1
	Code                              string
	Swedish, English                  string
	Exclusive, Unknown, Retired, Lock bool
	Fault                             string
}

// New asks for a new variable.
func New(v *visit.Visit) error { return edit(v, "") }

// Change asks for changes of a variable.
func Change(v *visit.Visit) error { return edit(v, v.R.PathValue("kolumn")) }

func edit(v *visit.Visit, column string) error {
	b, err := v.App.LocalBook(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	old := b.Draft.Variable(column)
	if column != "" && old == nil {
		return fault.New(fault.NotFound, "variables.no_variable")
	}
	t, again := v.Kept().(*typed)
	if !again {
		t = typedOf(old)
	}
	return v.Show("variables-edit.html", editFrame(v, t, column), ownedBy(v, pageOf(v.Text, b, t, column)))
}

func editFrame(v *visit.Visit, t *typed, column string) page.Frame {
	f := v.Frame(v.Text.T("variables.add"))
	if column != "" {
		f = v.Frame(v.Text.T("variables.change"))
	}
	for _, x := range t.faults {
		f.Status = http.StatusUnprocessableEntity
		f.Faults = append(f.Faults, page.Fault{ID: "f-" + strings.ReplaceAll(x.field, "andrat", "etikett"), Text: v.Text.Error(x.err)})
	}
	return f
}

// ownedBy says whose page it is.
func ownedBy(v *visit.Visit, x EditPage) EditPage {
	x.Owner = v.Owner()
	return x
}

func pageOf(p *locale.Printer, b *app.LocalBook, t *typed, column string) EditPage {
	x := EditPage{Title: p.T("variables.add"), Post: newPage, Seen: b.Seen, Prefix: b.Draft.Prefix, Column: column, T: *t, Fault: map[string]string{}}
	old := b.Published.Variable(column)
	if column != "" {
		x.Title, x.Post, x.Published, x.Retired = p.T("variables.change"), changePage+column, old != nil, b.Draft.Variable(column).Retired
	}
	for _, f := range t.faults {
		x.Fault[f.field] = p.Error(f.err)
	}
	for _, phase := range codebook.LocalPhases {
		x.Phases = append(x.Phases, Choice{Value: string(phase), Text: b.Common.Phase(phase).In(p.Lang()), Chosen: t.Phase == string(phase)})
	}
	for _, k := range codebook.LocalKinds {
		x.Kinds = append(x.Kinds, Choice{Value: string(k), Text: p.T("variables.kind_" + string(k)), Hint: p.T("variables.kind_" + string(k) + "_hint"), Chosen: t.Kind == string(k)})
	}
	for _, v := range b.Common.Variables {
		if v.Role != "" && v.Level == codebook.OfCase && (v.Kind == codebook.One || v.Kind == codebook.Many) {
			x.Of = append(x.Of, Choice{Value: string(v.Role), Text: v.Label.In(p.Lang()), Hint: answersOf(p, v), Chosen: t.When == string(v.Role)})
		}
	}
	for i, r := range t.Rows {
		r.Nr, r.Lock, r.Fault = i+1, locked(old, r.Code), x.Fault[rowField(i)]
		x.Rows = append(x.Rows, r)
	}
	return x
}

// answersOf lists a question's answers by their codes: "1 Ja, 2 Nej".
func answersOf(p *locale.Printer, v *codebook.Variable) string {
	var all []string
	for _, c := range v.Codes {
		all = append(all, p.Int(int64(c.Code))+" "+c.Brief().In(p.Lang()))
	}
	return strings.Join(all, ", ")
}

func locked(old *codebook.Variable, code string) bool {
	return old != nil && slices.ContainsFunc(old.Codes, func(c codebook.Code) bool { return itoa(c.Code) == code })
}

// Add keeps a new variable in the draft.
func Add(v *visit.Visit) error { return keep(v, "") }

// Save keeps a changed variable in the draft.
func Save(v *visit.Visit) error { return keep(v, v.R.PathValue("kolumn")) }

func keep(v *visit.Visit, column string) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	b, err := v.App.LocalBook(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	old := b.Draft.Variable(column)
	if column != "" && old == nil {
		return fault.New(fault.NotFound, "variables.no_variable")
	}
	t, here := readTyped(posted), newPage
	if column != "" {
		here = changePage + column
	}
	if posted.Get("gor") == "rader" {
		t.more()
		return v.Again(here+"#f-svar", t)
	}
	x := t.variable(old, b.Draft.Prefix)
	if len(t.faults) == 0 {
		err := v.App.PutLocal(v.R.Context(), v.By(), seenIn(posted), column, x)
		if err == nil {
			return v.Redirect(home + "?gjort=sparat")
		}
		if fault.KindOf(err) == fault.Conflict {
			t.say("andrat", "variables.conflict_edit")
		} else if err := t.refused(x, err); err != nil {
			return err
		}
	}
	return v.Again(here, t)
}
