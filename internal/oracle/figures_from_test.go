package oracle

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A case with its support rows, as the three key figures ask for them.
type helpedCase struct {
	*client
	pack  *pack
	spans [][2]time.Time // beginning, and end where it has one; of rows with a code
	goal  string
	why   string
}

// helpedCases reads packages: a later package has the case.
func helpedCases(packs []*pack) []*helpedCase {
	byKey := map[string]*helpedCase{}
	for _, p := range packs {
		byID := map[string]*helpedCase{}
		for r := range p.good(caseFile) {
			c := &helpedCase{client: readCase(r), pack: p, goal: r["v192"], why: r["v257"]}
			byID[r["arende"]] = c
			byKey[p.register()+"\x00"+r["arende"]] = c
		}
		for r := range p.good(supFile) {
			if c := byID[r["arende"]]; len(list(r["v118"])) > 0 {
				c.spans = append(c.spans, [2]time.Time{day(r["v117"]), day(r["slut"])})
			}
		}
	}
	var all []*helpedCase
	for _, c := range byKey {
		all = append(all, c)
	}
	return all
}

// counts tells whether the case counts under a key figure in a year.
func (c *helpedCase) counts(number string, year int, byReason bool) bool {
	if c.age >= 0 && c.age < 18 {
		return false
	}
	switch number {
	case "1":
		return c.came.Year() == year
	case "2":
		for d := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() == year; d = d.AddDate(0, 0, 1) {
			if slices.ContainsFunc(c.spans, func(s [2]time.Time) bool { return c.helpedOn(d, s[0], s[1]) }) {
				return true
			}
		}
		return false
	}
	met := c.goal == "1" || c.goal == "2" || c.goal == "" && c.why == "1"
	if byReason {
		met = c.why == "1"
	}
	return c.closed() && c.left.Year() == year && len(c.spans) > 0 && met
}

// helpedOn tells whether a support row went on on a day.
func (c *helpedCase) helpedOn(d, began, ended time.Time) bool {
	if began.IsZero() || d.Before(began) {
		return false
	}
	if !ended.IsZero() {
		return !d.After(ended)
	}
	return !c.closed() || !d.After(c.left) || d.Equal(began)
}

// returned gives rapporter.csv, line by line.
func returned(packs []*pack, year int, byReason bool) []string {
	count, scopes := map[string]int{}, map[string]map[string]bool{}
	for _, c := range helpedCases(packs) {
		if scopes[c.v2] == nil {
			scopes[c.v2] = map[string]bool{}
		}
		scopes[c.v2][fmt.Sprint(c.pack.meta["omfattning"])] = true
		for _, number := range to(3) {
			if c.counts(number, year, byReason) {
				count[c.v2+number]++
			}
		}
	}
	lines := []string{"enhet,ar,nyckeltal,antal,sekretess,omfattning"}
	for _, unit := range slices.Sorted(keys(scopes)) {
		for _, number := range to(3) {
			n, mark := strconv.Itoa(count[unit+number]), ""
			if c := count[unit+number]; c >= 1 && c <= 4 {
				n, mark = "", "1"
			}
			lines = append(lines, strings.Join([]string{unit, strconv.Itoa(year), number, n, mark, common(scopes[unit])}, ","))
		}
	}
	return lines
}

// turnYears puts days around the turns of years, and ends before their beginnings: those are
// named, and are no ends.
func (m *maker) turnYears(packs []*pack) (named [][]string) {
	for _, p := range packs {
		s := p.sheets[supFile]
		for _, r := range s.rows {
			switch {
			case m.chance(10):
				r.set("v117", "2022-12-31")
				r.spoil("slut", "2022-12-30", "")
				named = append(named, []string{p.path, supFile, strconv.Itoa(s.at(r)), "slut", "2022-12-30", "fel"})
			case m.chance(50):
				r.set("v117", pick(m, []string{"2021-12-31", "2022-01-01", "2022-12-31", "2023-01-01", "2023-06-01", ""}))
				r.set("slut", pick(m, []string{"", "", "2023-12-31", "2024-01-01"}))
			}
		}
		for _, r := range p.sheets[caseFile].rows {
			if m.chance(20) {
				r.set("v5", pick(m, []string{"2022-12-31", "2023-01-01", "2023-12-31", "2024-01-01"}))
				r.set("v256", "")
			}
			if m.chance(40) {
				r.set("v192", pick(m, []string{"", "1", "2", "3"}))
				r.set("v257", pick(m, []string{"", "1", "1", "3"}))
			}
		}
	}
	return named
}

func TestReturnsAreWhatPlainCountingGives(t *testing.T) {
	for seed := range rounds(15, 150) {
		m := newMaker(9000 + seed)
		packs := m.packs(4)
		named := m.turnYears(packs)
		dir := t.TempDir()
		year, byReason := 2021+m.IntN(4), m.chance(40)
		args := []string{"--year", strconv.Itoa(year), "--out", "rapporter.csv", "--from"}
		if byReason {
			args = slices.Insert(args, 0, "--mal", "avslutsorsak")
		}
		for _, p := range packs {
			args = append(args, p.write(t, dir))
		}
		status, said := askFigures(t, dir, args...)
		if status != 0 {
			t.Fatalf("seed %d: status %d: %s", 9000+seed, status, said)
		}
		text, err := os.ReadFile(filepath.Join(dir, "rapporter.csv"))
		check(t, err)
		got, want := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n"), returned(packs, year, byReason)
		tell(t, fmt.Sprintf("seed %d, %d, by reason %v", 9000+seed, year, byReason), unlike(got, want))
		tell(t, fmt.Sprintf("seed %d, problems", 9000+seed), unlike(joined(problemsIn(t, dir)), joined(named)))
		if !t.Failed() && !slices.Equal(got, want) {
			t.Errorf("seed %d: the order is wrong", 9000+seed)
		}
		if t.Failed() {
			return
		}
	}
}

// A unit that has 1, 2, 3 or 4 cases leaves the same bytes behind.
func TestReturnsOfOneToFourLeaveNoTrace(t *testing.T) {
	var first string
	for n := 1; n <= 4; n++ {
		p := &pack{path: "uttag", meta: map[string]any{"name": "u", "id": "u", "register": "r", "created": "2024-02-01T08:00:00Z"}, sheets: map[string]*sheet{
			caseFile: {columns: caseColumns}, supFile: {columns: supColumns}, riskFile: {columns: riskColumns}}}
		for i := range n {
			id := fmt.Sprint("a", i)
			put(p.sheets[caseFile], map[string]string{"arende": id, "v2": "0114", "v5": "2023-02-01", "v256": "2023-09-01", "v192": "1", "v257": "3"})
			put(p.sheets[supFile], map[string]string{"arende": id, "v117": "2023-03-01", "v118": "4"})
		}
		dir := t.TempDir()
		status, said := askFigures(t, dir, "--from", p.write(t, dir), "--year", "2023", "--out", "ut/rapporter.csv")
		if status != 0 {
			t.Fatal(said)
		}
		for _, name := range []string{"rapporter.csv", "problems.csv"} {
			b, err := os.ReadFile(filepath.Join(dir, "ut", name))
			check(t, err)
			said += string(b)
		}
		if first == "" {
			first = said
		} else if said != first {
			t.Errorf("%d cases:\n%s\n1 case:\n%s", n, said, first)
		}
	}
	for _, number := range to(3) {
		if !strings.Contains(first, "0114,2023,"+number+",,1,") {
			t.Errorf("key figure %s is not secret:\n%s", number, first)
		}
	}
}

// What goes wrong before anything is written, and how it ends.
func TestFiguresThatCannotBe(t *testing.T) {
	dir := t.TempDir()
	files := map[string]string{
		"r.csv": "enhet,ar,nyckeltal,antal\n0114,2024,1,5\n", "b.csv": "enhet,ar,vuxna\n0114,2024,1000\n", "tom.csv": "", "fel.csv": "enhet,antal\n",
		"u16.csv": "\xff\xfee\x00n\x00h\x00", "huvud.csv": "enhet,ar,vuxna\n",
	}
	for name, text := range files {
		check(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	for line, want := range map[string]int{
		"--reports r.csv --population b.csv --out n.csv":         0,
		"--reports r.csv --population huvud.csv --out n.csv":     0,
		"--reports tom.csv --population b.csv --out n1.csv":      1,
		"--reports fel.csv --population b.csv --out n1.csv":      1,
		"--reports u16.csv --population b.csv --out n1.csv":      1,
		"--reports r.csv --population tom.csv --out n1.csv":      1,
		"--from saknas --year 2024 --out n1.csv":                 1,
		"--reports saknas.csv --population b.csv --out n1.csv":   2,
		"--reports r.csv --out n1.csv":                           2,
		"--reports r.csv --population b.csv":                     2,
		"--reports r.csv --population b.csv --out r.csv":         2,
		"--reports r.csv --population b.csv --out problems.csv":  2,
		"--reports r.csv --population b.csv --year 2024 --out n": 2,
		"--from a --reports r.csv --year 2024 --out n1.csv":      2,
		"--from a --out n1.csv":                                  2,
		"--from a --year 24 --out n1.csv":                        2,
		"--from a --year 2024 --mal annat --out n1.csv":          2,
		"": 2,
	} {
		status, said := askFigures(t, dir, strings.Fields(line)...)
		if status != want {
			t.Errorf("%q ends with %d, want %d: %s", line, status, want, said)
		}
		if _, err := os.Stat(filepath.Join(dir, "n1.csv")); err == nil {
			t.Fatalf("%q wrote n1.csv", line)
		}
	}
}
