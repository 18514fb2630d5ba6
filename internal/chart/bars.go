package chart

import "foljsam/internal/disclosure"

// Sizes of bars.
const (
	barHeight  = 22.0
	pairHeight = 17.0
	rowGap     = 11.0
	stubLength = 14.0
	widestText = 270.0 // of the labels beside bars
)

// drawBars draws horizontal bars: for categories with names, however long.
func drawBars(d *Diagram, c *canvas) {
	c.key(d)
	barsOf(d, c).draw()
}

// drawMeans draws means as bars, the mean of all in grey with a line through the others.
func drawMeans(d *Diagram, c *canvas) {
	b := barsOf(d, c)
	if b.all = d.rowOfAll(); b.all >= 0 && !c.narrow && d.plotted(0, b.all).IsNumber() {
		b.mean = d.plotted(0, b.all).Float() * b.scale
	}
	b.draw()
}

// rowOfAll gives the row of all cases, -1 where there is none.
func (d *Diagram) rowOfAll() int {
	for i, r := range d.rows {
		if r.all {
			return i
		}
	}
	return -1
}

// barPlan is the measures of a diagram of bars.
type barPlan struct {
	d         *Diagram
	c         *canvas
	x0, scale float64
	thick     float64
	all       int     // the row drawn as a comparison, -1 for none
	mean      float64 // where the comparison ends, 0 for none
}

// draw draws all rows and the floor that their bars stand on.
func (b *barPlan) draw() {
	top := b.c.y
	for i := range b.d.rows {
		b.row(i)
	}
	if !b.c.narrow {
		b.c.line(b.x0, top, b.x0, b.c.y-rowGap+4, 1, ink)
	}
}

func barsOf(d *Diagram, c *canvas) *barPlan {
	b := &barPlan{d: d, c: c, thick: barHeight, all: -1}
	if len(d.series) > 1 {
		b.thick = pairHeight
	}
	number := 0.0
	var labels []string
	for i, r := range d.rows {
		labels = append(labels, balance(r.label, widestText, labelSize)...)
		for s := range d.series {
			number = max(number, boldWidth(d.text(s, i), numberSize))
		}
	}
	b.x0 = widest(labels, labelSize) + 12
	if c.narrow {
		b.x0 = 0.5
	}
	b.scale = (c.w - b.x0 - number - 10) / d.end()
	return b
}

// row draws one category: its label and a bar of each series.
func (b *barPlan) row(i int) {
	c, lines := b.c, balance(b.d.rows[i].label, b.labelWidth(), labelSize)
	text := float64(len(lines)) * labelSize * lineHeight
	bars := b.thick * float64(len(b.d.series))
	if c.narrow {
		c.lines(0, c.y+labelSize, start, labelFace, lines)
		c.y += text + 4
	} else {
		high := max(text, bars)
		c.middled(b.x0-10, c.y+high/2, end, labelFace, lines)
		c.y += (high - bars) / 2
		defer func() { c.y += (high - bars) / 2 }()
	}
	for s := range b.d.series {
		b.bar(s, i, c.y)
		c.y += b.thick
	}
	if c.narrow { // the floor must not cross the labels between the bars
		c.line(b.x0, c.y-bars-2, b.x0, c.y+1, 1, ink)
	}
	c.y += rowGap
}

func (b *barPlan) labelWidth() float64 {
	if b.c.narrow {
		return b.c.w
	}
	return widestText
}

// bar draws one bar and the number at its end.
func (b *barPlan) bar(s, i int, y float64) {
	shade := s
	if i == b.all {
		shade = 1
	}
	length := b.c.bar(b.x0, y, b.thick-1, b.scale, shade, b.d.plotted(s, i))
	text := b.d.text(s, i)
	w := boldWidth(text, numberSize) + 10
	if over := b.mean - length; b.mean > 0 && i != b.all && (over < 0 || over > w) { // never through the number
		b.c.line(b.x0+b.mean, y-rowGap/2, b.x0+b.mean, y+b.thick+rowGap/2, 1, other, ` stroke-dasharray="3 3"`)
	}
	b.c.text(b.x0+length+7, y+b.thick/2+numberSize*.34, start, numberFace, text)
}

// bar draws a value's length from x: a bar, a hairline for zero, a stub for what is
// masked, nothing for what is not there. It gives the length drawn.
func (c *canvas) bar(x, y, thick, scale float64, shade int, v disclosure.Value) float64 {
	switch {
	case v.State() == disclosure.Masked:
		c.stub(x, y, stubLength, thick)
		return stubLength
	case !v.IsNumber():
		return 0
	case v.Float() == 0:
		c.rect(x, y, 1.5, thick, own)
		return 1.5
	}
	length := max(2, v.Float()*scale)
	c.swatch(shade, x, y, length, thick)
	return length
}
