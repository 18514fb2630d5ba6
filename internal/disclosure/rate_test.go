package disclosure_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	. "foljsam/internal/disclosure"
)

// However a count is made, nothing in it tells 1, 2, 3 and 4 apart.
func TestACountCannotHoldAFew(t *testing.T) {
	for n := 1; n <= 4; n++ {
		var read Count
		if err := json.Unmarshal(fmt.Append(nil, n), &read); err != nil {
			t.Fatal(err)
		}
		for _, c := range []Count{CountOf(n), read} {
			if c != SecretCount() || fmt.Sprintf("%#v", c) != fmt.Sprintf("%#v", SecretCount()) {
				t.Errorf("%d is kept as %#v", n, c)
			}
		}
		if RateOf(CountOf(n), 10000) != RateOf(SecretCount(), 10000) {
			t.Errorf("%d gives a rate of its own", n)
		}
	}
	f := reflect.TypeFor[Count]()
	for i := range f.NumField() {
		if f.Field(i).IsExported() {
			t.Errorf("anyone can set %s", f.Field(i).Name)
		}
	}
}

func TestCountsAreWrittenAndRead(t *testing.T) {
	for text, c := range map[string]Count{"0": CountOf(0), "5": CountOf(5), "1234567": CountOf(1234567), `"sekretess"`: SecretCount(), "null": NoCount()} {
		b, err := json.Marshal(c)
		var back Count
		if err != nil || string(b) != text || json.Unmarshal(b, &back) != nil || back != c {
			t.Errorf("%#v: %s, back %#v", c, b, back)
		}
	}
	for _, text := range []string{"-1", "2.5", `"3"`, `"hemligt"`, "true", "[5]", "1000000000001", "99999999999999999999"} {
		var c Count
		err := json.Unmarshal([]byte(text), &c)
		if err == nil || strings.Contains(err.Error(), strings.Trim(text, `"`)) || c != NoCount() {
			t.Errorf("%s: %#v, %v", text, c, err)
		}
	}
	if CountOf(-1) != NoCount() || CountOf(MostCases+1) != NoCount() || !NoCount().IsMissing() {
		t.Error("what is no count is taken for one")
	}
}

// The three states, and the zero that is none of them.
func TestRatesTellTheirStatesApart(t *testing.T) {
	for _, x := range []struct {
		count  Count
		adults int
		state  State
		text   string
	}{
		{CountOf(57), 38712, Number, "14.72"}, {CountOf(0), 38712, Number, "0.00"}, {SecretCount(), 38712, Masked, ""},
		{NoCount(), 38712, Missing, ""}, {CountOf(57), 0, Missing, ""}, {SecretCount(), 0, Missing, ""}, {CountOf(57), -1, Missing, ""},
	} {
		r := RateOf(x.count, x.adults)
		if r.State() != x.state || r.String() != x.text {
			t.Errorf("%#v of %d: %v %q", x.count, x.adults, r.State(), r)
		}
		if _, _, ok := r.Span(); ok != (x.state == Masked) {
			t.Errorf("%#v of %d: a span %v", x.count, x.adults, ok)
		}
	}
	if (Rate{}).State() != Missing || (Rate{}).String() != "" {
		t.Error("a rate that nobody made is not missing")
	}
}

// From a sum and all that is shown of its parts, no secret part can be worked back: another
// secret number in its place gives the same sum.
func TestSumsLackWhatIsSecret(t *testing.T) {
	shown := []Rate{RateOf(CountOf(57), 38712), RateOf(CountOf(0), 9000), RateOf(CountOf(12), 20000)}
	for n := 1; n <= 4; n++ {
		s := SumOf(append(shown, RateOf(CountOf(n), 5000), RateOf(NoCount(), 7000)))
		want := Sum{Of: 5, Numbers: 3, Secret: 1, Missing: 1, Cases: 69, Adults: 67712, Rate: 1019, Mean: 691} // (14.72 + 0 + 6.00) / 3
		if s != want {
			t.Errorf("%+v, want %+v", s, want)
		}
	}
	if s := SumOf([]Rate{RateOf(SecretCount(), 10)}); s != (Sum{Of: 1, Secret: 1}) {
		t.Errorf("%+v", s)
	}
	city := MeanOf([]District{{CountOf(10), 1000}, {CountOf(3), 1000}, {CountOf(8), 2000}})
	if s := SumOf([]Rate{city}); s.Cases != 18 || s.Adults != 3000 || s.Rate != 6000 {
		t.Errorf("a city's mean adds as %+v", s)
	}
}

func TestHundredthsAreWrittenWithTwoDecimals(t *testing.T) {
	for h, want := range map[Hundredths]string{0: "0.00", 5: "0.05", 50: "0.50", 1234: "12.34", 100000: "1000.00"} {
		if h.String() != want {
			t.Errorf("%d: %s", int64(h), h)
		}
	}
}
