package result_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"image/png"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/record"
	"foljsam/internal/web/page/pagetest"
	"foljsam/internal/web/webtest"
)

// deepAddresses are pages of every kind of figure there is.
var deepAddresses = []string{
	"/resultat/d/d05?ar=2025&dar=v14%3D1", "/resultat/d/d17?ar=2025", "/resultat/d/topp", "/resultat/korstabell?dar=v14%3D1", "/resultat/tid?ar=2025",
	"/resultat/risk?ar=2025&dar=v14%3D1", "/resultat/fordjupning/heder?dar=v14%3D1", "/resultat/fordjupning/heder?grupp=2&variabel=v67", "/resultat/fordjupning/alder?grupp=25-34",
	"/resultat/fordjupning/bast", "/resultat/fordjupning/enkat", "/resultat/fordjupning/upprepad", "/resultat/fordjupning/funktion", "/resultat/fordjupning/kon",
}

// TestEveryFigureAnswersForItself: definition, base, missing, filter, codebook, when it was read; and
// the same address gives the same figure.
func TestEveryFigureAnswersForItself(t *testing.T) {
	_, b := openCases(t, 60)
	for _, address := range deepAddresses {
		p := b.Get(address)
		if p.Status != http.StatusOK {
			t.Errorf("%s: %d", address, p.Status)
			continue
		}
		if strings.Contains(p.Body, "Det finns inget att jämföra") {
			continue
		}
		for _, want := range []string{"Internt.", "Period", "Kodbok", "su-kvinnofrid/2021", "Läst", "Enhet Vuxen"} {
			if !strings.Contains(p.Body, want) {
				t.Errorf("%s does not say %q", address, want)
			}
		}
		if strings.Contains(p.Body, "dar=v14") && !strings.Contains(p.Body, "Kön: Kvinna") {
			t.Errorf("%s does not say its filter", address)
		}
		for _, fault := range pagetest.Faults(p.Body) {
			t.Errorf("%s: %s", address, fault)
		}
		if again := b.Get(address); again.Body != p.Body {
			t.Errorf("%s gives another page", address)
		}
	}
	for _, bad := range []string{"/resultat/fordjupning/inget", "/resultat/fordjupning/kon?grupp=9", "/resultat/fordjupning/kon?variabel=v9", "/resultat/risk/fil/d05/csv"} {
		if p := b.Get(bad); p.Status != http.StatusNotFound {
			t.Errorf("%s: %d", bad, p.Status)
		}
	}
	if p := b.Get("/resultat?dar=v15:1..&dar=v15:2..&dar=v15:3..&dar=v15:4..&dar=v15:5..&dar=v15:6..&dar=v15:7..&dar=v15:8.."); p.Status != http.StatusOK {
		t.Errorf("eight conditions: %d", p.Status)
	}
	for _, bad := range []string{"/resultat?ar=20255", "/resultat?ar=i+fjol", "/resultat?dar=v15:1..&dar=v15:2..&dar=v15:3..&dar=v15:4..&dar=v15:5..&dar=v15:6..&dar=v15:7..&dar=v15:8..&dar=v15:9.."} {
		if p := b.Get(bad); p.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s leaves out what was asked: %d", bad, p.Status)
		}
	}
}

// TestAPartIsComparedWithTheRest: half of the 60 cases are in an honour context, and in a third of
// all the violence is of each degree, whatever the context.
func TestAPartIsComparedWithTheRest(t *testing.T) {
	_, b := openCases(t, 60)
	p := b.Get("/resultat/fordjupning/heder?variabel=v67")
	for _, want := range []string{"N = 30", "33\u00a0% (10)", "0,0 (−22,8 till 22,8)", "kan vara slumpen"} {
		if !strings.Contains(p.Body, want) {
			t.Errorf("the comparison does not say %q", want)
		}
	}
	if strings.Contains(p.Body, "justerat p") {
		t.Error("a p-value that nobody asked for")
	}
	if asked := b.Get("/resultat/fordjupning/heder?variabel=v67&prova=ja"); !strings.Contains(asked.Body, "justerat p = 1,000") {
		t.Error("no p-value where it is asked for")
	}
}

// TestFilesSayTheSameNumbers takes a figure as every file and holds them against each other; each
// says of which cases it is.
func TestFilesSayTheSameNumbers(t *testing.T) {
	_, b := openCases(t, 61)
	asked := "Kön: Kvinna"
	for _, base := range []string{"/resultat/d/d05/fil/%s?dar=v14%%3D1", "/resultat/d/d07/fil/%s?ar=2024&dar=v14%%3D1", "/resultat/korstabell/fil/%s?dar=v14%%3D1", "/resultat/fordjupning/heder/fil/%s?variabel=v67&dar=v14%%3D1"} {
		get := func(kind string) []byte {
			p := b.Get(fmt.Sprintf(base, kind))
			if p.Status != http.StatusOK {
				t.Fatalf("%s as %s: %d", base, kind, p.Status)
			}
			return []byte(p.Body)
		}
		rows, err := csv.NewReader(bytes.NewReader(get("csv"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		var stat struct {
			Value []*float64
			Note  []string
		}
		if err := json.Unmarshal(get("json"), &stat); err != nil {
			t.Fatal(err)
		}
		value, kind := len(rows[0])-5, len(rows[0])-7
		if !strings.Contains(strings.Join(stat.Note, " "), asked) || strings.Contains(strings.Join(stat.Note, " "), "0 uttag") || !strings.Contains(rows[1][len(rows[1])-1], asked) {
			t.Errorf("%s: a file does not say its filter: %v", base, stat.Note)
		}
		if told := rows[1][len(rows[1])-1]; !strings.HasPrefix(told, "Internt") { // its name may be another in a week
			t.Errorf("%s: the rows do not say for whom they are: %s", base, told)
		}
		svg, sheet := string(get("svg")), cells(t, get("xlsx"))
		if !strings.Contains(svg, asked) || !strings.Contains(strings.Join(sheet, " "), asked) {
			t.Errorf("%s: the drawing or the workbook does not say its filter", base)
		}
		for i, row := range rows[1:] {
			if stat.Value[i] == nil {
				if row[value] != "." {
					t.Errorf("%s, %v: JSON-stat has no number", base, row)
				}
				continue
			}
			if fmt.Sprint(*stat.Value[i]) != row[value] && row[value] != fmt.Sprintf("%.16g", *stat.Value[i]) {
				t.Errorf("%s, %v: JSON-stat says %v", base, row, stat.Value[i])
			}
			low, high := row[value+2], row[value+3]
			switch from, till := number(t, low), number(t, high); {
			case row[kind] == "antal" && (low != "." || high != "."):
				t.Errorf("%s, %v: a count has no interval", base, row)
			case row[kind] == "andel" && !(from < *stat.Value[i] && *stat.Value[i] <= till || from <= *stat.Value[i] && *stat.Value[i] < till):
				t.Errorf("%s, %v: the share is outside its interval", base, row)
			}
			switch f := *stat.Value[i]; {
			case row[kind] == "antal" && !slices.Contains(sheet, fmt.Sprint(f)):
				t.Errorf("%s, %v: not in the workbook", base, row)
			case row[kind] == "andel" && !strings.Contains(svg, fmt.Sprintf("%.0f\u00a0%%", math.Floor(f+0.5))):
				t.Errorf("%s, %v: not in the drawing", base, row)
			}
		}
		if m, err := png.Decode(bytes.NewReader(get("png"))); err != nil || m.Bounds().Dx() != 1440 {
			t.Error(err)
		}
	}
}

// number reads a cell of a CSV file; a mark is none.
func number(t *testing.T, cell string) float64 {
	t.Helper()
	if cell == "." || cell == ".." || cell == "-" {
		return math.NaN()
	}
	f, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		t.Error(err)
	}
	return f
}

// cells gives the raw cells of the tables and texts of a workbook.
func cells(t *testing.T, workbook []byte) (all []string) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(workbook))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			all = append(all, row...)
		}
	}
	return all
}

// A part is not compared with a rest of a few, nor a few with the rest.
func TestAFewAreNotComparedWithOthers(t *testing.T) {
	h, b := openCases(t, 40)
	w := h.Who(t, b)
	cb := codebook.Default()
	for i := range 3 {
		answers := map[string]record.Answer{key(cb, codebook.Sex): {Value: "2"}, key(cb, codebook.Intake): {Value: "2025-03-04"}, key(cb, codebook.Severity): {Value: "1"}}
		_, err := h.OpenCase(t.Context(), w.Actor, app.NewCase{Unit: w.Units[0].ID, Case: fmt.Sprint("M", i), Client: fmt.Sprint("M", i), Answers: answers})
		webtest.Must(t, err)
	}
	page := b.Get(fmt.Sprintf("/resultat/korstabell?rader=v%s&kolumner=v%s", key(cb, codebook.Sex), key(cb, codebook.Severity))).Body
	_, against, _ := strings.Cut(page, `id="mot"`)
	against, _, _ = strings.Cut(against, "</section>")
	if n := strings.Count(against, "få ärenden"); n != 3 || strings.Contains(against, " till ") || !strings.Contains(against, "står inte med: Man") {
		t.Errorf("%d of 3 are said to be of a few: %s", n, against)
	}
}
