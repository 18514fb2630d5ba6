package disclosure

import (
	"strings"
	"time"

	"foljsam/internal/query"
)

// model is everything that is published together: cells by identity. A cell's identity
// is its definition (period, unit, set), so that a count that stands in several tables
// is one cell, masked everywhere or nowhere.
type model struct {
	about  *About
	period string
	cells  []*modelCell
	index  map[string]int
	units  map[string][]*unit // by split
	groups []group            // bases that have a breakdown, for withholding
	inside []inner            // what tables show of what
	local  []query.Family     // divisions that no codebook knows
}

type modelCell struct {
	id      string
	unit    *unit
	set     query.Set
	sumOf   string // for the sum of a number over the set; empty for a count
	true    int64
	primary bool
	masked  bool
	held    bool // masked because its whole group is: a zero may be behind it
}

// unit is one part of a split; the whole has an empty id. A unit defined by a set (a
// year, an activity) adds that set to every cell, so that its cells are cells of the whole.
type unit struct {
	split, id, owner string
	set              query.Set
	part             *Part
	at               int
}

// key is the identity of a set's count in a unit.
func (u *unit) key(s query.Set) string { return u.place() + "|" + u.within(s).String() }

func (u *unit) within(s query.Set) query.Set { return query.And(u.set, s) }

func (u *unit) place() string {
	if u.set.String() != "*" || u.id == "" {
		return "riket"
	}
	return u.split + "=" + u.id
}

// group is a base with the cells broken down in it.
type group struct {
	split, table, name string
	unit               *unit
	size               query.Set
	cells              []query.Set
}

func newModel(about *About) *model {
	m := &model{about: about, index: map[string]int{}, units: map[string][]*unit{}, period: "alla"}
	if !about.From.IsZero() || !about.Till.IsZero() {
		m.period = about.From.Format(time.DateOnly) + ".." + about.Till.Format(time.DateOnly)
	}
	return m
}

// takeUnit reads all cells of a unit's tables into the model.
func (m *model) takeUnit(p *Part, at int) {
	x := p.Split.Units[at]
	u := &unit{split: p.Split.ID, id: x.ID, owner: x.Owner, set: x.Set, part: p, at: at}
	m.units[p.Split.ID] = append(m.units[p.Split.ID], u)
	m.add(u, query.All())
	for _, t := range p.Tables {
		m.takeTable(u, t)
	}
}

func (m *model) takeTable(u *unit, t *query.Table) {
	if t.Local && u.at == 0 {
		f := query.Family{Parent: t.Cells[0].Base}
		for _, c := range t.Cells {
			f.Children = append(f.Children, c.Set)
		}
		m.local = append(m.local, f)
	}
	for _, c := range t.Cells {
		m.add(u, c.Set)
		m.add(u, c.Base)
		if t.Kind == query.Means {
			m.addSum(u, c.Set, t.Of)
		}
	}
	for _, f := range t.Figures {
		for _, at := range f.At {
			m.takePlace(u, f.Kind, at)
		}
	}
	m.groups = append(m.groups, groupsOf(u, t)...)
	m.takeInner(u, t)
}

func (m *model) takePlace(u *unit, kind query.FigureKind, at query.Place) {
	switch kind {
	case query.SumOf: // its parts are cells of the table
	case query.PercentOf:
		m.add(u, at.Set)
		m.add(u, at.Base)
	case query.MeanOf:
		m.add(u, at.Set)
		m.addSum(u, at.Set, at.Num)
	default:
		m.add(u, at.Set)
	}
}

// groupsOf gives the groups that a table breaks down: each base, or in a profile, whose
// bases differ by row, each of its columns. What a group is broken down in is its cells,
// the bases of its rows, and the further figures that stand under its name.
func groupsOf(u *unit, t *query.Table) []group {
	if t.BaseDims == 2 {
		return profileGroups(u, t)
	}
	bases := t.Bases()
	step := len(t.Cells) / len(bases)
	gs := make([]group, len(bases))
	for k, b := range bases {
		category := ""
		if t.BaseDims == 1 {
			category = t.Dims[0].Cats[k].ID
		}
		gs[k] = group{split: u.split, table: t.ID, name: groupName(u, category), unit: u, size: b}
		for _, c := range t.Cells[k*step : (k+1)*step] {
			gs[k].cells = append(gs[k].cells, c.Set)
		}
		gs[k].cells = append(gs[k].cells, figuresUnder(t, category)...)
	}
	return gs
}

func profileGroups(u *unit, t *query.Table) []group {
	columns := t.Dims[1].Cats
	gs := make([]group, len(columns))
	for k, c := range columns {
		gs[k] = group{split: u.split, table: t.ID, name: groupName(u, c.ID), unit: u, size: c.Set}
		for i := k; i < len(t.Cells); i += len(columns) {
			gs[k].cells = append(gs[k].cells, t.Cells[i].Set, t.Cells[i].Base)
		}
	}
	return gs
}

// figuresUnder gives the sets counted in a table's further figures under a category; all
// that have no category when it is empty.
func figuresUnder(t *query.Table, category string) []query.Set {
	var sets []query.Set
	for _, f := range t.Figures {
		for _, at := range f.At {
			if f.Kind == query.Count && (len(at.Path) == 0 && category == "" || len(at.Path) > 1 && at.Path[0] == category) {
				sets = append(sets, at.Set)
			}
		}
	}
	return sets
}

func groupName(u *unit, category string) string {
	return strings.Trim(u.id+"/"+category, "/")
}

// add gives the cell of a set's count, made if it is new.
func (m *model) add(u *unit, s query.Set) int {
	key := u.key(s)
	if i, ok := m.index[key]; ok {
		return i
	}
	return m.put(key, &modelCell{unit: u, set: u.within(s), true: u.part.Counts.Count(u.at, s)})
}

// sumMark stands between a set and the number that is added up over it.
const sumMark = "|summa "

// addSum gives the cell of the sum of a number over a set.
func (m *model) addSum(u *unit, s query.Set, n query.Numeric) int {
	key := u.key(s) + sumMark + n.String()
	if i, ok := m.index[key]; ok {
		return i
	}
	return m.put(key, &modelCell{unit: u, set: u.within(s), sumOf: n.String(), true: u.part.Counts.Sum(u.at, s, n)})
}

func (m *model) put(key string, c *modelCell) int {
	c.id = m.period + "|" + key
	m.cells = append(m.cells, c)
	m.index[key] = len(m.cells) - 1
	return len(m.cells) - 1
}

func (m *model) at(u *unit, s query.Set) *modelCell { return m.cells[m.index[u.key(s)]] }

func (m *model) sumAt(u *unit, s query.Set, n query.Numeric) *modelCell {
	return m.cells[m.index[u.key(s)+sumMark+n.String()]]
}

func (m *model) value(i int) Value {
	if m.cells[i].masked {
		return without(Masked)
	}
	return count(m.cells[i].true)
}

func (m *model) show(u *unit, s query.Set) Value { return m.value(m.index[u.key(s)]) }

func (m *model) unitOf(p *Part, at int) *unit { return m.units[p.Split.ID][at] }
