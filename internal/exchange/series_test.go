package exchange

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"foljsam/internal/disclosure"
	"foljsam/internal/indicator"
	"foljsam/internal/locale"
	"foljsam/internal/place"
)

var swedish = locale.For(locale.Swedish)

func counts(a, b, c disclosure.Count) [3]disclosure.Count { return [3]disclosure.Count{a, b, c} }

// someSeries is two years of four municipalities; Stockholm has two districts and a rest.
func someSeries(t testing.TB) *Series {
	t.Helper()
	n, secret, gone := disclosure.CountOf, disclosure.SecretCount(), disclosure.NoCount()
	edition := func(year int, ale [3]disclosure.Count) *Edition {
		b, err := WriteEdition(Edition{Year: year, Number: 1, Source: "Egen bearbetning", Units: []EditionUnit{
			{Unit: "0180", Name: "Stockholm", Kind: CityUnit},
			{Unit: "018001", Name: "Farsta", Kind: PartUnit, Adults: 40_000, From: "SCB", Counts: counts(n(100), n(50), secret)},
			{Unit: "018002", Name: "Järva", Kind: PartUnit, Adults: 60_000, Counts: counts(n(150), secret, gone)},
			{Unit: "018099", Name: "Hela staden", Kind: RestUnit, Counts: counts(n(30), secret, gone)},
			{Unit: "0380", Name: "Uppsala", Kind: WholeUnit, Adults: 190_000, Counts: counts(n(38), n(0), gone), Scope: indicator.Both},
			{Unit: "1440", Name: "Ale", Kind: WholeUnit, Adults: 24_000, Table: "TAB638", Method: "summa", Counts: ale},
			{Unit: "2584", Name: "Kiruna; \"=norr\"", Kind: WholeUnit, Adults: 18_000},
		}})
		if err != nil {
			t.Fatal(err)
		}
		e, err := ReadEdition(b)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	return SeriesOf([]*Edition{edition(2024, counts(secret, n(12), n(6))), edition(2023, counts(n(24), gone, gone))})
}

func pointOf(t *testing.T, s *Series, unit string, year int, f indicator.Figure) Point {
	t.Helper()
	for _, x := range s.Points() {
		if x.Unit.Code == unit && x.Year == year && x.Figure == f {
			return x
		}
	}
	t.Fatalf("no %s %d", unit, year)
	return Point{}
}

// 250 of 100 000 is 25.00; 50 of the 40 000 in the one district that reported a number is
// 12.50; 38 of 190 000 is 2.00; 12 of 24 000 is 5.00.
func TestASeriesIsWhatWasPublished(t *testing.T) {
	s := someSeries(t)
	for _, x := range []struct {
		unit   string
		year   int
		figure indicator.Figure
		status string
		rate   string
		cases  string
	}{
		{"0180", 2024, indicator.Opened, "publicerad", "25.00", "250"},
		{"0180", 2024, indicator.Supported, "publicerad", "12.50", "50"},
		{"0180", 2024, indicator.GoalMet, "sekretess", "", ".."},
		{"018001", 2024, indicator.Opened, "publicerad", "25.00", "100"},
		{"018002", 2024, indicator.Supported, "sekretess", "", ".."},
		{"018099", 2024, indicator.Opened, "ingen_folkmangd", "", "30"},
		{"018099", 2024, indicator.Supported, "ingen_folkmangd", "", ".."},
		{"0380", 2023, indicator.Supported, "publicerad", "0.00", "0"},
		{"0380", 2024, indicator.Opened, "publicerad", "2.00", "38"},
		{"0380", 2024, indicator.GoalMet, "saknas", "", "-"},
		{"1440", 2024, indicator.Supported, "publicerad", "5.00", "12"},
		{"1440", 2024, indicator.Opened, "sekretess", "", ".."},
		{"2584", 2024, indicator.Opened, "saknas", "", "-"},
	} {
		p := pointOf(t, s, x.unit, x.year, x.figure)
		n, state := p.Cases()
		cases := state.Mark()
		if state == disclosure.Number {
			cases = strconv.Itoa(n)
		}
		if p.Status() != x.status || p.Rate.String() != x.rate && x.status != "ingen_folkmangd" || cases != x.cases {
			t.Errorf("%s %d %d: %s %q %s, want %s %q %s", x.unit, x.year, x.figure, p.Status(), p.Rate, cases, x.status, x.rate, x.cases)
		}
	}
}

func TestASeriesAsCSV(t *testing.T) {
	var b, again bytes.Buffer
	if err := someSeries(t).WriteCSV(&b, swedish); err != nil || someSeries(t).WriteCSV(&again, swedish) != nil || b.String() != again.String() {
		t.Fatal("not the same bytes twice", err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != 1+7*2*3 {
		t.Fatal(len(rows), err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	found := 0
	for _, r := range rows[1:] {
		at := func(name string) string { return r[column[name]] }
		switch at("enhet") + "/" + at("ar") + "/" + at("nyckeltal") {
		case "1440/2024/1": // 1 and 4 of 24 000 are 0.42 and 1.67
			if at("varde") != ".." || at("status") != "sekretess" || at("antal") != ".." || at("lagst") != "0.42" || at("hogst") != "1.67" || at("folkmangd_tabell") != "TAB638" {
				t.Errorf("%q", r)
			}
			found++
		case "0180/2024/2":
			if at("varde") != "12.50" || at("vuxna") != "40000" || at("stadsdelar") != "2" || at("stadsdelar_med") != "1" || at("lan") != "Stockholm" {
				t.Errorf("%q", r)
			}
			found++
		case "2584/2023/3":
			if at("varde") != "-" || at("status") != "saknas" || at("enhet_etikett") != `Kiruna; "=norr"` {
				t.Errorf("%q", r)
			}
			found++
		}
	}
	if found != 3 {
		t.Error(found)
	}
}

func TestASeriesAsJSONStat(t *testing.T) {
	s := someSeries(t)
	s.Published[2024] = time.Date(2025, 5, 8, 9, 0, 0, 0, time.UTC)
	var b bytes.Buffer
	if err := s.WriteJSONStat(&b, swedish); err != nil {
		t.Fatal(err)
	}
	var d struct {
		Version, Class, Updated string
		ID                      []string
		Size                    []int
		Dimension               map[string]struct{ Category struct{ Index []string } }
		Value                   []*float64
		Status                  map[string]string
		Role                    map[string][]string
		Note                    []string
	}
	if err := json.Unmarshal(b.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	if d.Version != "2.0" || d.Class != "dataset" || d.Updated != "2025-05-08T09:00:00Z" || strings.Join(d.ID, " ") != "enhet ar nyckeltal matt" || len(d.Value) != 7*2*3*3 {
		t.Errorf("%+v", d)
	}
	at := func(unit, year, figure, measure string) (*float64, string) {
		i := 0
		for k, code := range []string{unit, year, figure, measure} {
			cats := d.Dimension[d.ID[k]].Category.Index
			for j, c := range cats {
				if c == code {
					i = i*d.Size[k] + j
				}
			}
		}
		return d.Value[i], d.Status[strconv.Itoa(i)]
	}
	if v, st := at("0180", "2024", "2", "varde"); v == nil || *v != 12.5 || st != "" {
		t.Error(v, st)
	}
	if v, st := at("0380", "2024", "2", "antal"); v == nil || *v != 0 || st != "" {
		t.Error("zero is a number", v, st)
	}
	for want, x := range map[string][4]string{"m": {"1440", "2024", "1", "antal"}, "-": {"2584", "2024", "1", "varde"}, ".": {"018099", "2024", "1", "varde"}} {
		if v, st := at(x[0], x[1], x[2], x[3]); v != nil || st != want {
			t.Errorf("%v: %v %q, want %q", x, v, st, want)
		}
	}
	if !strings.Contains(strings.Join(d.Note, " "), "inte hämtade från Kolada") {
		t.Errorf("%q", d.Note)
	}
}

func TestASeriesAsPX(t *testing.T) {
	s := someSeries(t)
	s.Units[0].Name = strings.Repeat("lång ", 60)
	s.Units[1].Name, s.Units[2].Name = "Samma", "Samma"
	s.Units[3].Name = "Citat\" och ☃"
	var b bytes.Buffer
	if err := s.WritePX(&b, swedish); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	if !strings.HasPrefix(text, "CHARSET=\"ANSI\";\nAXIS-VERSION=\"2013\";\nCODEPAGE=\"windows-1252\";\n") || !strings.HasSuffix(text, "\n;\n") {
		t.Errorf("%.100q", text)
	}
	for _, line := range strings.Split(text, "\n") {
		if len(line) > 256 {
			t.Errorf("a line of %d: %.60s", len(line), line)
		}
	}
	for _, want := range []string{`"Samma (018001)"`, `"Samma (018002)"`, `"Citat' och ?"`, "TIMEVAL(\"\xc5r\")=TLIST(A1),\"2023\",\"2024\";", "DECIMALS=2;"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
	_, data, _ := strings.Cut(text, "DATA=\n")
	cells := strings.Fields(strings.TrimSuffix(data, ";\n"))
	if len(cells) != 7*2*3*3 {
		t.Fatal(len(cells))
	}
	// The last unit has reported nothing: missing is "...", never "-", which is zero in PX.
	ale := cells[5*18 : 6*18]
	if strings.Join(ale[:6], " ") != `10.00 ".." 24 ".." 24000 24000` {
		t.Errorf("%q", ale)
	}
	if cells[6*18] != `"..."` || strings.Contains(data, `"-"`) {
		t.Errorf("%q", cells[6*18:])
	}
}

func TestASeriesOfNothing(t *testing.T) {
	s := SeriesOf(nil)
	var b bytes.Buffer
	if s.WriteCSV(&b, swedish) != nil || s.WriteJSONStat(&b, swedish) != nil || s.WritePX(&b, swedish) != nil || len(NewKolada(s, swedish).All()) == 0 {
		t.Error("an empty series cannot be written")
	}
}

func TestAFewUnitsOfASeries(t *testing.T) {
	s := someSeries(t).Select(func(u SeriesUnit) bool { return place.CountyOf(u.Code) == "01" })
	if len(s.Units) != 4 || len(s.Sheet(swedish).Rows) != 4*2*3 {
		t.Error(len(s.Units))
	}
}
