package report

import (
	"bytes"
	"slices"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

// hiding is numbers for every table of a paper, in which what may not be shown is first, second and
// left over: of a question with one answer the first two answers have so many cases, of one with
// several answers too, and left so many that ended have no reason.
func hiding(first, second, left int64) counted {
	n := counted{}
	const third, base, closed = 40, 90, 48
	for _, x := range query.Report(codebook.Default()) {
		if !slices.Contains(BoardTables(), x.ID) || len(x.Dims) > 1 {
			continue
		}
		sum, second := int64(base), second
		if b := x.Cells[0].Base.String(); b == "v256&v257" || b == "v192&v256" { // of whom it is hidden how many they are
			sum, second = closed-left, closed-left-third-first
		} else if x.Dims[0].Parts && len(x.Cells) > 2 {
			sum = first + second + third
		}
		for i, c := range x.Cells {
			switch {
			case len(x.Cells) == 2: // one answer or the other
				n[c.Set.String()] = []int64{200 - first, first}[i]
			case i < 3:
				n[c.Set.String()] = []int64{first, second, third}[i]
			}
		}
		n[x.Cells[0].Base.String()] = sum
	}
	for set, k := range map[string]int64{"*": 200, "v118": 200 - second, "!v118": second, "v256": closed, "!v256": 200 - closed,
		"v256&v257": closed - left, "!v257&v256": left, "v192&v256": closed - left, "!v192&v256": left} {
		n[set] = k
	}
	return n
}

// TestWhatIsHiddenIsNowhere writes papers whose numbers differ only in what is hidden. They are the same
// bytes: no text, drawing, embedded number, title or size of a file knows what is behind a mark.
func TestWhatIsHiddenIsNowhere(t *testing.T) {
	var page string
	var docx, xlsx []byte
	for i, n := range []periods{
		{hiding(2, 3, 3), hiding(1, 4, 3)},
		{hiding(3, 2, 3), hiding(4, 1, 3)},
		{hiding(2, 3, 2), hiding(3, 2, 2)},
	} {
		rel := n.release(t, disclosure.Publication, BoardTables()...)
		hidden := 0
		for _, r := range rel.Tables {
			for k := range r.Table().Cells {
				if v := r.Cell(0, k).Count; v.State() == disclosure.Masked {
					hidden++
				} else if v.Int() >= 1 && v.Int() <= 4 {
					t.Fatalf("%s: %v is shown", r.ID(), v)
				}
			}
		}
		if hidden < 40 {
			t.Errorf("only %d numbers are hidden", hidden)
		}
		a, b, c := written3(t, rel, somePaper, locale.For(locale.Swedish))
		if i == 0 {
			page, docx, xlsx = a, b, c
		}
		if a != page || !bytes.Equal(b, docx) || !bytes.Equal(c, xlsx) {
			t.Errorf("paper %d tells what is hidden: page %v, document %v, workbook %v", i, a != page, !bytes.Equal(b, docx), !bytes.Equal(c, xlsx))
			at := 0
			for at < min(len(a), len(page)) && a[at] == page[at] {
				at++
			}
			t.Log(page[max(0, at-200):min(len(page), at+100)], "\n---\n", a[max(0, at-100):min(len(a), at+100)])
		}
	}
}
