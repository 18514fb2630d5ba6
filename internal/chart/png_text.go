package chart

import (
	"image"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// The letters of pictures of dots. A page has its own font; a picture must bring one along that
// anybody may use.
var letters = sync.OnceValues(func() ([2]*opentype.Font, error) {
	plain, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return [2]*opentype.Font{}, err
	}
	bold, err := opentype.Parse(gobold.TTF)
	return [2]*opentype.Font{plain, bold}, err
})

// text writes one line. Where these letters are wider than the drawing has room for, they are
// made smaller.
func (p *plate) text(a attrs, said string) error {
	fonts, err := letters()
	if err != nil {
		return err
	}
	size, room := a.number("font-size"), widthOf(said, a.number("font-size"))
	f := fonts[0]
	if a["font-weight"] != "" {
		f, room = fonts[1], boldWidth(said, size)
	}
	face, wide, err := faceOf(f, size, said)
	if err == nil && wide > room*pngScale {
		face, wide, err = faceOf(f, size*room*pngScale/wide, said)
	}
	if err != nil {
		return err
	}
	x := a.number("x") * pngScale
	switch anchor(a["text-anchor"]) {
	case middle:
		x -= wide / 2
	case end:
		x -= wide
	}
	d := font.Drawer{Dst: p.dots, Src: image.NewUniform(colourOf(a["fill"])), Face: face,
		Dot: fixed.Point26_6{X: fixed.Int26_6(x * 64), Y: fixed.Int26_6(a.number("y") * pngScale * 64)}}
	d.DrawString(said)
	return nil
}

func faceOf(f *opentype.Font, size float64, said string) (font.Face, float64, error) {
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size * pngScale, DPI: 72})
	if err != nil {
		return nil, 0, err
	}
	return face, float64(font.MeasureString(face, said)) / 64, nil
}
