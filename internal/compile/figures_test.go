package compile

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/exchange"
	"foljsam/internal/synth"
)

// printed is one figure that the report prints: where it stands in our tables, and what
// it says.
type printed struct {
	Table   string   `json:"table"`
	At      []string `json:"at"` // a category of each dimension
	Count   *int     `json:"count"`
	Percent *int     `json:"percent"`
	Mean    *float64 `json:"mean"`
	N       *int     `json:"n"`
	Figure  string   `json:"figure"` // a further figure of the table instead of a cell
	Text    string   `json:"text"`   // the report's own words, where the figure is from the text
}

// reportRelease compiles the synthetic default: 34 packages, written and read again.
func reportRelease(t testing.TB) *disclosure.Release {
	t.Helper()
	cb, dir := codebook.Default(), t.TempDir()
	var paths []string
	for _, p := range synth.ReportPackages(cb, 1) {
		path := filepath.Join(dir, p.Name)
		meta := exchange.Meta{ID: p.ID, Name: p.Name, Created: p.Created.Time(), Register: p.Register, Coverage: p.Coverage, Scope: p.Scope, Synthetic: true}
		if err := exchange.Write(path, meta, p.Cases, cb); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	r, err := Run(context.Background(), Options{Packages: paths})
	if err != nil || len(r.Problems) > 0 {
		t.Fatal(err, r.Problems)
	}
	return r.Release
}

// TestReportFigures lists every legible figure of diagrams 1-27 and of the text that is
// a cell of a table, and holds the compiled synthetic default against each.
func TestReportFigures(t *testing.T) {
	raw, err := os.ReadFile("testdata/printed.json")
	if err != nil {
		t.Fatal(err)
	}
	var figures []printed
	if err := json.Unmarshal(raw, &figures); err != nil {
		t.Fatal(err)
	}
	r := reportRelease(t)
	for _, f := range figures {
		t.Run(fmt.Sprint(f.Table, f.At, f.Figure), func(t *testing.T) { f.compare(t, r) })
	}
	if len(figures) < 174 {
		t.Errorf("only %d figures: the list has been cut", len(figures))
	}
}

func (f printed) compare(t *testing.T, r *disclosure.Release) {
	table := r.Table("", f.Table)
	if f.Figure != "" {
		f.whole(t, f.Figure, f.Count, table.Figure(0, f.Figure)[0])
		return
	}
	i := f.place(t, table)
	cell := table.Cell(0, i)
	f.whole(t, "count", f.Count, cell.Count)
	f.whole(t, "N", f.N, table.BaseOf(0, i))
	if f.Percent != nil {
		got := int(math.Floor(cell.Share.Float() + 0.5))
		t.Logf("printed %d %%, compiled %.2f %%", *f.Percent, cell.Share.Float())
		if got != *f.Percent {
			t.Errorf("the report prints %d %%, compiled %v", *f.Percent, cell.Share.Float())
		}
	}
	if f.Mean != nil {
		t.Logf("printed %.1f, compiled %.3f", *f.Mean, cell.Share.Float())
		if got := math.Floor(cell.Share.Float()*10+0.5) / 10; got != *f.Mean {
			t.Errorf("the report prints %v, compiled %v", *f.Mean, cell.Share.Float())
		}
	}
}

func (f printed) whole(t *testing.T, what string, want *int, got disclosure.Value) {
	if want == nil {
		return
	}
	t.Logf("printed %s %d, compiled %d", what, *want, got.Int())
	if !got.IsNumber() || got.Int() != int64(*want) {
		t.Errorf("the report prints %s %d, compiled %d", what, *want, got.Int())
	}
}

func (f printed) place(t *testing.T, r *disclosure.Released) int {
	at := make([]int, len(r.Table().Dims))
	for d, dim := range r.Table().Dims {
		for k, c := range dim.Cats {
			if d < len(f.At) && c.ID == f.At[d] {
				at[d] = k
			}
		}
		if d >= len(f.At) || !slices.Equal([]string{dim.Cats[at[d]].ID}, []string{f.At[d]}) {
			t.Fatalf("%s has no category %v", f.Table, f.At)
		}
	}
	return r.Table().Index(at...)
}
