package compile

import (
	"testing"

	"foljsam/internal/exchange"
	"foljsam/internal/record"
)

// Two names that differ only in case would be one file on some computers: the first
// becomes a table, whatever the order of the packages, and says what is not in it.
func TestNamesThatDifferOnlyInCase(t *testing.T) {
	make := func(name string) *exchange.Package {
		return &exchange.Package{Batch: &record.Batch{Local: []record.LocalColumn{{Name: name, Description: `{"name":"` + name + `"}`, Codes: []string{"a"}}}}}
	}
	for _, names := range [][]string{{"Ål", "ål", "ål", "Ål", "ål"}, {"ål", "ål", "ål", "Ål", "Ål"}} {
		var all []*exchange.Package
		for _, n := range names {
			all = append(all, make(n))
		}
		got := chooseLocal(all)
		if len(got.tables) != 1 || got.tables[0].ID != "lokal_Ål" || got.left["lokal_Ål"] != 3 {
			t.Errorf("%v", got.left)
		}
		for i, p := range all {
			if (len(p.Batch.Local) == 1) != (names[i] == "Ål") {
				t.Errorf("%s: %v", names[i], p.Batch.Local)
			}
		}
	}
}
