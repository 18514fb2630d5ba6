package stat

import (
	"cmp"
	"slices"
)

// Holm gives the P values of several tests of one table as they are after so many looks: the
// chance that any of them is taken for a connection by mistake stays at the level.
//
// S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
// Statistics 6 (1979) 65-70.
func Holm(p []float64) []float64 {
	at := make([]int, len(p))
	for i := range at {
		at[i] = i
	}
	slices.SortFunc(at, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	adjusted, most := make([]float64, len(p)), 0.0
	for k, i := range at {
		most = max(most, min(1, float64(len(p)-k)*p[i]))
		adjusted[i] = most
	}
	return adjusted
}
