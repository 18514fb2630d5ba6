package chart

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"foljsam/internal/chart/charttest"
	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

// views are the ways in which every diagram is drawn by the tests.
var views = []View{{}, {Narrow: true}, {Titled: true, Mirrored: true}, {Narrow: true, Titled: true, Mirrored: true}}

// eachDiagram draws every table of the report, of many cases and of few, raw and masked,
// in every language of staff.
func eachDiagram(t *testing.T, check func(t *testing.T, d *Diagram, v View, svg string)) {
	for _, rel := range releases() {
		for _, r := range rel.Tables {
			for _, lang := range locale.Staff {
				d := Of(r, len(r.Split().Units)-1, locale.For(lang))
				for i, v := range views {
					v.Prefix = fmt.Sprintf("%s-%d", d.ID, i)
					svg := d.SVG(v)
					t.Run(fmt.Sprint(d.N, rel.About.Audience, r.Split().ID, d.ID, lang, i), func(t *testing.T) { check(t, d, v, svg) })
				}
			}
		}
	}
}

var releases = sync.OnceValue(func() (all []*disclosure.Release) {
	for _, n := range []int{0, 40, 700} {
		for _, audience := range []disclosure.Audience{disclosure.Internal, disclosure.Publication} {
			about := disclosure.About{Audience: audience, Synthetic: true, Read: charttest.Read}
			splits := []query.Split{query.Whole()}
			if n == 40 {
				splits = append(splits, charttest.Towns("Ale", "Åre"))
			}
			rel, err := charttest.Make(n, 2).Release(about, splits...)
			if err != nil {
				panic(err)
			}
			all = append(all, rel)
		}
	}
	return all
})

// drawn is what the tests read of an SVG.
type drawn struct {
	ids, refs []string
	texts     []drawnText
	width     float64
}

type drawnText struct {
	text, size, anchor string
	x                  float64
	bold, mirrored     bool
}

func readSVG(t *testing.T, svg string) drawn {
	t.Helper()
	var d drawn
	var open []xml.StartElement
	dec := xml.NewDecoder(strings.NewReader(svg))
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return d
		}
		if err != nil {
			t.Fatalf("the drawing is not well-formed: %v", err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			open = append(open, tok.Copy())
			d.take(t, tok, open[0])
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 && open[len(open)-1].Name.Local == "text" {
				d.texts[len(d.texts)-1].text = string(tok)
			}
		}
	}
}

func (d *drawn) take(t *testing.T, e, root xml.StartElement) {
	get := func(e xml.StartElement, name string) string {
		for _, a := range e.Attr {
			if a.Name.Local == name {
				return a.Value
			}
		}
		return ""
	}
	for _, a := range e.Attr {
		switch {
		case a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on"):
			t.Errorf("<%s> has the attribute %s, which a strict page blocks", e.Name.Local, a.Name.Local)
		case a.Name.Local == "id":
			d.ids = append(d.ids, a.Value)
		case strings.HasPrefix(a.Value, "url(#"):
			d.refs = append(d.refs, strings.TrimSuffix(strings.TrimPrefix(a.Value, "url(#"), ")"))
		case strings.HasPrefix(a.Name.Local, "aria-"):
			d.refs = append(d.refs, a.Value)
		}
	}
	if e.Name.Local == "svg" {
		d.width, _ = strconv.ParseFloat(get(e, "width"), 64)
	}
	if e.Name.Local == "text" {
		x, _ := strconv.ParseFloat(get(e, "x"), 64)
		d.texts = append(d.texts, drawnText{size: get(e, "font-size"), anchor: get(e, "text-anchor"), x: x,
			bold: get(e, "font-weight") != "", mirrored: get(root, "direction") == "rtl"})
	}
}

// span gives the ends of a text as drawn.
func (x drawnText) span() (from, till float64) {
	size, _ := strconv.ParseFloat(x.size, 64)
	w := widthOf(x.text, size)
	if x.bold {
		w = boldWidth(x.text, size)
	}
	switch held := anchor(x.anchor); {
	case held == middle:
		return x.x - w/2, x.x + w/2
	case (held == end) != x.mirrored:
		return x.x - w, x.x
	}
	return x.x, x.x + w
}

func TestEveryDiagramIsWholeAndAccessible(t *testing.T) {
	eachDiagram(t, func(t *testing.T, d *Diagram, v View, svg string) {
		for _, bad := range []string{"NaN", "Inf", "⟦", "{", "%!"} {
			if strings.Contains(svg, bad) {
				t.Errorf("the drawing holds %q", bad)
			}
		}
		x := readSVG(t, svg)
		for _, ref := range x.refs {
			if !slices.Contains(x.ids, ref) {
				t.Errorf("%s is referred to and is nowhere", ref)
			}
		}
		for _, id := range x.ids {
			if !strings.HasPrefix(id, v.Prefix) {
				t.Errorf("the id %s does not begin with %s: two diagrams on a page could have it", id, v.Prefix)
			}
		}
		if len(slices.Compact(slices.Sorted(slices.Values(x.ids)))) != len(x.ids) {
			t.Errorf("an id stands twice: %v", x.ids)
		}
		for _, want := range []string{`role="img"`, "<title id=", "<desc id="} {
			if !strings.Contains(svg, want) {
				t.Errorf("the drawing has no %s", want)
			}
		}
	})
}

func TestTextsStayInThePicture(t *testing.T) {
	eachDiagram(t, func(t *testing.T, d *Diagram, v View, svg string) {
		x := readSVG(t, svg)
		for _, text := range x.texts {
			if from, till := text.span(); from < -1 || till > x.width+1 {
				t.Errorf("%q goes from %.0f to %.0f of %.0f", text.text, from, till, x.width)
			}
		}
	})
}

var numberText = regexp.MustCompile(`^([0-9][0-9.,\x{a0}]*%?|\.\.?|-)$`)

func TestEveryNumberShownIsInTheTable(t *testing.T) {
	eachDiagram(t, func(t *testing.T, d *Diagram, v View, svg string) {
		in := map[string]bool{}
		for _, row := range d.Table().Rows {
			for _, c := range row {
				in[c.Text] = true
			}
		}
		n := 0
		for _, text := range readSVG(t, svg).texts {
			if numberText.MatchString(text.text) && text.size != coord(tickSize) {
				n++
				if !in[text.text] {
					t.Errorf("%q is drawn, and is not in the table", text.text)
				}
			}
		}
		if n == 0 && d.kind.name != stackedName {
			t.Error("the drawing shows no number")
		}
	})
}

// free are the tables whose cells hang together with no other: several answers a case,
// not crossed. There a small count can be another small count and nothing else changes.
func free(cb *codebook.Codebook) (tables []*query.Table) {
	for _, t := range query.Report(cb) {
		if len(t.Dims) == 1 && t.Multiple {
			tables = append(tables, t)
		}
	}
	return tables
}

// shifted is counts in which every small count is another small count.
type shifted struct {
	disclosure.Counts
}

func (c shifted) Count(unit int, s query.Set) int64 {
	if n := c.Counts.Count(unit, s); n < 1 || n > 4 {
		return n
	}
	return 5 - c.Counts.Count(unit, s)
}

// A masked number must be nowhere: not as a number, a length, a place in the order.
func TestMaskedNumbersLeaveNoTrace(t *testing.T) {
	cases := charttest.Make(70, 1)
	draw := func(c disclosure.Counts) (all []string) {
		part := disclosure.Part{Split: query.Whole(), Tables: free(codebook.Default()), Counts: c}
		rel, err := disclosure.New(&disclosure.About{Audience: disclosure.Publication, Codebook: codebook.Default()}, []disclosure.Part{part})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rel.Tables {
			d := Of(r, 0, locale.For(locale.Swedish))
			all = append(all, d.SVG(View{})+d.SVG(View{Narrow: true})+fmt.Sprint(d.Table(), d.Office(), d.N, d.Notes))
		}
		return all
	}
	one, two := draw(cases.Counts(query.Whole())), draw(shifted{cases.Counts(query.Whole())})
	masked := 0
	for i := range one {
		masked += strings.Count(one[i], "url(#-hatch)")
		if one[i] != two[i] {
			t.Errorf("diagram %d is another when only masked numbers are", i)
		}
	}
	if masked < 20 {
		t.Errorf("only %d masked numbers were drawn: the test says nothing", masked)
	}
}
