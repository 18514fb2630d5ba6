package chart

import "foljsam/internal/disclosure"

// drawStacked draws how much of each base is registered: the registered part from the
// floor, the rest on it.
func drawStacked(d *Diagram, c *canvas) {
	if c.narrow {
		drawStackedBars(d, c)
		return
	}
	c.key(d)
	pitch := c.w / float64(len(d.rows))
	thick := min(84, pitch*.74)
	floor := c.y + numberSize + 8 + columnHeight
	scale := columnHeight / d.stackEnd()
	for i := range d.rows {
		d.stack(c, i, (float64(i)+.5)*pitch-thick/2, floor, thick, scale)
	}
	c.line(0, floor, c.w, floor, 1, ink)
	c.under(d, floor, pitch)
}

// stackEnd is the largest sum that is shown.
func (d *Diagram) stackEnd() float64 {
	top := 1.0
	for i := range d.rows {
		sum := 0.0
		for s := range d.series {
			if v := d.plotted(s, i); v.IsNumber() {
				sum += v.Float()
			}
		}
		top = max(top, sum)
	}
	return top
}

// stack draws one column: the number of the first part in it, that of the second on it.
func (d *Diagram) stack(c *canvas, i int, x, floor, thick, scale float64) {
	y := floor
	for s := range d.series {
		high := 0.0
		switch v := d.plotted(s, i); {
		case v.State() == disclosure.Masked:
			high = stubLength
			c.stub(x, y-high, thick, high)
		case v.IsNumber() && v.Float() > 0:
			high = max(2, v.Float()*scale)
			c.swatch(s, x, y-high, thick, high)
		}
		y -= high
		d.stackNumber(c, s, i, x+thick/2, y, high)
	}
}

// stackNumber writes the first number inside its part where there is room, else on a
// ground of paper over what stands above; the last one above the column.
func (d *Diagram) stackNumber(c *canvas, s, i int, x, y, high float64) {
	text := d.text(s, i)
	w := boldWidth(text, numberSize)
	switch {
	case s == len(d.series)-1:
		c.text(x, y-7, middle, face{numberSize, false, ink}, text)
	case high >= 26 && d.plotted(s, i).IsNumber():
		c.text(x, y+19, middle, insideFace, text)
	default:
		c.rect(x-w/2-4, y-22, w+8, 20, paper)
		c.text(x, y-7, middle, numberFace, text)
	}
}

// drawStackedBars is the same lying down, with the numbers in words under each bar.
func drawStackedBars(d *Diagram, c *canvas) {
	scale := c.w / d.stackEnd()
	for i, r := range d.rows {
		c.lines(0, c.y+labelSize, start, labelFace, []string{r.label})
		c.y += labelSize*lineHeight + 5
		x, said := 0.0, ""
		for s, one := range d.series {
			x += c.bar(x, c.y, barHeight-2, scale, s, d.plotted(s, i))
			if said != "" {
				said += ", "
			}
			said += one.name + " " + d.text(s, i)
		}
		c.y += barHeight + 13
		c.text(0, c.y, start, footFace, said)
		c.y += rowGap
	}
}
