package cases

import (
	"testing"

	"foljsam/internal/locale"
)

// The endings are those of Språkrådet's Svenska skrivregler (1:a, 2:a, 3:e, 11:e, 21:a) and
// of English.
func TestOrdinals(t *testing.T) {
	for n, want := range map[int64][2]string{1: {"1:a", "1st"}, 2: {"2:a", "2nd"}, 3: {"3:e", "3rd"}, 4: {"4:e", "4th"}, 11: {"11:e", "11th"}, 12: {"12:e", "12th"}, 13: {"13:e", "13th"}, 21: {"21:a", "21st"}, 22: {"22:a", "22nd"}, 111: {"111:e", "111th"}, 100: {"100:e", "100th"}} {
		if sv, en := ordinal(locale.For(locale.Swedish), n), ordinal(locale.For(locale.English), n); sv != want[0] || en != want[1] {
			t.Errorf("%d: %s %s", n, sv, en)
		}
	}
}
