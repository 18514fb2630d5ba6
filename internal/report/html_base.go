package report

import (
	"slices"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/query"
)

// baseLine says how many cases the table is of.
func (t teller) baseLine() string {
	if key := "baseline." + t.r.ID(); t.p.Has(key) {
		if s, bad := t.fill(key); bad == fine {
			return s
		}
		return t.p.T("report.base_masked", "base", t.base())
	}
	if t.r.Table().BaseDims == 1 {
		return t.groupLine()
	}
	n := t.r.Base(t.unit, 0)
	if !n.IsNumber() {
		return t.p.T("report.base_masked", "base", t.base())
	}
	return t.p.T("report.base_line", "n", n.Int(), "base", t.base())
}

func (t teller) groupLine() string {
	var words []string
	for i, name := range groupNames(t.r, t.p) {
		words = append(words, t.p.T("report.base_group", "group", name, "count", written(t.p, t.r.Base(t.unit, i))))
	}
	return t.p.T("report.base_groups", "base", t.base(), "list", t.list(words))
}

// missing says how many cases are not in the table, and why; empty where that has no
// meaning.
func (t teller) missing() string {
	all, ok := t.universe()
	if !ok {
		return ""
	}
	left := sum{count: all.Int(), from: []disclosure.Value{all}}
	for _, b := range t.bases() {
		left.count -= b.Int()
		left.from = append(left.from, b)
	}
	switch {
	case all.IsNumber() && all.Int() == 0:
		return ""
	case left.judge(true, 0) != fine || t.rel.About.Hides(int64(left.count)):
		return t.p.T("missing.masked")
	case left.count < 0: // a case may be in several groups after all: nothing to say
		return ""
	case left.count == 0:
		return t.p.T("missing.zero")
	}
	if s := t.why(left.count); s != "" {
		return s
	}
	return t.p.T(t.missingKey(), "n", left.count)
}

func (t teller) missingKey() string {
	if key := "missing." + t.r.ID(); t.p.Has(key) {
		return key
	}
	if t.r.Table().BaseDims > 0 {
		return "missing.group"
	}
	return "missing.default"
}

// universe is the number of cases that could have been in the table: all, or the closed
// ones where the table is of them. False where its groups overlap, or it is of all.
func (t teller) universe() (disclosure.Value, bool) {
	x, phases := t.r.Table(), t.rel.Table("", summed[0])
	if phases == nil || x.BaseDims > 1 || x.BaseDims == 1 && !x.Dims[0].Parts || x.Bases()[0].String() == query.All().String() {
		return disclosure.Value{}, false
	}
	closed := query.Registered(t.rel.About.Codebook.Role(codebook.Closing).Number).String()
	of := query.All().String()
	if base := x.Bases()[0]; base.String() != closed && slices.ContainsFunc(base.Terms(), func(s query.Set) bool { return s.String() == closed }) {
		of = closed
	}
	at := slices.IndexFunc(phases.Table().Bases(), func(s query.Set) bool { return s.String() == of })
	if at < 0 {
		return disclosure.Value{}, false
	}
	return phases.Base(0, at), true
}
