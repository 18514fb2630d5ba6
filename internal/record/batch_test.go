package record

import (
	"slices"
	"testing"

	"foljsam/internal/codebook"
)

func TestByPlaceKeepsEveryCase(t *testing.T) {
	b := &Batch{Layout: NewLayout(codebook.Default())}
	for i, unit := range []uint32{2584000, 180002, 114000, 180000, 9999099, 114000} {
		row := b.Append(unit, Day(100+i))
		SetBit(row, 10*i)
		b.Days[i], b.Age[i] = uint16(i), uint8(20+i)
	}
	x := b.ByPlace()
	if want := []uint32{114000, 114000, 180002, 180000, 2584000, 9999099}; !slices.Equal(x.Unit, want) {
		t.Fatal(x.Unit)
	}
	for at, i := range []int{2, 5, 1, 3, 0, 4} { // those of one place stay in their order
		if x.Intake[at] != b.Intake[i] || x.Days[at] != b.Days[i] || x.Age[at] != b.Age[i] || !slices.Equal(x.Row(at), b.Row(i)) {
			t.Errorf("case %d is not what it was", i)
		}
	}
}
