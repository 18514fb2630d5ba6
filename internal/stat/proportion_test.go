package stat

import (
	"math"
	"testing"
)

// The printed intervals of Newcombe, Statistics in Medicine 17 (1998) 857-872, Table I,
// method 3 (score, without continuity correction), level 95 %.
func TestWilsonAsPrinted(t *testing.T) {
	for _, c := range []struct {
		x, n      int64
		low, high float64
	}{
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0.0000, 0.1611},
		{1, 29, 0.0061, 0.1718},
	} {
		expect(t, Wilson(c.x, c.n, 0.95), c.low, c.high)
	}
}

// The printed intervals of Newcombe, Statistics in Medicine 17 (1998) 873-890, Table II,
// method 10 (hybrid score, without continuity correction), level 95 %.
func TestDifferenceAsPrinted(t *testing.T) {
	for _, c := range []struct {
		x1, n1, x2, n2 int64
		low, high      float64
	}{
		{56, 70, 48, 80, 0.0524, 0.3339},
		{9, 10, 3, 10, 0.1705, 0.8090},
		{6, 7, 2, 7, 0.0582, 0.8062},
		{5, 56, 0, 29, -0.0381, 0.1926},
		{0, 10, 0, 20, -0.1611, 0.2775},
		{0, 10, 0, 10, -0.2775, 0.2775},
		{10, 10, 0, 20, 0.6791, 1.0000},
		{10, 10, 0, 10, 0.6075, 1.0000},
	} {
		expect(t, Difference(c.x1, c.n1, c.x2, c.n2, 0.95), c.low, c.high)
	}
}

func TestNothingSeenSaysNothing(t *testing.T) {
	expect(t, Wilson(0, 0, 0.95), 0, 1)
	expect(t, Difference(0, 0, 3, 4, 0.95), -1, 1)
}

func TestTheOtherWayRoundIsTheMirrorImage(t *testing.T) {
	a, b := Difference(30, 104, 200, 900, 0.95), Difference(200, 900, 30, 104, 0.95)
	expect(t, Interval{-b.High, -b.Low}, a.Low, a.High)
}

func expect(t *testing.T, i Interval, low, high float64) {
	t.Helper()
	if math.Abs(i.Low-low) > 0.00005 || math.Abs(i.High-high) > 0.00005 {
		t.Errorf("%.4f to %.4f, expected %.4f to %.4f", i.Low, i.High, low, high)
	}
}
