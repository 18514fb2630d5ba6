package chart

import (
	_ "embed"
	"html"
	"io"
	"strings"
)

// Style is the style sheet that gives diagrams a page's colours, in light and dark, on
// paper and with forced colours. A page includes it once.
//
//go:embed style.css
var Style string

// View says how a diagram is to be drawn.
type View struct {
	Prefix   string // begins every id in it: unique on the page
	Narrow   bool   // for a screen of 320–480 px: labels above the bars
	Bare     bool   // without N, base, notes and marks: the page writes them beside it
	Titled   bool   // with the title in the picture, for a picture that stands alone
	Mirrored bool   // from right to left; always so in a language that is written so
}

// Widths of the two views, in units; a unit is a CSS pixel until the page is narrower.
const (
	wideWidth   = 720.0
	narrowWidth = 360.0
)

// SVG draws the diagram. The text is safe to put in a page as it is.
func (d *Diagram) SVG(v View) string {
	c := &canvas{w: wideWidth, narrow: v.Narrow, prefix: v.Prefix, mirrored: v.Mirrored || d.p.Lang().Dir() == "rtl"}
	if v.Narrow {
		c.w = narrowWidth
	}
	if v.Titled {
		c.title(d)
	}
	d.drawn().draw(c)
	if !v.Bare {
		c.foot(d)
	}
	return c.root(d)
}

// WriteSVG writes the diagram as a file of its own.
func (d *Diagram) WriteSVG(w io.Writer, v View) error {
	_, err := io.WriteString(w, d.SVG(v))
	return err
}

// root puts the drawing into its element, with what it is called and what it says.
func (c *canvas) root(d *Diagram) string {
	dir, t, desc := "ltr", c.prefix+"-t", c.prefix+"-d"
	if c.mirrored {
		dir = "rtl"
	}
	w, h := coord(c.w), coord(c.y)
	class := "dg"
	if c.narrow {
		class = "dg dg-narrow"
	}
	return strings.Join([]string{
		`<svg xmlns="http://www.w3.org/2000/svg" class="` + class + `" role="img" aria-labelledby="` + t + `" aria-describedby="` + desc +
			`" lang="` + string(d.p.Lang()) + `" direction="` + dir + `" viewBox="0 0 ` + w + " " + h + `" width="` + w + `" height="` + h +
			`" font-family="'Source Sans 3','Source Sans Pro',Arial,Helvetica,sans-serif">`,
		`<title id="` + t + `">` + html.EscapeString(d.fullTitle()) + `</title>`,
		`<desc id="` + desc + `">` + html.EscapeString(d.Describe()) + `</desc>`,
		c.patterns() + c.b.String() + `</svg>`,
	}, "\n") + "\n"
}

// patterns are the second series' stripes and the hatching of what is masked; only those
// that are used.
func (c *canvas) patterns() string {
	var b strings.Builder
	if strings.Contains(c.b.String(), "-stripe)") {
		b.WriteString(c.pattern("stripe", 6, other.class, other.colour, 1.2, paper))
	}
	if strings.Contains(c.b.String(), "-hatch)") {
		b.WriteString(c.pattern("hatch", 4, paper.class, paper.colour, 1, other))
	}
	if b.Len() == 0 {
		return ""
	}
	return "<defs>" + b.String() + "</defs>\n"
}

func (c *canvas) pattern(name string, size float64, class, ground string, width float64, line paint) string {
	s := coord(size)
	return `<pattern id="` + c.prefix + "-" + name + `" width="` + s + `" height="` + s + `" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
		`<rect width="` + s + `" height="` + s + `" class="` + class + `" fill="` + ground + `"/>` +
		`<line x1="0" y1="0" x2="0" y2="` + s + `" class="` + line.class + `-line" stroke="` + line.colour + `" stroke-width="` + coord(width) + `"/></pattern>`
}

func (d *Diagram) fullTitle() string {
	if d.Unit == "" {
		return d.Title
	}
	return d.Title + " " + d.Unit
}

func (c *canvas) title(d *Diagram) {
	f := face{18, true, ink}
	c.y = f.size
	lines := balance(d.Title, c.w/1.07, f.size)
	c.lines(0, c.y, start, f, lines)
	c.y += float64(len(lines)-1) * f.size * lineHeight
	if d.Unit != "" {
		c.y += 20
		c.text(0, c.y, start, keyFace, d.Unit)
	}
	c.y += 16
}

// foot is what every figure answers for itself with: N, whom it is of, what must be read
// with it, what its marks mean, and that it is internal or synthetic when it is.
func (c *canvas) foot(d *Diagram) {
	c.y += 8
	first := d.Base
	if d.kind.name == stackedName || len(d.series) == 1 { // others have their N in the key or the labels
		first = d.N + ". " + d.Base
	}
	for _, s := range append(append([]string{first}, d.Notes...), d.Marks...) {
		c.footLine(s, footFace)
	}
	if d.Stamp != "" {
		c.footLine(d.Stamp, face{footSize, true, mute})
	}
	c.y += 4
}

func (c *canvas) footLine(s string, f face) {
	width := c.w
	if f.bold {
		width /= 1.07
	}
	for _, l := range wrap(s, width, f.size) {
		c.y += f.size * lineHeight
		c.text(0, c.y, start, f, l)
	}
}

// key says which series is which, with its N; it stands over the diagram.
func (c *canvas) key(d *Diagram) {
	if len(d.series) < 2 {
		return
	}
	x, y := 0.0, c.y+14
	for s, one := range d.series {
		label := d.keyOf(one)
		w := 20 + widthOf(label, keySize) + 24
		if x > 0 && x+w-24 > c.w {
			x, y = 0, y+22
		}
		c.swatch(s, x, y-11, 13, 13)
		c.text(x+20, y, start, keyFace, label)
		x += w
	}
	c.y = y + 14
}

func (d *Diagram) keyOf(s series) string {
	if n := d.nOf(s); n != "" {
		return s.name + " (" + n + ")"
	}
	return s.name
}

// swatch is a piece of a series' bar.
func (c *canvas) swatch(s int, x, y, w, h float64) {
	if s == 0 {
		c.rect(x, y, w, h, own)
	} else {
		c.striped(x, y, w, h)
	}
}
