package exchange

import (
	"strings"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/record"
)

// cellTexts are cells in many forms, right and wrong.
func cellTexts() (all []string) {
	all = append(all, []string{"", "0", "1", "2", "9", "10", "14", "15", "20", "120", "121", "-1", "+1", "01", "1.0", "1,0", "x", "1x", "1|", "|1", "|", "1|2", "2|1", "1|2|1", "0|1", "1|0", "0|0", "0", "1||2", "1|99", "1 |2", "1|2|3|4|5|6", "fore", "Fore", "efter", "\"1", "1\"", "å", "1\r", "999", "1000"}...)
	all = append(all, []string{"0180", "180", "01800", "018003", "0180030", "018O", "2024-01-15", "2024-02-29", "2023-02-29", "2024-13-01", "2024-00-01", "2024-01-00", "2024-1-15", "20240115", "2024-01-15T", "1899-12-31", "2100-03-01", "0001-01-01", "9999-12-31", "2024/01/15", "٢٠٢٤-٠١-١٥"}...)
	return append(all, "12.5", "12,5", "-3", "-3,25", ".5", "5.", ".", "-", "1.2.3", "1,2.3", "1e3", "NaN", "inf", "0x10", "1 000", "123456789012345", "1234567890123456", "0.1", "-0", "00.5", "--1")
}

// The quick readers accept nothing that the codebook does not, and read it as the
// codebook does; the fast way through a row agrees with both.
func TestQuickFormsAreTheCodebooks(t *testing.T) {
	for _, file := range []string{casesFile, supportFile, riskFile} {
		for _, c := range columnsOf(layout.Book, file) {
			if c.v == nil || c.use == ignore {
				continue
			}
			for _, text := range cellTexts() {
				checkCell(t, file, c, text)
			}
		}
	}
}

func checkCell(t *testing.T, file string, c column, text string) {
	t.Helper()
	say := &problems{limit: 10}
	p, _ := makePlan(file, []string{c.name}, []column{c}, layout, say)
	r := newRowReader(p, nil, 0, 1000)
	r.reset(1)
	b := []byte(text)
	if len(b) == 0 || !r.quick(&p.cells[0], b) {
		return
	}
	v, reasons := c.v.Parse(text)
	if !v.Set || len(reasons) > 0 {
		t.Errorf("%s %s: %q is not in a usual form: %v", file, c.name, text, reasons)
		return
	}
	want := newRowReader(p, nil, 0, 1000)
	want.reset(1)
	switch {
	case c.v.Kind == codebook.Date:
		for _, d := range []record.Day{r.intake, r.closing, r.began, r.ended, r.day} {
			if d != record.NoDay && d != record.DayOf(v.Day) {
				t.Errorf("%s: %q is read as %v", c.name, text, d)
			}
		}
		return
	case c.use == pickUnit:
		return
	}
	want.store(&p.cells[0], v)
	if want.age != r.age || want.value != r.value || want.instrument != r.instrument {
		t.Errorf("%s: %q is read as %d %v %d", c.name, text, r.age, r.value, r.instrument)
	}
	for i := range want.bits {
		if want.bits[i] != r.bits[i] {
			t.Errorf("%s: %q sets other bits", c.name, text)
		}
	}
}

// Every text in every column: the fast way and the careful way say and keep the same.
func TestFastIsCareful(t *testing.T) {
	g := good()
	for _, file := range []string{casesFile, supportFile, riskFile} {
		header, rest, _ := strings.Cut(g[file], "\n")
		first, _, _ := strings.Cut(rest, "\n")
		n := strings.Count(header, ",")
		var b strings.Builder
		b.WriteString(header + "\n")
		for at := range n + 1 {
			for _, text := range cellTexts() {
				cells := strings.Split(first, ",")
				if cells[at] = text; strings.ContainsAny(text, ",\r") {
					cells[at] = `"` + text + `"`
				}
				b.WriteString(strings.Join(cells, ",") + "\n")
				if !strings.ContainsAny(text, "\"") {
					b.WriteString(`"` + strings.Join(strings.Split(strings.ReplaceAll(strings.Join(cells, "\x00"), `"`, ""), "\x00"), `","`) + "\"\n")
				}
			}
		}
		b.WriteString(strings.Repeat(first+"\n", 40)) // so that no row above is the chunk's last
		path := g.with(file, b.String()).folder(t, "p")
		fast := read(t, path)
		onlyCareful = true
		careful := read(t, path)
		onlyCareful = false
		if said(fast.Problems) != said(careful.Problems) {
			t.Errorf("%s: the two ways say different things:\n%s\n\n%s", file, said(fast.Problems), said(careful.Problems))
		}
		sameBatch(t, fast.Packages[0].Batch, careful.Packages[0].Batch)
	}
}

func TestClip(t *testing.T) {
	long := strings.Repeat("å", maxValue)
	for in, want := range map[string]string{"x": "x", "": "", "\xff": "\ufffd", long: strings.Repeat("å", maxValue/2-1) + "…"} {
		if got := clip(in); got != want {
			t.Errorf("%q is clipped to %q", in, got)
		}
	}
}
