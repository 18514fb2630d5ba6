//go:build !amd64

package tabulate

const hasVectors = false

func countVector(a, b *uint64, n int) int { panic("tabulate: no vectors on this processor") }
