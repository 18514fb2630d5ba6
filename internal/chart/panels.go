package chart

const panelGap = 22.0

// drawPanels draws a small diagram of bars for each series, side by side with the same
// scale: where three or more things are compared, no key has to be remembered.
func drawPanels(d *Diagram, c *canvas) {
	if c.narrow {
		drawPanelsBelow(d, c)
		return
	}
	var labels []string
	number := 0.0
	for i, r := range d.rows {
		labels = append(labels, balance(r.label, widestText*.8, labelSize)...)
		labels = append(labels, wrap(d.rowBase(r), widestText*.8, footSize)...)
		for s := range d.series {
			number = max(number, boldWidth(d.text(s, i), numberSize))
		}
	}
	x0 := widest(labels, labelSize) + 12
	beside, wide := d.panelsBeside(c.w-x0, number)
	for at := 0; at < len(d.series); at += beside {
		part := *d
		part.series = d.series[at:min(at+beside, len(d.series))]
		part.panelBand(c, x0, wide, (wide-number-10)/d.end())
		c.y += 10
	}
	c.y -= 10
}

// panelsBeside is how many small diagrams stand side by side, and how wide each is: all of them where
// their heads and numbers have room, else as many as have.
func (d *Diagram) panelsBeside(room, number float64) (n int, wide float64) {
	for n = len(d.series); ; n-- {
		wide = (room - panelGap*float64(n-1)) / float64(n)
		fits := wide >= number+46
		for _, s := range d.series {
			fits = fits && widest(balance(s.name, wide-4, keySize*1.06), keySize*1.06) <= wide+panelGap-6
		}
		if fits || n == 1 {
			return n, wide
		}
	}
}

// panelBand draws a line of small diagrams.
func (d *Diagram) panelBand(c *canvas, x0, wide, scale float64) {
	c.panelHeads(d, x0, wide)
	top := c.y
	for i := range d.rows {
		d.panelRow(c, i, x0, wide, scale)
	}
	for s := range d.series {
		x := x0 + float64(s)*(wide+panelGap)
		c.line(x, top, x, c.y-rowGap+4, 1, ink)
	}
}

func (c *canvas) panelHeads(d *Diagram, x0, wide float64) {
	var heads [][]string
	most := 0
	for _, s := range d.series {
		heads = append(heads, balance(s.name, wide-4, keySize*1.06))
		most = max(most, len(heads[len(heads)-1]))
	}
	for s, lines := range heads {
		y := c.y + keySize + float64(most-len(lines))*keySize*lineHeight
		c.lines(x0+float64(s)*(wide+panelGap), y, start, headFace, lines)
	}
	c.y += float64(most)*keySize*lineHeight + 8
}

func (d *Diagram) panelRow(c *canvas, i int, x0, wide, scale float64) {
	lines := balance(d.rows[i].label, widestText*.8, labelSize)
	text := float64(len(lines)) * labelSize * lineHeight
	under := d.rowBase(d.rows[i])
	if under != "" {
		text += footSize * lineHeight
	}
	high := max(text, barHeight)
	y := c.y + (high-text)/2 + labelSize*.95
	c.lines(x0-10, y, end, labelFace, lines)
	if under != "" {
		c.text(x0-10, y+float64(len(lines)-1)*labelSize*lineHeight+footSize*lineHeight, end, footFace, under)
	}
	for s := range d.series {
		x, y := x0+float64(s)*(wide+panelGap), c.y+(high-barHeight)/2
		length := c.bar(x, y, barHeight-1, scale, 0, d.plotted(s, i))
		c.text(x+length+7, y+barHeight/2+numberSize*.34, start, numberFace, d.text(s, i))
	}
	c.y += high + rowGap
}

// rowBase is the N of a row that has one of its own.
func (d *Diagram) rowBase(r row) string {
	if !d.rowN {
		return ""
	}
	return d.p.T("chart.n", "n", write(d.p, r.n, counts))
}

// drawPanelsBelow draws the small diagrams under each other.
func drawPanelsBelow(d *Diagram, c *canvas) {
	for s, one := range d.series {
		lines := wrap(one.name, c.w, keySize*1.06)
		c.y += keySize
		c.lines(0, c.y, start, headFace, lines)
		c.y += float64(len(lines)-1)*keySize*lineHeight + 8
		part := *d
		part.series = d.series[s : s+1]
		b := barsOf(&part, c)
		b.scale = barsOf(d, c).scale
		b.draw()
		c.y += 8
	}
}
