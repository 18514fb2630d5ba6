package tabulate

import "math/bits"

// countInto adds to out[k] the number of cases in a and in bs[k], over the words from
// from to till of every column. It is the only inner loop of the program: where the
// processor can count the bits of eight words at once, countVector does it.
func countInto(out []uint32, a []uint64, bs [][]uint64, slots []int32, from, till int) {
	a = a[from:till]
	if hasVectors && till-from >= 4 {
		for k, b := range bs {
			out[slots[k]] += uint32(countVector(&a[0], &b[from], till-from))
		}
		return
	}
	for k, b := range bs {
		out[slots[k]] += uint32(countPlain(a, b[from:till]))
	}
}

// countPlain counts the bits that are set in both a and b.
func countPlain(a, b []uint64) (n int) {
	b = b[:len(a)]
	for i, x := range a {
		n += bits.OnesCount64(x & b[i])
	}
	return n
}

// countMasked is countInto for a column that was worked out for these words only.
func countMasked(out []uint32, a []uint64, bs [][]uint64, slots []int32, from int) {
	for k, b := range bs {
		if b = b[from : from+len(a)]; hasVectors && len(a) > 0 {
			out[slots[k]] += uint32(countVector(&a[0], &b[0], len(a)))
		} else {
			out[slots[k]] += uint32(countPlain(a, b))
		}
	}
}
