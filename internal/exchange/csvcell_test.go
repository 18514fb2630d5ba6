package exchange

import "testing"

// A number is no formula, however it is written.
func TestNumbersGetNoApostrophe(t *testing.T) {
	for text, want := range map[string]string{
		"-1e308": "-1e308", "-1E-7": "-1E-7", "-1.5e+3": "-1.5e+3", "-2": "-2", "-2,5": `"-2,5"`,
		"-1e": "'-1e", "-1e+": "'-1e+", "-e5": "'-e5", "-1e5e5": "'-1e5e5", "-1eE5": "'-1eE5", "-1e5+A1": "'-1e5+A1", "-1.": "'-1.", "=1": "'=1", "+1": "'+1", "@x": "'@x",
	} {
		if got := string(appendCell(nil, text)); got != want {
			t.Errorf("%s is written %s, want %s", text, got, want)
		}
	}
}
