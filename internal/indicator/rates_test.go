package indicator_test

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	. "foljsam/internal/indicator"
)

// populationOf reads "unit year adults; …".
func populationOf(text string) (all []Population) {
	for line := range strings.SplitSeq(text, "; ") {
		f := strings.Fields(line)
		year, _ := strconv.Atoi(f[1])
		adults, _ := strconv.Atoi(f[2])
		all = append(all, Population{f[0], year, adults})
	}
	return all
}

// ratesOf gives the rates of reports of the first key figure: "unit year count; …", s a mark.
func ratesOf(t *testing.T, population, said string) []Rate {
	t.Helper()
	var reports []Report
	for line := range strings.SplitSeq(said, "; ") {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		r := Report{Unit: f[0], Figure: Opened, Count: SecretCount()}
		r.Year, _ = strconv.Atoi(f[1])
		if f[2] != "s" {
			n, err := strconv.Atoi(f[2])
			if err != nil {
				t.Fatal(err)
			}
			r.Count = CountOf(n)
		}
		reports = append(reports, r)
	}
	people := populationOf(population)
	usable, problems := Check(reports, people, "")
	if len(problems) > 0 {
		t.Fatalf("%+v", problems)
	}
	return Rates(usable, people)
}

// expectRates compares the first key figure of the latest year: a value or a status.
func expectRates(t *testing.T, rates []Rate, want map[string]string) {
	t.Helper()
	got := map[string]string{}
	for _, x := range rates {
		if x.Figure != Opened {
			continue
		}
		if got[x.Unit] = x.Rate.String(); x.Status() != Published {
			got[x.Unit] = string(x.Status())
		}
	}
	for unit, v := range want {
		if got[unit] != v {
			t.Errorf("%s: %q, want %q", unit, got[unit], v)
		}
	}
}

func TestACityHasItsDistrictsWithIt(t *testing.T) {
	rates := ratesOf(t, "018001 2024 40000; 018002 2024 30000; 018003 2024 20000; 018004 2024 60000", "018001 2024 10; 018002 2024 8; 018003 2024 s")
	p, ok := rates[0].Parts()
	if !ok || p.Numbers != 2 || p.Of != 4 || p.Secret != 1 || p.Share() != 47 { // 70 000 of 150 000
		t.Errorf("%+v, %d %%", p, p.Share())
	}
	if n, ok := rates[0].Cases(); !ok || n != 18 || rates[0].Adults() != 70000 {
		t.Errorf("%d cases among %d adults", n, rates[0].Adults())
	}
}

// A district that has no adults in the file still is one of the city's districts.
func TestADistrictWithoutAdultsIsADistrict(t *testing.T) {
	expectRates(t, ratesOf(t, "018001 2024 40000; 018002 2024 0; 018003 2024 0", "018001 2024 10"), map[string]string{"0180": "saknas", "018002": "saknas"})
	expectRates(t, ratesOf(t, "018001 2024 40000; 018002 2024 0", "018001 2024 10"), map[string]string{"0180": "2.50"})
}

// Districts come and go: a city has them in the years in which the population does.
func TestDistrictsHoldInTheirTime(t *testing.T) {
	rates := ratesOf(t, "0180 2023 800000; 0180 2024 810000; 018001 2024 40000; 018002 2024 40000", "0180 2023 80; 018001 2024 8; 018002 2024 8")
	var got []string
	for _, x := range rates {
		if x.Figure == Opened {
			got = append(got, x.Unit+" "+Year(x.Year)+" "+x.Rate.String())
		}
	}
	want := []string{"0180 2023 1.00", "0180 2024 2.00", "018001 2024 2.00", "018002 2024 2.00"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestWhatIsWrongWithReportsIsNamed(t *testing.T) {
	people := populationOf("0114 2024 1000; 0115 2023 1000; 0116 2024 0; 018001 2024 1000; 018001 2023 1000; 0180 2022 1000")
	reports := []Report{
		{Row: 2, Unit: "0114", Year: 2024, Figure: Opened, Count: CountOf(5)},
		{Row: 3, Unit: "0114", Year: 2024, Figure: Opened, Count: CountOf(7)},    // twice
		{Row: 4, Unit: "0115", Year: 2024, Figure: Opened, Count: CountOf(7)},    // known in another year only
		{Row: 5, Unit: "0116", Year: 2024, Figure: Opened, Count: CountOf(7)},    // no adults
		{Row: 6, Unit: "9999", Year: 2024, Figure: Opened, Count: CountOf(7)},    // unknown
		{Row: 7, Unit: "0180", Year: 2024, Figure: Opened, Count: CountOf(7)},    // has districts
		{Row: 8, Unit: "0180", Year: 2022, Figure: Opened, Count: CountOf(7)},    // had none
		{Row: 9, Unit: "0180", Year: 2021, Figure: Opened, Count: CountOf(7)},    // nothing of that year
		{Row: 10, Unit: "0114", Year: 2024, Figure: Supported, Left: true},       // named before
		{Row: 11, Unit: "0114", Year: 2024, Figure: Supported, Count: NoCount()}, // stands: nothing is a report too
		{Row: 12, Unit: "0114", Year: 2024, Figure: Supported, Count: CountOf(7)},
	}
	usable, problems := Check(reports, people, "r.csv")
	var rows []string
	for _, r := range usable {
		rows = append(rows, strconv.Itoa(r.Row))
	}
	if got := strings.Join(rows, " "); got != "2 8 11" {
		t.Errorf("used: %s", got)
	}
	var said []string
	for _, p := range problems {
		said = append(said, strconv.Itoa(p.Row)+" "+strings.TrimPrefix(p.Key, "indicator."))
	}
	want := "3 twice, 4 no_population, 5 no_population, 6 unknown_unit, 7 has_districts, 9 no_population, 12 twice"
	if got := strings.Join(said, ", "); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

// Half away from zero on the exact quotient: against big rational numbers.
func TestRatesAreRoundedExactly(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for _, x := range [][2]int{{5, 80000000}, {5, 800000}, {5, 1600000}, {1 << 39, 3}, {7, 1}, {0, 5}, {9999, 7}, {5, 9999999}} {
		expectExact(t, x[0], x[1])
	}
	for range 20000 {
		adults := 1 + r.IntN(1+r.IntN(1_000_000))
		n := 5 + r.IntN(adults+1)
		expectExact(t, n, adults)
	}
	for n := 5; n < 4000; n++ { // quotients that end in exactly half a hundredth
		expectExact(t, n, 2_000_000)
		expectExact(t, n, 16_000)
	}
}

func expectExact(t *testing.T, n, adults int) {
	t.Helper()
	rates := Rates([]Report{{Unit: "0114", Year: 2024, Figure: Opened, Count: CountOf(n)}}, []Population{{"0114", 2024, adults}})
	want := big.NewRat(int64(n), int64(adults))
	want.Mul(want, big.NewRat(10000, 1))
	if got := rates[0].Rate.String(); got != want.FloatString(2) { // FloatString rounds half away from zero
		t.Fatalf("%d of %d: %s, want %s", n, adults, got, want.FloatString(2))
	}
}

func TestOrderMeansNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var people []Population
	var reports []Report
	for _, unit := range []string{"0114", "0180", "018001", "018002", "018003", "1480", "148099"} {
		for year := 2020; year < 2025; year++ {
			people = append(people, Population{unit, year, 1 + r.IntN(90000)})
			reports = append(reports, Report{Unit: unit, Year: year, Figure: Figure(1 + r.IntN(3)), Count: CountOf(r.IntN(30))})
		}
	}
	first := Rates(reports, people)
	r.Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
	r.Shuffle(len(reports), func(i, j int) { reports[i], reports[j] = reports[j], reports[i] })
	if !slices.Equal(first, Rates(reports, people)) {
		t.Error("another order gives other rates")
	}
	sorted := slices.IsSortedFunc(first, func(a, b Rate) int { return strings.Compare(keyOf(a), keyOf(b)) })
	if !sorted || len(first) != 3*5*7 {
		t.Errorf("%d rates, sorted %v", len(first), sorted)
	}
}

func keyOf(r Rate) string { return r.Unit + " " + Year(r.Year) + " " + strconv.Itoa(int(r.Figure)) }

// The whole country over ten years, for whoever wonders whether rates need to be kept.
func BenchmarkRatesOfTheCountry(b *testing.B) {
	var people []Population
	var returns []Return
	for year := 2015; year < 2025; year++ {
		for i := range 304 {
			unit := strconv.Itoa(2000 + i)
			if i >= 290 {
				unit = "200" + strconv.Itoa(i/297) + strconv.Itoa(10+i-290)
			}
			people = append(people, Population{unit, year, 1000 + 37*i})
			returns = append(returns, Return{Unit: unit, Year: year, Counts: [3]Count{CountOf(i), CountOf(i / 2), CountOf(i / 9)}})
		}
	}
	for b.Loop() {
		Rates(Reports(returns), people)
	}
}
