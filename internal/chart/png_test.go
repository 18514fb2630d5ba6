package chart

import (
	"bytes"
	"image"
	"image/png"
	"testing"
)

// TestPictureOfDots draws a bar and looks where it is: as long as its number, and nothing beside.
func TestPictureOfDots(t *testing.T) {
	svg := `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="40"><title>t</title><desc>d</desc>
<defs><pattern id="x-stripe"/></defs><rect x="10" y="10" width="50" height="10" class="dg-own" fill="#0b5d66"/>
<rect x="10" y="25" width="20" height="10" fill="url(#x-stripe)"/><line x1="10" y1="5" x2="10" y2="38" stroke="#22201d" stroke-width="1"/>
<circle cx="80" cy="30" r="4" fill="#0b5d66"/><path d="M70 10 H90 V5" fill="none" stroke="#0b5d66" stroke-width="2"/>
<text x="99" y="20" font-size="10" text-anchor="end" fill="#22201d">å &lt; 5</text></svg>`
	var b bytes.Buffer
	if err := WritePNG(&b, svg); err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(&b)
	if err != nil || m.Bounds() != image.Rect(0, 0, 200, 80) {
		t.Fatal(err, m.Bounds())
	}
	is := func(x, y int, want [3]uint8) {
		t.Helper()
		r, g, b, _ := m.At(x*2, y*2).RGBA()
		if got := [3]uint8{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8)}; got != want {
			t.Errorf("at %d, %d: %v, not %v", x, y, got, want)
		}
	}
	own, white := [3]uint8{0x0b, 0x5d, 0x66}, [3]uint8{255, 255, 255}
	is(58, 15, own)
	is(62, 15, white)
	is(80, 30, own)
	is(80, 36, white)
	is(80, 10, own)
	ink := 0
	for x := 130; x < 200; x++ {
		for y := 24; y < 44; y++ {
			if r, _, _, _ := m.At(x, y).RGBA(); r < 0x8000 {
				ink++
			}
		}
	}
	if ink < 20 {
		t.Errorf("no letters: %d dark dots", ink)
	}
	for _, bad := range []string{"", "<svg width='1' height='1'><ellipse/></svg>", "<svg width='1' height='1'><path d='C1 2'/></svg>", "<svg"} {
		if WritePNG(&b, bad) == nil {
			t.Errorf("%q is drawn", bad)
		}
	}
}
