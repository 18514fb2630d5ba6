package chart

import (
	"html"
	"math"
	"strconv"
	"strings"
)

// canvas is a drawing from the top down: whoever draws moves y on. Everything has a
// class for the page's style sheet, and presentation attributes for where there is none.
type canvas struct {
	b        strings.Builder
	w, y     float64
	narrow   bool
	mirrored bool // right to left
	prefix   string
}

// paint is a class and the colour that it has without a style sheet.
type paint struct{ class, colour string }

var (
	own   = paint{"dg-own", "#0b5d66"}
	other = paint{"dg-other", "#8f8880"}
	ink   = paint{"dg-ink", "#22201d"}
	mute  = paint{"dg-mute", "#57514b"}
	rule  = paint{"dg-rule", "#c9c2ba"}
	paper = paint{"dg-paper", "#ffffff"}
)

// coord writes a coordinate with one decimal at most.
func coord(f float64) string {
	return strconv.FormatFloat(math.Round(f*10)/10, 'f', -1, 64)
}

// x mirrors a place; wide is how much of what is placed lies to its right.
func (c *canvas) x(x, wide float64) float64 {
	if c.mirrored {
		return c.w - x - wide
	}
	return x
}

func (c *canvas) put(parts ...string) {
	for _, p := range parts {
		c.b.WriteString(p)
	}
	c.b.WriteByte('\n')
}

func (c *canvas) box(x, y, w, h float64) string {
	return `<rect x="` + coord(c.x(x, w)) + `" y="` + coord(y) + `" width="` + coord(w) + `" height="` + coord(h) + `"`
}

func (c *canvas) rect(x, y, w, h float64, p paint) {
	c.put(c.box(x, y, w, h), ` class="`, p.class, `" fill="`, p.colour, `"/>`)
}

// striped is the second series: another pattern, not only another colour.
func (c *canvas) striped(x, y, w, h float64) {
	c.put(c.box(x, y, w, h), ` fill="url(#`, c.prefix, `-stripe)"/>`)
}

// stub stands where a masked number would have a bar; always of the same size.
func (c *canvas) stub(x, y, w, h float64) {
	c.put(c.box(x+.5, y+.5, w-1, h-1), ` fill="url(#`, c.prefix, `-hatch)" class="dg-stub" stroke="`, other.colour, `" stroke-dasharray="2 2"/>`)
}

func (c *canvas) line(x1, y1, x2, y2, width float64, p paint, more ...string) {
	c.put(`<line x1="`, coord(c.x(x1, 0)), `" y1="`, coord(y1), `" x2="`, coord(c.x(x2, 0)), `" y2="`, coord(y2),
		`" class="`, p.class, `-line" stroke="`, p.colour, `" stroke-width="`, coord(width), `"`, strings.Join(more, ""), `/>`)
}

func (c *canvas) dot(x, y, r float64, p paint) {
	c.put(`<circle cx="`, coord(c.x(x, 0)), `" cy="`, coord(y), `" r="`, coord(r), `" class="`, p.class, `" fill="`, p.colour, `"/>`)
}

// ring is the second series among dots.
func (c *canvas) ring(x, y, r float64, p paint) {
	c.put(`<circle cx="`, coord(c.x(x, 0)), `" cy="`, coord(y), `" r="`, coord(r), `" class="dg-ring" fill="`, paper.colour,
		`" stroke="`, p.colour, `" stroke-width="2"/>`)
}

// anchor is where a text is held.
type anchor string

const (
	start  anchor = "start"
	middle anchor = "middle"
	end    anchor = "end"
)

// face is the look of a text.
type face struct {
	size  float64
	bold  bool
	paint paint
}

var (
	labelFace  = face{labelSize, false, ink}
	numberFace = face{numberSize, true, ink}
	keyFace    = face{keySize, false, ink}
	headFace   = face{keySize, true, ink}
	footFace   = face{footSize, false, mute}
	tickFace   = face{tickSize, false, mute}
	insideFace = face{numberSize, true, paper}
)

// text writes one line; y is its base line. An SVG that is read from right to left holds
// its texts at the other end by itself, so only the place is mirrored.
func (c *canvas) text(x, y float64, a anchor, f face, s string) {
	weight := ""
	if f.bold {
		weight = ` font-weight="600"`
	}
	hold := ""
	if a != start {
		hold = ` text-anchor="` + string(a) + `"`
	}
	c.put(`<text x="`, coord(c.x(x, 0)), `" y="`, coord(y), `" font-size="`, coord(f.size), `"`, weight, hold,
		` class="`, f.paint.class, `" fill="`, f.paint.colour, `">`, html.EscapeString(s), `</text>`)
}

// lines writes lines under each other, the first one's base line at y.
func (c *canvas) lines(x, y float64, a anchor, f face, lines []string) {
	for i, s := range lines {
		c.text(x, y+float64(i)*f.size*lineHeight, a, f, s)
	}
}

// middled writes lines so that their middle is at y.
func (c *canvas) middled(x, y float64, a anchor, f face, lines []string) {
	rise := float64(len(lines)-1) * f.size * lineHeight / 2
	c.lines(x, y-rise+f.size*.36, a, f, lines)
}
