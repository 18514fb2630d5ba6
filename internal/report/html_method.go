package report

import (
	"slices"

	"foljsam/internal/disclosure"
	"foljsam/internal/query"
)

// method is the last chapter: how the figures are made, who delivered, and what every
// table is of.
type method struct {
	Signs       []fact
	Comparisons []string
	Disclosure  string
	Coverage    []fact
	Scope       []fact
	Deliverers  []deliverer
	Figures     []definition
	Source      string
	Numbering   string
	Caveats     []string
	Own         bool // of one register's own cases: nobody has delivered anything
}

// deliverer is one municipality in the list.
type deliverer struct{ Code, Name, Coverage, Scope string }

// definition is one table in the appendix.
type definition struct {
	ID, Label, Title, Base, Missing string
	Rules                           []string // of the base, in each group; none where they are many
}

func (b *builder) method() method {
	a := b.rel.About
	return method{
		Signs:       b.signs(),
		Comparisons: b.comparisons(),
		Disclosure:  b.p.T(disclosureKey(a)),
		Coverage:    b.stated("report.coverage_", a.Coverage[:]),
		Scope:       b.stated("report.scope_", a.Scope[:]),
		Deliverers:  b.deliverers(),
		Figures:     b.definitions(),
		Numbering:   b.p.T("report.definitions_intro"),
		Source:      a.Codebook.Source.In(b.p.Lang()),
	}
}

func kindOf(a *disclosure.About) string {
	switch {
	case a.Audience == disclosure.Internal:
		return "internal"
	case a.OnlyPrimary:
		return "primary"
	}
	return "public"
}

// disclosureKey gives the key of what has been done so that nobody can be found in the numbers.
func disclosureKey(a *disclosure.About) string {
	if a.OnlyPrimary && a.WithinTables {
		return "report.disclosure_table"
	}
	return "report.disclosure_" + kindOf(a)
}

func signKey(a *disclosure.About) string {
	if a.WithinTables {
		return "report.sign_masked_table"
	}
	return "report.sign_masked_primary"
}

// maskedKey gives the key of a text about what is hidden: another while only small counts
// are, and not yet what they can be worked out from.
func maskedKey(a *disclosure.About, whole, primary string) string {
	if a.OnlyPrimary {
		return primary
	}
	return whole
}

func (b *builder) signs() []fact {
	return []fact{
		{b.p.Int(0), b.p.T("report.sign_zero")},
		{disclosure.Masked.Mark(), b.p.T(maskedKey(b.rel.About, "report.sign_masked", signKey(b.rel.About)))},
		{disclosure.Missing.Mark(), b.p.T("report.sign_missing")},
		{disclosure.NotApplicable.Mark(), b.p.T("report.sign_none")},
		{b.p.T("report.few"), b.p.T("report.sign_few")},
	}
}

// comparisons says how many comparisons were looked at: among many, some interval
// misses.
func (b *builder) comparisons() []string {
	if b.differences == 0 {
		return nil
	}
	all := []string{b.p.T("report.comparisons_text"), b.p.T("report.comparisons_chance"), b.p.T("report.comparisons_count", "n", b.differences)}
	if some := (b.differences + 10) / 20; some > 0 {
		all = append(all, b.p.T("report.comparisons_miss", "some", some))
	}
	return append(all, b.p.T("report.comparisons_overlap"), b.p.T("report.comparisons_method", "method", b.p.T("stat.newcombe")))
}

// stated counts deliveries by what they state; the last of the list is "not stated".
func (b *builder) stated(key string, counts []int) []fact {
	var all []fact
	for i := range counts {
		k := (i + 1) % len(counts)
		all = append(all, fact{b.p.T(key + string(rune('0'+k))), b.p.Int(int64(counts[k]))})
	}
	return all
}

// deliverers are the municipalities, as people look for them: by name.
func (b *builder) deliverers() []deliverer {
	var names []string
	by := map[string][]deliverer{}
	for _, d := range b.rel.About.Deliverers {
		if !slices.Contains(names, d.Name) {
			names = append(names, d.Name)
		}
		by[d.Name] = append(by[d.Name], deliverer{d.Code, d.Name,
			b.p.T("report.coverage_" + string(rune('0'+d.Coverage))), b.p.T("report.scope_" + string(rune('0'+d.Scope)))})
	}
	b.p.Sort(names)
	var all []deliverer
	for _, n := range names {
		all = append(all, by[n]...)
	}
	return all
}

func (b *builder) definitions() []definition {
	var all []definition
	for _, f := range b.seen {
		d := definition{ID: f.ID, Label: f.Label, Title: f.Title, Base: f.Base, Missing: f.Missing, Rules: rules(f.of.Table())}
		if f.Base == "" { // only split: the units have a base each
			d.Base = teller{r: f.of, p: b.p}.base()
		}
		all = append(all, d)
	}
	return all
}

// rules are the formal definitions of a table's bases, each once; none where they are
// more than can be read.
func rules(t *query.Table) []string {
	var all []string
	for _, b := range t.Bases() {
		if s := b.String(); !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	if len(all) > most {
		return nil
	}
	return all
}
