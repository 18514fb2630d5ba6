package stat

import "math"

// Test is the answer of a test of whether rows and columns of a table of counts hang together.
type Test struct {
	P         float64
	Statistic float64 // of chi-square; of Fisher's test nothing
	Freedom   int     // degrees of freedom of chi-square
	Least     float64 // the least expected count, where there is no connection
}

// ChiSquare is Pearson's test, without continuity correction. Rows and columns without a case
// are left out. ok is false where fewer than two of either are left. Where Least is under 5
// its P is not to be trusted (Cochran 1954): take Fisher's.
//
// K. Pearson, "On the criterion that a given system of deviations …", Philosophical Magazine
// 50 (1900) 157-175; W. G. Cochran, "Some methods for strengthening the common χ² tests",
// Biometrics 10 (1954) 417-451. The degrees of freedom are Fisher's (1922).
func ChiSquare(counts [][]int64) (t Test, ok bool) {
	m := marginsOf(counts)
	if len(m.rows) < 2 || len(m.columns) < 2 {
		return Test{P: 1}, false
	}
	t.Least = math.Inf(1)
	for i, row := range m.cells {
		for j, n := range row {
			expected := float64(m.rows[i]) * float64(m.columns[j]) / float64(m.all)
			t.Least = min(t.Least, expected)
			t.Statistic += (float64(n) - expected) * (float64(n) - expected) / expected
		}
	}
	t.Freedom = (len(m.rows) - 1) * (len(m.columns) - 1)
	t.P = upperGamma(float64(t.Freedom)/2, t.Statistic/2)
	return t, true
}

// margins is a table without its empty rows and columns.
type margins struct {
	cells         [][]int64
	rows, columns []int64
	all           int64
}

func marginsOf(counts [][]int64) (m margins) {
	var columns []int64
	for _, row := range counts {
		for j, n := range row {
			if j == len(columns) {
				columns = append(columns, 0)
			}
			columns[j] += n
		}
	}
	for _, row := range counts {
		var kept []int64
		sum := int64(0)
		for j, n := range row {
			sum += n
			if columns[j] > 0 {
				kept = append(kept, n)
			}
		}
		if sum > 0 {
			m.cells, m.rows = append(m.cells, kept), append(m.rows, sum)
			m.all += sum
		}
	}
	for _, n := range columns {
		if n > 0 {
			m.columns = append(m.columns, n)
		}
	}
	return m
}

// upperGamma is the regularised upper incomplete gamma function Q(a, x): by its series where
// x is small, by its continued fraction (modified by Lentz) otherwise.
//
// M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions (1964), 6.5.29 and 6.5.31.
func upperGamma(a, x float64) float64 {
	if x <= 0 {
		return 1
	}
	lg, _ := math.Lgamma(a)
	front := math.Exp(a*math.Log(x) - x - lg)
	if x < a+1 {
		sum, term := 1/a, 1/a
		for n := 1.0; n < 10000 && term > sum*1e-17; n++ {
			term *= x / (a + n)
			sum += term
		}
		return max(0, 1-front*sum)
	}
	const tiny = 1e-300
	b := x + 1 - a
	c, d := 1/tiny, 1/b
	h := d
	for n := 1.0; n < 10000; n++ {
		an := -n * (n - a)
		b += 2
		d = an*d + b
		if math.Abs(d) < tiny {
			d = tiny
		}
		if c = b + an/c; math.Abs(c) < tiny {
			c = tiny
		}
		d = 1 / d
		h *= d * c
		if math.Abs(d*c-1) < 1e-16 {
			break
		}
	}
	return front * h
}
