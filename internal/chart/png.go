package chart

import (
	"encoding/xml"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/vector"
)

// pngScale is how many dots a unit has: enough for print at a board paper's width.
const pngScale = 2.0

// WritePNG writes a drawing of this package as a picture of dots, for where vectors are not
// taken. It reads the drawing itself, so the picture cannot say another number; of SVG it knows
// what canvas writes, and refuses the rest.
func WritePNG(w io.Writer, svg string) error {
	d := xml.NewDecoder(strings.NewReader(svg))
	var p *plate
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		a := attributes(e)
		switch e.Name.Local {
		case "svg":
			p = newPlate(a.number("width"), a.number("height"))
		case "title", "desc", "defs":
			err = d.Skip()
		case "text":
			var said string
			if err = d.DecodeElement(&said, &e); err == nil {
				err = p.text(a, said)
			}
		default:
			err = p.shape(e.Name.Local, a)
		}
		if err != nil {
			return err
		}
	}
	if p == nil {
		return errors.New("chart: no drawing")
	}
	return png.Encode(w, p.dots)
}

// attrs is the attributes of an element.
type attrs map[string]string

func attributes(e xml.StartElement) attrs {
	a := attrs{}
	for _, x := range e.Attr {
		a[x.Name.Local] = x.Value
	}
	return a
}

func (a attrs) number(name string) float64 {
	f, _ := strconv.ParseFloat(a[name], 64)
	return f
}

// plate is the picture that is being made; its outlines are in the drawing's units.
type plate struct {
	dots *image.RGBA
	pen  *vector.Rasterizer
}

func newPlate(w, h float64) *plate {
	r := image.Rect(0, 0, int(math.Ceil(w*pngScale)), int(math.Ceil(h*pngScale)))
	p := &plate{image.NewRGBA(r), vector.NewRasterizer(r.Dx(), r.Dy())}
	draw.Draw(p.dots, r, image.White, image.Point{}, draw.Src)
	return p
}

// point is a place in the drawing.
type point struct{ x, y float64 }

// fill fills an outline.
func (p *plate) fill(with image.Image, outline ...point) {
	low, high := outline[0], outline[0]
	for _, q := range outline {
		low, high = point{min(low.x, q.x), min(low.y, q.y)}, point{max(high.x, q.x), max(high.y, q.y)}
	}
	box := image.Rect(int(low.x*pngScale)-1, int(low.y*pngScale)-1, int(high.x*pngScale)+2, int(high.y*pngScale)+2)
	p.pen.Reset(box.Dx(), box.Dy()) // only where the outline is: a picture has a hundred of them
	for i, q := range outline {
		x, y := float32(q.x*pngScale-float64(box.Min.X)), float32(q.y*pngScale-float64(box.Min.Y))
		if i == 0 {
			p.pen.MoveTo(x, y)
		} else {
			p.pen.LineTo(x, y)
		}
	}
	p.pen.ClosePath()
	p.pen.Draw(p.dots, box, with, box.Min)
}

// stroke draws a straight line, whole or dashed.
func (p *plate) stroke(from, till point, a attrs) {
	width := 1.0
	if a["stroke-width"] != "" {
		width = a.number("stroke-width")
	}
	length := math.Hypot(till.x-from.x, till.y-from.y)
	if length == 0 {
		return
	}
	on, off := length, 0.0
	if dash := strings.Fields(a["stroke-dasharray"]); len(dash) == 2 {
		on, _ = strconv.ParseFloat(dash[0], 64)
		off, _ = strconv.ParseFloat(dash[1], 64)
	}
	dx, dy := (till.x-from.x)/length, (till.y-from.y)/length
	ox, oy := -dy*width/2, dx*width/2
	for at := 0.0; at < length && on+off > 0; at += on + off {
		end := min(length, at+on)
		a1, b1 := point{from.x + dx*at, from.y + dy*at}, point{from.x + dx*end, from.y + dy*end}
		p.fill(image.NewUniform(colourOf(a["stroke"])), point{a1.x + ox, a1.y + oy}, point{b1.x + ox, b1.y + oy}, point{b1.x - ox, b1.y - oy}, point{a1.x - ox, a1.y - oy})
	}
}

func (p *plate) shape(name string, a attrs) error {
	switch name {
	case "rect":
		x, y, w, h := a.number("x"), a.number("y"), a.number("width"), a.number("height")
		corners := []point{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}}
		p.fill(groundOf(a["fill"]), corners...)
		if a["stroke"] != "" {
			for i := range corners {
				p.stroke(corners[i], corners[(i+1)%4], a)
			}
		}
	case "line":
		p.stroke(point{a.number("x1"), a.number("y1")}, point{a.number("x2"), a.number("y2")}, a)
	case "circle":
		p.circle(a)
	case "path":
		return p.path(a)
	default:
		return errors.New("chart: no such shape: " + name)
	}
	return nil
}

func (p *plate) circle(a attrs) {
	const corners = 48
	ring := func(r float64) (all []point) {
		for i := range corners {
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / corners)
			all = append(all, point{a.number("cx") + r*cos, a.number("cy") + r*sin})
		}
		return all
	}
	r := a.number("r")
	if a["stroke"] != "" {
		half := a.number("stroke-width") / 2
		p.fill(image.NewUniform(colourOf(a["stroke"])), ring(r+half)...)
		r -= half
	}
	p.fill(groundOf(a["fill"]), ring(r)...)
}

// path draws the steps of a curve: to a place, along and up.
func (p *plate) path(a attrs) error {
	var at point
	words := strings.Fields(a["d"])
	for i := 0; i < len(words); i++ {
		to := at
		f, err := strconv.ParseFloat(words[i][1:], 64)
		switch words[i][0] {
		case 'M':
			i++
			if err != nil || i == len(words) {
				return errors.New("chart: a curve that cannot be read")
			}
			at.x = f
			if at.y, err = strconv.ParseFloat(words[i], 64); err != nil {
				return err
			}
			continue
		case 'H':
			to.x = f
		case 'V':
			to.y = f
		default:
			return errors.New("chart: a curve that cannot be read")
		}
		if err != nil {
			return err
		}
		p.stroke(at, to, a)
		at = to
	}
	return nil
}

// colourOf reads "#0b5d66"; what is none is black.
func colourOf(s string) color.Color {
	n, err := strconv.ParseUint(strings.TrimPrefix(s, "#"), 16, 32)
	if err != nil {
		return color.Black
	}
	return color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 255}
}

// groundOf gives a colour or a pattern to fill with.
func groundOf(s string) image.Image {
	switch {
	case strings.HasSuffix(s, "-stripe)"):
		return slanted{colourOf(other.colour), colourOf(paper.colour), 6, 1.2}
	case strings.HasSuffix(s, "-hatch)"):
		return slanted{colourOf(paper.colour), colourOf(other.colour), 4, 1}
	}
	return image.NewUniform(colourOf(s))
}

// slanted is a ground with lines at 45 degrees: the pattern of the drawing, dot by dot.
type slanted struct {
	ground, line color.Color
	every, width float64
}

func (s slanted) ColorModel() color.Model { return color.RGBAModel }
func (s slanted) Bounds() image.Rectangle { return image.Rect(-1e9, -1e9, 1e9, 1e9) }

func (s slanted) At(x, y int) color.Color {
	along := math.Mod((float64(x)+float64(y))/pngScale/math.Sqrt2+s.every*1e6, s.every)
	if along < s.width/2 || along > s.every-s.width/2 {
		return s.line
	}
	return s.ground
}
