package exchange

import (
	"strconv"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

// dataset is a released table laid out as files want it: the dimension that it is split
// by first, its own dimensions, and last what is measured.
type dataset struct {
	*disclosure.Released
	dims  []query.Dim
	texts *locale.Printer
}

func newDataset(r *disclosure.Released, p *locale.Printer) *dataset {
	d := &dataset{Released: r, texts: p}
	if s := r.Split(); s.ID != "" {
		by := query.Dim{ID: s.ID, Label: s.Label}
		for _, u := range s.Units {
			by.Cats = append(by.Cats, query.Cat{ID: u.ID, Label: u.Label})
		}
		d.dims = append(d.dims, by)
	}
	d.dims = append(d.dims, r.Table().Dims...)
	d.dims = append(d.dims, measures(r.Table().Kind))
	return d
}

// measures is the last dimension: how many, and the percent or the mean.
func measures(kind query.Kind) query.Dim {
	second := "andel"
	if kind == query.Means {
		second = "medel"
	}
	d := query.Dim{ID: "matt", Label: codebook.Label{Key: "dim.matt"}}
	for _, id := range []string{"antal", second} {
		d.Cats = append(d.Cats, query.Cat{ID: id, Label: codebook.Label{Key: "matt." + id}})
	}
	return d
}

// units gives the number of parts that the table is split in.
func (d *dataset) units() int { return len(d.Split().Units) }

// each goes through all values in the order of the dimensions, the last one fastest.
func (d *dataset) each(do func(v disclosure.Value)) {
	for u := range d.units() {
		for i := range d.Table().Cells {
			c := d.Cell(u, i)
			do(c.Count)
			do(c.Share)
		}
	}
}

// appendNumber adds a number in its shortest form that reads back the same.
func appendNumber(b []byte, f float64) []byte {
	if f == float64(int64(f)) {
		return strconv.AppendInt(b, int64(f), 10)
	}
	return strconv.AppendFloat(b, f, 'f', -1, 64)
}

// release is the word for whom the table is made.
func release(a disclosure.Audience) string {
	if a == disclosure.Publication {
		return "publicering"
	}
	return "internt"
}

// notes gives what must be read with the table: period, coverage, municipalities, when
// the data was read, and what the table's own kind demands.
func (d *dataset) notes() []string {
	a, p := d.About(), d.texts
	notes := []string{period(a, p), coverage(a, p), p.T("dataset.municipalities", "n", a.Municipalities)}
	if !a.Read[1].IsZero() {
		notes = append(notes, p.T("dataset.read", "from", a.Read[0].Format("2006-01-02"), "till", a.Read[1].Format("2006-01-02")))
	}
	if d.Table().Multiple {
		notes = append(notes, p.T("dataset.multiple"))
	}
	for _, n := range d.Notes() {
		notes = append(notes, p.T(n.Key, n.Args...))
	}
	if a.Synthetic {
		notes = append(notes, p.T("dataset.synthetic"))
	}
	switch {
	case a.OnlyPrimary:
		notes = append(notes, p.T("dataset.only_primary"))
	case a.Audience == disclosure.Internal:
		notes = append(notes, p.T("dataset.internal"))
	}
	return notes
}

func period(a *disclosure.About, p *locale.Printer) string {
	if a.From.IsZero() && a.Till.IsZero() {
		return p.T("dataset.period_all")
	}
	return p.T("dataset.period", "from", a.From.Format("2006-01-02"), "till", a.Till.Format("2006-01-02"))
}

// coverage says how many packages state each coverage.
func coverage(a *disclosure.About, p *locale.Printer) string {
	s := p.T("dataset.coverage", "n", a.Packages)
	for c := len(a.Coverage) - 1; c >= 0; c-- {
		if a.Coverage[c] > 0 {
			s += " " + p.T("dataset.coverage_"+strconv.Itoa(c), "n", a.Coverage[c])
		}
	}
	return s
}
