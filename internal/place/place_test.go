package place

import (
	"strings"
	"testing"
	"time"
)

// 21 counties and 290 municipalities; 02, 11, 15 and 16 are no longer used. How many lie in
// each county was written down here apart from the file.
func TestEveryCountyAndMunicipalityIsHere(t *testing.T) {
	perCounty := map[string]int{
		"01": 26, "03": 8, "04": 9, "05": 13, "06": 13, "07": 8, "08": 12, "09": 1, "10": 5, "12": 33, "13": 6,
		"14": 49, "17": 16, "18": 12, "19": 10, "20": 15, "21": 10, "22": 7, "23": 8, "24": 15, "25": 14,
	}
	if len(Counties()) != 21 || len(Municipalities()) != 290 || len(All()) != 311 {
		t.Errorf("%d counties, %d municipalities", len(Counties()), len(Municipalities()))
	}
	for _, c := range Counties() {
		if got := len(In(c.Code)); got != perCounty[c.Code] {
			t.Errorf("%s has %d municipalities, want %d", c.Name, got, perCounty[c.Code])
		}
	}
}

func TestCodesAndNamesHoldTogether(t *testing.T) {
	seen := map[string]bool{}
	for _, a := range All() {
		if seen[a.Code] || a.Name == "" || a.Short == "" || !a.HoldsOn(time.Now()) {
			t.Errorf("%+v", a)
		}
		seen[a.Code] = true
		if _, ok := County(a.County); !ok || !strings.HasPrefix(a.Code, a.County) {
			t.Errorf("%s %s lies in no county", a.Code, a.Short)
		}
	}
}

func TestNames(t *testing.T) {
	for code, want := range map[string][2]string{
		"0180": {"Stockholms kommun", "Stockholm"},
		"0114": {"Upplands Väsby kommun", "Upplands Väsby"},
		"0331": {"Heby kommun", "Heby"},
		"1480": {"Göteborgs kommun", "Göteborg"},
		"2584": {"Kiruna kommun", "Kiruna"},
	} {
		if a, ok := Municipality(code); !ok || a.Short != want[1] || a.Name != want[0] {
			t.Errorf("%s is %+v", code, a)
		}
	}
	if a, ok := County("14"); !ok || a.Name != "Västra Götalands län" || a.Short != "Västra Götaland" {
		t.Errorf("14 is %+v", a)
	}
	for _, code := range []string{"", "180", "9999", "018", "0180 ", "018001", "01"} {
		if a, ok := Municipality(code); ok {
			t.Errorf("%q is %+v", code, a)
		}
	}
	for code, want := range map[string]string{"0180": "Stockholm", "01": "Stockholm", "018003": "Stockholm 018003", "9999": "9999", "x": "x"} {
		if got := NameOf(code); got != want {
			t.Errorf("NameOf(%q) is %q, want %q", code, got, want)
		}
	}
}

func TestUnits(t *testing.T) {
	for code, municipality := range map[string]string{
		"0180": "0180", "018001": "0180", "9999": "9999",
		"180": "", "01800": "", "0180a1": "", "": "", "٠١٨٠": "", "0180\n": "", " 0180": "",
	} {
		if got := MunicipalityOf(code); got != municipality || IsUnit(code) != (municipality != "") {
			t.Errorf("%q: unit %v, municipality %q", code, IsUnit(code), got)
		}
	}
	if !IsDistrict("018001") || IsDistrict("0180") || CountyOf("018001") != "01" || CountyOf("18") != "" {
		t.Error("a district is told by its 6 digits, a county by the first 2")
	}
}

func TestSizeClasses(t *testing.T) {
	for n, want := range map[int]string{
		0: "0-14999", 14_999: "0-14999", 15_000: "15000-39999", 39_999: "15000-39999",
		40_000: "40000-99999", 99_999: "40000-99999", 100_000: "100000-", 990_000: "100000-",
	} {
		if c, ok := SizeClassOf(n); !ok || c.ID != want {
			t.Errorf("%d inhabitants: %q, want %q", n, c.ID, want)
		}
	}
	if _, ok := SizeClassOf(-1); ok {
		t.Error("a negative number has no class")
	}
}

func TestAnAreaHoldsInItsTime(t *testing.T) {
	day := func(y int) time.Time { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) }
	a := Area{From: day(2000), Till: day(2010)}
	for y, want := range map[int]bool{1999: false, 2000: true, 2009: true, 2010: false} {
		if a.HoldsOn(day(y)) != want {
			t.Errorf("%d: %v", y, !want)
		}
	}
}
