package codebook

import (
	"slices"
	"strings"
	"testing"

	"foljsam/internal/fault"
	"foljsam/internal/locale"
)

// Runs over every kind that is registered: a new one is tested before its author writes a test.
func TestEveryKind(t *testing.T) {
	seen := map[Kind]bool{}
	for _, k := range Kinds {
		if seen[k.Kind] || k.Check == nil || k.Parse == nil || RulesOf(k.Kind) == nil {
			t.Errorf("the kind %q is not whole, or there twice", k.Kind)
		}
		seen[k.Kind] = true
		i := slices.IndexFunc(Default().Variables, func(v *Variable) bool { return v.Kind == k.Kind })
		if i < 0 {
			t.Errorf("no common variable is of the kind %q", k.Kind)
			continue
		}
		v := Default().Variables[i]
		if x, reasons := v.Parse(""); x.Set || reasons != nil {
			t.Errorf("%s: an empty cell is not \"not registered\"", k.Kind)
		}
		for _, cell := range []string{" ", "|", "-", "\x00", "²", "9999999999999999999", strings.Repeat("1|", 1000), "=1+1", "1,5", "NaN", "Inf", "1e9", "+1", "01"} {
			checkParsed(t, v, cell)
		}
		k.Check(v, func(key string, _ ...any) { t.Errorf("(%d): its own kind says %s", v.Number, key) })
	}
}

// checkParsed: a cell gives a value, or a reason that has a text; never neither.
func checkParsed(t *testing.T, v *Variable, cell string) {
	t.Helper()
	x, reasons := v.Parse(cell)
	if !x.Set && len(reasons) == 0 {
		t.Errorf("%s: %q vanished", v.Kind, cell)
	}
	for _, r := range reasons {
		if !locale.For(locale.Swedish).Has(r.Key) {
			t.Errorf("%s: %q has no text %s", v.Kind, cell, r.Key)
		}
	}
}

func TestCellsAreRead(t *testing.T) {
	cb := Default()
	for _, c := range []struct {
		v    *Variable
		cell string
		want string // codes, number, day or text; "" left out
		keys []string
	}{
		{cb.Role(Sex), "2", "[2]", nil},
		{cb.Role(Sex), "3", "", []string{"codebook.unknown_code"}},
		{cb.Role(Sex), "02", "", []string{"codebook.unknown_code"}},
		{cb.Role(Disability), "3|1", "[1 3]", nil},
		{cb.Role(Disability), "1|1", "[1]", []string{"codebook.code_twice"}},
		{cb.Role(Disability), "1|6|2", "[1 2]", []string{"codebook.unknown_code"}}, // 6 is the comment, not a code
		{cb.Role(Disability), "1||2", "[1 2]", []string{"codebook.unknown_code"}},
		{cb.Role(Disability), "8|9", "", []string{"codebook.unknown_code", "codebook.unknown_code"}},
		{cb.Role(Collaboration), "0", "[0]", nil},
		{cb.Role(Collaboration), "0|3", "", []string{"codebook.none_and_more"}},
		{cb.Role(Disability), "0", "", []string{"codebook.unknown_code"}},
		{cb.Role(Age), "0", "0", nil},
		{cb.Role(Age), "120", "120", nil},
		{cb.Role(Age), "121", "", []string{"codebook.outside"}},
		{cb.Role(Age), "-1", "", []string{"codebook.outside"}},
		{cb.Role(Age), "34,5", "", []string{"codebook.not_whole"}},
		{cb.Field(OfRisk, "skattning"), "7,5", "7.5", nil},
		{cb.Field(OfRisk, "skattning"), "0x1p3", "", []string{"codebook.not_number"}},
		{cb.Field(OfRisk, "fas"), "under", "[2]", nil},
		{cb.Field(OfRisk, "fas"), "sedan", "", []string{"codebook.unknown_code"}},
		{cb.Role(Intake), "2024-02-29", "2024-02-29", nil},
		{cb.Role(Intake), "2023-02-29", "", []string{"codebook.not_date"}},
		{cb.Role(Intake), "20230228", "", []string{"codebook.not_date"}},
		{cb.Role(Municipality), "0180", "0180", nil},
		{cb.Role(Municipality), "180", "", []string{"codebook.not_place"}},
		{cb.Role(Municipality), "018001", "018001", nil},
		{cb.Role(Municipality), "01800", "", []string{"codebook.not_place"}},
	} {
		x, reasons := c.v.Parse(c.cell)
		var keys []string
		for _, r := range reasons {
			keys = append(keys, r.Key)
		}
		if got := written(x, c.v.Kind); got != c.want || !slices.Equal(keys, c.keys) {
			t.Errorf("(%d) %q is read as %q %v, want %q %v", c.v.Number, c.cell, got, keys, c.want, c.keys)
		}
	}
}

func TestACodeTwiceIsOnlyWarned(t *testing.T) {
	_, reasons := Default().Role(Disability).Parse("1|1")
	if len(reasons) != 1 || reasons[0].Severity != fault.Warning {
		t.Errorf("%+v", reasons)
	}
}

func TestNoAndDontKnowStandAlone(t *testing.T) {
	v := Default().Role(Disability)
	for _, c := range []struct {
		codes []int
		want  bool
	}{{[]int{4}, false}, {[]int{1, 2}, false}, {[]int{1, 4}, true}, {[]int{1, 5}, true}} {
		if got := v.Contradicts(c.codes); got != c.want {
			t.Errorf("%v: %v", c.codes, got)
		}
	}
	if !Default().Role(Collaboration).Contradicts([]int{0, 3}) {
		t.Error("no collaboration with the women's shelter")
	}
}
