package record

import (
	"encoding/json"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Forms and changes are written as JSON by hand, since every save writes both. What was
// written so is read by hand as well, since figures read every case; anything else is left
// to encoding/json, which a test holds both against.
//
// Most answers are a value and nothing more, given when the case was opened; such a one is
// written as its text alone ("14":"2"), and a change to it as ["14","2"]. It halves what a
// case weighs.

// UnmarshalJSON reads an answer in either form.
func (a *Answer) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		*a = Answer{Version: 1}
		return json.Unmarshal(b, &a.Value)
	}
	type whole Answer
	return json.Unmarshal(b, (*whole)(a))
}

// UnmarshalJSON reads a change in either form.
func (c *Change) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '[' {
		var pair [2]string
		err := json.Unmarshal(b, &pair)
		*c = Change{Field: pair[0], New: Answer{Value: pair[1]}}
		return err
	}
	type whole Change
	return json.Unmarshal(b, (*whole)(c))
}

// ReadChanges reads the changes of the save that made a version.
func ReadChanges(b []byte, version int) (all []Change, err error) {
	err = json.Unmarshal(b, &all)
	for i := range all {
		if all[i].New.Version == 0 {
			all[i].New.Version = version
		}
	}
	return all, err
}

// ReadJSON reads the fields of a form.
func (f *Form) ReadJSON(b []byte) error {
	r := Reader{b: b}
	if r.form(f) {
		return nil
	}
	f.Answers = map[string]Answer{}
	return json.Unmarshal(b, f)
}

// Reader reads JSON as it is written by hand, byte for byte: without spaces, and without
// anything to undo in a text. At anything else it gives up, and encoding/json is asked.
type Reader struct {
	b  []byte
	at int
}

// NewReader reads from the beginning.
func NewReader(b []byte) *Reader { return &Reader{b: b} }

// Done tells whether everything was read.
func (r *Reader) Done() bool { return r.at == len(r.b) }

func (r *Reader) form(f *Form) bool {
	if !r.Take(`{"a":{`) {
		return false
	}
	f.Answers = make(map[string]Answer, 48)
	if r.Take("}}") {
		return r.Done()
	}
	for {
		field, ok := r.Text()
		if !ok || !r.Take(":") {
			return false
		}
		a, ok := r.answer()
		if !ok {
			return false
		}
		f.Answers[field] = a
		if r.Take("}}") {
			return r.Done()
		}
		if !r.Take(",") {
			return false
		}
	}
}

func (r *Reader) answer() (a Answer, ok bool) {
	if r.at < len(r.b) && r.b[r.at] == '"' {
		a.Version = 1
		a.Value, ok = r.Text()
		return a, ok
	}
	if !r.Take("{") {
		return a, false
	}
	for _, part := range [...]struct {
		name string
		into *string
	}{{`"s":`, (*string)(&a.State)}, {`"v":`, &a.Value}, {`"k":`, &a.Comment}} {
		if !r.Take(part.name) {
			continue
		}
		if *part.into, ok = r.Text(); !ok || !r.Take(",") {
			return a, false
		}
	}
	if !r.Take(`"n":`) {
		return a, false
	}
	from := r.at
	for r.at < len(r.b) && r.b[r.at] >= '0' && r.b[r.at] <= '9' {
		a.Version = a.Version*10 + int(r.b[r.at]-'0')
		r.at++
	}
	n := r.at - from
	return a, n > 0 && n < 10 && (n == 1 || r.b[from] != '0') && r.Take("}")
}

// Text reads a text that has nothing to undo in it.
func (r *Reader) Text() (string, bool) {
	if !r.Take(`"`) {
		return "", false
	}
	for i := r.at; i < len(r.b); i++ {
		switch c := r.b[i]; {
		case c == '"':
			s := r.b[r.at:i]
			r.at = i + 1
			return known(s), utf8.Valid(s)
		case c == '\\' || c < ' ':
			return "", false
		}
	}
	return "", false
}

// Take reads just this, if it is next.
func (r *Reader) Take(s string) bool {
	if len(r.b)-r.at < len(s) || string(r.b[r.at:r.at+len(s)]) != s {
		return false
	}
	r.at += len(s)
	return true
}

// known gives the same memory for the short texts that most answers are.
func known(b []byte) string {
	switch {
	case len(b) == 1 && b[0] >= '0' && b[0] <= '9':
		return digits[b[0]-'0' : b[0]-'0'+1]
	case string(b) == string(Present):
		return string(Present)
	}
	return string(b)
}

const digits = "0123456789"

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
		b = AppendText(b, name)
		b = append(b, ':')
		b = appendAnswer(b, f.Answers[name])
	}
	return append(b, "}}"...)
}

// AppendParts appends what the answers say as three objects by field, each under its name:
// the values, the states and the comments. An object without anything in it is left out.
func (f *Form) AppendParts(b []byte, values, states, comments string) []byte {
	names := make([]string, 0, len(f.Answers))
	for name := range f.Answers {
		names = append(names, name)
	}
	slices.Sort(names)
	part := func(name string, text func(Answer) string) {
		open := len(b)
		for _, field := range names {
			if t := text(f.Answers[field]); t != "" {
				if len(b) == open {
					b = append(append(b, name...), '{')
				} else {
					b = append(b, ',')
				}
				b = AppendText(append(AppendText(b, field), ':'), t)
			}
		}
		if len(b) > open {
			b = append(b, '}')
		}
	}
	part(values, func(a Answer) string { return a.Value })
	part(states, func(a Answer) string { return string(a.State) })
	part(comments, func(a Answer) string { return a.Comment })
	return b
}

// AppendChanges appends the changes of one save, which [ReadChanges] reads.
func AppendChanges(b []byte, all []Change) []byte {
	b = append(b, '[')
	for i, c := range all {
		if i > 0 {
			b = append(b, ',')
		}
		if c.Old == (Answer{}) && c.New.plain() {
			b = AppendText(append(b, '['), c.Field)
			b = append(AppendText(append(b, ','), c.New.Value), ']')
			continue
		}
		b = append(b, `{"f":`...)
		b = AppendText(b, c.Field)
		if c.Old != (Answer{}) {
			b = append(b, `,"o":`...)
			b = appendAnswer(b, c.Old)
		}
		b = append(b, `,"n":`...)
		b = appendAnswer(b, c.New)
		b = append(b, '}')
	}
	return append(b, ']')
}

// plain tells whether an answer is a value and nothing more.
func (a Answer) plain() bool { return a.State == Answered && a.Comment == "" }

func appendAnswer(b []byte, a Answer) []byte {
	if a.plain() && a.Version == 1 {
		return AppendText(b, a.Value)
	}
	b = append(b, '{')
	for _, part := range [...]struct{ name, value string }{{`"s":`, string(a.State)}, {`"v":`, a.Value}, {`"k":`, a.Comment}} {
		if part.value != "" {
			b = append(b, part.name...)
			b = AppendText(b, part.value)
			b = append(b, ',')
		}
	}
	b = append(b, `"n":`...)
	b = strconv.AppendInt(b, int64(a.Version), 10)
	return append(b, '}')
}

// AppendText appends a text that may hold anything, quoted.
func AppendText(b []byte, s string) []byte {
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
