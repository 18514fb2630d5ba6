package stat

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Agreement is how much more readers agree than by chance: 1 for always, 0 for no more than
// chance. Known is false where it cannot be said: nobody read the same, or all chose the same
// throughout, so that there was nothing to differ about.
type Agreement struct {
	Value float64
	Interval
	Known bool
}

// NotRead is what a reader who did not read a case has chosen.
const NotRead = -1

// Cohen is the agreement of two readers of the same cases, with its large-sample interval.
//
// J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
// Measurement 20 (1960) 37-46; the variance by J. L. Fleiss, J. Cohen, B. S. Everitt, "Large
// sample standard errors of kappa and weighted kappa", Psychological Bulletin 72 (1969) 323-327.
func Cohen(a, b []int, level float64) Agreement {
	n, both, first, second := pairs(a, b)
	if n == 0 {
		return Agreement{Interval: Interval{-1, 1}}
	}
	agreed, chance := 0.0, 0.0
	for c, p := range first {
		agreed += both[[2]int{c, c}]
		chance += p * second[c]
	}
	if chance >= 1 {
		return Agreement{Interval: Interval{-1, 1}}
	}
	k := (agreed - chance) / (1 - chance)
	on, off := 0.0, 0.0
	for c, p := range both {
		sum := first[c[1]] + second[c[0]]
		if c[0] == c[1] {
			d := 1 - (first[c[0]]+second[c[0]])*(1-k)
			on += p * d * d
		} else {
			off += p * sum * sum
		}
	}
	rest := k - chance*(1-k)
	half := quantile(level) * math.Sqrt(max(0, on+(1-k)*(1-k)*off-rest*rest)/float64(n)) / (1 - chance)
	return Agreement{k, Interval{max(-1, k-half), min(1, k+half)}, true}
}

// pairs gives the shares of what two readers chose, together and each.
func pairs(a, b []int) (n int, both map[[2]int]float64, first, second map[int]float64) {
	both, first, second = map[[2]int]float64{}, map[int]float64{}, map[int]float64{}
	for i := range min(len(a), len(b)) {
		if a[i] == NotRead || b[i] == NotRead {
			continue
		}
		n++
		both[[2]int{a[i], b[i]}]++
		first[a[i]]++
		second[b[i]]++
	}
	for _, c := range slices.Collect(keys(both)) {
		both[c] /= float64(n)
	}
	for _, m := range []map[int]float64{first, second} {
		for c := range m {
			m[c] /= float64(n)
		}
	}
	return n, both, first, second
}

func keys[K comparable, V any](m map[K]V) func(func(K) bool) {
	return func(yield func(K) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// draws is how often the cases are drawn anew for an interval.
const draws = 2000

// Krippendorff is the agreement of any number of readers, of whom each need not have read
// every case: cases[i] is what they chose in case i. The interval is of cases drawn anew, by
// percentiles; the same cases give the same interval.
//
// K. Krippendorff, Content Analysis, 2nd ed. (2004), chapter 11, for a nominal scale; the
// interval by A. Zapf, S. Castell, L. Morawietz, A. Karch, "Measuring inter-rater reliability
// for nominal data – which coefficients and confidence intervals are appropriate?", BMC
// Medical Research Methodology 16 (2016) 93.
func Krippendorff(cases [][]int, level float64) Agreement {
	place, counts := map[int]int{}, make([][]int, len(cases))
	for _, c := range cases {
		for _, v := range c {
			if _, known := place[v]; v != NotRead && !known {
				place[v] = len(place)
			}
		}
	}
	for i, c := range cases {
		counts[i] = make([]int, len(place))
		for _, v := range c {
			if v != NotRead {
				counts[i][place[v]]++
			}
		}
	}
	return Counted(counts, level)
}

// Counted is Krippendorff of what is known only as counts: cases[i][k] is how many readers chose
// category k in case i. Asked of one option, there are two categories: the option, and any other.
func Counted(cases [][]int, level float64) Agreement {
	read := slices.DeleteFunc(slices.Clone(cases), func(c []int) bool { return sum(c) < 2 })
	value, ok := alpha(read)
	if !ok {
		return Agreement{Interval: Interval{-1, 1}}
	}
	rng := rand.New(rand.NewPCG(1, uint64(len(read))))
	drawn, all := make([][]int, len(read)), []float64{}
	for range draws {
		for i := range drawn {
			drawn[i] = read[rng.IntN(len(read))]
		}
		if v, ok := alpha(drawn); ok {
			all = append(all, v)
		}
	}
	slices.Sort(all)
	tail := (1 - level) / 2
	at := func(share float64) float64 { return all[min(len(all)-1, int(share*float64(len(all))))] }
	if len(all) == 0 {
		return Agreement{value, Interval{-1, 1}, true}
	}
	return Agreement{value, Interval{at(tail), at(1 - tail)}, true}
}

func sum(all []int) (n int) {
	for _, v := range all {
		n += v
	}
	return n
}

// alpha is one less the disagreement seen in parts of the disagreement by chance.
func alpha(cases [][]int) (float64, bool) {
	seen, n, chance := 0.0, 0.0, 0.0
	var of []float64
	for _, c := range cases {
		m := float64(sum(c))
		n += m
		for k, count := range c {
			if k == len(of) {
				of = append(of, 0)
			}
			of[k] += float64(count)
			seen += float64(count) * (m - float64(count)) / (m - 1)
		}
	}
	for _, k := range of {
		chance += k * (n - k)
	}
	if chance == 0 {
		return 0, false
	}
	return 1 - (n-1)*seen/chance, true
}

// Same is how large a share of all pairs of readers of the same case chose the same, by how many
// chose each category in each case; false where no two read the same.
func Same(cases [][]int) (float64, bool) {
	same, pairs := 0.0, 0.0
	for _, c := range cases {
		m := float64(sum(c))
		pairs += m * (m - 1)
		for _, n := range c {
			same += float64(n) * float64(n-1)
		}
	}
	return same / pairs, pairs > 0
}

// SameOn is, of the pairs in which one reader chose a category, how large a share the other chose
// it too; false where nobody with a fellow reader did.
//
// D. V. Cicchetti, A. R. Feinstein, "High agreement but low kappa: II. Resolving the paradoxes",
// Journal of Clinical Epidemiology 43 (1990) 551-558, for more readers than two.
func SameOn(cases [][]int, category int) (float64, bool) {
	same, pairs := 0.0, 0.0
	for _, c := range cases {
		n, m := float64(c[category]), float64(sum(c))
		same += n * (n - 1)
		pairs += n * (m - 1)
	}
	return same / pairs, pairs > 0
}
