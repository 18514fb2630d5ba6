package synth

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"foljsam/internal/codebook"
)

// figures is testdata/report-figures.json: what the report prints.
type figures struct {
	Diagrams map[string]diagram
	Text     []textFigure
}

type diagram struct {
	N        int    `json:"n"`
	Printed  int    `json:"n_printed"`
	Honour   int    `json:"n_hrv"`
	Other    int    `json:"n_ej_hrv"`
	Women    int    `json:"n_women"`
	Men      int    `json:"n_men"`
	Variable string `json:"variable"`
	Cells    []cell `json:"cells"`
}

type cell struct {
	Code, Count, Percent, Actors, Registered *int
	Missing                                  *int `json:"not_registered"`
	Codes                                    []int
	Together                                 []int `json:"codes_together"`
	Band, Days, Phase, Of, Group, Answer     string
	Mean                                     *float64
	Hrv                                      *int `json:"hrv"`
	Ej                                       *int `json:"ej_hrv"`
}

type textFigure struct {
	ID, Quote      string
	Count, Percent *int
	Mean, Min, Max *float64
}

func readFigures(t *testing.T) figures {
	t.Helper()
	text, err := os.ReadFile("testdata/report-figures.json")
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]json.RawMessage
	f := figures{Diagrams: map[string]diagram{}}
	if err := json.Unmarshal(text, &raw); err != nil {
		t.Fatal(err)
	}
	for id, part := range raw {
		var into any
		d := diagram{}
		switch {
		case id == "text":
			into = &f.Text
		case strings.HasPrefix(id, "d"):
			into = &d
		default:
			continue
		}
		if err := json.Unmarshal(part, into); err != nil {
			t.Fatalf("%s: %v", id, err)
		}
		if id != "text" {
			f.Diagrams[id] = d
		}
	}
	return f
}

// page compares printed figures with counted ones.
type page struct {
	t        *testing.T
	seed     uint64
	cs       counted
	expected map[string]bool // declared impossible
	checked  int
}

func (p *page) say(id, printed, got string, same bool) {
	p.t.Helper()
	p.checked++
	if testing.Verbose() {
		p.t.Logf("%-28s %10s %10s", id, printed, got)
	}
	if !same && !p.expected[id] {
		p.t.Errorf("seed %d: %s: the report has %s, the cases give %s", p.seed, id, printed, got)
	}
	if same && p.expected[id] {
		p.t.Errorf("seed %d: %s is declared impossible but is met", p.seed, id)
	}
}

func (p *page) count(id string, printed int, got int) {
	p.t.Helper()
	p.say(id, strconv.Itoa(printed), strconv.Itoa(got), printed == got)
}

// percent rounds half up, as the report does.
func (p *page) percent(id string, printed int, part, base int) {
	p.t.Helper()
	got := (200*part + base) / (2 * base)
	p.say(id, fmt.Sprintf("%d %%", printed), fmt.Sprintf("%d %% (%d/%d)", got, part, base), got == printed)
}

func (p *page) mean(id string, printed, got float64) {
	p.t.Helper()
	p.say(id, fmt.Sprintf("%.1f", printed), fmt.Sprintf("%.3f", got), math.Floor(10*got+0.5) == math.Round(10*printed))
}

func book(t testing.TB) *codebook.Codebook {
	t.Helper()
	return codebook.Default()
}

func reportPages(t *testing.T, each func(*page, figures, []Package)) {
	f := readFigures(t)
	for seed := uint64(1); seed <= 5; seed++ {
		p := &page{t: t, seed: seed, expected: map[string]bool{}}
		for _, c := range Conflicts() {
			p.expected[c.Figure] = c.Impossible
		}
		packs := ReportPackages(book(t), seed)
		for _, pack := range packs {
			p.cs = slices.AppendSeq(p.cs, pack.Cases)
		}
		each(p, f, packs)
		if testing.Verbose() {
			t.Logf("seed %d: %d figures", seed, p.checked)
		}
	}
}

func TestTextFigures(t *testing.T) {
	reportPages(t, func(p *page, f figures, packs []Package) {
		if len(f.Text) != len(textFigures) {
			t.Errorf("%d figures in the text, %d are counted", len(f.Text), len(textFigures))
		}
		for _, x := range f.Text {
			figure := textFigures[x.ID]
			if figure == nil {
				t.Errorf("nobody counts %s", x.ID)
				continue
			}
			p.text(x, figure(p.cs, packs))
		}
	})
}

func (p *page) text(x textFigure, got float64) {
	p.t.Helper()
	shown := fmt.Sprintf("%.2f", got)
	switch {
	case x.Count != nil:
		p.say(x.ID, strconv.Itoa(*x.Count), shown, got == float64(*x.Count))
	case x.Percent != nil:
		p.say(x.ID, fmt.Sprintf("%d %%", *x.Percent), shown, math.Floor(got+0.5) == float64(*x.Percent))
	case x.Mean != nil:
		p.mean(x.ID, *x.Mean, got)
	default:
		p.say(x.ID, fmt.Sprintf("%.1f-%.1f", *x.Min, *x.Max), shown, got >= *x.Min && got <= *x.Max)
	}
}

// baseOf says who stands in a diagram of one variable, by the published rules.
func baseOf(id string, variable int) pred {
	switch id {
	case "d14", "d15":
		return all(isClosed, answeredV(variable))
	}
	return answeredV(variable)
}
