package chart

import (
	"html"
	"strconv"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
)

// Course is shares that grow by the day, one curve for each reason, beside each other as small
// diagrams with the same scale: curves that cross are hard to tell apart. It takes estimates
// and nothing else.
type Course struct {
	Title string
	Says  string // what is in it, in words
	Days  int    // where the scale of days ends
	Lines []CourseLine
}

// CourseLine is one curve.
type CourseLine struct {
	Name  string
	Steps []CourseStep
}

// CourseStep is what holds from a day on.
type CourseStep struct {
	Day   int
	Share disclosure.Estimate
}

const (
	courseHeight = 110.0
	courseLeft   = 46.0
	courseGap    = 34.0
)

// SVG draws the curves. The text is safe to put in a page as it is.
func (s Course) SVG(p *locale.Printer, prefix string, narrow bool) string {
	c := &canvas{w: wideWidth, prefix: prefix, narrow: narrow}
	across := 3
	if narrow {
		c.w, across = narrowWidth, 1
	}
	width := c.w / float64(across)
	rows := 0.0
	for i, l := range s.Lines {
		head := wrap(l.Name, width-courseLeft, keySize)
		x, y := float64(i%across)*width, float64(i/across)*(courseHeight+courseGap+2*keySize*lineHeight+12)
		c.lines(x+courseLeft, y+keySize, start, headFace, head[:min(2, len(head))])
		s.panel(c, p, l, x+courseLeft, y+2*keySize*lineHeight+8, width-courseLeft-18)
		rows = y + 2*keySize*lineHeight + 8 + courseHeight + courseGap
	}
	c.y = rows
	return (&ratesPlot{canvas: c}).root(p, s.Title, s.Says)
}

// panel draws one curve: its floor, its scale, its interval as a band and the curve.
func (s Course) panel(c *canvas, p *locale.Printer, l CourseLine, x, y, w float64) {
	top := s.top()
	across := func(day int) float64 { return x + w*float64(min(day, s.Days))/float64(s.Days) }
	up := func(f float64) float64 { return y + courseHeight*(1-f/top) }
	for _, f := range []float64{0, top / 2, top} {
		c.line(x, up(f), x+w, up(f), 1, rule)
		c.text(x-6, up(f)+4, end, tickFace, p.Percent(f, 0))
	}
	for _, day := range []int{0, s.Days / 2, s.Days} {
		c.text(across(day), y+courseHeight+16, middle, tickFace, strconv.Itoa(day))
	}
	curve, low, high := path(l.Steps, across, up, s.Days)
	if curve == "" {
		c.text(x+w/2, y+courseHeight/2, middle, tickFace, p.T("chart.course_none"))
		return
	}
	c.put(`<path d="`, low, `" fill="none" class="dg-other-line" stroke="`, other.colour, `" stroke-width="1" stroke-dasharray="3 2"/>`)
	c.put(`<path d="`, high, `" fill="none" class="dg-other-line" stroke="`, other.colour, `" stroke-width="1" stroke-dasharray="3 2"/>`)
	c.put(`<path d="`, curve, `" fill="none" class="dg-own-line" stroke="`, own.colour, `" stroke-width="2.5"/>`)
}

// top is a round end of the scale of percent, at or above every share.
func (s Course) top() float64 {
	most := 0.0
	for _, l := range s.Lines {
		for _, x := range l.Steps {
			if x.Share.Value.IsNumber() && x.Day <= s.Days {
				most = max(most, x.Share.Value.Float(), min(x.Share.High.Float(), 1.6*x.Share.Value.Float()))
			}
		}
	}
	for _, f := range []float64{10, 20, 40, 60, 80} {
		if most <= f {
			return f
		}
	}
	return 100
}

// path gives the curve as steps, and the ends of its interval; nothing where a share may not
// be shown, or nobody has ended so.
func path(steps []CourseStep, across func(int) float64, up func(float64) float64, days int) (curve, low, high string) {
	at, last := "", 0.0
	for _, x := range steps {
		if !x.Share.Value.IsNumber() {
			return "", "", ""
		}
		if x.Day > days || x.Share.Value.Float() == 0 {
			continue
		}
		day := " H" + coord(across(x.Day))
		if curve == "" {
			curve = "M" + coord(across(0)) + " " + coord(up(0))
			low, high = "M"+coord(across(x.Day))+" "+coord(up(x.Share.Low.Float())), "M"+coord(across(x.Day))+" "+coord(up(min(100, x.Share.High.Float())))
		} else {
			low, high = low+day+" V"+coord(max(up(x.Share.Low.Float()), up(100))), high+day+" V"+coord(max(up(x.Share.High.Float()), up(100)))
		}
		if f := x.Share.Value.Float(); f != last {
			curve, last = curve+day+" V"+coord(up(f)), f
		}
		at = " H" + coord(across(days))
	}
	return html.EscapeString(curve + at), html.EscapeString(low + at), html.EscapeString(high + at)
}
