package report

import (
	"strings"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
)

// instead says why there is no sentence: what is hidden, or that the cases are few.
func (t teller) instead(why trouble) string {
	simple := t.simple()
	switch {
	case why == hidden && simple:
		return t.insteadOfHidden()
	case why == hidden:
		return t.p.T(maskedKey(t.r.About(), "sentence.masked_groups", "sentence.masked_groups_primary"))
	case why == scarce && simple:
		return t.insteadOfFew()
	case why == scarce:
		if s := t.optional("sentence." + t.r.ID() + ".few"); s != "" {
			return s
		}
		return t.p.T("sentence.few_groups", "list", t.groupsWithBases())
	}
	return t.p.T("sentence.table")
}

func (t teller) insteadOfHidden() string {
	base := t.r.Base(t.unit, 0)
	labels, count := t.largest()
	if !base.IsNumber() && count > 0 {
		return t.p.T("sentence.masked_base", "top", t.list(labels), "n", count)
	}
	if !base.IsNumber() || base.Int() < few || count == 0 {
		return t.p.T(maskedKey(t.r.About(), "sentence.masked_all", "sentence.masked_all_primary"))
	}
	share := percentWords(t.p, 100*float64(count)/float64(base.Int()))
	return t.p.T(maskedKey(t.r.About(), "sentence.masked", "sentence.masked_primary"), "base", t.base(), "top", t.list(labels), "ptop", share, "n", base.Int())
}

// insteadOfFew gives the counts themselves.
func (t teller) insteadOfFew() string {
	var words []string
	for i, c := range t.r.Table().Dims[0].Cats {
		if v := t.r.Cell(t.unit, i).Count; v.IsNumber() && v.Int() > 0 {
			words = append(words, t.p.T("sentence.quoted", "label", c.Label.In(t.p))+" "+t.p.Int(v.Int()))
		}
	}
	list := ""
	if len(words) > 0 {
		list = t.p.T("sentence.few_list", "list", t.list(words))
	}
	s := t.p.T("sentence.few", "n", t.r.Base(t.unit, 0).Int(), "base", t.base(), "list", list)
	return strings.TrimSpace(s)
}

// groupsWithBases lists the groups with how many cases each has.
func (t teller) groupsWithBases() string {
	x := t.r.Table()
	var words []string
	if x.BaseDims != 1 {
		for i, v := range t.r.Figure(t.unit, "grupp") {
			words = append(words, t.p.T("report.base_group", "group", t.p.T("sentence.quoted", "label", x.Dims[1].Cats[i].Label.In(t.p)), "count", written(t.p, v)))
		}
		return t.list(words)
	}
	for i, c := range x.Dims[0].Cats {
		words = append(words, t.p.T("report.base_group", "group", t.p.T("sentence.quoted", "label", nameOf(t.r, x.Dims[0], c, t.p)),
			"count", written(t.p, t.r.Base(t.unit, i))))
	}
	return t.list(words)
}

// written writes a count, or the mark of why there is none.
func written(p *locale.Printer, v disclosure.Value) string {
	if !v.IsNumber() {
		return v.State().Mark()
	}
	return p.Int(v.Int())
}
