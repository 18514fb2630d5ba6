package report

import (
	"fmt"
	"slices"
	"strings"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
)

// chapter is one chapter of the national report: its id in the texts
// ("report.chapter_ID"), and the tables in it, by id.
type chapter struct {
	id     string
	tables []string
}

// chapters gives the report's chapters in its order. Every table of the release is in
// exactly one: what no other chapter asks for is in the last.
func chapters(rel *disclosure.Release) []chapter {
	n := numbers{rel.About.Codebook}
	all := tableIDs(rel)
	cs := []chapter{
		{"phases", []string{"d01"}},
		{"who", []string{"d02", "d03", "d04", "d05", "d06", n.frequency(codebook.Disability)}},
		{"violence", []string{"d07", "d08", "x_alder_" + n.name(codebook.Severity)}},
		{"support", []string{"d09", "d10", "d11", "boende"}},
		{"collaboration", []string{"d12", "d13"}},
		{"outcome", []string{"d14", "d15"}},
		{"time", []string{"d16", "d17"}},
		{"client", []string{"d18", "d19", "d20", "bortfall"}},
		{"best", []string{"topp"}},
		{"honour", append([]string{"d21", "d22", "d23"}, n.crosses(codebook.Honour, all)...)},
		{"men", append([]string{"d24", "d25"}, n.crosses(codebook.Sex, all)...)},
		{"risk", []string{"d26", "d27", "risk_upprepad", n.cross(codebook.Sex, "instrument")}},
	}
	return append(cs, chapter{"more", rest(cs, all)})
}

// rest is the tables that no chapter has asked for.
func rest(cs []chapter, all []string) (ids []string) {
	for _, id := range all {
		if !slices.ContainsFunc(cs, func(c chapter) bool { return slices.Contains(c.tables, id) }) {
			ids = append(ids, id)
		}
	}
	return ids
}

// tableIDs gives the ids of the release's tables, in its order, each once.
func tableIDs(rel *disclosure.Release) (ids []string) {
	for _, t := range rel.Tables {
		if !slices.Contains(ids, t.ID()) {
			ids = append(ids, t.ID())
		}
	}
	return ids
}

// numbers makes the names of tables that are called by a variable's number.
type numbers struct{ cb *codebook.Codebook }

func (n numbers) name(r codebook.Role) string {
	v := n.cb.Role(r)
	if v == nil {
		return "none"
	}
	return fmt.Sprintf("v%d", v.Number)
}

func (n numbers) frequency(r codebook.Role) string { return "f_" + n.name(r) }

func (n numbers) cross(r codebook.Role, with string) string { return "x_" + n.name(r) + "_" + with }

// crosses gives the cross tables by a variable, the one of risk instruments excepted:
// it belongs with the risk assessments.
func (n numbers) crosses(r codebook.Role, all []string) (ids []string) {
	for _, id := range all {
		if strings.HasPrefix(id, n.cross(r, "")) && id != n.cross(codebook.Sex, "instrument") {
			ids = append(ids, id)
		}
	}
	return ids
}

// summed are the tables whose sentences make the summary.
var summed = []string{"d01", "d02", "d05", "d07", "d09", "d15", "d18", "d26"}
