package query

import (
	"strings"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
)

// TestParseReadsEveryNameBack: the name of every set of the report's tables is an
// address that leads back to it.
func TestParseReadsEveryNameBack(t *testing.T) {
	cb := codebook.Default()
	for _, table := range Report(cb) {
		for _, c := range table.Cells {
			for _, s := range []Set{c.Set, c.Base} {
				back, err := Parse(cb, s.String())
				if err != nil || back.String() != s.String() {
					t.Fatalf("%s: %q is read as %q (%v)", table.ID, s, back, err)
				}
			}
		}
	}
}

func TestParseReadsWhatPeopleWrite(t *testing.T) {
	for text, want := range map[string]string{
		" v59=1 & v14=2 ":        "v14=2&v59=1",
		"v59&v59=1":              "v59=1",
		"!(v14=1|v14=2)":         "!(v14=1|v14=2)",
		"v15:65..":               "v15:65..",
		"v127=0":                 "v127=0",
		"*":                      "*",
		"(v67=3)":                "v67=3",
		"v49=5,3,4":              "v49=3,4,5",
		"d5-256:0..90&v118":      "d5-256:0..90&v118",
		"v15:25..44&(v14=1|v90)": "(v14=1|v90)&v15:25..44",
	} {
		got, err := Parse(codebook.Default(), text)
		if err != nil || got.String() != want {
			t.Errorf("%q is read as %q (%v), want %q", text, got, err, want)
		}
	}
}

func TestParseRefusesTheRest(t *testing.T) {
	for _, text := range []string{"", "v", "v999", "v59=9", "v59=", "v59=1&", "(v59", "v59)", "v15:4..2", "v15:5..4", "v15:", "x", "v1=5", "r1:upp", "v59==1", "v14=1,,2", "d5:1..2"} {
		if s, err := Parse(codebook.Default(), text); err == nil {
			t.Errorf("%q is read as %q", text, s)
		} else if fault.KindOf(err) != fault.Usage {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	cb := codebook.Default()
	for _, seed := range []string{"v59=1&(v14=1|!v118)", "d5-256:0..90", "((((", "!!v59", "n118:1..1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse(cb, text)
		if err != nil {
			return
		}
		back, err := Parse(cb, s.String())
		if err != nil || back.String() != s.String() {
			t.Errorf("%q is %q, which is read as %q (%v)", text, s, back, err)
		}
	})
}

// TestAndForgetsWhatIsImplied: a base that follows from a category is not repeated in
// the cell's name, so that the cell is the same wherever it stands.
func TestAndForgetsWhatIsImplied(t *testing.T) {
	for _, x := range []struct {
		got  Set
		want string
	}{
		{And(Codes(59, 1), Registered(59)), "v59=1"},
		{And(Codes(20, 1), Codes(20, 1, 2, 3, 4)), "v20=1"},
		{And(Span(Answer(15), 18, 24), Registered(15)), "v15:18..24"},
		{And(Span(DaysBetween(5, 256), 1, 90), Registered(256)), "d5-256:1..90"},
		{And(All(), All()), "*"},
		{And(Codes(14, 1), And(Codes(59, 1), Codes(14, 1))), "v14=1&v59=1"},
		{Not(Not(Registered(118))), "v118"},
		{Or(Codes(14, 1), All()), "*"},
	} {
		if x.got.String() != x.want {
			t.Errorf("got %s, want %s", x.got, x.want)
		}
	}
}

// TestTablesAreWhole: every table has a cell for each combination of its categories,
// each within its base, and ids that are not used twice.
func TestTablesAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, table := range Report(codebook.Default()) {
		if seen[table.ID] {
			t.Errorf("%s is there twice", table.ID)
		}
		seen[table.ID] = true
		if len(table.Cells) != table.Size() {
			t.Errorf("%s has %d cells, its dimensions make %d", table.ID, len(table.Cells), table.Size())
		}
		for _, d := range table.Dims {
			ids := map[string]bool{}
			for _, c := range d.Cats {
				if ids[c.ID] {
					t.Errorf("%s: the category %s of %s is there twice", table.ID, c.ID, d.ID)
				}
				ids[c.ID] = true
			}
		}
	}
	if len(seen) != 48 {
		t.Errorf("%d tables; the report has 27 diagrams, 2 profiles, 7 frequencies and housing, 11 crosses and the repeated assessments", len(seen))
	}
}

// TestEveryVariableHasATable: a variable with codes that no diagram is of has a
// frequency, so that one that is added to the codebook alone is tabulated.
func TestEveryVariableHasATable(t *testing.T) {
	cb := codebook.Default()
	seen := map[string]bool{}
	for _, table := range (builder{cb}).others(nil) {
		seen[table.ID] = true
	}
	for _, v := range cb.Variables {
		if len(v.Codes) > 0 && v.Role != codebook.Risk && !seen["f_"+name(v.Number)] {
			t.Errorf("variable %d has no table", v.Number)
		}
	}
	var ids []string
	for _, table := range Report(cb) {
		if strings.HasPrefix(table.ID, "f_") {
			ids = append(ids, table.ID)
		}
	}
	if got := strings.Join(ids, " "); got != "f_v1 f_v19 f_v41 f_v110 f_v126 f_v206" {
		t.Errorf("the report's further frequencies are %s", got)
	}
}
