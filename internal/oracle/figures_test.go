package oracle

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"foljsam/internal/cli"
)

// Section 3 of the contract, and what section 5 says under Nyckeltal, read a second time:
// reports and populations of every kind, and plain counting of them with fractions.

// A told is what was reported, as files.
type told struct {
	reports, people *sheet
}

// A cell that stands under antal, and what the contract says that it is.
type countCell struct {
	text  string
	n     int    // a number that may be shown
	is    string // "tal", "liten", "tom", "fel"
	shown string // under varde, where it is wrong
}

var countCells = []countCell{
	{"0", 0, "tal", ""}, {"5", 5, "tal", ""}, {"6", 6, "tal", ""}, {"57", 57, "tal", ""}, {"1234567", 1234567, "tal", ""},
	{"12,0", 12, "tal", ""}, {"7.00", 7, "tal", ""}, {" 8 ", 8, "tal", ""}, {"0,0", 0, "tal", ""}, {"007", 7, "tal", ""},
	{"1", 0, "liten", ""}, {"2", 0, "liten", ""}, {"3", 0, "liten", ""}, {"4", 0, "liten", ""},
	{"1,0", 0, "liten", ""}, {"4.00", 0, "liten", ""}, {" 2", 0, "liten", ""}, {"03", 0, "liten", ""},
	{"", 0, "tom", ""}, {"", 0, "tom", ""}, {"  ", 0, "tom", ""},
	{"-5", 0, "fel", "-5"}, {"-1", 0, "fel", "-1"}, {"12,5", 0, "fel", "12,5"}, {"5.01", 0, "fel", "5.01"}, {"många", 0, "fel", "många"},
	{"+7", 0, "fel", "'+7"}, {"=5+5", 0, "fel", "'=5+5"}, {"99999999999999999999", 0, "fel", "99999999999999999999"}, {"5e1", 0, "fel", ""},
	{"3 st", 0, "fel", ""}, {"tre", 0, "fel", ""}, {"1-4", 0, "fel", ""}, {"=3", 0, "fel", ""}, {"Två", 0, "fel", ""}, {"³", 0, "fel", ""},
}

var (
	figureUnits = []string{"0114", "0380", "2584", "0180", "018001", "018002", "018003", "018004", "1480", "148001", "148002", "148003", "9998"}
	figureYears = []string{"2022", "2023", "2024"}
)

// told makes reports and a population at random, with everything that can be wrong.
func (m *maker) told() told {
	x := told{m.sheet([]string{"enhet", "ar", "nyckeltal", "antal", "sekretess", "omfattning"}), m.sheet([]string{"enhet", "ar", "vuxna"})}
	units := some(m, figureUnits, len(figureUnits))
	for _, u := range append(units, "0114") {
		for _, y := range figureYears {
			if m.chance(85) {
				vuxna := strconv.Itoa(1 + m.IntN(1+m.IntN(1_000_000)))
				if m.chance(30) { // rates that end in exactly half a hundredth
					vuxna = pick(m, []string{"16000", "80000", "2000000"})
				}
				if m.chance(6) {
					vuxna = pick(m, []string{"", "0", "-3", "12,5", "många", "1 000"})
				}
				put(x.people, map[string]string{"enhet": u, "ar": y, "vuxna": vuxna})
			}
		}
	}
	for range m.IntN(3) {
		put(x.people, map[string]string{"enhet": pick(m, []string{"180", "0114", "01800", "x"}), "ar": pick(m, []string{"24", "2024", "02024", "+202", ""}), "vuxna": "500"})
	}
	for range m.IntN(120) {
		put(x.reports, m.report())
	}
	m.Shuffle(len(x.people.rows), func(i, j int) { x.people.rows[i], x.people.rows[j] = x.people.rows[j], x.people.rows[i] })
	for _, s := range []*sheet{x.reports, x.people} {
		if m.chance(20) && len(s.rows) > 0 {
			if r := pick(m, s.rows); m.chance(50) {
				r.cut = 1
			} else {
				r.add = []string{"mer"}
			}
		}
	}
	if m.chance(30) {
		x.reports.columns = append(x.reports.columns, "anmärkning")
	}
	return x
}

func (m *maker) report() map[string]string {
	r := map[string]string{"enhet": pick(m, figureUnits), "ar": pick(m, figureYears), "nyckeltal": strconv.Itoa(1 + m.IntN(3)),
		"antal": pick(m, countCells).text, "sekretess": pick(m, []string{"", "", "", "0", "1"}), "omfattning": pick(m, []string{"", "1", "2", "3"})}
	if m.chance(4) {
		r["enhet"] = pick(m, []string{"9999", "114", "0114a", "", "999901"})
	}
	if m.chance(3) {
		r["ar"] = pick(m, []string{"24", "2021", "tjugofyra", ""})
	}
	if m.chance(3) {
		r["nyckeltal"] = pick(m, []string{"0", "4", "", "N1", "1.0"})
	}
	if m.chance(3) {
		r["sekretess"] = pick(m, []string{"ja", "9", "x"})
	}
	if m.chance(3) {
		r["omfattning"] = pick(m, []string{"0", "4", "alla"})
	}
	return r
}

// A keyFigure is what one report comes to.
type keyFigure struct {
	n     int
	is    string // "tal", "sekretess", ""
	scope string
}

type unitYear struct{ unit, year string }

// A verdict is what the contract says of what was told.
type verdict struct {
	adults   map[unitYear]int
	figures  map[string]keyFigure // by unit, year and figure
	problems [][]string
}

func good(s string, lengths ...int) bool {
	return slices.Contains(lengths, len(s)) && strings.Trim(s, "0123456789") == ""
}

// judge reads what was told, row by row.
func (x told) judge() *verdict {
	v := &verdict{adults: map[unitYear]int{}, figures: map[string]keyFigure{}}
	v.judgePeople(x.people)
	for i, r := range x.reports.rows {
		v.judgeReport(x.reports, r, strconv.Itoa(i+2))
	}
	return v
}

func (v *verdict) say(file, row, column, value, kind string) {
	v.problems = append(v.problems, []string{"", file, row, column, value, kind})
}

func uneven(r *row) bool { return r.cut > 0 || len(r.add) > 0 }

func (v *verdict) judgePeople(s *sheet) {
	for i, r := range s.rows {
		row := strconv.Itoa(i + 2)
		say := func(column, value string) { v.say("befolkning.csv", row, column, safe(value), "fel") }
		unit, year, adults := r.text["enhet"], r.text["ar"], r.text["vuxna"]
		if uneven(r) {
			say("", "")
			continue
		}
		if !good(unit, 4, 6) {
			say("enhet", unit)
		}
		if !good(year, 4) {
			say("ar", year)
		}
		if !good(unit, 4, 6) || !good(year, 4) {
			continue
		}
		if _, twice := v.adults[unitYear{unit, year}]; twice {
			say("", "")
			continue
		}
		n, err := strconv.Atoi(adults)
		if err != nil || n < 1 {
			say("vuxna", adults)
			n = 0
		}
		v.adults[unitYear{unit, year}] = n
	}
}

// districts gives a city's districts in a year, whether their adults are known or not.
func (v *verdict) districts(city, year string) (all []string) {
	for k := range v.adults {
		if len(city) == 4 && len(k.unit) == 6 && strings.HasPrefix(k.unit, city) && (year == "" || k.year == year) {
			all = append(all, k.unit)
		}
	}
	return all
}

func (v *verdict) known(unit string) bool {
	for k := range v.adults {
		if k.unit == unit {
			return true
		}
	}
	return len(v.districts(unit, "")) > 0
}

func (v *verdict) judgeReport(s *sheet, r *row, at string) {
	left := false
	say := func(column, value string) {
		left = true
		v.say("rapporter.csv", at, column, value, "fel")
	}
	if uneven(r) {
		say("", "")
		return
	}
	unit, year, number, mark, scope := r.text["enhet"], r.text["ar"], r.text["nyckeltal"], r.text["sekretess"], r.text["omfattning"]
	cell := countCells[slices.IndexFunc(countCells, func(c countCell) bool { return c.text == r.text["antal"] })]
	switch {
	case !good(unit, 4, 6), !v.known(unit):
		say("enhet", unit)
	case !good(year, 4):
	case len(v.districts(unit, year)) > 0, v.adults[unitYear{unit, year}] == 0:
		say("enhet", unit)
	}
	if !good(year, 4) {
		say("ar", year)
	}
	if !slices.Contains(to(3), number) {
		say("nyckeltal", number)
	}
	f := keyFigure{scope: scope}
	if !slices.Contains([]string{"", "1", "2", "3"}, scope) {
		v.say("rapporter.csv", at, "omfattning", scope, "fel")
		f.scope = ""
	}
	if !slices.Contains([]string{"", "0", "1"}, mark) {
		say("sekretess", mark)
	}
	switch {
	case mark == "1":
		f.is = "sekretess"
		if strings.TrimSpace(cell.text) != "" {
			v.say("rapporter.csv", at, "antal", "", "varning")
		}
	case cell.is == "fel":
		say("antal", cell.shown)
	case cell.is == "liten":
		f.is = "sekretess"
		v.say("rapporter.csv", at, "antal", "", "varning")
	case cell.is == "tal":
		f.is, f.n = "tal", cell.n
	}
	key := unit + " " + year + " " + number
	if _, twice := v.figures[key]; twice {
		say("", "")
	}
	if !left {
		v.figures[key] = f
	}
}

// rates gives nyckeltal.csv, line by line.
func (v *verdict) rates() (lines []string) {
	places := map[unitYear]bool{}
	for k := range v.adults {
		places[k] = true
		if len(k.unit) == 6 {
			places[unitYear{k.unit[:4], k.year}] = true
		}
	}
	for k := range places {
		for _, number := range to(3) {
			value, status, scope := v.rate(k, number)
			lines = append(lines, strings.Join([]string{k.unit, k.year, number, value, status, scope}, ","))
		}
	}
	slices.SortFunc(lines, func(a, b string) int { return slices.Compare(strings.Split(a, ","), strings.Split(b, ",")) })
	return append([]string{"enhet,ar,nyckeltal,varde,status,omfattning"}, lines...)
}

func (v *verdict) rate(k unitYear, number string) (value, status, scope string) {
	parts := []string{k.unit}
	city := v.districts(k.unit, k.year)
	if len(city) > 0 {
		parts = city
	}
	n, adults, numbers, said := 0, 0, 0, 0
	numberScopes, saidScopes := map[string]bool{}, map[string]bool{}
	for _, unit := range parts {
		f := v.figures[unit+" "+k.year+" "+number]
		if f.is != "" {
			said++
			saidScopes[f.scope] = true
		}
		if f.is == "tal" {
			n, adults, numbers = n+f.n, adults+v.adults[unitYear{unit, k.year}], numbers+1
			numberScopes[f.scope] = true
		}
		if len(city) == 0 {
			scope = f.scope
		}
	}
	switch {
	case 2*numbers >= len(parts):
		if len(city) > 0 {
			scope = common(numberScopes)
		}
		exact := new(big.Rat).Mul(big.NewRat(int64(n), int64(adults)), big.NewRat(10000, 1))
		return exact.FloatString(2), "publicerad", scope
	case 2*said >= len(parts):
		if len(city) > 0 {
			scope = common(saidScopes)
		}
		return "", "sekretess", scope
	}
	return "", "saknas", scope
}

func common(scopes map[string]bool) string {
	if len(scopes) != 1 {
		return ""
	}
	return slices.Collect(keys(scopes))[0]
}

// askFigures runs `foljsam nyckeltal` in a folder of its own, and gives all that was said.
func askFigures(t testing.TB, dir string, args ...string) (status int, said string) {
	t.Helper()
	t.Chdir(dir)
	var out bytes.Buffer
	status = cli.Main(append([]string{"nyckeltal"}, args...), strings.NewReader(""), &out, &out, func(string) string { return "" })
	return status, out.String()
}

func (x told) ask(t testing.TB) (dir, said string) {
	t.Helper()
	dir = t.TempDir()
	check(t, os.WriteFile(filepath.Join(dir, "rapporter.csv"), x.reports.bytes(), 0o600))
	check(t, os.WriteFile(filepath.Join(dir, "befolkning.csv"), x.people.bytes(), 0o600))
	status, said := askFigures(t, dir, "--reports", "rapporter.csv", "--population", "befolkning.csv", "--out", "ut/nyckeltal.csv")
	if status != 0 {
		t.Fatalf("status %d: %s", status, said)
	}
	return filepath.Join(dir, "ut"), said
}

// problemsIn gives problems.csv without its header and without the reasons, and demands those.
func problemsIn(t testing.TB, dir string) (all [][]string) {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "problems.csv"))
	check(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	check(t, err)
	for _, r := range rows[1:] {
		if r[6] == "" || strings.Contains(r[6], "⟦") {
			t.Errorf("no reason: %q", r)
		}
		all = append(all, r[:6])
	}
	return all
}

func unlike(got, want []string) (out []string) {
	rest := slices.Clone(got)
	for _, w := range want {
		if i := slices.Index(rest, w); i >= 0 {
			rest = slices.Delete(rest, i, i+1)
		} else {
			out = append(out, "not there: "+w)
		}
	}
	for _, r := range rest {
		out = append(out, "too much: "+r)
	}
	return out
}

func joined(all [][]string) (lines []string) {
	for _, r := range all {
		lines = append(lines, fmt.Sprintf("%q", r))
	}
	return lines
}

func TestFiguresAreWhatPlainCountingGives(t *testing.T) {
	for seed := range rounds(60, 600) {
		x := newMaker(7000 + seed).told()
		dir, _ := x.ask(t)
		text, err := os.ReadFile(filepath.Join(dir, "nyckeltal.csv"))
		check(t, err)
		v := x.judge()
		got, want := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n"), v.rates()
		name := fmt.Sprintf("seed %d", 7000+seed)
		tell(t, name, unlike(got, want))
		if !t.Failed() && !slices.Equal(got, want) {
			t.Errorf("%s: the order is wrong", name)
		}
		tell(t, name+", problems", unlike(joined(problemsIn(t, dir)), joined(v.problems)))
		if t.Failed() {
			return
		}
	}
}

// After reports that carry 1, 2, 3 or 4 everything that is written is the same bytes, in every
// form of file and of number.
func TestOneToFourLeaveNoTrace(t *testing.T) {
	forms := []string{"%s", " %s ", "%s,0", "%s.00", "0%s", "%s st", "ca %s", "<%s.", "%s?", "'%s", "=%s", "%s e1"}
	for seed := range rounds(8, 40) {
		var first string
		for _, n := range to(4) {
			m := newMaker(8000 + seed)
			x := m.told()
			for _, r := range x.reports.rows {
				if m.chance(50) && !uneven(r) {
					r.text["antal"] = fmt.Sprintf(pick(m, forms), n)
				}
			}
			all := everything(t, x)
			if first == "" {
				first = all
			} else if all != first {
				t.Fatalf("seed %d: what is written after %s is not what is written after 1", 8000+seed, n)
			}
		}
	}
	for i, words := range [][]string{{"en", "two", "III", "４"}, {"ett", "två", "tre", "fyra"}} {
		seen := map[string]bool{}
		for _, w := range words {
			m := newMaker(uint64(8500 + i))
			x := m.told()
			for _, r := range x.reports.rows {
				r.text["antal"] = w
			}
			x.reports.form.latin = false
			seen[everything(t, x)] = true
		}
		if len(seen) != 1 {
			t.Errorf("%q can be told apart", words)
		}
	}
}

// everything gives what was said, and all files that were written, with their names.
func everything(t testing.TB, x told) string {
	t.Helper()
	dir, said := x.ask(t)
	entries, err := os.ReadDir(dir)
	check(t, err)
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		check(t, err)
		said += "\n=== " + e.Name() + "\n" + string(b)
	}
	return said
}

// What is declared of a publication: every number that is shown, and no rate or mean with a
// count of 1-4 in it, so that no arithmetic reaches one.
func TestNoRateHoldsASecretCount(t *testing.T) {
	for seed := range rounds(20, 100) {
		x := newMaker(7000 + seed).told()
		dir := t.TempDir()
		check(t, os.WriteFile(filepath.Join(dir, "r.csv"), x.reports.bytes(), 0o600))
		check(t, os.WriteFile(filepath.Join(dir, "b.csv"), x.people.bytes(), 0o600))
		if status, said := askFigures(t, dir, "--reports", "r.csv", "--population", "b.csv", "--out", "n.csv", "--published", "ut/publicerat.json"); status != 0 {
			t.Fatal(said)
		}
		var doc struct {
			Cells []struct {
				ID        string
				Published *int
			}
			Relations, Percents, Linear []any
			Rates                       []struct {
				Cells      []string
				Population int
				Value      json.Number
			}
		}
		text, err := os.ReadFile(filepath.Join(dir, "ut", "publicerat.json"))
		check(t, err)
		check(t, json.Unmarshal(text, &doc))
		shown := map[string]int{}
		for _, c := range doc.Cells {
			if c.Published != nil {
				shown[c.ID] = *c.Published
			}
		}
		rates := 0
		for _, r := range doc.Rates {
			sum := 0
			for _, c := range r.Cells {
				n, ok := shown[c]
				if !ok || n > 0 && n < 5 {
					t.Fatalf("seed %d: a rate is made of %s, which is not shown", 7000+seed, c)
				}
				sum += n
			}
			exact := new(big.Rat).Mul(big.NewRat(int64(sum), int64(r.Population)), big.NewRat(10000, 1))
			if exact.FloatString(2) != string(r.Value) {
				t.Fatalf("seed %d: %d of %d is declared as %s", 7000+seed, sum, r.Population, r.Value)
			}
			rates++
		}
		table, err := os.ReadFile(filepath.Join(dir, "n.csv"))
		check(t, err)
		if n := strings.Count(string(table), ",publicerad,"); rates != n || len(doc.Relations)+len(doc.Percents)+len(doc.Linear) > 0 {
			t.Fatalf("seed %d: %d rates are declared and %d published", 7000+seed, rates, n)
		}
	}
}
