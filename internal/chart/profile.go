package chart

import "foljsam/internal/disclosure"

const (
	profileRow   = 25.0
	profileLabel = 285.0
	profileN     = 62.0 // of each column of numbers
)

// drawProfile draws two groups beside each other by every property: a dot for each on
// one line, and their numbers in columns whose heads say which is which.
func drawProfile(d *Diagram, c *canvas) {
	left := profileLabel
	if c.narrow {
		left = 12
	}
	right := c.w - profileN*2 - 14
	c.profileHeads(d, right)
	scale := (right - left) / 100
	var tops [][2]float64
	head := ""
	for i, r := range d.rows {
		if r.head != head || i == 0 {
			if head = r.head; i > 0 {
				c.y += 8
			}
			if head != "" {
				c.y += 22
				c.text(0, c.y-6, start, headFace, head)
			}
			tops = append(tops, [2]float64{c.y, c.y})
		}
		d.profileRow(c, i, left, right, scale)
		tops[len(tops)-1][1] = c.y
	}
	c.profileTicks(d, left, scale)
}

// profileHeads writes the groups' names over their columns of numbers.
func (c *canvas) profileHeads(d *Diagram, right float64) {
	most := 0
	var heads [][]string
	for _, s := range d.series {
		lines := append(wrap(s.name, profileN-2, tickSize*1.06), wrap(d.nOf(s), profileN+8, tickSize)...)
		heads = append(heads, lines)
		most = max(most, len(lines))
	}
	for s, lines := range heads {
		x := right + 14 + profileN*float64(s+1)
		c.profileDot(s, x-6, c.y+7)
		c.lines(x, c.y+27+float64(most-len(lines))*tickSize*lineHeight, end, face{tickSize, true, ink}, lines)
	}
	c.y += 30 + float64(most)*tickSize*lineHeight
}

func (c *canvas) profileDot(s int, x, y float64) {
	if s == 0 {
		c.dot(x, y, 5.5, own)
	} else {
		c.ring(x, y, 4.8, other)
	}
}

func (d *Diagram) profileRow(c *canvas, i int, left, right, scale float64) {
	label := d.rows[i].label
	lines := balance(label, profileLabel-24, labelSize-1)
	if c.narrow {
		lines = wrap(label, c.w, labelSize-1)
		c.lines(0, c.y+labelSize, start, face{labelSize - 1, false, ink}, lines)
		c.y += float64(len(lines)) * labelSize * lineHeight
	}
	high := profileRow
	if !c.narrow {
		high = max(profileRow, float64(len(lines))*(labelSize-1)*lineHeight+7)
		c.middled(12, c.y+high/2, start, face{labelSize - 1, false, ink}, lines)
	}
	y := c.y + high/2
	c.line(left, y, right, y, 1, rule, ` stroke-dasharray="1 3"`)
	a, b := d.plotted(0, i), d.plotted(1, i)
	if a.IsNumber() && b.IsNumber() {
		c.line(left+a.Float()*scale, y, left+b.Float()*scale, y, 2.5, other)
	}
	for s := len(d.series) - 1; s >= 0; s-- {
		switch v := d.plotted(s, i); {
		case v.IsNumber():
			c.profileDot(s, left+v.Float()*scale, y)
		case v.State() == disclosure.Masked && s == 0:
			c.stub(left, y-5, stubLength, 10)
		}
		f := numberFace
		f.bold, f.size = s == 0, labelSize-1
		c.text(right+14+profileN*float64(s+1), y+5, end, f, d.text(s, i))
	}
	c.y += high
}

// profileTicks writes the scale under the dots: their places must be read, not lengths.
func (c *canvas) profileTicks(d *Diagram, left, scale float64) {
	for _, t := range []float64{0, 25, 50, 75, 100} {
		x := left + t*scale
		c.line(x, c.y, x, c.y+5, 1, mute)
		c.text(x, c.y+18, middle, tickFace, d.p.Percent(t, 0))
	}
	c.line(left, c.y, left+100*scale, c.y, 1, mute)
	c.y += 20
}
