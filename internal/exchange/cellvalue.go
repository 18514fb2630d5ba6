package exchange

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
