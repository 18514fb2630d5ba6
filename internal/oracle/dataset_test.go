package oracle

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A dataset is a JSON-stat 2.0 dataset as it was written.
type dataset struct {
	Version   string
	Class     string
	Label     string
	Note      []string
	ID        []string
	Size      []int
	Role      map[string][]string
	Dimension map[string]struct {
		Label    string
		Category struct {
			Index json.RawMessage
			Label map[string]string
		}
	}
	Value     []any
	Status    any
	Extension map[string]any

	cats [][]string // by dimension, in order
}

// readDataset reads a file and says how it is not JSON-stat 2.0.
func readDataset(t testing.TB, path string) (*dataset, string) {
	t.Helper()
	text, err := os.ReadFile(path)
	check(t, err)
	d := &dataset{}
	if err := json.Unmarshal(text, d); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return d, d.prepare()
}

func (d *dataset) prepare() string {
	if d.Version != "2.0" || d.Class != "dataset" || d.Label == "" || len(d.Note) == 0 {
		return fmt.Sprintf("version %q, class %q, label %q, %d notes", d.Version, d.Class, d.Label, len(d.Note))
	}
	if len(d.ID) != len(d.Size) || len(d.ID) != len(d.Dimension) {
		return fmt.Sprintf("%d ids, %d sizes, %d dimensions", len(d.ID), len(d.Size), len(d.Dimension))
	}
	product := 1
	for i, id := range d.ID {
		cats, err := categories(d.Dimension[id].Category.Index)
		if err != nil || len(cats) != d.Size[i] {
			return fmt.Sprintf("%s: %d categories %v, size %d", id, len(cats), err, d.Size[i])
		}
		for _, c := range cats {
			if d.Dimension[id].Category.Label[c] == "" {
				return fmt.Sprintf("%s=%s has no label", id, c)
			}
		}
		if n := len(d.Dimension[id].Category.Label); n != len(cats) {
			return fmt.Sprintf("%s has %d labels for %d categories", id, n, len(cats))
		}
		d.cats = append(d.cats, cats)
		product *= d.Size[i]
	}
	if len(d.Value) != product {
		return fmt.Sprintf("%d values, %d cells", len(d.Value), product)
	}
	if !slices.Equal(d.Role["metric"], []string{"matt"}) {
		return fmt.Sprintf("role metric is %v", d.Role["metric"])
	}
	return d.statusFault()
}

// categories reads an index that is a list, or an object with places.
func categories(raw json.RawMessage) ([]string, error) {
	var list []string
	if json.Unmarshal(raw, &list) == nil {
		return list, nil
	}
	var places map[string]int
	if err := json.Unmarshal(raw, &places); err != nil {
		return nil, err
	}
	list = make([]string, len(places))
	for c, i := range places {
		if i < 0 || i >= len(list) || list[i] != "" {
			return nil, fmt.Errorf("the place %d of %s", i, c)
		}
		list[i] = c
	}
	return list, nil
}

// statusFault tells of a cell with both or neither of a value and a status.
func (d *dataset) statusFault() string {
	for i, v := range d.Value {
		s := d.status(i)
		if (v == nil) != (s == "." || s == "m" || s == "-") {
			return fmt.Sprintf("cell %d has the value %v and the status %q", i, v, s)
		}
	}
	return ""
}

func (d *dataset) status(i int) string {
	switch s := d.Status.(type) {
	case []any:
		if i < len(s) {
			text, _ := s[i].(string)
			return text
		}
	case map[string]any:
		text, _ := s[strconv.Itoa(i)].(string)
		return text
	case string:
		return s
	}
	return ""
}

// csvFaults compares the table's CSV file with its dataset, row by row.
func (d *dataset) csvFaults(t testing.TB, path string) (faults []string) {
	t.Helper()
	f, err := os.Open(path)
	check(t, err)
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil || len(all) != len(d.Value)+1 {
		return []string{fmt.Sprintf("%v: %d lines for %d cells", err, len(all), len(d.Value))}
	}
	column := map[string]int{}
	for i, name := range all[0] {
		column[strings.TrimPrefix(name, "\uFEFF")] = i
	}
	for _, name := range append([]string{"varde", "status"}, d.ID...) {
		if _, ok := column[name]; !ok {
			return []string{fmt.Sprintf("no column %s in %q", name, all[0])}
		}
	}
	if want := 2*len(d.ID) + 2; len(column) != want {
		faults = append(faults, fmt.Sprintf("%d columns, not %d: %q", len(column), want, all[0]))
	}
	for i, at := range d.places() {
		want := map[string]string{"varde": d.text(i), "status": safe(d.status(i))}
		for j, id := range d.ID {
			want[id], want[id+"_etikett"] = safe(at[j]), safe(d.Dimension[id].Category.Label[at[j]])
		}
		for name, w := range want {
			if got := all[i+1][column[name]]; got != w && !(name == "varde" && sameNumber(got, w)) {
				faults = append(faults, fmt.Sprintf("row %d, %s is %q, not %q", i+2, name, got, w))
			}
		}
	}
	return faults
}

// places gives the categories of every cell, in the order of the values.
func (d *dataset) places() [][]string {
	var dims []dim
	for i, id := range d.ID {
		dims = append(dims, dim{id, d.cats[i]})
	}
	return each(dims)
}

// text gives what stands for a value in CSV.
func (d *dataset) text(i int) string {
	if v, ok := d.Value[i].(float64); ok {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return safe(map[string]string{"m": "..", ".": ".", "-": "-"}[d.status(i)])
}

// safe is a cell that no spreadsheet takes for a formula. "-" alone is none: it is the mark of
// what is not registered.
func safe(s string) string {
	if s == "" || s == "-" || !strings.ContainsRune("=+-@", rune(s[0])) {
		return s
	}
	if _, err := strconv.ParseFloat(s, 64); s[0] == '-' && err == nil {
		return s
	}
	return "'" + s
}

func sameNumber(a, b string) bool {
	x, err := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	return err == nil && err2 == nil && near(x, y)
}

func near(a, b float64) bool { return a-b < 1e-9 && b-a < 1e-9 }
