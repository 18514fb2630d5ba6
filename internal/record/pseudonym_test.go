package record

import "testing"

func TestOneCodeSpeltDifferentlyIsOneCode(t *testing.T) {
	for _, same := range [][]string{
		{"24-017A", "24-017 a", "24–017a", "24—017A", "24\u2010017a", "24\u2011017a", "24\u2012017a", "24−017a", "24-\u00ad017a", "\u200e24-017a\ufeff", "24-017\u00a0a"},
		{"Å-1", "A\u030a-1", "a\u030a-1", "å-1", "a\u200d\u030a-1", "\u212b-1"},
	} {
		for _, code := range same {
			if got := PlainCode(code); got != same[0] || PlainCode(got) != got {
				t.Errorf("%q is compared as %q, not %q", code, got, same[0])
			}
		}
	}
}
