package chart

import (
	"slices"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

// asked are the bases whose complement is what is not registered; the others are of
// cases that something was done for.
var asked = []string{"registered", "closed_registered", "collaboration", "answered", "local"}

// Missing says in how many cases what a table is about is not registered, of all or of
// the closed ones; empty where the release does not say, or the question has no meaning.
func Missing(rel *disclosure.Release, r *disclosure.Released, unit int, p *locale.Printer) string {
	l := lineOf(r.Table())
	phases := rel.Table(r.Split().ID, "d01")
	if phases == nil || r.Table().BaseDims != 0 || !slices.Contains(asked, l.base) {
		return ""
	}
	group, key := 0, "chart.missing_all"
	if l.closed {
		group = slices.IndexFunc(phases.Table().Dims[0].Cats, func(c query.Cat) bool { return c.ID == "avslutsorsak" })
		key = "chart.missing_closed"
	}
	all, n := phases.Base(unit, group), r.Base(unit, 0)
	if !all.IsNumber() || !n.IsNumber() {
		return ""
	}
	missing := all.Int() - n.Int()
	said := p.Int(missing)
	if r.About().Audience == disclosure.Publication && missing >= 1 && missing <= 4 {
		said = disclosure.Masked.Mark()
	}
	return p.T(key, "missing", said, "all", p.Int(all.Int()))
}
