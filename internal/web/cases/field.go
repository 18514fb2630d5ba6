package cases

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
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
	Others   []otherField   `json:"andra,omitempty"` // fields that somebody else changed meanwhile
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
		reply.Others = others(v, saved, field, since)
	}
	return v.JSON(http.StatusOK, reply)
}

// others gives the fields that somebody else has changed since the page last heard of the
// case: every save of the page itself moves what it has heard of.
func others(v *visit.Visit, s app.Saved, field string, since int) (all []otherField) {
	for name, a := range s.View.Filed.Form.Answers {
		if x := record.VariableOf(s.View.Book, name); name == field || a.Version <= since || x != nil && ours(x) || slices.Contains(s.Changed, name) {
			continue
		}
		all = append(all, otherOf(v, s.View, name, v.Text.T("cases.changed_meanwhile")))
	}
	slices.SortFunc(all, func(a, b otherField) int { return strings.Compare(a.Field, b.Field) })
	return all
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
	r := savedField{At: clock(v, s.At), Value: a.Value, Version: f.Version, Seen: map[string]int{field: a.Version}, Warnings: warningsOf(v, s.View)}
	for _, text := range form.Identifying(p, record.VariableOf(cb, field).Kind, a) {
		r.Warnings = append(r.Warnings, warning{field, text})
	}
	for _, x := range s.View.Progress {
		r.Phases = append(r.Phases, phaseCount{x.Phase, x.Done, x.Of})
	}
	return r
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
