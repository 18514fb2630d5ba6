package exchange

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/record"
)

// sheet is one file as a spreadsheet shows it, and what has been planted in it.
type sheet struct {
	name   string
	header []string
	rows   [][]string
	spoilt []bool // rows with a wrong number of cells
}

// planter makes packages with faults and knows which.
type planter struct {
	*rand.Rand
	cases  []*record.Case
	sheets []*sheet
	want   []string
	leave  map[string]bool // cases that are left out
}

func (p *planter) say(s *sheet, row int, column, value, severity, reason string) {
	p.want = append(p.want, fmt.Sprintf("p,%s,%d,%s,%s,%s %s\n", s.name, row+2, column, value, severity, reason))
}

// readSheet reads a file that Write wrote: no cell in it has quotes.
func readSheet(t *testing.T, dir, name string) *sheet {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	s := &sheet{name: name, header: strings.Split(all[0], ",")}
	for _, l := range all[1:] {
		s.rows = append(s.rows, strings.Split(l, ","))
	}
	s.spoilt = make([]bool, len(s.rows))
	return s
}

func (s *sheet) column(name string) int { return slices.Index(s.header, name) }

// fault is a way to spoil a cell: the value, and what is said of it.
type planted struct{ value, column, shown, severity, reason string }

// caseFaults are faults of a case's cells, from the contract's text.
var caseFaults = []planted{
	{"", "v2", "", "fel", "value_missing"}, {"180", "v2", "180", "fel", "not_place"}, {"01800", "v2", "01800", "fel", "not_place"}, {"018O", "v2", "018O", "fel", "not_place"},
	{"", "v5", "", "fel", "value_missing"}, {"2024-02-30", "v5", "2024-02-30", "fel", "not_date"}, {"2024-2-3", "v5", "2024-2-3", "fel", "not_date"}, {"20240203", "v5", "20240203", "fel", "not_date"},
	{"5", "v1", "5", "fel", "unknown_code"}, {"3", "v14", "3", "fel", "unknown_code"}, {"x", "v20", "x", "fel", "unknown_code"}, {"6", "v20", "6", "fel", "unknown_code"},
	{"-1", "v59", "-1", "fel", "unknown_code"}, {"1|2", "v67", "1|2", "fel", "unknown_code"}, {"1.0", "v110", "1.0", "fel", "unknown_code"}, {"0", "v161", "0", "fel", "unknown_code"},
	{"121", "v15", "121", "fel", "outside"}, {"-1", "v15", "-1", "fel", "outside"}, {"34,5", "v15", "34,5", "fel", "not_whole"}, {"trettio", "v15", "trettio", "fel", "not_whole"},
	{"1|99|2", "v19", "99", "fel", "unknown_code"}, {"1||2", "v41", "", "fel", "unknown_code"}, {"15", "v49", "15", "fel", "unknown_code"}, {"1|2|1", "v58", "1", "varning", "code_twice"},
	{"0|1", "v127", "0|1", "fel", "none_and_more"}, {"10", "v127", "10", "fel", "unknown_code"}, {"0", "v49", "0", "fel", "unknown_code"},
	{"1999-01-01", "v256", "1999-01-01", "fel", "closing_before_intake"}, {"i dag", "v256", "i dag", "fel", "not_date"},
	{"8", "v257", "8", "fel", "unknown_code"}, {"7", "v202", "7", "fel", "unknown_code"}, {"4", "v206", "4", "fel", "unknown_code"},
}

var supportFaults = []planted{
	{"2024-13-01", "v117", "2024-13-01", "fel", "not_date"}, {"x", "slut", "x", "fel", "not_date"}, {"20", "v118", "20", "fel", "unknown_code"},
	{"3|3", "v118", "3", "varning", "code_twice"}, {"4", "v126", "4", "fel", "unknown_code"}, {"3", "regi", "3", "fel", "unknown_code"}, {"0", "regi", "0", "fel", "unknown_code"},
}

var riskFaults = []planted{
	{"2024-00-10", "datum", "2024-00-10", "fel", "not_date"}, {"före", "fas", "före", "fel", "unknown_code"}, {"7", "instrument", "7", "fel", "unknown_code"},
	{"hög", "skattning", "hög", "fel", "not_number"}, {"1 000", "skattning", "1 000", "fel", "not_number"},
}

// spoil plants one fault in a row, unless it cannot be told apart from another.
func (p *planter) spoil(s *sheet, row int, all []planted) (f planted) {
	f = all[p.IntN(len(all))]
	at := s.column(f.column)
	if f.reason == "closing_before_intake" && !isDate(s.rows[row][s.column("v5")]) {
		return planted{}
	}
	s.rows[row][at] = f.value
	p.say(s, row, f.column, f.shown, f.severity, f.reason)
	return f
}

func isDate(s string) bool { _, ok := record.ParseDay([]byte(s)); return ok }

// plant spoils about one row in eight of each file.
func (p *planter) plant() {
	for k, faults := range [][]planted{caseFaults, supportFaults, riskFaults} {
		s := p.sheets[k]
		for row := range s.rows {
			id := s.rows[row][0]
			if k > 0 && p.leave[id] {
				continue
			}
			switch p.IntN(24) {
			case 0, 1:
				f := p.spoil(s, row, faults)
				if k == 0 && (f.column == "v2" || f.column == "v5") {
					p.leave[id] = true
				}
				if k == 0 && p.leave[id] { // every fault of a row that is left out is named
					s.rows[row][s.column("v14")] = "9"
					p.say(s, row, "v14", "9", "fel", "unknown_code")
				}
			case 2:
				p.spoilRow(s, row, k == 0)
			}
		}
	}
}

func (p *planter) spoilRow(s *sheet, row int, ofCase bool) {
	id := s.rows[row][0]
	switch what := p.IntN(3); {
	case what == 0:
		s.rows[row] = append(s.rows[row], "x")
		p.say(s, row, "", "", "fel", "row_fields")
	case what == 1:
		s.rows[row] = s.rows[row][:2]
		p.say(s, row, "", "", "fel", "row_fields")
	case ofCase:
		return
	default:
		s.rows[row][0] = "borta" + id
		p.say(s, row, "arende", "borta"+id, "fel", "case_unknown")
		s.spoilt[row] = true
		return
	}
	s.spoilt[row] = true
	if ofCase {
		p.leave[id] = true
	}
}

// repeat adds some cases once more at the end, with another answer.
func (p *planter) repeat() {
	s := p.sheets[0]
	for row := range len(s.rows) {
		if id := s.rows[row][0]; p.IntN(30) == 0 && !p.leave[id] && !s.spoilt[row] {
			again := slices.Clone(s.rows[row])
			again[s.column("v1")], again[s.column("v5")], again[s.column("v256")] = "4", "2024-05-05", ""
			clean(s, again)
			s.rows, s.spoilt = append(s.rows, again), append(s.spoilt, false)
			p.say(s, len(s.rows)-1, "arende", id, "fel", "case_twice")
		}
	}
}

// clean empties the answers of a row.
func clean(s *sheet, row []string) {
	for i, name := range s.header {
		if !slices.Contains([]string{"arende", "klient", "v1", "v2", "v5"}, name) {
			row[i] = ""
		}
	}
}

// text writes a sheet in some dialect, quoting where it must and where it pleases.
func (p *planter) text(s *sheet, comma, end string, quoting int) string {
	var b strings.Builder
	for _, row := range append([][]string{s.header}, s.rows...) {
		for i, c := range row {
			if i > 0 {
				b.WriteString(comma)
			}
			if strings.ContainsAny(c, ",;\"\n") || quoting > 0 && p.IntN(quoting) == 0 {
				c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			b.WriteString(c)
		}
		b.WriteString(end)
	}
	return b.String()
}

func newPlanter(t *testing.T, seed uint64, n int) *planter {
	p := &planter{Rand: rand.New(rand.NewPCG(seed, 3)), cases: sampleCases(seed, n), leave: map[string]bool{}}
	dir := filepath.Join(t.TempDir(), "clean")
	m := meta
	m.Local = nil
	if err := Write(dir, m, slices.Values(p.cases), layout.Book); err != nil {
		t.Fatal(err)
	}
	for _, f := range files[1:4] {
		p.sheets = append(p.sheets, readSheet(t, dir, f))
	}
	return p
}

// Every fault that is planted is named, in its place and with its value, and nothing else
// is; the rows without faults live on; and the fast way says what the careful way says.
func TestPlantedFaults(t *testing.T) {
	for seed := range uint64(24) {
		p := newPlanter(t, seed, 150)
		p.plant()
		p.repeat()
		comma, end := []string{",", ";"}[seed%2], []string{"\n", "\r\n"}[seed/2%2]
		quoting := []int{0, 0, 9, 1}[seed/4%4]
		files := pack{descriptionFile: goodDesc}
		for _, s := range p.sheets {
			files[s.name] = p.text(s, comma, end, quoting)
		}
		path := files.folder(t, "p")
		d := read(t, path)
		expect(t, fmt.Sprint("seed ", seed), said(d.Problems), strings.Join(p.want, ""))
		p.checkLeft(t, d.Packages[0])
		onlyCareful = true
		careful := read(t, path)
		onlyCareful = false
		if said(careful.Problems) != said(d.Problems) {
			t.Errorf("seed %d: the careful way says something else, or in another order", seed)
		}
		sameBatch(t, d.Packages[0].Batch, careful.Packages[0].Batch)
	}
}

// checkLeft compares what is left with the cases that were written.
func (p *planter) checkLeft(t *testing.T, got *Package) {
	t.Helper()
	s := p.sheets[0]
	var want []string
	for row := range p.cases {
		if id := p.cases[row].ID; !p.leave[id] {
			want = append(want, id)
			i := len(want) - 1
			if i < got.Batch.Len() && got.Batch.Intake[i].String() != s.rows[row][s.column("v5")] {
				t.Errorf("%s: intake %s", id, got.Batch.Intake[i])
			}
			v1 := layout.Book.Role(codebook.Activity).Number
			if b := layout.Bit(v1, 4); i < got.Batch.Len() && record.HasBit(got.Batch.Row(i), b) != (s.rows[row][s.column("v1")] == "4") {
				t.Errorf("%s: %s", id, codes(got.Batch, i))
			}
		}
	}
	if g := caseIDs(got); g != strings.Join(want, " ") {
		t.Errorf("left are\n%s\nwant\n%s", g, strings.Join(want, " "))
	}
}

func sameBatch(t testing.TB, a, b *record.Batch) {
	t.Helper()
	if !slices.Equal(a.Rows, b.Rows) || !slices.Equal(a.Unit, b.Unit) || !slices.Equal(a.Intake, b.Intake) || !slices.Equal(a.Days, b.Days) || !slices.Equal(a.Age, b.Age) {
		t.Error("the fast way and the careful way differ")
	}
}
