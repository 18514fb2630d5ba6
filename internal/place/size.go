package place

import "slices"

// SizeClass is a class of municipalities by number of inhabitants, both ends in it.
type SizeClass struct {
	ID   string // "15000-39999": also a category of the tables by size
	From int
	Till int // 0: and more
}

// SizeClasses are the classes of the national tables, ascending.
var SizeClasses = []SizeClass{
	{"0-14999", 0, 14_999},
	{"15000-39999", 15_000, 39_999},
	{"40000-99999", 40_000, 99_999},
	{"100000-", 100_000, 0},
}

// SizeClassOf gives the class of a municipality with so many inhabitants; ok is false for
// a negative number.
func SizeClassOf(inhabitants int) (c SizeClass, ok bool) {
	i := slices.IndexFunc(SizeClasses, func(c SizeClass) bool {
		return inhabitants >= c.From && (c.Till == 0 || inhabitants <= c.Till)
	})
	if i < 0 {
		return SizeClass{}, false
	}
	return SizeClasses[i], true
}
