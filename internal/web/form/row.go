package form

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/page"
)

// Rows are the support or the risk assessments of a case, newest first, with the buttons
// that add, remove and put back. The buttons are ordinary ones, named rad.
type Rows struct {
	Level   codebook.Level
	ID      string // "insats": what a summary of what is missing links to
	Title   string
	Add     string // text of the button
	Empty   string
	Checks  []string // what is odd in the rows
	Rows    []Row
	Removed []Removed
}

// Row is one of them.
type Row struct {
	Field  string // in a record.Form: "insats.2"
	Title  string
	About  string // when, and what is missing
	Open   bool   // not yet complete: shown unfolded
	Fields []Field
}

// ID is the row's on the page; its address in a link is "#r-insats-2".
func (r Row) ID() string { return strings.ReplaceAll(r.Field, ".", "-") }

// Remove and Restore are what the buttons are posted with.
func (r Row) Remove() string      { return strings.Replace(r.Field, ".", "-", 1) }
func (r Removed) Restore() string { return strings.Replace(r.Field, ".", "~", 1) }

// ButtonName is the name that the buttons of rows are posted under.
const ButtonName = "rad"

// RowButton gives what a button of rows asks for: "insats+" a new row, "insats-2" that row 2
// is taken away, "insats~2" that it is put back. The answer goes to record's Check and Set
// like any other.
func RowButton(f *record.Form, pressed string) (field string, a record.Answer, ok bool) {
	at := strings.IndexAny(pressed, "+-~")
	if at < 0 {
		return "", a, false
	}
	level, row := codebook.Level(pressed[:at]), pressed[at+1:]
	switch pressed[at] {
	case '+':
		row, a.State = f.NextRow(level), record.Present
	case '-':
		a.State = record.Removed
	case '~':
		a.State = record.Present
	}
	return record.Field(level, row, ""), a, level == codebook.OfSupport || level == codebook.OfRisk
}

// Removed is a row that was taken away and can be put back.
type Removed struct {
	Field string
	Title string
}

// SupportRows gives the case's support.
func SupportRows(p *locale.Printer, cb *codebook.Codebook, f *record.Form) Rows {
	r := Rows{Level: codebook.OfSupport, ID: string(codebook.OfSupport), Title: p.T("form.support"), Add: p.T("form.support_add"), Empty: p.T("form.support_none")}
	return r.fill(p, cb, f, supportColumns(cb), cb.Role(codebook.SupportBegan), cb.Role(codebook.Support), SupportRow)
}

// RiskRows gives the case's risk assessments.
func RiskRows(p *locale.Printer, cb *codebook.Codebook, f *record.Form) Rows {
	r := Rows{Level: codebook.OfRisk, ID: string(codebook.OfRisk), Title: p.T("form.risk"), Add: p.T("form.risk_add"), Empty: p.T("form.risk_none")}
	return r.fill(p, cb, f, riskColumns(cb), cb.Field(codebook.OfRisk, codebook.AssessedOn), cb.Role(codebook.Risk), RiskRow)
}

func (r Rows) fill(p *locale.Printer, cb *codebook.Codebook, f *record.Form, columns []string, day, what *codebook.Variable,
	row func(*locale.Printer, *codebook.Codebook, *record.Form, string) Row) Rows {
	ids := f.Rows(r.Level)
	began := map[string]record.Day{}
	for _, id := range ids {
		began[id] = record.NoDay
		if day != nil {
			began[id] = f.Day(day, record.Field(r.Level, id, day.Key()))
		}
	}
	slices.SortStableFunc(ids, func(a, b string) int { return newestFirst(a, b, began) })
	for _, id := range ids {
		x := row(p, cb, f, id)
		x.Title, x.About = titleOf(p, f, r.Level, id, what), aboutOf(p, began[id], x.Fields)
		x.Open = slices.ContainsFunc(x.Fields, func(y Field) bool { return y.Missing && !y.Optional })
		r.Rows = append(r.Rows, x)
	}
	for _, id := range f.RemovedRows(r.Level) {
		r.Removed = append(r.Removed, Removed{record.Field(r.Level, id, ""), titleOf(p, f, r.Level, id, what)})
	}
	return r
}

// newestFirst puts the latest day first, and before all days a row that has none yet: it
// was just added.
func newestFirst(a, b string, began map[string]record.Day) int {
	x, y := began[a], began[b]
	if x != y {
		if x == record.NoDay || y != record.NoDay && x > y {
			return -1
		}
		return 1
	}
	m, _ := strconv.Atoi(a)
	n, _ := strconv.Atoi(b)
	return n - m
}

// titleOf says what a row is: "Skyddat boende, Stödsamtal (enskilt)".
func titleOf(p *locale.Printer, f *record.Form, level codebook.Level, id string, what *codebook.Variable) string {
	var words []string
	if what != nil {
		value, _ := what.Parse(f.Get(record.Field(level, id, what.Key())).Value)
		for _, n := range value.Codes {
			if c := what.Code(n); c != nil {
				words = append(words, c.Brief().In(p.Lang()))
			}
		}
	}
	if len(words) == 0 {
		return p.T("form.row_new_"+string(level), "nr", id)
	}
	return strings.Join(words, ", ")
}

func aboutOf(p *locale.Printer, day record.Day, fields []Field) string {
	var about []string
	if day != record.NoDay {
		about = append(about, page.Date(p, timeOf(day)))
	}
	missing := 0
	for _, x := range fields {
		if x.Missing && !x.Optional {
			missing++
		}
	}
	if missing > 0 {
		about = append(about, p.T("form.row_missing", "n", missing))
	}
	return strings.Join(about, " · ")
}

func timeOf(d record.Day) time.Time {
	t, _ := time.Parse(time.DateOnly, d.String())
	return t
}

// SupportRow gives one support: when, which, on what ground, by whom.
func SupportRow(p *locale.Printer, cb *codebook.Codebook, f *record.Form, id string) Row {
	return rowOf(p, cb, f, codebook.OfSupport, id, supportColumns(cb))
}

// RiskRow gives one assessment. Its value follows the instrument: points, three words, or
// a number between ends that are stated.
func RiskRow(p *locale.Printer, cb *codebook.Codebook, f *record.Form, id string) Row {
	r := rowOf(p, cb, f, codebook.OfRisk, id, riskColumns(cb))
	scale := scaleOf(cb, f, id)
	for i := range r.Fields {
		x := &r.Fields[i]
		switch _, _, name := record.SplitField(x.Name); name {
		case codebook.Estimate, codebook.OwnEstimate:
			x.onScale(p, cb, scale)
			x.Optional, x.Half = name == codebook.OwnEstimate, true
		case codebook.ScaleFrom, codebook.ScaleTill:
			x.OnScale, x.Away = codebook.FreeScale, scale != codebook.FreeScale
			x.Optional = true
		case codebook.NextAssessment:
			x.Optional = true
		}
		x.dropStates()
	}
	return r
}

func rowOf(p *locale.Printer, cb *codebook.Codebook, f *record.Form, level codebook.Level, id string, columns []string) Row {
	r := Row{Field: record.Field(level, id, "")}
	for _, name := range columns {
		x := Of(p, cb, f, record.Field(level, id, name))
		x.Optional = name == codebook.SupportEnded
		x.Half = x.Control == "day" || x.Control == "text" || len(x.Options) > 0 && len(x.Options) <= 3
		x.dropStates()
		r.Fields = append(r.Fields, x)
	}
	return r
}

// dropStates takes away the reasons for no answer where no answer needs no reason, and what
// is written can be taken away again.
func (x *Field) dropStates() {
	if x.Optional && (x.Control == "day" || x.Control == "text") && !x.SetAside() {
		x.States = nil
	}
}

// Typed gives the field with an answer that was posted and could not be saved, as it was
// typed; what its row decided (the scale, whether it is asked) stands.
func (x Field) Typed(p *locale.Printer, cb *codebook.Codebook, a record.Answer) Field {
	a.Version = x.Seen
	y := Show(p, cb, x.Name, a)
	y.Optional, y.Half, y.OnScale, y.Away = x.Optional, x.Half, x.OnScale, x.Away
	if x.Control == "scale" {
		y.onScale(p, cb, x.Scale)
	}
	y.dropStates()
	y.Checks = x.Checks
	return y
}

// supportColumns and riskColumns are the columns of a row in the order in which they are
// asked: those named first, then whatever else the codebook has on the level.
func supportColumns(cb *codebook.Codebook) []string {
	return columnsOf(cb, codebook.OfSupport, keyOf(cb.Role(codebook.SupportBegan)), codebook.SupportEnded,
		keyOf(cb.Role(codebook.Support)), keyOf(cb.Role(codebook.SupportBasis)), codebook.SupportProvider)
}

func riskColumns(cb *codebook.Codebook) []string {
	return columnsOf(cb, codebook.OfRisk, codebook.AssessedOn, codebook.AssessedIn, keyOf(cb.Role(codebook.Risk)),
		codebook.ScaleFrom, codebook.ScaleTill, codebook.Estimate, codebook.OwnEstimate, codebook.NextAssessment)
}

func columnsOf(cb *codebook.Codebook, level codebook.Level, ordered ...string) (columns []string) {
	has := map[string]bool{}
	var all []string
	for _, v := range slices.Concat(cb.Variables, cb.Fields) {
		if v.Level == level {
			has[v.Key()] = true
			all = append(all, v.Key())
		}
	}
	for _, name := range append(ordered, all...) {
		if has[name] && !slices.Contains(columns, name) {
			columns = append(columns, name)
		}
	}
	return columns
}

func keyOf(v *codebook.Variable) string {
	if v == nil {
		return ""
	}
	return v.Key()
}

// scaleOf gives the scale of the instrument that a row has chosen; empty before one is.
func scaleOf(cb *codebook.Codebook, f *record.Form, id string) string {
	v := cb.Role(codebook.Risk)
	if v == nil {
		return ""
	}
	value, _ := v.Parse(f.Get(record.Field(codebook.OfRisk, id, v.Key())).Value)
	for _, n := range value.Codes {
		if c := v.Code(n); c != nil {
			return c.Scale
		}
	}
	return ""
}

// onScale makes a number into what a scale of words asks for, with the number beside for
// the other scales: which of the two is asked changes with the instrument.
func (x *Field) onScale(p *locale.Printer, cb *codebook.Codebook, scale string) {
	words := cb.Scale(codebook.Ordinal)
	if words == nil {
		return
	}
	x.Control, x.Scale = "scale", scale
	x.addStates(p)
	if scale == codebook.Ordinal {
		x.Value = "" // it is one of the words
	}
	x.Hint = p.T("form.scale_first")
	if s := cb.Scale(scale); s != nil {
		x.Hint = s.Label.In(p.Lang())
	}
	for _, l := range words.Levels {
		value := strconv.Itoa(l.Value)
		x.Options = append(x.Options, Option{ID: x.Prefix + "-" + value, Value: value, Code: value, Text: l.Label.In(p.Lang()), Checked: scale == codebook.Ordinal && x.Raw == value})
	}
}
