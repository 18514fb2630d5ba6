// Package form turns a variable of the codebook into a field on a page, and what was posted
// back into an answer. One file for each kind of variable; a test demands that every kind
// has one.
//
// A field works without script: its inputs are named f.FIELD (the value; repeated for many),
// k.FIELD (the comment), l.FIELD (why there is no value), t.FIELD (which such reason the page
// showed) and s.FIELD (the version of the answer that the page showed), where FIELD is the
// field's name in a [record.Form]. The package checks nothing and saves nothing: record
// says what may stand in a field, app saves it.
package form

import (
	"embed"
	"net/url"
	"strconv"
	"strings"

	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/page"
)

// Templates are the fields' templates, for [page.New]: {{template "field" .Field}},
// {{template "rows" .Rows}}, {{template "phases" .Phases}}, {{template "autosave"}}.
//
//go:embed template/*.html
var Templates embed.FS

// Field is one question with its answer, ready for the template.
type Field struct {
	Name     string // in a record.Form: "14", "insats.2.118"
	ID       string // on the page: "f-14"; what a summary of errors links to
	Kind     codebook.Kind
	Control  string // which control shows it: one, many, text, area, day, scale, fixed
	Heading  string // above it, where a new part of the form begins
	Nr       string // the number in brackets; empty for a field without
	Question string
	Hint     string // what an answer looks like, or that several can be chosen
	Help     string
	Source   string // where the help is from
	Options  []Option
	Long     bool   // so many options that they stand in columns
	Half     bool   // so small that two stand beside each other in a row
	Value    string // what stands in a text control
	Raw      string // the answer as it is kept
	Size     string // class of a text control: short, day, code
	Focus    bool   // where one begins to write
	Numeric  bool   // the telephone's keys for numbers
	Max      int    // characters
	Comment  *Comment
	State    record.State
	States   []Option // why there is no value
	Seen     int
	Missing  bool
	Optional bool     // that it is empty is not worth counting
	Scale    string   // of a risk assessment's value: that of the chosen instrument
	OnScale  string   // asked only with instruments of this scale
	Away     bool     // not asked now
	Fault    string   // why it could not be saved
	Warnings []string // what is odd in what is written
	Checks   []string // what is odd between this answer and others
	Prefix   string   // beginning of the ids of its inputs
}

// Option is one answer to choose.
type Option struct {
	ID        string
	Value     string
	Code      string // as shown beside; empty: none
	Text      string
	Help      string
	LongHelp  bool // so long that it is folded away
	Source    string
	Checked   bool
	Exclusive bool   // cannot stand with others
	Comment   bool   // asks for a comment
	Scale     string // of an instrument: that of its values
}

// Comment is what can be said beside the answer.
type Comment struct {
	Value string
	Max   int
	Open  bool
}

// A kind fills in a field, and reads what its inputs were posted as. What it reads is not
// checked: it is made to look like an answer where it can, and left as written where not.
type kind struct {
	fill func(x *Field, v *codebook.Variable, a record.Answer, p *locale.Printer)
	read func(v *codebook.Variable, posted []string) string
}

var kinds = map[codebook.Kind]kind{
	codebook.One:    oneKind,
	codebook.Many:   manyKind,
	codebook.Number: numberKind,
	codebook.Date:   dateKind,
	codebook.Free:   textKind,
	codebook.Place:  placeKind,
	codebook.Key:    keyKind,
}

// Of gives the field of a form as it stands. The field must be one of the codebook's.
func Of(p *locale.Printer, cb *codebook.Codebook, f *record.Form, field string) Field {
	return Show(p, cb, field, f.Get(field))
}

// Show gives the field with an answer in it: one that was posted and could not be saved
// comes back as it was typed.
func Show(p *locale.Printer, cb *codebook.Codebook, field string, a record.Answer) Field {
	v := record.VariableOf(cb, field)
	if v == nil {
		panic("form: there is no field " + field) // a page that names it is wrong
	}
	x := Field{
		Name: field, Kind: v.Kind, Prefix: strings.ReplaceAll(field, ".", "-"), Seen: a.Version,
		Heading: v.Heading.In(p.Lang()), Question: questionOf(v).In(p.Lang()),
		Help: v.Help.In(p.Lang()), Source: v.HelpSource.In(p.Lang()),
		State: a.State, Missing: a.Empty(), Raw: a.Value, Optional: v.Kind == codebook.Free,
	}
	if note := v.Note.In(p.Lang()); note != "" {
		x.Help = strings.TrimSpace(x.Help + " " + p.T("variables.note_here", "text", note))
	}
	x.ID = "f-" + x.Prefix
	if v.Number > 0 {
		x.Nr = strconv.Itoa(v.Number)
	}
	kinds[v.Kind].fill(&x, v, a, p)
	x.addWhen(p, cb, v)
	x.addComment(v, a)
	x.addStates(p)
	x.Warnings = Identifying(p, v.Kind, a)
	return x
}

// addWhen says when a local question concerns a case.
func (x *Field) addWhen(p *locale.Printer, cb *codebook.Codebook, v *codebook.Variable) {
	for _, k := range cb.Conditions(v) {
		var answers []string
		for _, n := range k.Codes {
			if c := k.Of.Code(n); c != nil {
				answers = append(answers, c.Label.In(p.Lang()))
			}
		}
		x.Hint = strings.TrimSpace(x.Hint + " " + p.T("variables.when_hint", "fraga", k.Of.Label.In(p.Lang()), "svar", strings.Join(answers, ", ")))
	}
}

func questionOf(v *codebook.Variable) codebook.Text {
	if len(v.Question) > 0 {
		return v.Question
	}
	return v.Label
}

func (x *Field) addComment(v *codebook.Variable, a record.Answer) {
	asked := v.Comment
	for _, c := range v.Codes {
		asked = asked || c.Comment
	}
	if !asked && a.Comment == "" {
		return
	}
	open := a.Comment != ""
	for _, o := range x.Options {
		open = open || o.Comment && o.Checked
	}
	x.Comment = &Comment{a.Comment, record.LongestComment, open}
}

// noAnswer is posted as the state of a field whose answer should be taken away: a radio
// button cannot be unchosen.
const noAnswer = "tom"

func (x *Field) addStates(p *locale.Printer) {
	if x.Control == "fixed" || x.Kind == codebook.Free {
		return
	}
	x.States = nil
	for _, s := range []struct{ value, key string }{
		{"", "form.state_answered"}, {string(record.NotApplicable), "form.state_not_applicable"},
		{string(record.Impossible), "form.state_impossible"}, {noAnswer, "form.state_none"},
	} {
		if s.value == noAnswer && !x.radio() {
			continue // what is ticked or written can be taken away where it stands
		}
		x.States = append(x.States, Option{ID: x.Prefix + "-l-" + s.value, Value: s.value, Text: p.T(s.key), Checked: s.value == string(x.State)})
	}
}

// With gives the field with what is wrong with it; the summary of errors links to its ID.
func (x Field) With(p *locale.Printer, err error) Field {
	if err != nil {
		x.Fault = p.Error(err)
	}
	return x
}

// Warn gives the field with one more warning of the codebook's checks beside it.
func (x Field) Warn(text string) Field {
	x.Checks = append(x.Checks[:len(x.Checks):len(x.Checks)], text)
	return x
}

// Shown gives a field that the register fills in itself, with what it is filled in with.
func (x Field) Shown(text string) Field {
	x.Control, x.Value, x.Missing, x.States, x.Comment = "fixed", text, text == "", nil, nil
	return x
}

// Removable tells whether taking the answer away is among what can be chosen instead of it: a
// radio button cannot be unchosen.
func (x Field) Removable() bool { return x.radio() && len(x.States) > 0 }

func (x Field) radio() bool { return x.Control == "one" || x.Control == "scale" }

// SetAside tells whether the question was said not to concern the case, or not to be
// answerable.
func (x Field) SetAside() bool {
	return x.State == record.NotApplicable || x.State == record.Impossible
}

// Described gives the ids of what describes the field's inputs, for aria-describedby.
func (x Field) Described() string {
	var ids []string
	if x.Hint != "" {
		ids = append(ids, x.Prefix+"-sa")
	}
	if x.Fault != "" {
		ids = append(ids, x.Prefix+"-fel")
	}
	if len(x.Warnings)+len(x.Checks) > 0 {
		ids = append(ids, x.Prefix+"-obs")
	}
	return strings.Join(ids, " ")
}

// Read gives the answer that was posted for a field, the version that the page had shown,
// and whether the field was on the page at all. A group of checkboxes of which none is
// checked is posted as nothing but its version: the answer is then empty.
//
// A page that showed "not applicable" and comes back with a value means the value; a page
// that showed a value and comes back with "not applicable" means that.
func Read(cb *codebook.Codebook, posted url.Values, field string) (a record.Answer, seen int, present bool) {
	v := record.VariableOf(cb, field)
	if v == nil || !posted.Has("s."+field) {
		return record.Answer{}, 0, false
	}
	seen, _ = strconv.Atoi(posted.Get("s." + field))
	a = record.Answer{
		Value:   kinds[v.Kind].read(v, posted["f."+field]),
		Comment: strings.TrimSpace(unixLines(posted.Get("k." + field))),
	}
	state := posted.Get("l." + field)
	switch {
	case state == "" || a.Value != "" && state == posted.Get("t."+field):
	case state == noAnswer:
		a.Value = ""
	default:
		a.State, a.Value = record.State(state), ""
	}
	return a, seen, true
}

// OnPage lists the fields that were posted, in no order: those whose version is there.
func OnPage(cb *codebook.Codebook, posted url.Values) (fields []string) {
	for name := range posted {
		if field, ok := strings.CutPrefix(name, "s."); ok && record.VariableOf(cb, field) != nil {
			fields = append(fields, field)
		}
	}
	return fields
}

// unixLines undoes what browsers do to the line ends of a text area.
func unixLines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// Faults gives what could not be saved for the summary of errors, from fields with their
// fault set.
func Faults(fields []Field) (all []page.Fault) {
	for _, x := range fields {
		if x.Fault != "" {
			sep := ": "
			if strings.HasSuffix(x.Question, "?") || strings.HasSuffix(x.Question, ".") {
				sep = " "
			}
			all = append(all, page.Fault{ID: x.ID, Text: x.Question + sep + x.Fault})
		}
	}
	return all
}
