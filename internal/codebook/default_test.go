package codebook

import "testing"

func TestDefault(t *testing.T) {
	cb := Default()
	if len(cb.Variables) != 29 {
		t.Fatal(len(cb.Variables))
	}
}
