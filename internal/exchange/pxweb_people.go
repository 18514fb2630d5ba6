package exchange

import (
	"slices"

	"foljsam/internal/fault"
)

// people gives the cells of a table of people to a headcount. A dimension that is left out
// is everybody together: PxWeb does so with those that may be.
func (c *cube) people(h *headcount) ([]fault.Problem, error) {
	for i, d := range c.dims {
		switch d {
		case regionDim, ageDim, sexDim, statusDim, contentsDim, timeDim:
		default:
			if len(c.codes[i]) > 1 || partOf(sexOf, c.codes[i][0]) != 0 {
				return nil, fault.New(fault.Invalid, "population.dimension_unknown", "file", c.file, "dimension", clip(d))
			}
		}
	}
	for _, d := range []string{regionDim, ageDim, timeDim} {
		if !slices.Contains(c.dims, d) {
			return nil, fault.New(fault.Invalid, "population.dimension_missing", "file", c.file, "dimension", d)
		}
	}
	measure, err := c.measure(h)
	if err != nil {
		return nil, err
	}
	problems := c.badYears()
	c.each(h, measure)
	return problems, nil
}

// measure finds which category of the contents is the number of people, and so the table;
// -1 where there is no such dimension.
func (c *cube) measure(h *headcount) (int, error) {
	i := slices.Index(c.dims, contentsDim)
	if i < 0 {
		return -1, nil
	}
	for _, t := range scbTables {
		if at := slices.Index(c.codes[i], t.contents); at >= 0 {
			if h.table == "" {
				h.table = t.id
			}
			return at, nil
		}
	}
	return 0, fault.New(fault.Invalid, "population.contents", "file", c.file)
}

func (c *cube) badYears() (problems []fault.Problem) {
	for _, code := range c.codes[slices.Index(c.dims, timeDim)] {
		if _, ok := yearOf(code); !ok {
			problems = append(problems, fault.Problem{File: c.file, Column: "Tid", Value: clip(code), Key: "population.not_year"})
		}
	}
	return problems
}

// pick finds the category of one dimension in the place of a cell.
type pick struct {
	stride int
	codes  []string
	left   bool // the dimension is left out
}

func (c *cube) pick(dim string) pick {
	stride := 1
	for i := len(c.dims) - 1; i >= 0; i-- {
		if c.dims[i] == dim {
			return pick{stride: stride, codes: c.codes[i]}
		}
		stride *= len(c.codes[i])
	}
	return pick{stride: 1, codes: []string{""}, left: true}
}

func (p pick) at(cell int) int { return cell / p.stride % len(p.codes) }

// parts reads a dimension's categories once, those of a dimension that is left out as all.
func (p pick) parts(known map[string]int) []int {
	out := make([]int, len(p.codes))
	for i, code := range p.codes {
		if !p.left {
			out[i] = partOf(known, code)
		}
	}
	return out
}

func (c *cube) each(h *headcount, measure int) {
	region, age, time, contents := c.pick(regionDim), c.pick(ageDim), c.pick(timeDim), c.pick(contentsDim)
	sex, status := c.pick(sexDim), c.pick(statusDim)
	sexCode, statusCode := sex.parts(sexOf), status.parts(statusOf)
	at := make([]unitYear, len(region.codes)*len(time.codes))
	for i, code := range region.codes {
		for j, y := range time.codes {
			unit, okUnit := unitOf(code)
			if year, ok := yearOf(y); ok && okUnit {
				at[i*len(time.codes)+j] = unitYear{unit, year}
			}
		}
	}
	for i, n := range c.values {
		to := at[region.at(i)*len(time.codes)+time.at(i)]
		if to.unit == "" || measure >= 0 && contents.at(i) != measure {
			continue
		}
		h.know(to)
		if n != none {
			h.add(to, age.codes[age.at(i)], sexCode[sex.at(i)], statusCode[status.at(i)], n)
		}
	}
}
