package codebook

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// validateGrouping: of a variable or of a count, not both; groups of codes for a list, of
// spans for a number; nothing in two groups, unless several answers can be chosen.
func (f *file) validateGrouping(c *Codebook, g *Grouping, at string) {
	if g.ID != "" {
		if c.byGroup[g.ID] != nil {
			f.at(at+".id", g.ID, "codebook.id_twice")
		} else {
			c.byGroup[g.ID] = g
		}
	}
	if (g.Of != 0) == (g.Counts != "") {
		f.at(at, g.ID, "codebook.grouping_of")
		return
	}
	var v *Variable
	if g.Of != 0 {
		if v = c.byNumber[g.Of]; v == nil {
			f.at(at+".of", strconv.Itoa(g.Of), "codebook.no_variable")
			return
		}
		if v.Kind != One && v.Kind != Many && v.Kind != Number {
			f.at(at+".of", strconv.Itoa(g.Of), "codebook.grouping_kind")
			return
		}
	}
	if len(g.Groups) == 0 {
		f.at(at+".groups", "", "codebook.groups_empty")
	}
	f.validateGroups(g, v, at)
}

func (f *file) validateGroups(g *Grouping, v *Variable, at string) {
	ids := map[string]bool{}
	spans := v == nil || v.Kind == Number
	for i, x := range g.Groups {
		here := fmt.Sprintf("%s.groups[%d]", at, i+1)
		if x.ID != "" && ids[x.ID] {
			f.at(here+".id", x.ID, "codebook.id_twice")
		}
		ids[x.ID] = true
		switch {
		case spans && (x.From == nil || len(x.Codes) > 0):
			f.at(here, x.ID, "codebook.group_span")
		case !spans && (x.From != nil || x.Till != nil || len(x.Codes) == 0):
			f.at(here, x.ID, "codebook.group_codes")
		case spans:
			f.validateSpan(g, i, here)
		default:
			f.validateCodes(g, i, v, here)
		}
	}
}

func (f *file) validateSpan(g *Grouping, i int, at string) {
	x := g.Groups[i]
	if end(x) < *x.From {
		f.at(at, x.ID, "codebook.span_empty")
	}
	for _, y := range g.Groups[:i] {
		if y.From != nil && *x.From <= end(y) && *y.From <= end(x) {
			f.at(at, x.ID, "codebook.group_overlap", "other", y.ID)
		}
	}
}

func end(x Group) int {
	if x.Till == nil {
		return math.MaxInt
	}
	return *x.Till
}

func (f *file) validateCodes(g *Grouping, i int, v *Variable, at string) {
	x := g.Groups[i]
	for j, code := range x.Codes {
		here := fmt.Sprintf("%s.codes[%d]", at, j+1)
		if v.Code(code) == nil {
			f.at(here, strconv.Itoa(code), "codebook.unknown_code")
		}
		if slices.Contains(x.Codes[:j], code) {
			f.at(here, strconv.Itoa(code), "codebook.code_twice")
		}
		for _, y := range g.Groups[:i] {
			if v.Kind == One && slices.Contains(y.Codes, code) {
				f.at(here, strconv.Itoa(code), "codebook.group_overlap", "other", y.ID)
			}
		}
	}
}
