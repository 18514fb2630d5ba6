package codebook

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// The language of a Check's rule. A rule is one or more clauses with "and" between
// them, and holds (warns) when all of them do. A clause is
//
//	ROLE set            there is an answer            (in the row that is looked at)
//	ROLE unset          there is none                 (in the row that is looked at)
//	ROLE some           there is an answer in some row of the case
//	ROLE none           there is none in any row of the case
//	ROLE is CODE|CODE   one of the codes is the answer, or among the answers
//	ROLE below NUMBER   the number is less
//	ROLE above NUMBER   the number is more
//	ROLE before ROLE    the day is earlier (ROLE or "today")
//	ROLE after ROLE     the day is later (ROLE or "today")
//	ROLE repeated CODE  the code is in two rows or more
//
// ROLE is a role of the codebook. Where a rule names roles of support or risk rows, one
// row at a time is looked at, and the rule holds when it holds for any row. A clause
// about an answer that is not there is false, "unset" and "none" excepted.

// Answers is one case as a rule sees it.
type Answers interface {
	// Rows gives the number of rows on a level; 1 for OfCase.
	Rows(l Level) int
	// Value gives the answer in a row (0, 1 …).
	Value(v *Variable, row int) Value
}

// clause is one part of a rule, read.
type clause struct {
	role  Role
	verb  string
	other Role // before, after; "today" for the day it is
	nums  []int
}

const today Role = "today"

// verbs says which kind of operand follows the verb, and which kind of variable it asks of.
var verbs = map[string]struct {
	operand string // "", "codes", "number", "role"
	kinds   []Kind // nil: any
}{
	"set": {}, "unset": {}, "some": {}, "none": {},
	"is":       {"codes", []Kind{One, Many}},
	"repeated": {"codes", []Kind{One, Many}},
	"below":    {"number", []Kind{Number}},
	"above":    {"number", []Kind{Number}},
	"before":   {"role", []Kind{Date}},
	"after":    {"role", []Kind{Date}},
}

// parseRule reads a rule. say is told of each fault.
func (c *Codebook) parseRule(rule string, say func(key string, args ...any)) []clause {
	var all []clause
	levels := map[Level]bool{}
	for _, part := range strings.Split(rule, " and ") {
		words := strings.Fields(part)
		cl, ok := c.parseClause(words, say)
		if !ok {
			continue
		}
		for _, r := range []Role{cl.role, cl.other} {
			if v := c.Role(r); v != nil && v.Level != OfCase && !cl.wholeCase() {
				levels[v.Level] = true
			}
		}
		all = append(all, cl)
	}
	if len(levels) > 1 {
		say("codebook.rule_two_levels")
	}
	return all
}

func (c *Codebook) parseClause(words []string, say func(string, ...any)) (clause, bool) {
	if len(words) < 2 {
		say("codebook.rule_short", "part", strings.Join(words, " "))
		return clause{}, false
	}
	cl := clause{role: Role(words[0]), verb: words[1]}
	verb, known := verbs[cl.verb]
	if !known {
		say("codebook.rule_verb", "verb", cl.verb)
		return cl, false
	}
	v := c.Role(cl.role)
	if v == nil {
		say("codebook.rule_role", "role", words[0])
		return cl, false
	}
	if verb.kinds != nil && !slices.Contains(verb.kinds, v.Kind) {
		say("codebook.rule_kind", "verb", cl.verb, "role", words[0])
		return cl, false
	}
	return c.parseOperand(cl, v, verb.operand, words[2:], say)
}

func (c *Codebook) parseOperand(cl clause, v *Variable, want string, words []string, say func(string, ...any)) (clause, bool) {
	text := strings.Join(words, " ")
	ok := true
	switch want {
	case "":
		ok = text == ""
	case "role":
		cl.other = Role(text)
		o := c.Role(cl.other)
		ok = cl.other == today || o != nil && o.Kind == Date
	default:
		for _, s := range strings.Split(text, ListDelimiter) {
			n, err := strconv.Atoi(s)
			ok = ok && err == nil && (want == "number" || v.Code(n) != nil)
			cl.nums = append(cl.nums, n)
		}
		ok = ok && (want == "codes" || len(cl.nums) == 1)
	}
	if !ok {
		say("codebook.rule_operand", "verb", cl.verb, "operand", text)
	}
	return cl, ok
}

// wholeCase tells whether the clause looks at all rows of the case at once.
func (cl clause) wholeCase() bool {
	return cl.verb == "some" || cl.verb == "none" || cl.verb == "repeated"
}

// Warnings gives the checks that hold for a case on a day.
func (c *Codebook) Warnings(a Answers, day time.Time) []Check {
	var all []Check
	for _, k := range c.Checks {
		if k.holds(c, a, day) {
			all = append(all, k)
		}
	}
	return all
}

// Roles gives the roles that a check is about, so that a form can show it beside them.
func (k Check) Roles() []Role {
	var all []Role
	for _, cl := range k.clauses {
		for _, r := range []Role{cl.role, cl.other} {
			if r != "" && r != today && !slices.Contains(all, r) {
				all = append(all, r)
			}
		}
	}
	return all
}

// Orders tells whether the check compares the day of a role with another day.
func (k Check) Orders(r Role) bool {
	return slices.ContainsFunc(k.clauses, func(cl clause) bool {
		return (cl.verb == "before" || cl.verb == "after") && (cl.role == r || cl.other == r)
	})
}

func (k Check) holds(c *Codebook, a Answers, day time.Time) bool {
	level := OfCase
	for _, r := range k.Roles() {
		for _, cl := range k.clauses {
			if v := c.Role(r); v.Level != OfCase && !cl.wholeCase() && (cl.role == r || cl.other == r) {
				level = v.Level
			}
		}
	}
	for row := range a.Rows(level) {
		if !slices.ContainsFunc(k.clauses, func(cl clause) bool { return !cl.holds(c, a, row, day) }) {
			return true
		}
	}
	return false
}

// rowOf gives the row in which a variable's answer is looked for.
func rowOf(v *Variable, row int) int {
	if v.Level == OfCase {
		return 0
	}
	return row
}

func (cl clause) holds(c *Codebook, a Answers, row int, day time.Time) bool {
	v := c.Role(cl.role)
	if cl.wholeCase() {
		return cl.holdsForCase(v, a)
	}
	x := a.Value(v, rowOf(v, row))
	switch cl.verb {
	case "set":
		return x.Set
	case "unset":
		return !x.Set
	case "is":
		return x.Set && slices.ContainsFunc(x.Codes, func(n int) bool { return slices.Contains(cl.nums, n) })
	case "below":
		return x.Set && x.Number < float64(cl.nums[0])
	case "above":
		return x.Set && x.Number > float64(cl.nums[0])
	}
	other := Value{Set: true, Day: day}
	if cl.other != today {
		o := c.Role(cl.other)
		other = a.Value(o, rowOf(o, row))
	}
	if !x.Set || !other.Set {
		return false
	}
	if cl.verb == "before" {
		return x.Day.Before(other.Day)
	}
	return x.Day.After(other.Day)
}

func (cl clause) holdsForCase(v *Variable, a Answers) bool {
	n := 0
	for row := range a.Rows(v.Level) {
		x := a.Value(v, row)
		if x.Set && (cl.verb != "repeated" || slices.ContainsFunc(x.Codes, func(n int) bool { return slices.Contains(cl.nums, n) })) {
			n++
		}
	}
	switch cl.verb {
	case "some":
		return n > 0
	case "none":
		return n == 0
	}
	return n > 1
}
