package tabulate

import "math/bits"

// count gives the number of bits set in both a and b, which are equally long. It is the
// only inner loop of the program: where the processor can count the bits of eight words
// at once, countVector does it.
func count(a, b []uint64) uint32 {
	if hasVectors && len(a) >= 4 {
		return uint32(countVector(&a[0], &b[0], len(a)))
	}
	return uint32(countPlain(a, b))
}

// countPlain counts one word after another.
func countPlain(a, b []uint64) (n int) {
	b = b[:len(a)]
	for i, x := range a {
		n += bits.OnesCount64(x & b[i])
	}
	return n
}
