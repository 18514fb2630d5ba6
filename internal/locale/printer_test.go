package locale

import (
	"errors"
	"slices"
	"testing"
	"time"

	"foljsam/internal/fault"
)

const nbsp = "\u00a0"

// The forms are those of Språkrådet's Svenska skrivregler (a no-break space between
// thousands and before the percent sign, a decimal comma) and of plain British English.
func TestNumbersAreWrittenAsTheLanguageWritesThem(t *testing.T) {
	sv, en := For(Swedish), For(English)
	for _, c := range []struct{ got, want string }{
		{sv.Int(3070), "3" + nbsp + "070"},
		{sv.Number(57.4, 1), "57,4"},
		{sv.Number(2, 1), "2,0"},
		{sv.Percent(57.4, 1), "57,4" + nbsp + "%"},
		{sv.Int(0), "0"},
		{en.Int(3070), "3,070"},
		{en.Number(57.4, 1), "57.4"},
		{en.Percent(94, 0), "94%"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestDatesAreWrittenInWords(t *testing.T) {
	day := time.Date(2024, 5, 8, 0, 0, 0, 0, time.UTC)
	if got, want := For(Swedish).Date(day), "8"+nbsp+"maj"+nbsp+"2024"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := For(English).Date(day), "8"+nbsp+"May"+nbsp+"2024"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestSwedishSortsItsLettersLast(t *testing.T) {
	towns := []string{"Örebro", "Åre", "Zinkgruvan", "Älvsbyn", "Ale"}
	For(Swedish).Sort(towns)
	if want := []string{"Ale", "Zinkgruvan", "Åre", "Älvsbyn", "Örebro"}; !slices.Equal(towns, want) {
		t.Errorf("%q, want %q", towns, want)
	}
}

func TestLanguageIsReadFromTheEnvironment(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want Lang
	}{
		{map[string]string{"LANG": "en_GB.UTF-8"}, English},
		{map[string]string{"LANG": "sv_SE.UTF-8"}, Swedish},
		{map[string]string{"LC_ALL": "sv_SE", "LANG": "en_GB"}, Swedish},
		{map[string]string{"LC_MESSAGES": "en", "LANG": "sv"}, English},
		{map[string]string{"LANG": "fi_FI"}, Swedish},
		{map[string]string{"LANG": "C.UTF-8"}, Swedish},
		{nil, Swedish},
	} {
		if got := FromEnvironment(func(k string) string { return c.env[k] }); got != c.want {
			t.Errorf("%v: %s, want %s", c.env, got, c.want)
		}
	}
}

func TestDirectionFollowsTheScript(t *testing.T) {
	for l, want := range map[Lang]string{"sv": "ltr", "en": "ltr", "so": "ltr", "ar": "rtl"} {
		if got := l.Dir(); got != want {
			t.Errorf("%s: %s, want %s", l, got, want)
		}
	}
}

// What is not a fault.Error may hold anything, so none of it is shown.
func TestTheCauseOfAnErrorIsNeverShown(t *testing.T) {
	const secret = "19121212-1212"
	sv := For(Swedish)
	for _, err := range []error{
		errors.New(secret),
		fault.Wrap(errors.New(secret), fault.Internal, "fault.internal"),
	} {
		if got := sv.Error(err); got != sv.T("fault.internal") {
			t.Errorf("a person would read %q", got)
		}
	}
}

func TestAnUnknownTextShowsItsKey(t *testing.T) {
	if got := For(Swedish).T("no.such"); got != "⟦no.such⟧" {
		t.Errorf("%q", got)
	}
}
