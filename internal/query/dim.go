package query

import (
	"fmt"
	"slices"
	"strconv"

	"foljsam/internal/codebook"
)

// A measure is a dimension with what counts as registered in it.
type measure struct {
	Dim
	base Set
}

// codesOf is a dimension of a variable's codes, some of them if any are named.
func codesOf(cb *codebook.Codebook, v int, only ...int) measure {
	x := cb.Variable(v)
	d := Dim{ID: name(v), Label: codebook.Label{Text: x.Label}, Parts: x.Kind == codebook.One && x.Level == codebook.OfCase}
	base := Registered(v)
	if len(only) > 0 {
		base = Codes(v, only...)
	}
	for _, c := range x.Codes {
		if len(only) == 0 || slices.Contains(only, c.Code) {
			d.Cats = append(d.Cats, Cat{strconv.Itoa(c.Code), codebook.Label{Text: shown(c)}, Codes(v, c.Code)})
		}
	}
	if x.Noted != nil && len(only) == 0 { // a noted "none" is an answer, but no category of its own
		base = Codes(v, allCodes(x)...)
	}
	return measure{d, base}
}

// shown is what a code is called in a table: without what it asks of whoever registers.
func shown(c codebook.Code) codebook.Text {
	if c.Comment {
		return c.Brief()
	}
	return c.Label
}

func allCodes(x *codebook.Variable) []int {
	codes := make([]int, len(x.Codes))
	for i, c := range x.Codes {
		codes[i] = c.Code
	}
	return codes
}

func name(v int) string { return fmt.Sprintf("v%d", v) }

// groupsOf is a dimension of a grouping's groups, some of them if any are named.
func groupsOf(cb *codebook.Codebook, grouping string, only ...string) measure {
	g := cb.Grouping(grouping)
	num, base := numberOf(cb, g)
	d := Dim{ID: g.ID, Label: codebook.Label{Text: g.Label}, Parts: true}
	if g.Of != 0 {
		d.Parts = cb.Variable(g.Of).Kind != codebook.Many
	}
	for _, c := range g.Groups {
		if len(only) > 0 && !slices.Contains(only, c.ID) {
			continue
		}
		d.Cats = append(d.Cats, Cat{c.ID, codebook.Label{Text: c.Label}, groupSet(g, c, num)})
	}
	return measure{d, base}
}

// numberOf gives the number that a grouping divides (none for one of codes) and what
// counts as registered.
func numberOf(cb *codebook.Codebook, g *codebook.Grouping) (Numeric, Set) {
	switch g.Counts {
	case "dagar":
		from, till := cb.Role(codebook.Intake).Number, cb.Role(codebook.Closing).Number
		return DaysBetween(from, till), Registered(till)
	case "parter":
		v := cb.Role(codebook.Collaboration).Number
		return CodesChosen(v), Registered(v)
	}
	return Answer(g.Of), Registered(g.Of)
}

func groupSet(g *codebook.Grouping, c codebook.Group, num Numeric) Set {
	if len(c.Codes) > 0 {
		return Codes(g.Of, c.Codes...)
	}
	if g.Counts == "parter" && c.From != nil && c.Till != nil && *c.From == 0 && *c.Till == 0 {
		return Codes(num.a, 0) // none chosen is the answer "noted none", under one name
	}
	lo, hi := 0, Open
	if c.From != nil {
		lo = *c.From
	}
	if c.Till != nil {
		hi = *c.Till
	}
	return Span(num, lo, hi)
}

// yesNo is a dimension of a set and its complement: those in which none is registered,
// which is not the answer no.
func yesNo(id string, yes Set) Dim {
	return Dim{ID: id, Label: codebook.Label{Key: "dim." + id}, Parts: true, Cats: []Cat{
		{"ja", codebook.Label{Key: "cat.ja"}, yes},
		{"nej", codebook.Label{Key: "cat." + id + "_nej_reg"}, Not(yes)},
	}}
}
