package disclosure

import (
	"slices"

	"foljsam/internal/query"
)

// Counts from smallFrom to smallTill are small: they may not be published. Zero is
// shown and true.
const (
	smallFrom = 1
	smallTill = 4
)

func small(n int64) bool { return n >= smallFrom && n <= smallTill }

// Hides tells whether a number of cases that was worked out from shown numbers may not be
// shown itself.
func (a *About) Hides(n int64) bool { return a.Audience == Publication && small(n) }

// mask applies the primary rule and the withholding of small units and groups. What
// small counts can be worked out from is not masked yet: About.OnlyPrimary says so.
func (m *model) mask() {
	for _, c := range m.cells {
		if c.sumOf == "" && small(c.true) {
			c.primary, c.masked = true, true
		}
	}
	for _, g := range m.groups {
		if small(m.at(g.unit, g.size).true) {
			m.withhold(g)
		}
	}
	for _, c := range m.cells { // a unit with 1-4 cases in all has nothing shown
		if small(m.at(c.unit, query.All()).true) {
			c.masked, c.held = true, true
		}
	}
	if m.about.WithinTables {
		m.guardSubtraction()
	}
	for _, c := range m.cells { // the sum over a masked number of cases is masked with it
		if of := m.cells[m.index[c.unit.key(c.set)]]; c.sumOf != "" && of.masked {
			c.masked, c.held, c.primary = true, of.held, small(c.true)
		}
	}
	m.about.OnlyPrimary = true
}

// withhold masks every cell of a group, zeros too.
func (m *model) withhold(g group) {
	for _, s := range g.cells {
		c := m.at(g.unit, s)
		c.masked, c.held = true, true
	}
}

// withheldIn names the units and groups of a table that have no breakdown.
func (m *model) withheldIn(p *Part, t *query.Table) []string {
	if m.about.Audience != Publication {
		return nil
	}
	var names []string
	for _, g := range m.groups {
		if g.table != t.ID || g.split != p.Split.ID {
			continue
		}
		name := ""
		switch {
		case small(m.at(g.unit, query.All()).true):
			name = groupName(g.unit, "")
		case small(m.at(g.unit, g.size).true):
			name = g.name
		}
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
