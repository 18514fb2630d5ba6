package cases

import (
	"net/url"
	"slices"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/web/form"
	"foljsam/internal/web/visit"
)

// The buttons of a case's forms.
const (
	button  = "gor"
	onward  = "vidare"
	leave   = "lamna"
	decided = "val."   // which of two answers stands: mine or theirs
	between = "strid." // the page asked which
	mine    = "mitt"
	theirs  = "nytt"
)

// SavePhase saves all fields of a posted phase. What could be saved is; what could not
// comes back as it was typed, with why.
func SavePhase(v *visit.Visit) error {
	phase, err := phaseIn(v)
	if err != nil {
		return err
	}
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	id := v.R.PathValue("id")
	cb, err := v.App.CaseBook(v.R.Context(), v.By(), id)
	if err != nil {
		return err
	}
	edits := editsIn(cb, posted)
	pressed := posted.Get(form.ButtonName)
	row, edits, err := pressRow(v, id, pressed, edits)
	if err != nil {
		return err
	}
	saved, err := v.App.Save(v.R.Context(), v.By(), id, edits)
	if err != nil {
		return err
	}
	if strings.HasSuffix(pressed, "+") {
		level := codebook.Level(strings.TrimSuffix(pressed, "+"))
		added, again, err := v.App.AddRow(v.R.Context(), v.By(), id, level)
		if err != nil {
			return err
		}
		saved.View, row = again.View, record.Field(level, added, "")
	}
	if t := typedIn(edits, saved); t != nil {
		return v.Again(phaseOf(id, phase)+partOf(v), t)
	}
	if row == "" && saved.Closes() && len(oddDates(saved.View)) > 0 { // the page warns of it
		row = saved.View.Book.Role(codebook.Closing).Key()
	}
	return v.Redirect(nextOf(v, saved.View, phase, posted.Get(button), row))
}

// oddDates gives what looks wrong about the closing date beside the case's other dates.
func oddDates(c *app.CaseView) (all []codebook.Check) {
	for _, k := range c.Warnings {
		if k.Orders(codebook.Closing) {
			all = append(all, k)
		}
	}
	return all
}

// editsIn gives the answers that were posted, in the order of their names. A page that
// asked which of two answers stands, and got no reply, has not shown the newer one.
func editsIn(cb *codebook.Codebook, posted url.Values) (edits []app.Edit) {
	for _, field := range slices.Sorted(slices.Values(form.OnPage(cb, posted))) {
		if ours(record.VariableOf(cb, field)) || field == codebook.Exclusion {
			continue
		}
		a, seen, present := form.Read(cb, posted, field)
		choice := posted.Get(decided + field)
		if !present || choice == theirs {
			continue
		}
		if posted.Has(between+field) && choice != mine {
			seen = versionOf(posted.Get(between + field))
		}
		edits = append(edits, app.Edit{Field: field, Answer: a, Seen: seen})
	}
	return edits
}

// pressRow adds what a button of rows asks for to the edits. A new row is added after the
// rest is saved.
func pressRow(v *visit.Visit, id, pressed string, edits []app.Edit) (row string, all []app.Edit, err error) {
	if pressed == "" {
		return "", edits, nil
	}
	c, err := v.App.Case(v.R.Context(), v.By(), id)
	if err != nil {
		return "", nil, err
	}
	field, a, ok := form.RowButton(c.Filed.Form, pressed)
	if !ok {
		return "", nil, fault.New(fault.Usage, "visit.bad_form")
	}
	if !strings.HasSuffix(pressed, "+") {
		edits = append(edits, app.Edit{Field: field, Answer: a, Seen: c.Filed.Form.Get(field).Version})
	}
	return field, edits, nil
}

// nextOf says where a save leads: on, out, or back to the row that was added.
func nextOf(v *visit.Visit, c *app.CaseView, phase codebook.Phase, pressed, row string) string {
	id := c.Filed.ID
	switch {
	case row != "":
		return placeOf(v, c, row)
	case pressed == leave:
		return toDo
	case pressed != onward:
		return phaseOf(id, phase)
	}
	if phase == codebook.After && c.Cover.Standing == record.Shut {
		return addressOf(id, closed)
	}
	cb := v.App.Codebook()
	for i, p := range cb.Phases {
		if p.ID == phase && i+1 < len(cb.Phases) {
			return phaseOf(id, cb.Phases[i+1].ID)
		}
	}
	if c.Cover.Standing == record.Open {
		return addressOf(id, closing)
	}
	return toDo
}
