package tabulate

import "foljsam/internal/query"

// Units is the numbers of every unit of a split; it is what disclosure makes a release of.
type Units struct {
	split   query.Split
	counted *Counted
}

// Count counts some tables in every unit of a split.
func Count(c *Columns, split query.Split, tables []*query.Table) (*Units, error) {
	p, err := Prepare(c, split, tables)
	if err != nil {
		return nil, err
	}
	if len(split.Units) == 0 || split.Units[0].Places == nil {
		return &Units{split, p.Whole()}, nil
	}
	return &Units{split, p.ByPlace().gather(c, split)}, nil
}

// gather adds the municipalities of each unit.
func (c *Counted) gather(cols *Columns, split query.Split) *Counted {
	row := map[int]int{}
	for i, s := range cols.segments {
		row[s.Place] = i
	}
	out := newCounted(c.plan, len(split.Units))
	for i, u := range split.Units {
		for _, p := range u.Places {
			at, ok := row[p]
			for slot := 0; ok && slot < c.plan.Slots(); slot++ {
				out.of(int32(slot))[i] += c.of(int32(slot))[at]
			}
		}
	}
	if c.more != nil {
		out.more = c.more.gather(cols.more, split)
	}
	return out
}

// row gives where a unit's numbers stand, and the set that its cases are in.
func (u *Units) row(unit int) (int, query.Set) {
	if u.split.Units[unit].Places == nil {
		return 0, u.split.Units[unit].Set
	}
	return unit, query.All()
}

// Count gives the number of cases of a unit in a set.
func (u *Units) Count(unit int, s query.Set) int64 {
	row, within := u.row(unit)
	return u.counted.Count(row, query.And(within, s))
}

// Sum gives the sum of a number over the cases of a unit in a set.
func (u *Units) Sum(unit int, s query.Set, of query.Numeric) int64 {
	row, within := u.row(unit)
	return u.counted.SumOf(row, query.And(within, s), of)
}

// CountOne counts one set of cases.
func CountOne(c *Columns, s query.Set) (int64, error) {
	p, err := PrepareSets(c, []query.Set{s}, nil)
	if err != nil {
		return 0, err
	}
	return p.Whole().Count(0, s), nil
}
