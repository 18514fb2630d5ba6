package exchange

import (
	"encoding/json"
	"math"
	"strconv"
)

// jsonText is JSON that is being written, property by property, in the order in which
// they are added: the same dataset is the same bytes.
type jsonText struct{ b []byte }

// open begins an object or a list: '{' or '['.
func (j *jsonText) open(bracket byte) {
	j.comma()
	j.b = append(j.b, bracket)
}

// end closes what was opened: '}' or ']'.
func (j *jsonText) end(bracket byte) { j.b = append(j.b, bracket) }

// comma separates what follows from what stands before it.
func (j *jsonText) comma() {
	if len(j.b) == 0 {
		return
	}
	switch j.b[len(j.b)-1] {
	case '{', '[', ':':
	default:
		j.b = append(j.b, ',')
	}
}

func (j *jsonText) key(name string) {
	j.comma()
	j.b = append(appendString(j.b, name), ':')
}

func (j *jsonText) text(s string) {
	j.comma()
	j.b = appendString(j.b, s)
}

func (j *jsonText) texts(all []string) {
	j.open('[')
	for _, s := range all {
		j.text(s)
	}
	j.end(']')
}

func (j *jsonText) int(n int) {
	j.comma()
	j.b = strconv.AppendInt(j.b, int64(n), 10)
}

// number writes the shortest digits that are read back as f.
func (j *jsonText) number(f float64) {
	j.comma()
	j.b = appendNumber(j.b, f)
}

func (j *jsonText) bool(v bool) {
	j.comma()
	j.b = strconv.AppendBool(j.b, v)
}

func (j *jsonText) null() {
	j.comma()
	j.b = append(j.b, "null"...)
}

func appendNumber(b []byte, f float64) []byte {
	if f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		return strconv.AppendInt(b, int64(f), 10)
	}
	return strconv.AppendFloat(b, f, 'g', -1, 64)
}

func appendString(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c > '~' {
			return appendEscaped(b, s)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

func appendEscaped(b []byte, s string) []byte {
	text, err := json.Marshal(s)
	if err != nil {
		return append(b, `""`...) // a string never fails
	}
	return append(b, text...)
}

// keyInt writes a whole number as a property's name.
func (j *jsonText) keyInt(n int) {
	j.comma()
	j.b = append(strconv.AppendInt(append(j.b, '"'), int64(n), 10), '"', ':')
}
