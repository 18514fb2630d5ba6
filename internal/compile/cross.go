package compile

import (
	"foljsam/internal/disclosure"
	"foljsam/internal/query"
	"foljsam/internal/stat"
	"foljsam/internal/tabulate"
)

// Crossed is a free cross table of two variables or groupings, and what is made of it. The
// estimates are by cell of Rows, row by row.
type Crossed struct {
	Release *disclosure.Release  // Rows and Columns: what may be taken away as a file
	Rows    *disclosure.Released // shares of each row
	Columns *disclosure.Released // the other way: shares of each column

	OfRow    []disclosure.Estimate // share of the row
	OfColumn []disclosure.Estimate // share of the column
	Against  []disclosure.Estimate // share of the row, less that of all other rows together
	Others   []disclosure.Value    // how many those are

	Overlap bool // a case may be in several rows
	Tests   []Tested
}

// Tested is a test of whether the rows differ: in all columns together or, where a case may be
// in several, in one. P is of the test, Holm after so many looks.
type Tested struct {
	Column  int // -1: all together
	P, Holm disclosure.Estimate
	Exact   bool
}

// CrossOf counts a free cross table of a register's own cases. Tests are made only where they
// are asked for.
func CrossOf(cols *tabulate.Columns, c Chosen, rows, columns string, test bool) (*Crossed, error) {
	r, err := query.Cross(c.Codebook, rows, columns, query.All())
	if err != nil {
		return nil, err
	}
	k, err := query.Cross(c.Codebook, columns, rows, query.All())
	if err != nil {
		return nil, err
	}
	rest, err := query.Rest(c.Codebook, rows, columns, query.All())
	if err != nil {
		return nil, err
	}
	shown, err := c.release(cols, []*query.Table{r, k}, false)
	if err != nil {
		return nil, err
	}
	all, err := c.release(cols, []*query.Table{r, k, rest}, false)
	if err != nil {
		return nil, err
	}
	x := &Crossed{Release: shown, Rows: shown.Table("", r.ID), Columns: shown.Table("", k.ID), Overlap: !r.Dims[0].Parts}
	x.estimate(all, all.Table("", rest.ID))
	if test && !x.Overlap {
		x.Tests = x.tests(all)
	}
	return x, nil
}

func (x *Crossed) estimate(rel *disclosure.Release, rest *disclosure.Released) {
	t, k := x.Rows.Table(), x.Columns.Table()
	for i := range t.Dims[0].Cats {
		for j := range t.Dims[1].Cats {
			at, across := t.Index(i, j), k.Index(j, i)
			n := x.Rows.Cell(0, at).Count
			x.OfRow = append(x.OfRow, share(rel, n, x.Rows.BaseOf(0, at)))
			x.OfColumn = append(x.OfColumn, share(rel, n, x.Columns.BaseOf(0, across)))
			x.Against = append(x.Against, apart(rel, n, x.Rows.BaseOf(0, at), rest.Cell(0, at).Count, rest.BaseOf(0, at)))
			x.Others = append(x.Others, rest.BaseOf(0, at))
		}
	}
}

// tests compares the rows in all columns at once, or column by column where a case may be in
// several of them.
func (x *Crossed) tests(rel *disclosure.Release) (all []Tested) {
	t := x.Rows.Table()
	columns := []int{-1}
	if !t.Dims[1].Parts {
		columns = columns[:0]
		for j := range t.Dims[1].Cats {
			columns = append(columns, j)
		}
	}
	var ps []float64
	for _, j := range columns {
		counts, from := x.counts(j)
		p, exact, ok := independent(counts)
		if !ok {
			continue
		}
		ps = append(ps, p)
		method := "stat.chisquare"
		if exact {
			method = "stat.fisher"
		}
		all = append(all, Tested{Column: j, P: rel.Estimate(p, p, p, level, method, from...), Exact: exact})
	}
	for i, p := range stat.Holm(ps) {
		_, from := x.counts(all[i].Column)
		all[i].Holm = rel.Estimate(p, p, p, level, "stat.holm", from...)
	}
	return all
}

// counts gives the table that is tested, and what it is made of: every column, or one of them
// against not being in it.
func (x *Crossed) counts(column int) (counts [][]int64, from []disclosure.Value) {
	t := x.Rows.Table()
	for i := range t.Dims[0].Cats {
		var row []int64
		for j := range t.Dims[1].Cats {
			n, base := x.Rows.Cell(0, t.Index(i, j)).Count, x.Rows.BaseOf(0, t.Index(i, j))
			switch {
			case column < 0:
				row, from = append(row, n.Int()), append(from, n)
			case column == j:
				row, from = append(row, n.Int(), base.Int()-n.Int()), append(from, n, base)
			}
		}
		counts = append(counts, row)
	}
	return counts, from
}

// least is the expected count under which chi-square is not to be trusted.
const least = 5

func independent(counts [][]int64) (p float64, exact, ok bool) {
	chi, ok := stat.ChiSquare(counts)
	if !ok || chi.Least >= least {
		return chi.P, false, ok
	}
	f, ok := stat.Fisher(counts)
	return f.P, true, ok
}
