package exchange

import "strings"

// appendCell adds a text to a CSV row. What a spreadsheet would take for a formula gets an
// apostrophe before it.
func appendCell(b []byte, s string) []byte {
	if isFormula(s) {
		s = "'" + s
	}
	if !strings.ContainsAny(s, ",\"\r\n;") && strings.TrimSpace(s) == s {
		return append(b, s...)
	}
	b = append(b, '"')
	for i := range len(s) {
		if s[i] == '"' {
			b = append(b, '"')
		}
		b = append(b, s[i])
	}
	return append(b, '"')
}

// isFormula tells whether a text begins as a formula does. A negative number does not.
func isFormula(s string) bool {
	if s == "" {
		return false
	}
	switch s[0] {
	case '=', '+', '@':
		return true
	case '-':
		return !isDecimal(s[1:])
	}
	return false
}

// isDecimal tells whether s is digits, perhaps with a point or a comma among them, and
// perhaps an exponent after them.
func isDecimal(s string) bool {
	s, exponent, power := strings.Cut(strings.Replace(s, "E", "e", 1), "e")
	whole, part, point := strings.Cut(strings.Replace(s, ",", ".", 1), ".")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	if power && strings.ContainsAny(exponent[:min(1, len(exponent))], "+-") {
		exponent = exponent[1:]
	}
	return digits(whole) && (!point || digits(part)) && (!power || digits(exponent))
}

// appendRow adds a row of texts.
func appendRow(b []byte, cells ...string) []byte {
	for i, s := range cells {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendCell(b, s)
	}
	return append(b, '\n')
}
