package record

import (
	"encoding/json"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Forms and changes are written as JSON by hand, since every save writes both; they are
// read by encoding/json, which a test holds this against.

// AppendJSON appends the form, its fields in the order of their names.
func (f *Form) AppendJSON(b []byte) []byte {
	names := make([]string, 0, len(f.Answers))
	for name := range f.Answers {
		names = append(names, name)
	}
	slices.Sort(names)
	b = append(b, `{"a":{`...)
	for i, name := range names {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendText(b, name)
		b = append(b, ':')
		b = appendAnswer(b, f.Answers[name])
	}
	return append(b, "}}"...)
}

// AppendChanges appends the changes of one save.
func AppendChanges(b []byte, all []Change) []byte {
	b = append(b, '[')
	for i, c := range all {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"f":`...)
		b = appendText(b, c.Field)
		b = append(b, `,"o":`...)
		b = appendAnswer(b, c.Old)
		b = append(b, `,"n":`...)
		b = appendAnswer(b, c.New)
		b = append(b, '}')
	}
	return append(b, ']')
}

func appendAnswer(b []byte, a Answer) []byte {
	b = append(b, '{')
	for _, part := range [...]struct{ name, value string }{{`"s":`, string(a.State)}, {`"v":`, a.Value}, {`"k":`, a.Comment}} {
		if part.value != "" {
			b = append(b, part.name...)
			b = appendText(b, part.value)
			b = append(b, ',')
		}
	}
	b = append(b, `"n":`...)
	b = strconv.AppendInt(b, int64(a.Version), 10)
	return append(b, '}')
}

// appendText appends a text that may hold anything.
func appendText(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			quoted, err := json.Marshal(s)
			if err != nil {
				panic(err) // a text can always be written
			}
			return append(b, quoted...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}
