package chart

import (
	"math"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
)

// write writes a value, or the mark of why there is none. Percentages are whole, means
// have one decimal, both with halves up, as the report rounds.
func write(p *locale.Printer, v disclosure.Value, m measure) string {
	if !v.IsNumber() {
		return v.State().Mark()
	}
	switch m {
	case counts:
		return p.Int(v.Int())
	case means:
		return p.Number(HalfUp(v.Float()*10)/10, 1)
	}
	if f := v.Float(); f > 0 && HalfUp(f) == 0 { // some must never look like none
		return "<" + p.Percent(1, 0)
	}
	return p.Percent(HalfUp(v.Float()), 0)
}

// HalfUp rounds to a whole number, halves up, as every percent is written.
func HalfUp(f float64) float64 { return math.Floor(f + 0.5) }

// text is the number at the end of a bar; a mean of a few says of how many.
func (d *Diagram) text(s, row int) string {
	text := write(d.p, d.plotted(s, row), d.measure)
	c := d.series[s].cells[row]
	if d.measure == means && c.Share.IsNumber() && c.Count.IsNumber() && c.Count.Int() < few {
		return d.p.T("chart.mean_of_few", "medel", text, "n", c.Count.Int())
	}
	return text
}

// top is the largest number drawn.
func (d *Diagram) top() float64 {
	top := 0.0
	for s := range d.series {
		for i := range d.rows {
			if v := d.plotted(s, i); v.IsNumber() {
				top = max(top, v.Float())
			}
		}
	}
	return top
}

// end is where the scale ends: above the largest number, and for percent never so near
// that a few percent look like many.
func (d *Diagram) end() float64 {
	top := d.top()
	switch {
	case d.measure == percents:
		return min(100, max(30, math.Ceil(top/10)*10))
	case top == 0:
		return 1
	}
	return top
}
