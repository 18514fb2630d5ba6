package compile

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/exchange"
	"foljsam/internal/query"
	"foljsam/internal/record"
)

// localTables is the tables of local variables that two or more packages share.
type localTables struct {
	tables []*query.Table
	left   map[string]int // by table: packages that describe the variable otherwise
}

// version is one description of a local column and how many packages have it.
type version struct {
	column   record.LocalColumn
	packages int
}

// chooseLocal finds the local columns that two or more packages describe alike, and
// drops all others from the packages. Of two shared descriptions the one that most
// packages have is taken.
func chooseLocal(packages []*exchange.Package) localTables {
	chosen, left := chooseVersions(packages)
	for _, p := range packages {
		p.Batch.Local = slices.DeleteFunc(p.Batch.Local, func(c record.LocalColumn) bool {
			return chosen[c.Name].Description != c.Description
		})
	}
	t := localTables{left: map[string]int{}}
	for _, name := range sortedNames(chosen) {
		table := query.LocalTable(name, localLabels(chosen[name]))
		t.tables = append(t.tables, table)
		t.left[table.ID] = left[name]
	}
	return t
}

func chooseVersions(packages []*exchange.Package) (chosen map[string]record.LocalColumn, left map[string]int) {
	versions, having := map[string][]version{}, map[string]int{}
	for _, p := range packages {
		for _, c := range p.Batch.Local {
			vs := versions[c.Name]
			i := slices.IndexFunc(vs, func(v version) bool { return v.column.Description == c.Description })
			if i < 0 {
				i = len(vs)
				vs = append(vs, version{column: c})
			}
			vs[i].packages++
			having[c.Name]++
			versions[c.Name] = vs
		}
	}
	chosen, left = map[string]record.LocalColumn{}, map[string]int{}
	for name, vs := range versions {
		slices.SortFunc(vs, func(a, b version) int {
			return cmp.Or(b.packages-a.packages, cmp.Compare(a.column.Description, b.column.Description))
		})
		if vs[0].packages < 2 {
			continue
		}
		chosen[name] = vs[0].column
		for _, other := range vs[1:] {
			left[name] += other.packages
		}
	}
	dropAlike(chosen, left, having)
	return chosen, left
}

// dropAlike keeps one of the names that differ only in case, the one that sorts first:
// some file systems would take their tables for the same file.
// having is how many packages have each name.
func dropAlike(chosen map[string]record.LocalColumn, left, having map[string]int) {
	first := map[string]string{}
	for _, name := range sortedNames(chosen) {
		key := strings.Map(firstCase, name)
		if by, taken := first[key]; taken {
			left[by] += having[name]
			delete(chosen, name)
			continue
		}
		first[key] = name
	}
}

// firstCase gives the first of the letters that differ only in case.
func firstCase(r rune) rune {
	first := r
	for c := unicode.SimpleFold(r); c != r; c = unicode.SimpleFold(c) {
		first = min(first, c)
	}
	return first
}

func sortedNames(m map[string]record.LocalColumn) []string {
	names := make([]string, 0, len(m))
	for n := range m {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

func localLabels(c record.LocalColumn) []query.LocalCode {
	codes := make([]query.LocalCode, len(c.Codes))
	for i, id := range c.Codes {
		label := id
		if i < len(c.Labels) && c.Labels[i] != "" {
			label = c.Labels[i]
		}
		codes[i] = query.LocalCode{ID: id, Label: codebook.Label{Text: codebook.Text{"sv": label}}}
	}
	return codes
}

// note says in each local table how many packages were left out of it.
func (t localTables) note(r *disclosure.Release) {
	for _, table := range r.Tables {
		if n := t.left[table.ID()]; n > 0 {
			table.AddNote("note.local_left_out", "n", n)
		}
	}
}
