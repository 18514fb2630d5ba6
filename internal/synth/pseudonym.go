package synth

// pseudonymLetters are the letters of base 32, as real pseudonyms have them.
const pseudonymLetters = "abcdefghijklmnopqrstuvwxyz234567"

// pseudonym gives the sixteen characters of the n:th case, client or caseworker. Scramble
// is one-to-one, so two numbers under the same seed and kind never give the same.
func pseudonym(seed uint64, kind byte, n uint64) string {
	key := scramble(seed ^ uint64(kind)*0x9e37_79b9_7f4a_7c15)
	a := scramble(n ^ key)
	b := scramble(a ^ key)
	var out [16]byte
	for i := range 13 {
		out[i] = pseudonymLetters[a&31]
		a >>= 5
	}
	for i := 13; i < 16; i++ {
		out[i] = pseudonymLetters[b&31]
		b >>= 5
	}
	return string(out[:])
}

// scramble is the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
func scramble(x uint64) uint64 {
	x += 0x9e37_79b9_7f4a_7c15
	x = (x ^ x>>30) * 0xbf58_476d_1ce4_e5b9
	x = (x ^ x>>27) * 0x94d0_49bb_1331_11eb
	return x ^ x>>31
}
