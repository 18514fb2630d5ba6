package cases

import (
	"slices"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/web/form"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// phasePage is one phase of a case, to be filled in.
type phasePage struct {
	Head    head
	Title   string
	Owner   string // whose page it is
	Post    string // where the form goes
	Field   string // where a script saves one field
	Version int    // of the case, as the page shows it
	Items   []item
	Differs []differ
	Discuss item
	Last    bool   // there is no phase after this one
	Aside   int    // questions that were set aside
	Typed   bool   // some of it could not be saved; the rest is
	Asked   string // how the client was asked last
}

// item is one thing that is asked: a field of the case, or rows.
type item struct {
	Field form.Field
	Rows  *form.Rows
	Newer string // address of rows that are newer than those shown
	Older string
	Was   *was // what was answered the first time
}

// was is the answer that stood before a question was asked again.
type was struct{ Question, Answer string }

// Resume leads to where the case was left: the field that was changed last. Where its part is
// complete it leads on, to the next part that lacks an answer.
func Resume(v *visit.Visit) error {
	c, err := caseOf(v)
	if err != nil {
		return err
	}
	return v.Redirect(resumeAt(v, c))
}

func resumeAt(v *visit.Visit, c *app.CaseView) string {
	at := phaseFor(c.Book, c.Filed.Last)
	from := slices.IndexFunc(c.Progress, func(p record.Progress) bool { return p.Phase == at })
	lacks := func(p record.Progress) bool { return p.Due && len(p.Missing) > 0 }
	if from < 0 || !lacks(c.Progress[from]) {
		for _, p := range c.Progress[from+1:] {
			if lacks(p) {
				return placeOf(v, c, p.Missing[0])
			}
		}
	}
	if last := placeOf(v, c, c.Filed.Last); last != "" {
		return last
	}
	return phaseOf(c.Filed.ID, c.Book.Phases[0].ID)
}

// phaseFor gives the phase that asks for a field; empty for a field that no phase asks for.
func phaseFor(cb *codebook.Codebook, field string) codebook.Phase {
	if field == "" {
		return ""
	}
	if v := record.VariableOf(cb, field); v != nil && v.Phase != "" {
		return v.Phase
	}
	level, row, _ := record.SplitField(field)
	if row == "" {
		level = codebook.Level(field)
	}
	for _, v := range cb.Variables {
		if v.Level == level && level != codebook.OfCase {
			return v.Phase
		}
	}
	return ""
}

// anchorOf gives the place of a field on its page.
func anchorOf(field string) string {
	level, row, name := record.SplitField(field)
	switch {
	case level == codebook.OfCase && (name == string(codebook.OfSupport) || name == string(codebook.OfRisk)):
		return "#" + name
	case row != "" && name == "":
		return "#r-" + string(level) + "-" + row
	case row != "":
		return "#f-" + string(level) + "-" + row + "-" + name
	}
	return "#f-" + name
}

// Phase shows a phase.
func Phase(v *visit.Visit) error {
	phase, err := phaseIn(v)
	if err != nil {
		return err
	}
	c, err := caseOf(v)
	if err != nil {
		return err
	}
	return showPhase(v, c, phase, keptOf(v, c))
}

func phaseIn(v *visit.Visit) (codebook.Phase, error) {
	phase := codebook.Phase(v.R.PathValue("fas"))
	if v.App.Codebook().Phase(phase) == nil {
		return "", fault.New(fault.NotFound, "visit.not_found")
	}
	return phase, nil
}

func showPhase(v *visit.Visit, c *app.CaseView, phase codebook.Phase, t *typed) error {
	cb := c.Book
	x := phasePage{
		Head: headOf(v, c, phase), Title: cb.Phase(phase).In(v.Text.Lang()), Owner: v.Owner(), Post: phaseOf(c.Filed.ID, phase) + partOf(v), Field: addressOf(c.Filed.ID, "/falt"),
		Version: c.Filed.Form.Version, Items: itemsOf(v, c, phase, t), Discuss: fieldItem(v, c, codebook.Discuss, t),
		Last: cb.Phases[len(cb.Phases)-1].ID == phase,
	}
	x.Head.Here = string(phase)
	for _, p := range c.Progress {
		if p.Phase == phase {
			x.Aside = p.Aside
		}
	}
	var err error
	if phase == codebook.Survey {
		if x.Asked, err = lastAsked(v, c); err != nil {
			return err
		}
	}
	f := frameOf(v, c, x.Title+" – "+v.Text.T("cases.case"))
	f.Saves = true
	before, err := earlier(v, c)
	if err != nil {
		return err
	}
	f.Messages = append(append(f.Messages, notes(v.Text, x.Head)...), before...)
	if t != nil {
		x.Typed, x.Differs = true, t.differs(v, cb)
		f.Status, f.Faults = 422, t.faults(append(slices.Clone(x.Items), x.Discuss))
	}
	return v.Show("cases-phase.html", f, x)
}

// lastAsked says when and how the client was asked last, and how far it came; that it never
// was, where so.
func lastAsked(v *visit.Visit, c *app.CaseView) (string, error) {
	s, err := v.App.LastAsked(v.R.Context(), v.By(), c)
	if err != nil {
		return "", err
	}
	if s == nil {
		for _, p := range c.Progress {
			if p.Phase == codebook.Survey && p.Done > 0 {
				return "", nil // it was entered here, or set aside
			}
		}
		return v.Text.T("survey_staff.never_asked"), nil
	}
	return v.Text.T("survey_staff.asked_once", "dag", v.Date(s.Given), "hur", v.Text.T("survey_staff.mode_"+string(s.Mode)), "vem", s.By, "lage", v.Text.T("survey_staff.state_"+string(s.State))), nil
}

// notes says what one should know of a case that is not open.
func notes(p *locale.Printer, h head) []page.Message {
	if h.Excluded {
		return []page.Message{{Kind: page.Info, Text: p.T("cases.excluded_note"), Link: &page.Link{Address: h.Address + excluding, Text: p.T("cases.include_link")}}}
	}
	return nil
}

// itemsOf gives what a phase asks, in the codebook's order: rows stand where the first of
// their variables does.
func itemsOf(v *visit.Visit, c *app.CaseView, phase codebook.Phase, t *typed) (items []item) {
	cb, rows := c.Book, map[codebook.Level]bool{}
	for _, x := range slices.Concat(cb.Variables, cb.Fields, cb.Local) {
		switch {
		case x.Phase != phase || rows[x.Level]:
		case x.Level == codebook.OfCase:
			items = append(items, fieldItem(v, c, x.Key(), t))
		default:
			rows[x.Level] = true
			items = append(items, rowsItem(v, c, x.Level, t))
		}
	}
	return items
}

// fieldItem gives a field as it stands or as it was typed, with what is odd about it.
func fieldItem(v *visit.Visit, c *app.CaseView, field string, t *typed) item {
	cb, p := c.Book, v.Text
	x := t.show(v, cb, form.Of(p, cb, c.Filed.Form, field))
	variable := record.VariableOf(cb, field)
	switch variable.Role {
	case codebook.Municipality:
		x.Field = x.Field.Shown(place.NameOf(c.Filed.Form.Get(field).Value))
	case codebook.Caseworker:
		x.Field = x.Field.Shown(c.Worker)
	case codebook.Client:
		x.Field = x.Field.Shown(c.ClientCode)
	}
	if field == codebook.PerpetratorAtClosing {
		x.Was = wasOf(p, cb, c.Filed.Form, variable)
	}
	for _, k := range c.Warnings {
		if about, _ := form.AboutWhat(cb, k); about == field {
			x.Field = x.Field.Warn(k.Text.In(p.Lang()))
		}
	}
	return x
}

// wasOf gives the answer to the question that a field asks again.
func wasOf(p *locale.Printer, cb *codebook.Codebook, f *record.Form, again *codebook.Variable) *was {
	first := cb.Role(again.Like)
	if first == nil {
		return nil
	}
	answer := say(p, cb, first.Key(), f.Get(first.Key()))
	if answer == "" {
		answer = p.T("form.empty")
	}
	return &was{p.T("cases.was", "fas", cb.Phase(first.Phase).In(p.Lang())), answer}
}

func rowsItem(v *visit.Visit, c *app.CaseView, level codebook.Level, t *typed) item {
	rows := newestFirst(v, c, level)
	newer, older := part(v, &rows)
	for i := range rows.Rows {
		r := &rows.Rows[i]
		for k := range r.Fields {
			r.Fields[k] = t.show(v, c.Book, r.Fields[k]).Field
			r.Open = r.Open || r.Fields[k].Fault != ""
		}
	}
	for _, k := range c.Warnings {
		if _, about := form.AboutWhat(c.Book, k); about == level {
			rows.Checks = append(rows.Checks, k.Text.In(v.Text.Lang()))
		}
	}
	return item{Rows: &rows, Newer: newer, Older: older}
}
