package chart

import (
	"slices"
	"strings"

	"foljsam/internal/query"
)

// line says how a table is shown.
type line struct {
	id      string // of the table
	kind    kind
	measure measure
	order   order
	base    string // key of the sentence that says whom the numbers are of: chart.base_…
	closed  bool   // what is missing is counted from the closed cases
}

// order is the order in which categories are shown.
type order int

const (
	byCode order = iota // a scale, or the codebook's own order
	bySize              // largest first
)

// list is the report's diagrams. A table that is not here gets what its shape asks for.
var list = []line{
	{id: "d01", kind: stacked, measure: counts, base: "phases"},
	{id: "d02", kind: bars, base: "registered"},
	{id: "d03", kind: columns, base: "registered"},
	{id: "d04", kind: bars, base: "registered"},
	{id: "d05", kind: bars, base: "registered"},
	{id: "d06", kind: bars, order: bySize, base: "registered"},
	{id: "d07", kind: bars, base: "registered"},
	{id: "d08", kind: bars, order: bySize, base: "registered"},
	{id: "d09", kind: bars, order: bySize, base: "support"},
	{id: "d10", kind: meanBars, measure: means, order: bySize, base: "support_mean"},
	{id: "d11", kind: bars, base: "registered"},
	{id: "d12", kind: bars, order: bySize, base: "party"},
	{id: "d13", kind: columns, base: "collaboration"},
	{id: "d14", kind: bars, order: bySize, base: "closed_registered", closed: true},
	{id: "d15", kind: bars, base: "closed_registered", closed: true},
	{id: "d16", kind: columns, measure: counts, base: "closed", closed: true},
	{id: "d17", kind: panels, base: "duration_reason"},
	{id: "d18", kind: bars, base: "answered"},
	{id: "d19", kind: bars, base: "answered"},
	{id: "d20", kind: bars, base: "answered"},
	{id: "d21", kind: pairColumns, base: "within"},
	{id: "d22", kind: pairBars, base: "within"},
	{id: "d23", kind: pairBars, order: bySize, base: "within_support"},
	{id: "d24", kind: pairColumns, base: "within"},
	{id: "d25", kind: pairBars, order: bySize, base: "within_support"},
	{id: "d26", kind: bars, base: "all"},
	{id: "d27", kind: bars, order: bySize, base: "assessed"},
	{id: "topp", kind: profile, base: "profile"},
	{id: "bortfall", kind: profile, base: "profile_closed"},
	{id: "boende", kind: bars, base: "all"},
	{id: "risk_upprepad", kind: panels, base: "repeated"},
}

// scales are the dimensions with an order of their own and short labels.
var scales = []string{"alder", "dagar", "parter"}

// lineOf gives a table's line: of the list, or by its shape.
func lineOf(t *query.Table) line {
	if i := slices.IndexFunc(list, func(l line) bool { return l.id == t.ID }); i >= 0 {
		return list[i]
	}
	l := line{id: t.ID, base: "registered"}
	if t.Multiple {
		l.order = bySize
	}
	last := t.Dims[len(t.Dims)-1]
	scale := slices.Contains(scales, last.ID)
	switch {
	case len(t.Dims) == 1 && scale:
		l.kind = columns
	case len(t.Dims) == 1:
		l.kind = bars
	case len(t.Dims[0].Cats) > 2:
		l.kind, l.order, l.base = panels, byCode, "within"
	case scale:
		l.kind, l.base = pairColumns, "within"
	default:
		l.kind, l.base = pairBars, "within"
	}
	switch {
	case strings.HasPrefix(t.ID, "lokal_"):
		l.base = "local"
	case strings.HasPrefix(t.ID, "risk_"): // of repeated assessments
		l.base = "repeated"
	}
	return l
}
