package cases

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/form"
	"foljsam/internal/web/visit"
)

// savedField is what a script is told when a field was saved.
type savedField struct {
	At       string         `json:"tid"`
	Value    string         `json:"varde"`   // as it is kept
	Version  int            `json:"version"` // of the case
	Seen     map[string]int `json:"sett"`    // the version of the field
	Warnings []warning      `json:"varningar"`
	Phases   []phaseCount   `json:"faser"`
	Follow   []otherField   `json:"foljer,omitempty"` // fields that the same save changed with it
	Others   []otherField   `json:"andra,omitempty"`  // fields that were changed elsewhere meanwhile
	Row      *rowTitle      `json:"rad,omitempty"`
}

// rowTitle is what a row is called, now that the field is saved.
type rowTitle struct {
	Field string `json:"falt"`
	Title string `json:"rubrik"`
	About string `json:"om"`
}

type warning struct {
	Field string `json:"falt"`
	Text  string `json:"text"`
}

type phaseCount struct {
	Phase codebook.Phase `json:"fas"`
	Done  int            `json:"klart"`
	Of    int            `json:"av"`
}

// otherField is an answer as it stands now, for a page that shows an older one.
type otherField struct {
	Field   string       `json:"falt"`
	Text    string       `json:"text"`
	Shown   string       `json:"visas"`
	Value   string       `json:"varde"`
	State   record.State `json:"lage"`
	Comment string       `json:"kommentar"`
	Seen    int          `json:"sett"`
}

// SaveField saves one field for a script, which says its name (falt) and what the page
// showed of it, as in a whole posted form.
func SaveField(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	field, id := posted.Get("falt"), v.R.PathValue("id")
	cb, err := v.App.CaseBook(v.R.Context(), v.By(), id)
	if err != nil {
		return err
	}
	variable := record.VariableOf(cb, field)
	if variable == nil || ours(variable) || field == codebook.Exclusion {
		return fault.New(fault.Invalid, "record.no_such_field")
	}
	a, seen, present := form.Read(cb, posted, field)
	if !present {
		return fault.New(fault.Usage, "visit.bad_form")
	}
	saved, err := v.App.Save(v.R.Context(), v.By(), id, []app.Edit{{Field: field, Answer: a, Seen: seen, Explicit: true}})
	switch {
	case err != nil:
		return err
	case len(saved.Refused) > 0:
		return saved.Refused[0].Err
	case len(saved.Conflicts) > 0:
		return v.JSON(http.StatusConflict, conflictIn(v, saved))
	}
	reply := replyTo(v, field, saved)
	if since, err := strconv.Atoi(v.R.URL.Query().Get("sedan")); err == nil {
		if reply.Others, err = others(v, saved, field, since); err != nil {
			return err
		}
	}
	return v.JSON(http.StatusOK, reply)
}

// others gives the fields that were changed elsewhere, by somebody else or in another window
// of the person's own, since the page last heard of the
// case: every save of the page itself moves what it has heard of.
func others(v *visit.Visit, s app.Saved, field string, since int) (all []otherField, err error) {
	var by map[int]app.Saver
	for name, a := range s.View.Filed.Form.Answers {
		if x := record.VariableOf(s.View.Book, name); name == field || a.Version <= since || x != nil && ours(x) || slices.Contains(s.Changed, name) {
			continue
		}
		if by == nil {
			if by, err = v.App.Savers(v.R.Context(), v.By(), s.View.Filed.ID, since); err != nil {
				return nil, err
			}
		}
		all = append(all, otherOf(v, s.View, name, changedBy(v.Text, by[a.Version])))
	}
	slices.SortFunc(all, func(a, b otherField) int { return strings.Compare(a.Field, b.Field) })
	return all, nil
}

func changedBy(p *locale.Printer, who app.Saver) string {
	switch {
	case who.Own:
		return p.T("cases.changed_elsewhere")
	case who.Name == "":
		return p.T("cases.changed_meanwhile")
	}
	return p.T("cases.changed_by", "vem", who.Name)
}

func conflictIn(v *visit.Visit, s app.Saved) otherField {
	c := s.Conflicts[0]
	return otherOf(v, s.View, c.Field, differsText(v, c))
}

func otherOf(v *visit.Visit, c *app.CaseView, field, text string) otherField {
	cb, a := c.Book, c.Filed.Form.Get(field)
	return otherField{field, text, orNone(v.Text, say(v.Text, cb, field, a)), a.Value, a.State, a.Comment, a.Version}
}

func replyTo(v *visit.Visit, field string, s app.Saved) savedField {
	cb, p := s.View.Book, v.Text
	f := s.View.Filed.Form
	a := f.Get(field)
	r := savedField{At: v.Clock(s.At), Value: a.Value, Version: f.Version, Seen: map[string]int{field: a.Version}, Warnings: warningsOf(v, s.View)}
	for _, text := range form.Identifying(p, record.VariableOf(cb, field).Kind, a) {
		r.Warnings = append(r.Warnings, warning{field, text})
	}
	for _, name := range s.Changed {
		if name != field && record.VariableOf(cb, name) != nil {
			r.Follow = append(r.Follow, otherOf(v, s.View, name, v.Text.T("cases.other_scale")))
		}
	}
	r.Row = titleOf(v, s.View, field)
	for _, x := range s.View.Progress {
		r.Phases = append(r.Phases, phaseCount{x.Phase, x.Done, x.Of})
	}
	return r
}

// titleOf gives what the row of a field is called; nil for a field of no row.
func titleOf(v *visit.Visit, c *app.CaseView, field string) *rowTitle {
	level, row, _ := record.SplitField(field)
	if row == "" {
		return nil
	}
	for _, x := range newestFirst(v, c, level).Rows {
		if x.Field == record.Field(level, row, "") {
			return &rowTitle{x.Field, x.Title, x.About}
		}
	}
	return nil
}

// warningsOf gives what the codebook's checks find, each with the field or the rows that
// it stands at.
func warningsOf(v *visit.Visit, c *app.CaseView) []warning {
	all := []warning{}
	for _, k := range c.Warnings {
		field, level := form.AboutWhat(c.Book, k)
		if field == "" {
			field = string(level)
		}
		all = append(all, warning{field, k.Text.In(v.Text.Lang())})
	}
	return all
}
