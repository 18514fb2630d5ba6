package compile

import (
	"foljsam/internal/disclosure"
	"foljsam/internal/query"
	"foljsam/internal/stat"
	"foljsam/internal/tabulate"
)

// fewest is the base under which a dive compares nothing: percent of a handful of cases says
// more than they can carry.
const fewest = 20

// Dived is a part of the cases beside the rest, in one question after another.
type Dived struct {
	Release *disclosure.Release
	Asked   []DiveAsked
	Looks   int // how many comparisons were made, all questions together
}

// DiveAsked is one question. The first unit of the table's first dimension is the part, the
// second the rest; Compared is by category.
type DiveAsked struct {
	ID       string
	Table    *disclosure.Released
	Compared []Compared
}

// Compared is a part's share less the rest's. Holm is after all looks of the dive.
type Compared struct {
	Part, Rest disclosure.Estimate // shares with intervals
	Apart      disclosure.Estimate
	Tested
	Made bool // false: too few cases to compare
}

// DiveOf compares a group of a dive with the rest. All questions are looked at, since the number
// of looks is theirs together; where only is the id of one, the release holds that one alone.
func DiveOf(cols *tabulate.Columns, c Chosen, d query.Dive, g query.DiveGroup, only string) (*Dived, error) {
	tables := query.DiveTables(c.Codebook, d, g)
	rel, err := c.release(cols, tables, false)
	if err != nil {
		return nil, err
	}
	x := &Dived{Release: rel}
	for _, t := range tables {
		a := DiveAsked{ID: d.Asks(g, t), Table: rel.Table("", t.ID)}
		for i := range t.Dims[1].Cats {
			a.Compared = append(a.Compared, comparedIn(rel, a.Table, i))
		}
		x.Asked = append(x.Asked, a)
	}
	x.adjust()
	if only == "" {
		return x, nil
	}
	return x.alone(cols, c, tables, only)
}

// comparedIn compares one category of a question.
func comparedIn(rel *disclosure.Release, r *disclosure.Released, category int) (c Compared) {
	t := r.Table()
	part, rest := t.Index(0, category), t.Index(1, category)
	a, m, b, n := r.Cell(0, part).Count, r.BaseOf(0, part), r.Cell(0, rest).Count, r.BaseOf(0, rest)
	c.Part, c.Rest, c.Apart = share(rel, a, m), share(rel, b, n), apart(rel, a, m, b, n)
	c.P, c.Holm = rel.NoEstimate(level, "stat.chisquare"), rel.NoEstimate(level, "stat.holm")
	if c.Made = m.IsNumber() && n.IsNumber() && m.Int() >= fewest && n.Int() >= fewest && a.IsNumber() && b.IsNumber(); !c.Made {
		return c
	}
	p, exact, ok := independent([][]int64{{a.Int(), m.Int() - a.Int()}, {b.Int(), n.Int() - b.Int()}})
	if c.Made = ok; !ok { // nobody, or everybody, in both
		return c
	}
	method := "stat.chisquare"
	if exact {
		method = "stat.fisher"
	}
	c.P, c.Exact = rel.Estimate(p, p, p, level, method, a, m, b, n), exact
	return c
}

// adjust takes into account how many comparisons were made.
func (x *Dived) adjust() {
	var ps []float64
	x.each(func(c *Compared) { ps = append(ps, c.P.Value.Float()) })
	x.Looks = len(ps)
	adjusted, i := stat.Holm(ps), 0
	x.each(func(c *Compared) {
		c.Holm = x.Release.Estimate(adjusted[i], adjusted[i], adjusted[i], level, "stat.holm", c.P.Value)
		i++
	})
}

func (x *Dived) each(do func(*Compared)) {
	for i := range x.Asked {
		for k := range x.Asked[i].Compared {
			if c := &x.Asked[i].Compared[k]; c.Made {
				do(c)
			}
		}
	}
}

// alone keeps one question, in a release of its own to be taken away.
func (x *Dived) alone(cols *tabulate.Columns, c Chosen, tables []*query.Table, only string) (*Dived, error) {
	for i, a := range x.Asked {
		if a.ID != only {
			continue
		}
		rel, err := c.release(cols, tables[i:i+1], false)
		if err != nil {
			return nil, err
		}
		a.Table = rel.Table("", tables[i].ID)
		return &Dived{Release: rel, Asked: []DiveAsked{a}, Looks: x.Looks}, nil
	}
	return &Dived{Release: x.Release, Looks: x.Looks}, nil
}
