package exchange_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"foljsam/internal/codebook"
	"foljsam/internal/compile"
	"foljsam/internal/disclosure"
	"foljsam/internal/exchange"
	"foljsam/internal/locale"
	"foljsam/internal/record"
)

// town makes n cases of a municipality: women but for every fifth, every second closed
// with the goal reached.
func town(unit string, n int) (cases []*record.Case) {
	for i := range n {
		c := &record.Case{ID: fmt.Sprint(unit, i), Client: "K", Unit: unit, Dates: map[int]record.Day{5: 19800}, Codes: map[int][]int{14: {1}}}
		if i%5 == 0 {
			c.Codes[14] = []int{2}
		}
		if i%2 == 0 {
			c.Dates[256], c.Codes[257], c.Codes[192], c.Codes[202] = 19800+record.Day(i), []int{1}, []int{1}, []int{1}
		}
		c.Supports = []record.Support{{Began: 19801, Ended: record.NoDay, Codes: []int{3, 4}, Basis: 1, Regi: 1}}
		cases = append(cases, c)
	}
	return cases
}

func released(t *testing.T, publish bool, by ...string) *disclosure.Release {
	t.Helper()
	var paths []string
	for unit, n := range map[string]int{"0180": 40, "1480": 31, "2584": 3} {
		path := filepath.Join(t.TempDir(), unit)
		m := exchange.Meta{ID: unit, Register: unit, Created: time.Date(2024, 12, 1, 0, 0, 0, 0, time.UTC), Coverage: 4}
		if err := exchange.Write(path, m, slices.Values(town(unit, n)), codebook.Default()); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	slices.Sort(paths)
	r, err := compile.Run(context.Background(), compile.Options{Packages: paths, By: by, Publish: publish})
	if err != nil || len(r.Problems) > 0 {
		t.Fatal(err, r.Problems)
	}
	return r.Release
}

// dataset is JSON-stat 2.0 as a reader sees it.
type dataset struct {
	Version, Class, Label, Updated string
	Note                           []string
	ID                             []string
	Size                           []int
	Role                           map[string][]string
	Dimension                      map[string]struct {
		Label    string
		Category struct {
			Index []string
			Label map[string]string
		}
	}
	Value     []*float64
	Status    map[string]string
	Extension map[string]any
}

func readDataset(t *testing.T, r *disclosure.Released) (d dataset) {
	t.Helper()
	var b, again bytes.Buffer
	if err := exchange.WriteJSONStat(&b, r, locale.For(locale.Swedish)); err != nil {
		t.Fatal(err)
	}
	if err := exchange.WriteJSONStat(&again, r, locale.For(locale.Swedish)); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("the same table is other bytes", err)
	}
	if err := json.Unmarshal(b.Bytes(), &d); err != nil {
		t.Fatalf("%v in %s", err, b.Bytes())
	}
	size := 1
	for i, id := range d.ID {
		size *= d.Size[i]
		c := d.Dimension[id].Category
		if len(c.Index) != d.Size[i] || len(c.Label) != d.Size[i] {
			t.Errorf("%s: dimension %s has %d categories, %d labels and the size %d", r.ID(), id, len(c.Index), len(c.Label), d.Size[i])
		}
	}
	if d.Version != "2.0" || d.Class != "dataset" || d.Label == "" || len(d.Value) != size || d.ID[len(d.ID)-1] != "matt" || len(d.Note) == 0 {
		t.Errorf("%s: %+v", r.ID(), d)
	}
	for i, v := range d.Value {
		if s := d.Status[fmt.Sprint(i)]; (v == nil) != (s != "") {
			t.Errorf("%s: value %d is %v with the status %q", r.ID(), i, v, s)
		}
	}
	return d
}

// Every table of a release is a dataset that holds together, whole and split, masked or not.
func TestEveryTableIsADataset(t *testing.T) {
	for _, publish := range []bool{false, true} {
		for _, by := range [][]string{nil, {"kommun"}} {
			r := released(t, publish, by...)
			for _, table := range r.Tables {
				d := readDataset(t, table)
				if want := map[bool]string{false: "internt", true: "publicering"}[publish]; d.Extension["release"] != want {
					t.Error(d.Extension)
				}
				if len(by) > 0 && (d.ID[0] != "kommun" || strings.Join(d.Dimension["kommun"].Category.Index, " ") != "0180 1480 2584" || d.Role["geo"][0] != "kommun") {
					t.Error(table.ID(), d.ID, d.Role)
				}
				checkCSV(t, table, d)
			}
		}
	}
}

// checkCSV holds the CSV of a table against its dataset.
func checkCSV(t *testing.T, table *disclosure.Released, d dataset) {
	t.Helper()
	var b bytes.Buffer
	if err := exchange.WriteTableCSV(&b, table, locale.For(locale.Swedish)); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != len(d.Value)+1 {
		t.Fatal(table.ID(), err, len(rows))
	}
	n := len(d.ID)
	if rows[0][0] != d.ID[0] || rows[0][1] != d.ID[0]+"_etikett" || rows[0][2*n] != "varde" || rows[0][2*n+1] != "status" {
		t.Error(rows[0])
	}
	marks := map[string]string{"m": "..", "-": "-", ".": "."}
	for i, row := range rows[1:] {
		value, status := marks[d.Status[fmt.Sprint(i)]], d.Status[fmt.Sprint(i)]
		if d.Value[i] != nil {
			text, _ := json.Marshal(*d.Value[i])
			value = string(text)
		}
		if row[2*n] != value || row[2*n+1] != status {
			t.Fatalf("%s row %d: %q, want %s %s", table.ID(), i, row, value, status)
		}
		rest := i
		for k := n - 1; k >= 0; k-- {
			c := d.Dimension[d.ID[k]].Category
			id := c.Index[rest%len(c.Index)]
			if rest /= len(c.Index); row[2*k] != id || row[2*k+1] != c.Label[id] {
				t.Fatalf("%s row %d: %q", table.ID(), i, row)
			}
		}
	}
}

func numbers(d dataset) string {
	var words []string
	for i, v := range d.Value {
		if v == nil {
			words = append(words, "null:"+d.Status[fmt.Sprint(i)])
		} else {
			text, _ := json.Marshal(*v)
			words = append(words, string(text))
		}
	}
	return strings.Join(words, " ")
}

func TestDatasets(t *testing.T) {
	r := released(t, false)
	for id, want := range map[string]string{
		"d02": `58 78.37837837837837 16 21.62162162162162 n=74`, // 8 + 7 + 1 men: every fifth, from the first
		"d05": `0 null:. 0 null:. 0 null:. n=0`,
	} {
		d := readDataset(t, r.Table("", id))
		if got := numbers(d) + fmt.Sprint(" n=", d.Extension["n"]); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
	d := readDataset(t, r.Table("", "d01"))
	if n := d.Extension["n"].(map[string]any); n["aktualiserade"] != 74.0 || n["enkat"] != 38.0 || len(n) != 6 {
		t.Error(n)
	}
	if d.Updated != "2024-12-01T00:00:00Z" || d.Dimension["fas"].Category.Label["insats"] == "" {
		t.Error(d.Updated, d.Dimension)
	}
	if d := readDataset(t, r.Table("", "d06")); d.Extension["svar"] != 0.0 {
		t.Error(d.Extension)
	}
	d = readDataset(t, r.Table("", "topp"))
	n, _ := d.Extension["n"].(map[string]any)["insats_ja"].(map[string]any)
	group, _ := d.Extension["grupp"].(map[string]any)
	if n["topp"] != 38.0 || n["alla"] != 74.0 || group["topp"] != 38.0 {
		t.Error(d.Extension["n"], group)
	}
	d = readDataset(t, r.Table("", "d10"))
	if got := d.Dimension["matt"].Category.Index; got[1] != "medel" || *d.Value[1] != 2 {
		t.Error(got, numbers(d))
	}
}

func TestMaskedDatasets(t *testing.T) {
	r := released(t, true, "kommun")
	d := readDataset(t, r.Table("kommun", "d02"))
	if got := strings.Fields(numbers(d)); got[8] != "null:m" || got[11] != "null:m" {
		t.Error("a municipality with 3 cases has no breakdown", got)
	}
	n := d.Extension["n"].(map[string]any)
	if len(n) != 3 || n["2584"] != nil || !slices.Contains(slices.Sorted(maps.Keys(n)), "2584") {
		t.Error(n)
	}
	if w, _ := d.Extension["withheld"].([]any); len(w) == 0 || w[0] != "2584" {
		t.Error(d.Extension["withheld"])
	}
}
