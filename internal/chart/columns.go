package chart

import "foljsam/internal/disclosure"

const columnHeight = 230.0

// drawColumns draws columns: for scales, whose order must be seen. Where there is no
// room for them side by side, they are drawn as bars.
func drawColumns(d *Diagram, c *canvas) {
	pitch := c.w / float64(len(d.rows))
	if c.narrow || pitch < d.columnRoom() {
		drawBars(d, c)
		return
	}
	c.key(d)
	thick := min(62, pitch*.66)
	if len(d.series) > 1 {
		thick = min(40, pitch*.42)
	}
	floor := c.y + numberSize + 8 + columnHeight
	for i := range d.rows {
		left := (float64(i)+.5)*pitch - thick*float64(len(d.series))/2
		for s := range d.series {
			d.column(c, s, i, left+thick*float64(s), floor, thick)
		}
	}
	c.line(0, floor, c.w, floor, 1, ink)
	c.under(d, floor, pitch)
}

// columnRoom is how wide a category must be for its numbers and the words under it.
func (d *Diagram) columnRoom() float64 {
	room := 0.0
	for i := range d.rows {
		numbers := 0.0
		for s := range d.series {
			numbers += boldWidth(d.text(s, i), numberSize)
		}
		room = max(room, numbers+6)
	}
	return room
}

// column draws one column and the number on it.
func (d *Diagram) column(c *canvas, s, i int, x, floor, thick float64) {
	v := d.plotted(s, i)
	high := 0.0
	switch {
	case v.State() == disclosure.Masked:
		high = stubLength
		c.stub(x, floor-high, thick-1, high)
	case v.IsNumber() && v.Float() > 0:
		high = max(2, v.Float()/d.end()*columnHeight)
		c.swatch(s, x, floor-high, thick-1, high)
	case v.IsNumber():
		high = 1.5
		c.rect(x, floor-high, thick-1, high, own)
	}
	c.text(x+(thick-1)/2, floor-high-7, middle, numberFace, d.text(s, i))
}

// under writes the categories under their columns.
func (c *canvas) under(d *Diagram, floor, pitch float64) {
	most := 0
	for i, r := range d.rows {
		lines := balance(r.label, pitch-8, keySize)
		most = max(most, len(lines))
		c.lines((float64(i)+.5)*pitch, floor+20, middle, keyFace, lines)
	}
	c.y = floor + 20 + float64(most-1)*keySize*lineHeight + 6
}
