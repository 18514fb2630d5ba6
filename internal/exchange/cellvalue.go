package exchange

import (
	"encoding/binary"
	"time"

	"foljsam/internal/record"
)

// The usual forms of cells, read without memory. Each is narrower than what the codebook
// accepts; a test holds them against it.

// smallNumber reads a whole number of up to three digits without leading zeros.
func smallNumber(b []byte) (n int, ok bool) {
	if len(b) == 0 || len(b) > 3 || b[0] == '0' && len(b) > 1 {
		return 0, false
	}
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// quickNumber reads a decimal number of up to 15 digits with a point or a comma, which a
// float64 holds as exactly as any longer way of reading it.
func quickNumber(b []byte) (f float64, ok bool) {
	negative := b[0] == '-'
	if negative {
		b = b[1:]
	}
	if len(b) == 0 || len(b) > 15 {
		return 0, false
	}
	n, decimals, point := 0, 0, false
	for _, c := range b {
		switch {
		case c >= '0' && c <= '9':
			n = n*10 + int(c-'0')
			if point {
				decimals++
			}
		case (c == '.' || c == ',') && !point:
			point = true
		default:
			return 0, false
		}
	}
	if len(b) == 1 && point {
		return 0, false
	}
	f = float64(n) / powers[decimals]
	if negative {
		f = -f
	}
	return f, true
}

var powers = [16]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// The days on which the months of two centuries begin, and the month after them.
const firstYear, lastYear = 1900, 2099

var monthBegins = func() (t [(lastYear-firstYear+1)*12 + 1]record.Day) {
	for i := range t {
		t[i] = record.DayOf(time.Date(firstYear, time.Month(1+i), 1, 0, 0, 0, 0, time.UTC))
	}
	return t
}()

// quickDay reads ÅÅÅÅ-MM-DD of the two centuries, and leaves any other date to
// [record.ParseDay]. The first eight bytes are looked at together: taken from what
// "0000-00-" holds they are digits and nothing.
func quickDay(b []byte) (d record.Day, ok bool) {
	_ = b[9]
	w := binary.LittleEndian.Uint64(b) ^ 0x2d30302d30303030
	d1, d2 := b[8]-'0', b[9]-'0'
	if (w|(w+0x0006060006060606))&0xfff0f0fff0f0f0f0 != 0 || d1 > 9 || d2 > 9 {
		return record.NoDay, false
	}
	y := int(w&15)*1000 + int(w>>8&15)*100 + int(w>>16&15)*10 + int(w>>24&15)
	m, day := int(w>>40&15)*10+int(w>>48&15), int(d1)*10+int(d2)
	if y < firstYear || y > lastYear || m < 1 || m > 12 {
		return record.ParseDay(b)
	}
	at := (y-firstYear)*12 + m - 1
	d = monthBegins[at] + record.Day(day) - 1
	return d, day >= 1 && d < monthBegins[at+1]
}
