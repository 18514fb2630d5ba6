package cli

import "testing"

func TestTheCollectorHasRoomWhileMuchIsAskedFor(t *testing.T) {
	for _, c := range []struct {
		stays, asked uint64
		want         int
	}{
		{30 << 20, 1 << 20, 100},     // rests
		{30 << 20, 500 << 20, 400},   // many save
		{1 << 20, 500 << 20, 800},    // a small register: no more than eight times
		{1000 << 20, 500 << 20, 100}, // a large one: never less than usual
	} {
		if got := roomFor(c.stays, c.asked); got != c.want {
			t.Errorf("%d MB stay, %d MB were asked for: %d percent, not %d", c.stays>>20, c.asked>>20, got, c.want)
		}
	}
}
