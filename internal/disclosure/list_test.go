package disclosure_test

import (
	"encoding/json"
	"testing"

	"foljsam/internal/disclosure"
)

func TestACountOfAListSaysHowFarItWasCounted(t *testing.T) {
	for _, x := range []struct {
		n, shown, want, left int
		more                 bool
	}{{0, 0, 0, 0, false}, {3, 3, 3, 0, false}, {1000, 12, 1000, 988, false}, {1001, 12, 1000, 988, true}} {
		c := disclosure.CountList(x.n, 1000)
		if c.N() != x.want || c.More() != x.more || c.After(x.shown).N() != x.left || c.After(x.shown).More() != x.more {
			t.Errorf("%+v: %+v", x, c)
		}
		if c.Audience() != disclosure.Internal {
			t.Error("it may be published")
		}
	}
	if b, err := json.Marshal(map[string]any{"n": disclosure.CountList(7, 10)}); err != nil || string(b) != `{"n":{}}` {
		t.Errorf("it leaves in a file: %s %v", b, err)
	}
}
