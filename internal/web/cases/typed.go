package cases

import (
	"maps"
	"slices"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/form"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// typed is what came of a save that the page must show: answers as they were typed.
type typed struct {
	at      int // the version of the case that they were typed beside
	answers map[string]record.Answer
	refused map[string]error
	differ  map[string]app.FieldConflict
	doubt   doubted
}

// differ is an answer that somebody else changed while the person had the page open: the
// person chooses which one stands.
type differ struct{ Field, ID, Name, Text, Theirs, Mine string }

// typedIn gives what the page must show again; nil where everything was saved.
func typedIn(edits []app.Edit, s app.Saved) *typed {
	if len(s.Refused) == 0 && len(s.Conflicts) == 0 {
		return nil
	}
	t := typedAs(edits, s)
	for _, x := range s.Refused {
		t.refused[x.Field] = x.Err
	}
	for _, x := range s.Conflicts {
		t.differ[x.Field] = x
	}
	return t
}

// typedAs gives answers as they were typed, beside what stands now.
func typedAs(edits []app.Edit, s app.Saved) *typed {
	t := &typed{at: s.View.Filed.Form.Version, answers: map[string]record.Answer{}, refused: map[string]error{}, differ: map[string]app.FieldConflict{}}
	for _, e := range edits {
		t.answers[e.Field] = e.Answer
	}
	return t
}

// keptOf gives what the page must show again of a case, from an earlier post. What has been
// answered since is no longer among it.
func keptOf(v *visit.Visit, c *app.CaseView) *typed {
	t, ok := v.Kept().(*typed)
	if !ok {
		return nil
	}
	answered := func(field string) bool { return c.Filed.Form.Get(field).Version > t.at }
	now := *t
	now.refused, now.differ = maps.Clone(t.refused), maps.Clone(t.differ)
	maps.DeleteFunc(now.refused, func(field string, _ error) bool { return answered(field) })
	maps.DeleteFunc(now.differ, func(field string, _ app.FieldConflict) bool { return answered(field) })
	if len(now.refused)+len(now.differ) == 0 {
		return nil
	}
	return &now
}

// show gives a field as it was typed where it could not be saved, with why.
func (t *typed) show(v *visit.Visit, cb *codebook.Codebook, x form.Field) item {
	if t == nil {
		return item{Field: x}
	}
	if c, ok := t.differ[x.Name]; ok {
		return t.beside(v, cb, x, c)
	}
	err, ok := t.refused[x.Name]
	if !ok {
		return item{Field: x}
	}
	return item{Field: x.Typed(v.Text, cb, t.answers[x.Name]).With(v.Text, err)}
}

// beside gives a field with the person's own answer in it, and somebody else's beside. That
// the page has now shown the other's is in it: saving again keeps one's own.
func (t *typed) beside(v *visit.Visit, cb *codebook.Codebook, x form.Field, c app.FieldConflict) item {
	own := x.Typed(v.Text, cb, c.Mine)
	own.Fault = differsText(v, c)
	return item{Field: own}
}

// differsText says who changed an answer meanwhile, and when.
func differsText(v *visit.Visit, c app.FieldConflict) string {
	if c.Own {
		return v.Text.T("cases.differs_own", "tid", v.Clock(c.At))
	}
	return v.Text.T("cases.differs", "vem", c.By, "tid", v.Clock(c.At))
}

func (t *typed) differs(v *visit.Visit, cb *codebook.Codebook) (all []differ) {
	p := v.Text
	for _, field := range slices.Sorted(maps.Keys(t.differ)) {
		c := t.differ[field]
		all = append(all, differ{
			Field: field, ID: strings.ReplaceAll(field, ".", "-"), Name: name(p, cb, field), Text: differsText(v, c),
			Theirs: orNone(p, say(p, cb, field, c.Theirs)), Mine: orNone(p, say(p, cb, field, c.Mine)),
		})
	}
	return all
}

func orNone(p *locale.Printer, text string) string {
	if text == "" {
		return p.T("form.empty")
	}
	return text
}

func faultsOf(items []item) (all []page.Fault) {
	for _, x := range items {
		if x.Rows == nil {
			all = append(all, form.Faults([]form.Field{x.Field})...)
			continue
		}
		for _, r := range x.Rows.Rows {
			all = append(all, form.Faults(r.Fields)...)
		}
	}
	return all
}

// faults gives the summary of what was not saved: where there is a choice, it leads to it.
func (t *typed) faults(items []item) []page.Fault {
	all := faultsOf(items)
	for i, x := range all {
		for field := range t.differ {
			if x.ID == "f-"+strings.ReplaceAll(field, ".", "-") {
				all[i].ID = "strid-" + strings.TrimPrefix(x.ID, "f-")
			}
		}
	}
	return all
}
