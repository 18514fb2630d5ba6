package tabulate

import (
	"fmt"
	"testing"
)

func TestWhatIsWorkedOutDoesNotFillTheMemory(t *testing.T) {
	c := newDerived(mostDerived)
	for i := range 3*mostDerived + 1 {
		c.keep(fmt.Sprint(i), nil)
		if _, ok := c.kept[fmt.Sprint(i)]; !ok || len(c.kept) > mostDerived {
			t.Fatal(i, len(c.kept))
		}
	}
}
