package tabulate

import (
	"fmt"
	"testing"
)

func TestWhatIsWorkedOutDoesNotFillTheMemory(t *testing.T) {
	c := &Columns{derived: map[string][]uint64{}}
	for i := range 3*mostDerived + 1 {
		c.keep(fmt.Sprint(i), nil)
		if _, ok := c.derived[fmt.Sprint(i)]; !ok || len(c.derived) > mostDerived {
			t.Fatal(i, len(c.derived))
		}
	}
}
