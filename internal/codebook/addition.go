package codebook

import (
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"foljsam/internal/fault"
	"foljsam/internal/locale"
)

// Addition is what a municipality or a county asks beside the common variables. It is a file
// of its own, never a change of the common part. Its variables have columns instead of
// numbers, which begin with whose they are ("jamtland_placering"), so that those of several
// counties can stand side by side.
type Addition struct {
	To        string // id of the codebook that it is added to
	Prefix    string // what the columns that are made here begin with
	Title     Text
	Variables []*Variable
	Notes     []Note
}

// Note is what is added to the help of a common variable. The variable itself is as it was.
type Note struct {
	Of   int // number
	Text Text
}

// What an addition may at most hold, so that an uttag of it can be read by everybody.
const (
	MostLocal      = 100
	MostLocalCodes = 200
)

// LocalKinds are the kinds that a local variable may have. What identifies somebody, and
// where a case belongs, is never asked locally.
var LocalKinds = []Kind{One, Many, Number, Date, Free}

// LocalPhases are the phases that a local variable may be asked in: the client's survey asks
// only what is common.
var LocalPhases = []Phase{Background, Before, During, After}

var (
	localPrefix = regexp.MustCompile(`^[a-z][a-z0-9]{1,19}$`)
	localColumn = regexp.MustCompile(`^[a-z][a-z0-9]{1,19}(_[a-z0-9]+)+$`)
)

const longestColumn = 60

// PrefixOf gives what a local column's name begins with.
func PrefixOf(column string) string {
	prefix, _, _ := strings.Cut(column, "_")
	return prefix
}

// Named is a codebook's version by name: "su-kvinnofrid/2021", with local variables
// "su-kvinnofrid/2021+3".
func (c *Codebook) Named() string {
	if c.LocalVersion == 0 {
		return c.ID + "/" + c.Version
	}
	return c.ID + "/" + c.Version + "+" + strconv.Itoa(c.LocalVersion)
}

// LocalVersionIn reads which version of the local variables a name of [Codebook.Named] means.
func LocalVersionIn(name string) int {
	_, n, _ := strings.Cut(name, "+")
	version, _ := strconv.Atoi(n)
	return max(0, version)
}

// With gives the codebook with a version of local variables beside the common ones. They
// stand last in their phases, the first of each under a heading that says whose they are.
func (c *Codebook) With(a *Addition, version int) *Codebook {
	x := *c
	x.Local, x.Retired, x.LocalVersion = nil, nil, version
	headed := map[Phase]bool{}
	for _, v := range a.Variables {
		y := *v
		switch {
		case y.Retired:
			x.Retired = append(x.Retired, &y)
			continue
		case !headed[y.Phase]:
			y.Heading, headed[y.Phase] = localHeading(), true
		}
		x.Local = append(x.Local, &y)
	}
	x.note(a.Notes)
	return &x
}

// note puts notes on common variables: on copies of them, the others are shared.
func (c *Codebook) note(notes []Note) {
	if len(notes) == 0 {
		return
	}
	c.Variables, c.byNumber, c.byRole = slices.Clone(c.Variables), maps.Clone(c.byNumber), maps.Clone(c.byRole)
	for i, v := range c.Variables {
		at := slices.IndexFunc(notes, func(n Note) bool { return n.Of == v.Number })
		if at < 0 {
			continue
		}
		y := *v
		y.Note = notes[at].Text
		c.Variables[i], c.byNumber[y.Number] = &y, &y
		if y.Role != "" {
			c.byRole[y.Role] = &y
		}
	}
}

func localHeading() Text {
	t := Text{}
	for _, l := range locale.Staff {
		t[l] = locale.For(l).T("variables.local_heading")
	}
	return t
}

// ReadAddition reads a file of variables that are added to the codebook, as strictly as
// [Read] does.
func (c *Codebook) ReadAddition(name string, r io.Reader) (*Addition, []fault.Problem, error) {
	b, err := readAll(name, r)
	if err != nil {
		return nil, nil, err
	}
	f := &file{name: name, lines: map[string]int{}, local: true}
	var a *Addition
	if root := f.root(b); root != nil {
		a = f.addition(root)
		f.validateAddition(c, a)
	}
	if n := len(f.problems); n > 0 {
		return nil, f.problems, fault.New(fault.Invalid, "codebook.faults", "name", name, "n", n)
	}
	return a, nil, nil
}

func (f *file) addition(n *yaml.Node) *Addition {
	a := &Addition{}
	f.mapping(n, "", fields{
		"added_to": f.word(&a.To), "prefix": f.word(&a.Prefix), "title": f.text(&a.Title),
		"variables": func(n *yaml.Node, at string) {
			f.list(n, at, func(n *yaml.Node, at string) { a.Variables = append(a.Variables, f.localVariable(n, at)) })
		},
		"notes": func(n *yaml.Node, at string) {
			f.list(n, at, func(n *yaml.Node, at string) {
				var x Note
				f.mapping(n, at, fields{"variable": f.whole(&x.Of), "text": f.text(&x.Text)}, "variable", "text")
				a.Notes = append(a.Notes, x)
			})
		},
	}, "added_to", "prefix")
	return a
}

func (f *file) localVariable(n *yaml.Node, at string) *Variable {
	v := &Variable{Origin: Local, Level: OfCase}
	all := f.answers(v)
	delete(all, "noted")
	delete(all, "answer")
	all["level"] = pick(f, &v.Level, OfCase)
	all["kind"] = pick(f, &v.Kind, LocalKinds...)
	all["phase"] = pick(f, &v.Phase, LocalPhases...)
	all["column"] = f.word(&v.Column)
	all["question"] = f.text(&v.Question)
	all["comment"] = f.yes(&v.Comment)
	all["retired"] = f.yes(&v.Retired)
	all["when"] = f.word(&v.When)
	f.mapping(n, at, all, "column", "phase", "kind", "label", "question")
	v.Name = v.Label
	v.inheritOrigin()
	return v
}

// validateAddition looks at what the parts of an addition say together, and beside the
// codebook that it is added to.
func (f *file) validateAddition(c *Codebook, a *Addition) {
	if a.To != "" && a.To != c.ID {
		f.at("added_to", a.To, "variables.other_book", "id", c.ID)
	}
	if a.Prefix != "" && !localPrefix.MatchString(a.Prefix) {
		f.at("prefix", a.Prefix, "variables.local_prefix")
	}
	if len(a.Variables) > MostLocal {
		f.at("variables", strconv.Itoa(len(a.Variables)), "variables.local_many", "limit", MostLocal)
	}
	noted := map[int]bool{}
	for i, n := range a.Notes {
		switch at := fmt.Sprintf("notes[%d].variable", i+1); {
		case f.lines[at] == 0:
		case c.Variable(n.Of) == nil:
			f.at(at, strconv.Itoa(n.Of), "codebook.no_variable")
		case noted[n.Of]:
			f.at(at, strconv.Itoa(n.Of), "codebook.number_twice")
		}
		noted[n.Of] = true
	}
	seen := map[string]bool{}
	for i, v := range a.Variables {
		at := fmt.Sprintf("variables[%d]", i+1)
		switch {
		case v.Column == "":
		case !localColumn.MatchString(v.Column) || len(v.Column) > longestColumn || strings.HasSuffix(v.Column, "_etikett"):
			f.at(at+".column", v.Column, "variables.local_column")
		case seen[v.Column] || c.hasColumn(v.Column):
			f.at(at+".column", v.Column, "codebook.id_twice")
		}
		seen[v.Column] = true
		f.validateLocal(c, v, at)
	}
}

func (c *Codebook) hasColumn(column string) bool {
	return slices.ContainsFunc(c.Fields, func(v *Variable) bool { return v.Column == column })
}

func (f *file) validateLocal(c *Codebook, v *Variable, at string) {
	v.key = ""
	f.validateAnswers(v, at)
	if v.When != "" {
		v.when = c.parseRule(v.When, func(key string, args ...any) { f.at(at+".when", v.When, key, args...) })
		if slices.ContainsFunc(v.when, func(k clause) bool { x := c.Role(k.role); return x == nil || x.Level != OfCase || k.verb != "is" }) {
			f.at(at+".when", v.When, "variables.local_when")
		}
	}
	if len(v.Codes) > MostLocalCodes {
		f.at(at+".codes", strconv.Itoa(len(v.Codes)), "variables.local_codes", "limit", MostLocalCodes)
	}
	labels, open := map[string]bool{}, 0
	for i, x := range v.Codes {
		label := strings.ToLower(x.Label[locale.Swedish])
		if label != "" && labels[label] {
			f.at(fmt.Sprintf("%s.codes[%d].label", at, i+1), x.Label[locale.Swedish], "variables.label_twice")
		}
		labels[label] = true
		if !x.Retired {
			open++
		}
	}
	if len(v.Codes) >= 2 && open < 2 && !v.Retired {
		f.at(at+".codes", "", "codebook.few_codes")
	}
}

// Applies tells whether a local variable's question concerns a case.
func (c *Codebook) Applies(v *Variable, a Answers) bool {
	return !slices.ContainsFunc(v.when, func(k clause) bool { return !k.holds(c, a, 0, time.Time{}) })
}

// Condition is one part of when a local variable concerns a case: one of the codes is the
// answer to the variable, or among the answers.
type Condition struct {
	Of    *Variable
	Codes []int
}

// Conditions gives when a local variable concerns a case; none: always.
func (c *Codebook) Conditions(v *Variable) (all []Condition) {
	for _, k := range v.when {
		all = append(all, Condition{c.Role(k.role), k.nums})
	}
	return all
}

// Variable gives the addition's variable with a column, nil if there is none.
func (a *Addition) Variable(column string) *Variable {
	for _, v := range a.Variables {
		if v.Column == column {
			return v
		}
	}
	return nil
}
