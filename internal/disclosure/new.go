package disclosure

import (
	"foljsam/internal/fault"
	"foljsam/internal/query"
)

// Counts is where the true numbers come from. Unit indexes are those of the split that
// the counts were made for.
type Counts interface {
	// Count gives the number of cases of a unit in a set.
	Count(unit int, s query.Set) int64
	// Sum gives the sum of a number over the cases of a unit in a set.
	Sum(unit int, s query.Set, n query.Numeric) int64
}

// Part is some tables split one way, with their true numbers.
type Part struct {
	Split  query.Split
	Tables []*query.Table
	Counts Counts
}

// New makes a release of everything in the parts, which are published together. For the
// audience Publication, counts of 1-4 are masked and units and groups with 1-4 cases
// have no breakdown.
func New(about *About, parts []Part) (*Release, error) {
	r := &Release{About: about, model: newModel(about)}
	for _, p := range parts {
		for u := range p.Split.Units {
			r.model.takeUnit(&p, u)
		}
	}
	if about.Audience == Publication {
		r.model.mask()
	}
	for _, p := range parts {
		for _, t := range p.Tables {
			released, err := r.model.release(&p, t)
			if err != nil {
				return nil, err
			}
			r.Tables = append(r.Tables, released)
		}
	}
	return r, nil
}

// release reads one table's cells from the finished model.
func (m *model) release(p *Part, t *query.Table) (*Released, error) {
	r := &Released{table: t, split: p.Split, about: m.about}
	for u := range p.Split.Units {
		unit := m.unitOf(p, u)
		cells := make([]Cell, len(t.Cells))
		for i, c := range t.Cells {
			cell, ok := m.showCell(unit, t, c)
			if !ok {
				return nil, fault.New(fault.Internal, "disclosure.undeclared", "table", t.ID)
			}
			cells[i] = cell
		}
		r.cells = append(r.cells, cells)
		var bases []Value
		for _, b := range t.Bases() {
			bases = append(bases, m.show(unit, b))
		}
		r.bases = append(r.bases, bases)
		r.figures = append(r.figures, m.showFigures(unit, t))
	}
	r.withheld = m.withheldIn(p, t)
	return r, nil
}

// showCell gives a cell's count and its share or mean.
func (m *model) showCell(u *unit, t *query.Table, c query.Cell) (Cell, bool) {
	id, ok := m.index[u.key(c.Set)]
	if !ok {
		return Cell{}, false
	}
	if t.Kind == query.Means {
		return Cell{m.value(id), m.mean(u, c.Set, t.Of)}, true
	}
	return Cell{m.value(id), m.share(u, c.Set, c.Base)}, true
}

// share is the percent of the base, masked when either is.
func (m *model) share(u *unit, set, base query.Set) Value {
	c, b := m.at(u, set), m.at(u, base)
	switch {
	case c.masked || b.masked:
		return without(Masked)
	case b.true == 0:
		return without(NotApplicable)
	}
	return number(100 * float64(c.true) / float64(b.true))
}

// mean is the mean of a number over a set, masked when the number of cases is.
func (m *model) mean(u *unit, set query.Set, of query.Numeric) Value {
	c := m.at(u, set)
	switch {
	case c.masked:
		return without(Masked)
	case c.true == 0:
		return without(NotApplicable)
	}
	return number(float64(m.sumAt(u, set, of).true) / float64(c.true))
}

func (m *model) showFigures(u *unit, t *query.Table) [][]Value {
	all := make([][]Value, len(t.Figures))
	for i, f := range t.Figures {
		for _, at := range f.At {
			all[i] = append(all[i], m.showFigure(u, f.Kind, at))
		}
	}
	return all
}

func (m *model) showFigure(u *unit, kind query.FigureKind, at query.Place) Value {
	switch kind {
	case query.MeanOf:
		return m.mean(u, at.Set, at.Num)
	case query.PercentOf:
		return m.share(u, at.Set, at.Base)
	case query.SumOf:
		return m.showSum(u, at.Sum)
	}
	return m.show(u, at.Set)
}

// showSum is a sum of counts; it is masked when any part of it is. It is never small
// otherwise: its parts are 0 or more than small.
func (m *model) showSum(u *unit, parts []query.Set) Value {
	total := int64(0)
	for _, s := range parts {
		c := m.at(u, s)
		if c.masked {
			return without(Masked)
		}
		total += c.true
	}
	return count(total)
}
