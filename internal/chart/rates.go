package chart

import (
	"fmt"
	"html"
	"math"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
)

// RateSeries is a key figure over the years: one unit's own, beside what a group has together
// and others one by one. It takes rates that may be shown and nothing else.
type RateSeries struct {
	Title  string
	Years  []int
	Name   string
	Own    []disclosure.Rate // by year
	Group  []disclosure.Sum  // by year; nil: none
	Beside string            // what the group is called
	Others []NamedRates
	Named  bool  // the others' names stand at their lines
	Breaks []int // years that are not made as the one before
}

// NamedRates is somebody's rates by year.
type NamedRates struct {
	Name  string
	Rates []disclosure.Rate
}

// The room of a series: for the scale, the marks under it and the names beside it.
const (
	ratesHeight = 260.0
	ratesLeft   = 44.0
	ratesRight  = 190.0
	ratesTop    = 16.0
	ratesMarks  = 26.0 // between zero and the row of marks
)

// ratesPlot is where things are in the drawing.
type ratesPlot struct {
	*canvas
	s      RateSeries
	p      *locale.Printer
	top    float64 // where the scale ends
	right  float64
	labels []plotLabel
}

type plotLabel struct {
	y    float64
	text string
	own  bool
}

// SVG draws the series. The text is safe to put in a page as it is.
func (s RateSeries) SVG(p *locale.Printer, prefix string, narrow bool) string {
	c := &canvas{w: wideWidth, prefix: prefix, narrow: narrow}
	right := ratesRight
	if narrow {
		c.w, right = narrowWidth, 16
	}
	x := &ratesPlot{canvas: c, s: s, p: p, top: niceTop(s.highest()), right: right}
	x.frame()
	for _, o := range s.Others {
		x.lineOf(o.Rates, mute, "0.8", false, "")
		if s.Named {
			x.label(o.Rates, o.Name, false)
		}
	}
	x.group()
	x.own()
	x.write()
	c.y = ratesTop + ratesHeight + ratesMarks + 34
	return x.root(p, s.Title, s.describe(p))
}

// root puts the drawing into its element.
func (x *ratesPlot) root(p *locale.Printer, title, says string) string {
	t, d := x.prefix+"-t", x.prefix+"-d"
	class := "dg"
	if x.narrow {
		class = "dg dg-narrow"
	}
	w, h := coord(x.w), coord(x.y)
	return `<svg xmlns="http://www.w3.org/2000/svg" class="` + class + `" role="img" aria-labelledby="` + t + `" aria-describedby="` + d + `" lang="` + string(p.Lang()) +
		`" viewBox="0 0 ` + w + " " + h + `" width="` + w + `" height="` + h + `" font-family="'Source Sans 3','Source Sans Pro',Arial,Helvetica,sans-serif">` +
		`<title id="` + t + `">` + html.EscapeString(title) + `</title><desc id="` + d + `">` + html.EscapeString(says) + `</desc>` + "\n" + x.patterns() + x.b.String() + "</svg>\n"
}

func (s RateSeries) highest() (top float64) {
	all := append([]NamedRates{{Rates: s.Own}}, s.Others...)
	for _, o := range all {
		for _, r := range o.Rates {
			if v, ok := r.Value(); ok {
				top = max(top, v.Float())
			}
		}
	}
	for _, r := range s.Own {
		if _, high, ok := r.Span(); ok {
			top = max(top, high.Float())
		}
	}
	for _, g := range s.Group {
		top = max(top, g.Rate.Float())
	}
	return top
}

// niceTop gives a round end of the scale at or above a number.
func niceTop(f float64) float64 {
	if f <= 0 {
		return 1
	}
	unit := math.Pow(10, math.Floor(math.Log10(f)))
	for _, m := range []float64{1, 2, 5, 10} {
		if f <= m*unit {
			return m * unit
		}
	}
	return 10 * unit
}

func (x *ratesPlot) at(year int) float64 {
	n := len(x.s.Years)
	width := x.w - ratesLeft - x.right - 12
	if n < 2 {
		return ratesLeft + 12 + width/2
	}
	return ratesLeft + 12 + width*float64(year)/float64(n-1)
}

func (x *ratesPlot) up(v float64) float64 { return ratesTop + ratesHeight*(1-v/x.top) }

func (x *ratesPlot) frame() {
	for i := range 6 {
		v := x.top * float64(i) / 5
		x.line(ratesLeft, x.up(v), x.w-x.right, x.up(v), 1, rule)
		decimals := 0
		if x.top < 5 {
			decimals = 1
		}
		x.text(ratesLeft-6, x.up(v)+4, end, tickFace, x.p.Number(v, decimals))
	}
	every := 1
	if x.narrow && len(x.s.Years) > 6 {
		every = 2
	}
	for i, year := range x.s.Years {
		if (len(x.s.Years)-1-i)%every == 0 {
			x.text(x.at(i), x.up(0)+ratesMarks+24, middle, tickFace, strconv.Itoa(year))
		}
		if slices.Contains(x.s.Breaks, year) && i > 0 {
			half := (x.at(i) + x.at(i-1)) / 2
			x.line(half, ratesTop, half, x.up(0)+ratesMarks, 1.5, mute, ` stroke-dasharray="2 4"`)
		}
	}
}

// lineOf draws a line between years that follow each other and have a number both.
func (x *ratesPlot) lineOf(rates []disclosure.Rate, p paint, width string, dots bool, dash string) {
	w, _ := strconv.ParseFloat(width, 64)
	for i, r := range rates {
		v, ok := r.Value()
		if !ok {
			continue
		}
		if i > 0 {
			if before, ok := rates[i-1].Value(); ok {
				x.line(x.at(i-1), x.up(before.Float()), x.at(i), x.up(v.Float()), w, p, dash)
			}
		}
		if dots {
			x.dot(x.at(i), x.up(v.Float()), 4, p)
		}
	}
}

// own draws the unit's: numbers as dots on a line, a secret rate as the span that it lies in,
// and the marks of what is secret or missing under the scale.
func (x *ratesPlot) own() {
	x.lineOf(x.s.Own, own, "2.5", true, "")
	for i, r := range x.s.Own {
		if low, high, ok := r.Span(); ok {
			x.put(x.box(x.at(i)-5, x.up(high.Float()), 10, max(2, x.up(low.Float())-x.up(high.Float()))), ` fill="url(#`, x.prefix, `-hatch)" class="dg-stub" stroke="`, own.colour, `"/>`)
		}
		if mark := r.State().Mark(); mark != "" {
			x.text(x.at(i), x.up(0)+ratesMarks, middle, headFace, mark)
		}
	}
	x.label(x.s.Own, x.s.Name, true)
}

func (x *ratesPlot) group() {
	for i, g := range x.s.Group {
		if i > 0 && g.Numbers > 0 && x.s.Group[i-1].Numbers > 0 {
			x.line(x.at(i-1), x.up(x.s.Group[i-1].Rate.Float()), x.at(i), x.up(g.Rate.Float()), 2, ink, ` stroke-dasharray="6 4"`)
		}
		if g.Numbers > 0 {
			x.ring(x.at(i), x.up(g.Rate.Float()), 3.5, ink)
		}
	}
	for i := len(x.s.Group) - 1; i >= 0; i-- {
		if x.s.Group[i].Numbers > 0 {
			x.labels = append(x.labels, plotLabel{x.up(x.s.Group[i].Rate.Float()), x.s.Beside, false})
			break
		}
	}
}

func (x *ratesPlot) label(rates []disclosure.Rate, name string, own bool) {
	for i := len(rates) - 1; i >= 0; i-- {
		if v, ok := rates[i].Value(); ok {
			x.labels = append(x.labels, plotLabel{x.up(v.Float()), name, own})
			return
		}
	}
}

// write sets the names beside the ends of the lines, none on another.
func (x *ratesPlot) write() {
	if x.narrow {
		return // the page's key says it
	}
	slices.SortStableFunc(x.labels, func(a, b plotLabel) int { return int(a.y) - int(b.y) })
	last := 0.0
	for _, l := range x.labels {
		y := max(l.y, last+16)
		last = y
		f := keyFace
		f.bold = l.own
		lines := wrap(l.text, x.right-14, f.size)
		x.lines(x.w-x.right+10, y+4, start, f, lines)
		last += float64(len(lines)-1) * f.size * lineHeight
	}
}

// describe says in words what is drawn.
func (s RateSeries) describe(p *locale.Printer) string {
	var parts []string
	for i, r := range s.Own {
		parts = append(parts, fmt.Sprintf("%d: %s", s.Years[i], RateText(p, r)))
	}
	return s.Name + ". " + strings.Join(parts, "; ")
}

// RateText writes a rate for people: the number, or in words why there is none.
func RateText(p *locale.Printer, r disclosure.Rate) string {
	if v, ok := r.Value(); ok {
		return p.Number(v.Float(), 2)
	}
	if low, high, ok := r.Span(); ok {
		return p.T("nation.secret_span", "lagst", p.Number(low.Float(), 2), "hogst", p.Number(high.Float(), 2))
	}
	if r.State() == disclosure.Masked {
		return p.T("nation.secret")
	}
	return p.T("nation.missing")
}
