package chart

import (
	"html"
	"math"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
)

// Tiles is a map of the municipalities as squares of the same size: each county a block about
// where it lies, its municipalities in the order in which they are given. It is our own
// drawing; no border is in it. The size of the filled square is the rate: nothing is
// coloured by what is good or bad.
type Tiles struct {
	Title  string
	Tiles  []Tile
	County func(code string) string // its name
}

// Tile is one municipality.
type Tile struct {
	Code, Name string
	County     string
	Rate       disclosure.Rate
	Address    string // where the tile leads
}

// block is where a county's tiles are, in tiles from the upper left corner of the map.
type block struct{ x, y, wide int }

// blocks are the counties, roughly as they lie. There is room for as many as each has today and
// for some more rows: what does not fit goes on downwards.
var blocks = map[string]block{
	"25": {14, 0, 5}, "24": {11, 4, 5}, "23": {6, 6, 3}, "22": {11, 8, 4},
	"20": {5, 11, 4}, "21": {10, 12, 4}, "17": {0, 16, 4}, "18": {5, 17, 3}, "19": {9, 17, 3}, "03": {13, 16, 3}, "01": {17, 16, 5},
	"14": {0, 22, 7}, "04": {12, 22, 4}, "05": {12, 26, 5}, "06": {8, 23, 3}, "09": {19, 26, 1},
	"13": {1, 31, 3}, "07": {6, 30, 4}, "08": {14, 30, 3}, "10": {9, 34, 5}, "12": {0, 34, 7},
}

// The size of the map in tiles, and of a tile.
const (
	tilesWide = 22.0
	tilesHigh = 40.0
	tileSize  = 26.0
	tileGap   = 2.0
)

// SVG draws the map. Each tile is a link that says its name and what it has; the keys of a
// script may move between them. Without one they are links in the order of the counties.
func (m Tiles) SVG(p *locale.Printer, prefix string) string {
	c := &canvas{w: tilesWide * tileSize, y: tilesHigh * tileSize, prefix: prefix}
	top := 0.0
	placed := map[string]int{}
	for _, t := range m.Tiles {
		if v, ok := t.Rate.Value(); ok {
			top = max(top, v.Float())
		}
	}
	for _, t := range m.Tiles {
		b, ok := blocks[t.County]
		if !ok {
			continue
		}
		n := placed[t.County]
		placed[t.County]++
		x, y := float64(b.x+n%b.wide)*tileSize, (float64(b.y+n/b.wide)+.9)*tileSize
		if n == 0 {
			c.text(x, y-5, start, face{11.5, true, mute}, m.County(t.County))
		}
		m.tile(c, p, t, x, y, top)
	}
	w, h := coord(c.w), coord(c.y)
	return `<svg xmlns="http://www.w3.org/2000/svg" class="dg tiles" role="group" aria-label="` + html.EscapeString(m.Title) + `" lang="` + string(p.Lang()) + `" viewBox="0 0 ` + w + " " + h +
		`" width="` + w + `" height="` + h + `" font-family="'Source Sans 3','Source Sans Pro',Arial,Helvetica,sans-serif">` + "\n" + c.patterns() + c.b.String() + "</svg>\n"
}

// tile draws one: a filled square whose area is the rate, "0", the mark of what is secret on
// hatching, or the mark of what is missing in an empty frame.
func (m Tiles) tile(c *canvas, p *locale.Printer, t Tile, x, y, top float64) {
	says := html.EscapeString(t.Name + ": " + RateText(p, t.Rate))
	room := tileSize - tileGap
	c.put(`<a href="`, html.EscapeString(t.Address), `" aria-label="`, says, `" data-tile="`, coord(x/tileSize), ` `, coord(y/tileSize), `"><title>`, says, `</title>`)
	c.put(c.box(x+.5, y+.5, room-1, room-1), ` class="dg-tile" fill="`, paper.colour, `" stroke="`, rule.colour, `"/>`)
	middleX, middleY := x+room/2, y+room/2
	v, ok := t.Rate.Value()
	switch {
	case ok && v == 0:
		c.text(middleX, middleY+4.5, middle, face{13, true, ink}, "0")
	case ok:
		side := math.Max(2, (room-3)*math.Sqrt(v.Float()/top))
		c.rect(middleX-side/2, middleY-side/2, side, side, own)
	case t.Rate.State() == disclosure.Masked:
		c.put(c.box(x+.5, y+.5, room-1, room-1), ` fill="url(#`, c.prefix, `-hatch)" class="dg-stub" stroke="`, other.colour, `"/>`)
		c.rect(middleX-7, middleY-7, 14, 14, paper)
		c.text(middleX, middleY+3, middle, face{14, true, ink}, disclosure.Masked.Mark())
	default:
		c.text(middleX, middleY+4.5, middle, face{13, false, mute}, disclosure.Missing.Mark())
	}
	c.put(`</a>`)
}
