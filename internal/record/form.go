package record

import (
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
)

// A Form is one case as it is registered: the answer of every field, what was said about
// it, and the save at which it was last changed. It is what the register keeps; a [Case]
// is what is counted and sent.
//
// A field is named by its variable or column: "14"; in a row by level, row and name:
// "insats.2.118", "risk.1.skattning". The row itself is a field too ("insats.2").
type Form struct {
	Version int               `json:"-"` // number of saves; 0 before the first
	Answers map[string]Answer `json:"a"`
}

// Answer is what stands in a field.
type Answer struct {
	State   State  `json:"s,omitempty"`
	Value   string `json:"v,omitempty"` // as the cell of an extract: "1|3", "34", "2024-05-08"; free text as written
	Comment string `json:"k,omitempty"`
	Version int    `json:"n"` // the save at which it was last changed
}

// State tells what an answer is when it is not a value.
type State string

const (
	Answered      State = ""           // Value holds it; empty: nothing is registered
	NotApplicable State = "ej_aktuell" // the question does not concern the case: counts as complete
	Impossible    State = "gar_ej"     // it cannot be answered: counts as complete
	Present       State = "rad"        // of a row: it is there
	Removed       State = "borttagen"  // of a row: it was taken away, and can be put back
)

// Empty tells whether nothing is registered.
func (a Answer) Empty() bool { return a.State == Answered && a.Value == "" }

// Same tells whether two answers say the same, whenever it was said.
func (a Answer) Same(b Answer) bool {
	return a.State == b.State && a.Value == b.Value && a.Comment == b.Comment
}

// Change is what one save did to one field.
type Change struct {
	Field string `json:"f"`
	Old   Answer `json:"o"`
	New   Answer `json:"n"`
}

// NewForm gives an empty form.
func NewForm() *Form { return &Form{Answers: map[string]Answer{}} }

// Field names a field of a row, or of the case where row is empty.
func Field(level codebook.Level, row, name string) string {
	if level == codebook.OfCase {
		return name
	}
	if name == "" {
		return string(level) + "." + row
	}
	return string(level) + "." + row + "." + name
}

// SplitField reads a field's name. name is empty where the field is a row itself.
func SplitField(field string) (level codebook.Level, row, name string) {
	first := strings.IndexByte(field, '.')
	if first < 0 {
		return codebook.OfCase, "", field
	}
	level, row = codebook.Level(field[:first]), field[first+1:]
	if second := strings.IndexByte(row, '.'); second >= 0 {
		row, name = row[:second], row[second+1:]
	}
	return level, row, name
}

// VariableOf gives the variable or field that a field's name means; nil where the codebook
// has none, and for a row itself.
func VariableOf(cb *codebook.Codebook, field string) *codebook.Variable {
	level, row, name := SplitField(field)
	if level != codebook.OfCase && !isRow(row) {
		return nil
	}
	if n, ok := plainNumber(name); ok {
		if v := cb.Variable(n); v != nil && v.Level == level {
			return v
		}
		return nil
	}
	return cb.Field(level, name)
}

func isRow(id string) bool {
	n, ok := plainNumber(id)
	return ok && n < 1000
}

// plainNumber reads a whole number above 0 that is written as we write it.
func plainNumber(s string) (n int, ok bool) {
	if s == "" || len(s) > 6 || s[0] == '0' {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// Get gives the answer of a field.
func (f *Form) Get(field string) Answer { return f.Answers[field] }

// Rows gives the ids of the rows on a level that are there, in the order in which they
// were added.
func (f *Form) Rows(level codebook.Level) []string { return f.rows(level, Present) }

// RemovedRows gives the ids of the rows that were taken away.
func (f *Form) RemovedRows(level codebook.Level) []string { return f.rows(level, Removed) }

func (f *Form) rows(level codebook.Level, state State) []string {
	var all []int
	for field, a := range f.Answers {
		if a.State != state {
			continue
		}
		if n, ok := rowField(level, field); ok {
			all = append(all, n)
		}
	}
	if len(all) == 0 {
		return nil
	}
	slices.Sort(all)
	ids := make([]string, len(all))
	for i, n := range all {
		ids[i] = strconv.Itoa(n)
	}
	return ids
}

// rowField gives the number of the row that a field is, on a level.
func rowField(level codebook.Level, field string) (int, bool) {
	if len(field) <= len(level) || level == codebook.OfCase || field[len(level)] != '.' || field[:len(level)] != string(level) {
		return 0, false
	}
	return plainNumber(field[len(level)+1:])
}

// NextRow gives the id that a new row on a level gets: ids are not used again.
func (f *Form) NextRow(level codebook.Level) string { return strconv.Itoa(f.lastRow(level) + 1) }

func (f *Form) lastRow(level codebook.Level) (last int) {
	for field := range f.Answers {
		if n, ok := rowField(level, field); ok {
			last = max(last, n)
		}
	}
	return last
}

// Set answers some fields in one save, and gives what changed; nothing changed is no save.
// Answers are checked before ([Check]); here only the form of the field's name is. A field
// of a row that is not there adds the row, which must be the next one; one of a row that was
// taken away is refused.
func (f *Form) Set(cb *codebook.Codebook, answers map[string]Answer) ([]Change, error) {
	if err := f.checkRows(answers); err != nil {
		return nil, err
	}
	fields, err := f.asked(cb, answers)
	if err != nil {
		return nil, err
	}
	if len(f.Answers) == 0 {
		f.Answers = make(map[string]Answer, len(fields))
	}
	changes := make([]Change, 0, len(fields))
	for _, field := range fields {
		a, said := answers[field]
		if !said {
			a = Answer{State: Present}
		}
		if old := f.Answers[field]; !old.Same(a) {
			a.Version = f.Version + 1
			changes = append(changes, Change{field, old, a})
			f.Answers[field] = a
		}
	}
	if len(changes) == 0 {
		return nil, nil
	}
	f.Version++
	return changes, nil
}

// asked gives the fields that some answers are of, by name, and the rows that they add: the
// row of a field that is answered, where it is not there and nothing else is said of it.
func (f *Form) asked(cb *codebook.Codebook, answers map[string]Answer) ([]string, error) {
	fields, rows := make([]string, 0, len(answers)+4), []string(nil)
	for field, a := range answers {
		level, row, name := SplitField(field)
		if VariableOf(cb, field) == nil && (level == codebook.OfCase || name != "" || !isRow(row)) {
			return nil, fault.New(fault.Invalid, "record.no_such_field")
		}
		fields = append(fields, field)
		if level == codebook.OfCase || name == "" || a.Empty() && a.Comment == "" {
			continue
		}
		owner := field[:len(field)-len(name)-1]
		if _, said := answers[owner]; !said && f.Answers[owner].Empty() && !slices.Contains(rows, owner) {
			rows = append(rows, owner)
		}
	}
	fields = append(fields, rows...)
	slices.Sort(fields)
	return fields, nil
}

// value gives a field's answer read by its variable's kind; not set where nothing is
// registered, and where the question is not applicable or cannot be answered.
func (f *Form) value(v *codebook.Variable, field string) codebook.Value {
	a := f.Answers[field]
	if a.State != Answered || a.Value == "" {
		return codebook.Value{}
	}
	x, _ := v.Parse(a.Value)
	return x
}

// Day gives the date in a field, NoDay where there is none.
func (f *Form) Day(v *codebook.Variable, field string) Day {
	a := f.Answers[field]
	if v.Kind != codebook.Date || a.State != Answered || a.Value == "" {
		return NoDay
	}
	d, ok := ParseDay([]byte(a.Value))
	if !ok {
		return NoDay
	}
	return d
}

// RoleDay gives the date of the case's variable with a role.
func (f *Form) RoleDay(cb *codebook.Codebook, r codebook.Role) Day {
	v := cb.Role(r)
	if v == nil {
		return NoDay
	}
	return f.Day(v, v.Key())
}

// Closed tells whether the case has a closing date.
func (f *Form) Closed(cb *codebook.Codebook) bool { return f.RoleDay(cb, codebook.Closing) != NoDay }

// Excluded tells whether the case was found not to be of the target group.
func (f *Form) Excluded() bool { return !f.Answers[codebook.Exclusion].Empty() }

// NextAssessment gives the earliest day of a stated next assessment that no later
// assessment has met; NoDay where there is none.
func (f *Form) NextAssessment(cb *codebook.Codebook) Day {
	next, on := cb.Field(codebook.OfRisk, codebook.NextAssessment), cb.Field(codebook.OfRisk, codebook.AssessedOn)
	if next == nil || on == nil {
		return NoDay
	}
	var made []Day
	rows := f.Rows(codebook.OfRisk)
	for _, r := range rows {
		made = append(made, f.Day(on, Field(codebook.OfRisk, r, on.Key())))
	}
	first := NoDay
	for i, r := range rows {
		due := f.Day(next, Field(codebook.OfRisk, r, next.Key()))
		later := slices.ContainsFunc(made, func(d Day) bool { return d != NoDay && made[i] != NoDay && d > made[i] })
		if due != NoDay && !later && (first == NoDay || due < first) {
			first = due
		}
	}
	return first
}

// Answers of a form, for the codebook's checks.
type formAnswers struct {
	f *Form
}

func (a formAnswers) Rows(l codebook.Level) int {
	if l == codebook.OfCase {
		return 1
	}
	return len(a.f.Rows(l))
}

func (a formAnswers) Value(v *codebook.Variable, row int) codebook.Value {
	if v.Level == codebook.OfCase {
		return a.f.value(v, v.Key())
	}
	return a.f.value(v, Field(v.Level, a.f.Rows(v.Level)[row], v.Key()))
}

// Warnings gives the codebook's checks that hold for the form on a day.
func (f *Form) Warnings(cb *codebook.Codebook, day Day) []codebook.Check {
	return cb.Warnings(formAnswers{f}, day.Time())
}
