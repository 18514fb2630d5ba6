package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"foljsam/internal/exchange"
	"foljsam/internal/locale"
)

func model(t *testing.T) *kong.Kong {
	t.Helper()
	k, err := kong.New(&commands{}, kong.Name(program), kong.NoDefaultHelp())
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// Every command, flag, argument and placeholder is explained, in every language; and
// nothing is explained that is not there.
func TestEverythingHasHelp(t *testing.T) {
	want := map[string]bool{}
	var visit func(n *kong.Node)
	visit = func(n *kong.Node) {
		want["cli.about_"+pathOf(n)] = true
		for _, f := range n.Flags {
			want["cli.flag_"+flagPath(n, f)] = true
			if !f.IsBool() {
				want["cli.word_"+f.PlaceHolder] = true
			}
		}
		for _, a := range n.Positional {
			want["cli.argument_"+pathOf(n)+"_"+a.Name] = true
			want["cli.word_"+a.Name] = true
		}
		for _, prefix := range []string{"cli.detail_", "cli.example_", "cli.status_"} {
			want[prefix+pathOf(n)] = false // may be there
		}
		for _, c := range n.Children {
			visit(c)
		}
	}
	visit(model(t).Model.Node)
	want["cli.word_command"], want["cli.word_flags"] = true, true
	for _, l := range locale.Staff {
		for key, must := range want {
			if must && !locale.For(l).Has(key) {
				t.Errorf("%s: nothing explains %s", l, key)
			}
		}
	}
	for _, key := range textKeys(t) {
		family, _, _ := strings.Cut(key, "_")
		if _, known := want[key]; !known && strings.Contains(" cli.about cli.flag cli.argument cli.word cli.detail cli.example cli.status ", " "+family+" ") {
			t.Errorf("%s explains what is not there", key)
		}
	}
}

func textKeys(t *testing.T) (keys []string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "locale", "texts", "sv", "cli.json"))
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]json.RawMessage{}
	if err := json.Unmarshal(b, &texts); err != nil {
		t.Fatal(err)
	}
	for k := range texts {
		keys = append(keys, k)
	}
	return keys
}

// Whatever is typed, nobody reads kong's English or a missing text.
func TestNoWordsButOurs(t *testing.T) {
	for _, line := range []string{"x", "--x", "-x", "-", "--", "compile", "compile --out", "compile --out=", "compile --mask=2 --out a b",
		"compile --out a --by", "compile --out a --out b", "compile --out --mask b", "codebook x", "codebook show 1 2", "demo reprot", "demo --listen", "serve x", "serve --listen 0.0.0.0:1", "serve --cert a", "selftest x", "synth --cases -1 --out a",
		"synth --cases=1x --out a", "version x", "help x", "help", "compile -zz", "--lang", "--lang=", "--lang fi version", "compile --lang sv", "--help=3", "version --help=nej"} {
		var out, errs bytes.Buffer
		status := Main(strings.Fields(line), nil, &out, &errs, func(string) string { return "" })
		said := out.String() + errs.String()
		for _, theirs := range []string{"⟦", "expected", "unexpected", "did you mean", "unknown", "missing", "must be", "Något gick fel i programmet"} {
			if strings.Contains(said, theirs) {
				t.Errorf("%q (%d) says %q: %s", line, status, theirs, said)
			}
		}
		if status != misusage && !strings.Contains(line, "help") {
			t.Errorf("%q ends with %d", line, status)
		}
	}
}

func TestSizesOfPackages(t *testing.T) {
	for text, want := range map[string]size{"1": 1, "500MB": 500_000_000, "2GiB": 2 << 30, "10 kB": 10_000, "3kib": 3072} {
		var got size
		if err := got.UnmarshalText([]byte(text)); err != nil || got != want {
			t.Errorf("%s: %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "0", "-1", "1.5GB", "GB", "1XB", "99999999999GB", "99999999999999999999"} {
		var got size
		if err := got.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q was taken for %d", text, got)
		}
	}
}

// The latest year; with a period, the latest that is not after its end, else the earliest.
func TestInhabitantsAreThoseOfTheRightYear(t *testing.T) {
	rows := []exchange.Population{{Unit: "0180", Year: 2021, Inhabitants: 21}, {Unit: "0180", Year: 2023, Inhabitants: 23},
		{Unit: "0180", Year: 2022, Inhabitants: 22}, {Unit: "018001", Year: 2023, Inhabitants: 1}, {Unit: "0380", Year: 2023}}
	for till, want := range map[string]int{"": 23, "2024-12-31": 23, "2022-06-30": 22, "2021-01-01": 21, "2019-12-31": 21} {
		day, _ := time.Parse(time.DateOnly, till)
		got := inhabitantsIn(rows, day)
		if len(got) != 1 || got["0180"] != want {
			t.Errorf("till %q: %v, want %d", till, got, want)
		}
	}
	if got := inhabitantsIn(rows[3:], time.Time{}); got != nil {
		t.Errorf("%v, want nothing", got)
	}
}

func TestAPatternStandsForItsFiles(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.zip", "a.zip", "[c].zip", "d.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := strings.Join(expand([]string{filepath.Join(dir, "*.zip"), filepath.Join(dir, "[c].zip"), "saknas*.zip"}), " ")
	want := strings.Join([]string{filepath.Join(dir, "[c].zip"), filepath.Join(dir, "a.zip"), filepath.Join(dir, "b.zip"), filepath.Join(dir, "[c].zip"), "saknas*.zip"}, " ")
	if got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestTheBarIsShownWhenWorkTakesLong(t *testing.T) {
	var screen bytes.Buffer
	s := &session{stderr: &screen, text: locale.For(locale.Swedish)}
	p := s.startProgress("cli.reading")
	p.set(1, 2)
	if p.end(); screen.Len() > 0 {
		t.Errorf("not a terminal, but it shows %q", screen.String())
	}
	p.on, p.begun = true, time.Now()
	if p.set(1, 2); screen.Len() > 0 {
		t.Errorf("at once it shows %q", screen.String())
	}
	p.begun = time.Now().Add(-2 * patience)
	p.set(1, 2)
	p.set(1, 2)
	p.set(0, 0)
	p.end()
	want := "\rLäser " + strings.Repeat("█", 15) + strings.Repeat("░", 15) + "  50 %"
	if got := screen.String(); got != want+"\r"+strings.Repeat(" ", len([]rune(want))-1)+"\r" {
		t.Errorf("%q", got)
	}
}
