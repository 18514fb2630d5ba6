package synth

import (
	"cmp"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// lowest gives the smallest code of an answer, -1 when it has none.
func lowest(answer uint64) int {
	if answer == 0 {
		return -1
	}
	return bits.TrailingZeros64(answer)
}

func sortSketches(s []sketch) {
	slices.SortStableFunc(s, func(a, b sketch) int {
		return cmp.Or(cmp.Compare(a.town, b.town), cmp.Compare(a.intake, b.intake))
	})
}

// sameClientOften is how many cases in a hundred that, when a fitting earlier case is
// closed, are that client's second one. Made up: the report does not say.
const sameClientOften = 6

// joinClients lets some cases be the second one of the same client: same municipality,
// same answers on what does not change, and begun after the first was closed.
func (p *plan) joinClients(s []sketch, rng *rand.Rand) {
	taken := make([]bool, len(s))
	for j := range s {
		if rng.IntN(100) >= sameClientOften {
			continue
		}
		for i := j - 1; i >= 0 && s[i].town == s[j].town; i-- {
			if !taken[i] && !taken[j] && mayBeSame(&s[i], &s[j]) {
				s[j].client, s[j].years = s[i].client, s[i].years
				taken[i], taken[j] = true, true
				break
			}
		}
	}
}

func mayBeSame(first, second *sketch) bool {
	for _, a := range []attr{sex, age, origin, disability} {
		if first.codes[a] == 0 || first.codes[a] != second.codes[a] {
			return false
		}
	}
	return first.codes[length] != 0 && first.closed < second.intake && first.codes[reason] != code(6)
}
