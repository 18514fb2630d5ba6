package stat

import "math"

// Interval is a confidence interval: both ends.
type Interval struct{ Low, High float64 }

// Wilson is the score interval, without continuity correction, of a proportion of which
// x of n were seen. For n = 0 nothing is known: from 0 to 1.
//
// E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
// Journal of the American Statistical Association 22 (1927) 209-212; method 3 in
// R. G. Newcombe, "Two-sided confidence intervals for the single proportion: comparison
// of seven methods", Statistics in Medicine 17 (1998) 857-872.
func Wilson(x, n int64, level float64) Interval {
	if n <= 0 {
		return Interval{0, 1}
	}
	z, N := quantile(level), float64(n)
	p := float64(x) / N
	middle := p + z*z/(2*N)
	half := z * math.Sqrt(p*(1-p)/N+z*z/(4*N*N))
	scale := 1 + z*z/N
	i := Interval{(middle - half) / scale, (middle + half) / scale}
	if x == 0 { // exact ends, where the arithmetic leaves a rounding error
		i.Low = 0
	}
	if x == n {
		i.High = 1
	}
	return i
}

// Difference is the interval of p1 − p2 for two independent groups, made of the two
// groups' Wilson intervals. The groups may not overlap: compare a part with the rest,
// never with the whole that holds it.
//
// Method 10 in R. G. Newcombe, "Interval estimation for the difference between
// independent proportions: comparison of eleven methods", Statistics in Medicine 17
// (1998) 873-890.
func Difference(x1, n1, x2, n2 int64, level float64) Interval {
	if n1 <= 0 || n2 <= 0 {
		return Interval{-1, 1}
	}
	p1, p2 := float64(x1)/float64(n1), float64(x2)/float64(n2)
	a, b := Wilson(x1, n1, level), Wilson(x2, n2, level)
	return Interval{
		p1 - p2 - math.Hypot(p1-a.Low, b.High-p2),
		p1 - p2 + math.Hypot(a.High-p1, p2-b.Low),
	}
}

// quantile is how many standard deviations on either side of the mean hold the level's
// share of a normal distribution: 1.96 for 0.95.
func quantile(level float64) float64 { return math.Sqrt2 * math.Erfinv(level) }
