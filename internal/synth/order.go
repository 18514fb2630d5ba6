package synth

import (
	"iter"
	"maps"
	"slices"
)

// inOrder goes through a map by its keys, so that the same options give the same cases.
func inOrder[V any](m map[int]V) iter.Seq2[int, V] {
	return func(yield func(int, V) bool) {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}
