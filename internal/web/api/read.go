package api

import (
	"bytes"
	"encoding/json"

	"foljsam/internal/app"
	"foljsam/internal/record"
)

// caseIn is a case as it is sent in.
type caseIn struct {
	Unit    string            `json:"enhet"`
	Case    string            `json:"arende"` // local code
	Client  string            `json:"klient"` // local code
	Answers map[string]string `json:"svar"`
}

// readCase reads a case that is sent in. A field that we do not know refuses the whole: it
// may be an answer that the sender believes is kept.
func readCase(b []byte) (app.NewCase, bool) {
	if c, ok := readPlain(b); ok {
		return c, true
	}
	var in caseIn
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if d.Decode(&in) != nil {
		return app.NewCase{}, false
	}
	c := app.NewCase{Unit: in.Unit, Case: in.Case, Client: in.Client, Answers: make(map[string]record.Answer, len(in.Answers))}
	for field, value := range in.Answers {
		c.Answers[field] = record.Answer{Value: value}
	}
	return c, true
}

// readPlain reads a case that is written without spaces and in the order above, as programs
// do. It gives up at anything else.
func readPlain(b []byte) (c app.NewCase, ok bool) {
	r := record.NewReader(b)
	for _, part := range [...]struct {
		name string
		into *string
	}{{`{"enhet":`, &c.Unit}, {`,"arende":`, &c.Case}, {`,"klient":`, &c.Client}} {
		if !r.Take(part.name) {
			return c, false
		}
		if *part.into, ok = r.Text(); !ok {
			return c, false
		}
	}
	c.Answers = make(map[string]record.Answer, 40)
	if !r.Take(`,"svar":{`) {
		return c, false
	}
	for {
		field, named := r.Text()
		if !named || !r.Take(":") {
			return c, false
		}
		value, valued := r.Text()
		if !valued {
			return c, false
		}
		c.Answers[field] = record.Answer{Value: value}
		if r.Take("}}") {
			r.Take("\n")
			return c, r.Done()
		}
		if !r.Take(",") {
			return c, false
		}
	}
}
