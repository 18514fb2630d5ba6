package app

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"

	"foljsam/internal/fault"
)

// Picture is a square of small black and white squares that a telephone reads (QR), for a page
// to draw.
type Picture struct {
	Size int    // with the white edge that it needs
	Path string // of the black squares, as SVG draws it
}

// pictureEdge is the white edge, in squares (ISO/IEC 18004).
const pictureEdge = 4

// Picture draws the secret's address.
func (s CodeSecret) Picture() (Picture, error) {
	code, err := qr.Encode(s.Address, qr.M, qr.Auto)
	if err != nil {
		return Picture{}, fault.New(fault.Internal, "store.failed") // the cause may quote the secret
	}
	var path strings.Builder
	size := code.Bounds().Dx()
	for y := range size {
		for x := range size {
			if code.At(x, y) == color.Black {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x+pictureEdge, y+pictureEdge)
			}
		}
	}
	return Picture{Size: size + 2*pictureEdge, Path: path.String()}, nil
}
