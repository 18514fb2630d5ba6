package stat

import "math"

// mostTables is how many partial tables Fisher's test looks at before it gives up: a page
// does not wait longer.
const mostTables = 300_000

// nearly is how much more likely than the observed a table may be, by rounding alone, and
// still count as equally likely. It is R's.
const nearly = 1e-7

// Fisher is the exact test, two-sided: how likely a table at most as likely as the observed is
// where rows and columns have nothing to do with each other and their sums are given. ok is
// false where fewer than two rows or columns have cases, or where there are more tables than
// can be looked at; then chi-square is good enough.
//
// R. A. Fisher, Statistical Methods for Research Workers, 5th ed. (1934), § 21.02, for two by
// two; G. H. Freeman, J. H. Halton, "Note on an exact treatment of contingency …", Biometrika
// 38 (1951) 141-149, for more.
func Fisher(counts [][]int64) (t Test, ok bool) {
	m := marginsOf(counts)
	if len(m.rows) < 2 || len(m.columns) < 2 {
		return Test{P: 1}, false
	}
	f := &fisher{m: m, left: append([]int64(nil), m.columns...), logs: logFactorials(int(m.all))}
	f.limit = math.Inf(1)
	f.limit = f.observed() + math.Log1p(nearly)
	f.row(0, 0, m.rows[0], 0)
	if f.seen > mostTables {
		return Test{P: 1}, false
	}
	scale := -f.logs[m.all]
	for _, n := range m.rows {
		scale += f.logs[n]
	}
	for _, n := range m.columns {
		scale += f.logs[n]
	}
	return Test{P: min(1, f.sum*math.Exp(f.base+scale))}, true
}

// fisher goes through all tables with the given sums, row by row and cell by cell. The log of
// a table's likelihood is, but for the same for all, minus the logs of its cells' factorials.
type fisher struct {
	m     margins
	left  []int64 // of each column, for the rows that are left
	logs  []float64
	limit float64 // the observed table's, and a little
	base  float64 // what is taken out of the sum, so that it does not vanish
	sum   float64
	seen  int
}

func (f *fisher) observed() (log float64) {
	for _, row := range f.m.cells {
		for _, n := range row {
			log -= f.logs[n]
		}
	}
	f.base = log
	return log
}

// row fills the cells of a row from column j on with what is left of the row's sum.
func (f *fisher) row(i, j int, rest int64, log float64) {
	if f.seen > mostTables {
		return
	}
	if i == len(f.m.rows)-1 { // the last row is what is left of the columns
		f.seen++
		for _, n := range f.left {
			log -= f.logs[n]
		}
		if log <= f.limit {
			f.sum += math.Exp(log - f.base)
		}
		return
	}
	if j == len(f.left)-1 {
		if rest > f.left[j] {
			return
		}
		f.left[j] -= rest
		f.row(i+1, 0, f.m.rows[i+1], log-f.logs[rest])
		f.left[j] += rest
		return
	}
	f.seen++
	for n := int64(0); n <= min(rest, f.left[j]); n++ {
		f.left[j] -= n
		f.row(i, j+1, rest-n, log-f.logs[n])
		f.left[j] += n
	}
}

func logFactorials(n int) []float64 {
	logs := make([]float64, n+1)
	for i := 2; i <= n; i++ {
		logs[i] = logs[i-1] + math.Log(float64(i))
	}
	return logs
}
