package exchange

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"foljsam/internal/disclosure"
)

const self = "https://nyckeltal.example/v3"

// asked answers as a client of Kolada's asks: an address after /v3/.
func asked(t *testing.T, k *Kolada, address string) (status int, e struct {
	Count    int
	Next     *string `json:"next_url"`
	Previous *string `json:"previous_url"`
	Values   []map[string]any
	Detail   any
}) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	a := k.Answer(u.Path, u.Query(), self)
	if err := json.Unmarshal(a.Body, &e); err != nil {
		t.Fatalf("%s: %v: %s", address, err, a.Body)
	}
	return a.Status, e
}

func TestOurFiguresInTheShapeOfKolada(t *testing.T) {
	k := NewKolada(someSeries(t), swedish)
	a := k.Answer("data/kpi/FOLJSAM1/municipality/0180,1440/year/2024", nil, self)
	want := `{"count":2,"next_url":null,"previous_url":null,"values":[` +
		`{"kpi":"FOLJSAM1","municipality":"0180","period":2024,"values":[{"gender":"T","count":2,"status":"","value":25,"isdeleted":false}]},` +
		`{"kpi":"FOLJSAM1","municipality":"1440","period":2024,"values":[{"gender":"T","count":1,"status":"sekretess","value":null,"isdeleted":false}]}]}` + "\n"
	if a.Status != 200 || string(a.Body) != want {
		t.Errorf("%d %s\nwant %s", a.Status, a.Body, want)
	}
	// The nation: the unweighted mean of 25.00 and 2.00 for 2024, of 25.00, 2.00 and 10.00 for 2023.
	_, e := asked(t, k, "data/kpi/FOLJSAM1/municipality/0000")
	if fmt.Sprint(e.Values[0]["values"], e.Values[1]["values"]) !=
		"[map[count:3 gender:T isdeleted:false status: value:12.33]] [map[count:2 gender:T isdeleted:false status: value:13.5]]" {
		t.Error(e.Values)
	}
}

func TestEveryAddressOfKoladaAnswers(t *testing.T) {
	k := NewKolada(someSeries(t), swedish)
	for address, count := range map[string]int{
		"kpi": 3, "kpi/": 3, "kpi?title=insats": 1, "kpi/FOLJSAM1,FOLJSAM3": 2, "kpi/N00945": 0,
		"kpi_groups": 1, "municipality": 5, "municipality/0180": 1, "municipality?title=upps": 1, "municipality?region_type=L": 1, "municipality?type=K": 4,
		"municipality_groups": 4, "municipality_groups?title=uppsala": 1, "ou": 2, "ou?municipality=0180,1480": 2, "ou?municipality=1480": 0, "ou/018001": 1,
		"data/kpi/FOLJSAM2/year/2024":                       7, // three municipalities, their three counties, the nation
		"data/kpi/FOLJSAM2/municipality/2584":               0, // missing is no row
		"data/kpi/FOLJSAM2/municipality/0380":               2, // zero is one
		"data/kpi/FOLJSAM1/municipality/1440/year/2023":     1,
		"data/kpi/FOLJSAM1/municipality/GL01/year/2023":     1,
		"data/municipality/1440/year/2023,2024":             4,
		"data/?kpi_id=FOLJSAM1&municipality_id=1440":        2,
		"data?kpi_id=FOLJSAM1&kpi_id=FOLJSAM2&year=2024":    -1,
		"oudata/kpi/FOLJSAM1/ou/018001":                     2,
		"oudata/kpi/FOLJSAM1/ou/018001,018002/year/2024":    2,
		"oudata/?ou_id=018002&kpi_id=FOLJSAM2":              2,
		"oudata/?municipality_id=0180&kpi_id=FOLJSAM1":      4,
		"oudata/kpi/FOLJSAM1/ou/018099":                     0, // a rest has no rate
		"data/kpi/FOLJSAM1/municipality/018001":             0, // a district is no municipality
		"data/?kpi_id=FOLJSAM1&from_date=2001-01-01&year=9": -2,
	} {
		status, e := asked(t, k, address)
		if count == -2 {
			if status != http.StatusUnprocessableEntity {
				t.Errorf("%s: %d", address, status)
			}
			continue
		}
		if status != 200 || count >= 0 && e.Count != count || len(e.Values) != e.Count || e.Next != nil || e.Previous != nil {
			t.Errorf("%s: %d, %d rows, want %d", address, status, e.Count, count)
		}
	}
}

// Kolada's limits: 25 ids in a part, 5000 rows in a page.
func TestKoladasLimitsAreOurs(t *testing.T) {
	k := NewKolada(someSeries(t), swedish)
	ids := func(n int) string { return strings.TrimSuffix(strings.Repeat("0180,", n), ",") }
	for address, want := range map[string]int{
		"data/kpi/FOLJSAM1/municipality/" + ids(25):                        200,
		"data/kpi/FOLJSAM1/municipality/" + ids(26):                        422,
		"data/?kpi_id=FOLJSAM1" + strings.Repeat("&municipality_id=1", 26): 422,
		"municipality/" + ids(26):                                          422,
		"kpi?per_page=5000":                                                200,
		"kpi?per_page=5001":                                                422,
		"kpi?page=0":                                                       422,
		"kpi?page=x":                                                       422,
		"kpi?page=99":                                                      200,
		"data":                                                             422,
		"data?kpi=FOLJSAM1&municipality=0180&year=2024":                    200, // year alone is understood
		"data?kpi=FOLJSAM1&municipality=0180":                              422, // where Kolada answers nothing, we say why
		"data/kpi/FOLJSAM1":                                                422,
		"data/kpi/FOLJSAM1/year":                                           404,
		"data/kpi/FOLJSAM1/kpi/FOLJSAM1":                                   404,
		"data/kpi/FOLJSAM1/ou/018001":                                      404,
		"data/kpi/FOLJSAM1/year/20x4":                                      422,
		"data/?kpi_id=FOLJSAM1&from_date=igår":                             422,
		"municipality?region_type=X":                                       422,
		"kpi/FOLJSAM1/more":                                                404,
		"":                                                                 404,
		"../etc":                                                           404,
	} {
		if status, e := asked(t, k, address); status != want || want != 200 && e.Detail == nil {
			t.Errorf("%q: %d, want %d", address, status, want)
		}
	}
}

func TestPagesFollowEachOther(t *testing.T) {
	k := NewKolada(someSeries(t), swedish)
	address, seen := "data/?kpi_id=FOLJSAM1&kpi_id=FOLJSAM2&per_page=2", map[string]bool{}
	for pages := 0; pages < 20; pages++ {
		_, e := asked(t, k, address)
		for _, v := range e.Values {
			seen[fmt.Sprint(v["kpi"], v["municipality"], v["period"])] = true
		}
		if (pages == 0) != (e.Previous == nil) {
			t.Error(pages, e.Previous)
		}
		if e.Next == nil {
			if len(seen) != e.Count {
				t.Errorf("%d rows seen of %d", len(seen), e.Count)
			}
			return
		}
		rest, ours := strings.CutPrefix(*e.Next, self+"/")
		if !ours {
			t.Fatal(*e.Next)
		}
		address = rest
	}
	t.Error("the pages have no end")
}

func TestOnlyWhatIsNewer(t *testing.T) {
	s := someSeries(t)
	s.Published[2023] = time.Date(2024, 5, 8, 0, 0, 0, 0, time.UTC)
	s.Published[2024] = time.Date(2025, 5, 8, 0, 0, 0, 0, time.UTC)
	k := NewKolada(s, swedish)
	for day, want := range map[string]int{"2024-05-08": 2, "2024-05-09": 1, "2025-05-09": 0} {
		if _, e := asked(t, k, "data/kpi/FOLJSAM1/municipality/1440?from_date="+day); e.Count != want {
			t.Errorf("%s: %d", day, e.Count)
		}
	}
}

// 304 units, ten years: what any page of it takes.
func BenchmarkKoladaAnswer(b *testing.B) {
	var editions []*Edition
	for year := 2015; year < 2025; year++ {
		e := &Edition{Year: year, Source: "x"}
		for i := range 304 {
			e.Units = append(e.Units, EditionUnit{Unit: fmt.Sprintf("%04d", 100+i*8), Kind: WholeUnit, Adults: 10_000 + i, Counts: counts(disclosure.CountOf(i), disclosure.CountOf(i/2), disclosure.NoCount())})
		}
		editions = append(editions, e)
	}
	k := NewKolada(SeriesOf(editions), swedish)
	for b.Loop() {
		k.Answer("data/kpi/FOLJSAM1/year/2024", url.Values{}, self)
	}
}

// FuzzKoladaAnswer asks anything.
func FuzzKoladaAnswer(f *testing.F) {
	k := NewKolada(someSeries(f), swedish)
	f.Add("data/kpi/FOLJSAM1/municipality/0180", "page=2&per_page=1")
	f.Add("oudata/", "ou_id=018001,018002")
	f.Fuzz(func(t *testing.T, path, query string) {
		q, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		a := k.Answer(path, q, self)
		if a.Status != 200 && a.Status != 404 && a.Status != 422 || !json.Valid(a.Body) {
			t.Fatal(a.Status, string(a.Body))
		}
	})
}

// A mean that a correction leaves without a number is taken back with a row, as a municipality's rate is.
func TestAMeanThatIsTakenBackIsDeleted(t *testing.T) {
	edition := func(number int, kiruna disclosure.Count) *Edition {
		n := disclosure.CountOf
		b, err := WriteEdition(Edition{Year: 2024, Number: number, Source: "Egen bearbetning", Units: []EditionUnit{
			{Unit: "1440", Name: "Ale", Kind: WholeUnit, Adults: 24_000, Counts: counts(n(24), n(12), n(6))},
			{Unit: "2584", Name: "Kiruna", Kind: WholeUnit, Adults: 18_000, Counts: counts(kiruna, n(9), kiruna)},
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
	k := NewKolada(SeriesOf([]*Edition{edition(1, disclosure.CountOf(18)), edition(2, disclosure.SecretCount())}), swedish)
	for of, want := range map[string]string{
		"1/municipality/GL25": "[map[count:0 gender:T isdeleted:true status: value:<nil>]]",
		"2/municipality/GL25": "[map[count:1 gender:T isdeleted:false status: value:5]]",
		"1/municipality/0000": "[map[count:1 gender:T isdeleted:false status: value:10]]",
	} {
		_, e := asked(t, k, "data/kpi/FOLJSAM"+of)
		if len(e.Values) != 1 || fmt.Sprint(e.Values[0]["values"]) != want {
			t.Errorf("%s: %v", of, e.Values)
		}
	}
	first := NewKolada(SeriesOf([]*Edition{edition(1, disclosure.SecretCount())}), swedish)
	if _, e := asked(t, first, "data/kpi/FOLJSAM1/municipality/GL25"); len(e.Values) != 0 {
		t.Error("a mean that never was is taken back:", e.Values)
	}
}
