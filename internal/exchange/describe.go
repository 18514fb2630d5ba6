package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"foljsam/internal/exchange/csvscan"
	"foljsam/internal/fault"
)

// maxDescription is how many bytes a datapackage.json may have.
const maxDescription = 16 << 20

// description is what we read of a datapackage.json. Properties are kept as they stand:
// one of the wrong type is a fault of that property, not of the file.
type description struct{ props map[string]json.RawMessage }

// resource is one file of the package, as it is described.
type resource struct {
	Path   json.RawMessage `json:"path"`
	Name   json.RawMessage `json:"name"`
	Schema struct {
		Fields []json.RawMessage `json:"fields"`
	} `json:"schema"`
}

// describe reads datapackage.json; nil when the package cannot be used without it.
func describe(src source, say *problems) *description {
	text, err := readDescription(src)
	switch {
	case errors.Is(err, errNamed):
		return nil
	case errors.Is(err, fs.ErrNotExist):
		say.say(descriptionFile, "exchange.description_missing")
		return nil
	case errors.Is(err, errTooLarge):
		say.say(descriptionFile, "exchange.description_large", "limit", maxDescription)
		return nil
	case errors.Is(err, csvscan.ErrUTF16):
		say.say(descriptionFile, "exchange.file_utf16")
		return nil
	case err != nil:
		say.say(descriptionFile, "exchange.description_unreadable")
		return nil
	}
	d := &description{}
	if err := json.Unmarshal(text, &d.props); err != nil || d.props == nil {
		say.say(descriptionFile, "exchange.description_unreadable")
		return nil
	}
	return d
}

func readDescription(src source) ([]byte, error) {
	r, size, err := src.open(descriptionFile)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	all := bytes.NewBuffer(make([]byte, 0, min(size, 1<<20)+bytes.MinRead))
	_, err = all.ReadFrom(io.LimitReader(r, maxDescription+1))
	text := all.Bytes()
	if err == nil && len(text) > maxDescription {
		err = errTooLarge
	}
	if err == nil && csvscan.IsUTF16(text) {
		return nil, csvscan.ErrUTF16
	}
	if !utf8.Valid(text) {
		text = csvscan.FromWindows1252(text)
	}
	return bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), err
}

// resources reads each resource by itself: one that is odd does not hide the others. It
// is only asked for where there is a file of local variables: what is described of the
// others is the codebook's.
func (d *description) resources() (all []resource) {
	var raw []json.RawMessage
	if json.Unmarshal(d.props["resources"], &raw) != nil {
		return nil
	}
	for _, one := range raw {
		var r resource
		if json.Unmarshal(one, &r) == nil {
			all = append(all, r)
		}
	}
	return all
}

// text gives a property that is a text or a number, as text; empty when it is neither.
func (d *description) text(name string) string { return textOf(d.props[name]) }

func textOf(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return strings.TrimSpace(s)
	}
	var n json.Number
	if json.Unmarshal(raw, &n) == nil {
		return n.String()
	}
	return ""
}

// under gives a text inside a property that is an object.
func (d *description) under(name, part string) string {
	var m map[string]json.RawMessage
	if json.Unmarshal(d.props[name], &m) != nil {
		return ""
	}
	return textOf(m[part])
}

// list gives a whole number of a list 1-n, 0 when the property is absent; another value
// is named and not used.
func (d *description) list(name string, n int, say *problems, key string) int {
	raw := d.props[name]
	if len(raw) == 0 || string(raw) == "null" {
		return 0
	}
	var f float64
	if err := json.Unmarshal(raw, &f); err == nil && f == math.Trunc(f) && f >= 1 && f <= float64(n) {
		return int(f)
	}
	say.add(fault.Problem{File: descriptionFile, Column: name, Value: rawText(raw), Key: key})
	return 0
}

// rawText gives a property as it stood: a text without its quotes, anything else as JSON.
func rawText(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return clip(s)
	}
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return clip(string(raw))
	}
	return clip(b.String())
}

// times are the forms in which `created` is read: a date-time as RFC 3339 says, with or
// without a zone, or a date.
var times = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly}

// fill takes over what the description says of the package.
func (d *description) fill(p *Package, say *problems) {
	p.ID, p.Name, p.Title = d.text("id"), d.text("name"), d.text("title")
	if p.Register = d.text("register"); p.Register == "" {
		p.Register = p.Name
	}
	p.From, p.Till = d.under("period", "from"), d.under("period", "till")
	p.CodebookID, p.CodebookVersion = d.under("kodbok", "id"), d.under("kodbok", "version")
	p.Coverage = d.list("tackning", 4, say, "exchange.coverage")
	p.Scope = d.list("omfattning", 3, say, "exchange.scope")
	synthetic, err := strconv.ParseBool(string(d.props["syntetisk"]))
	p.Synthetic = err == nil && synthetic
	d.fillCreated(p, say)
}

func (d *description) fillCreated(p *Package, say *problems) {
	raw := d.props["created"]
	text := d.text("created")
	for _, form := range times {
		if t, err := time.Parse(form, text); err == nil {
			p.Created = t.UTC()
			return
		}
	}
	p.NoTime = true
	if text == "" && (len(raw) == 0 || string(raw) == "null" || string(raw) == `""`) {
		say.add(fault.Problem{File: descriptionFile, Column: "created", Severity: fault.Warning, Key: "exchange.created_missing"})
		return
	}
	say.add(fault.Problem{File: descriptionFile, Column: "created", Value: rawText(raw), Key: "exchange.created_broken"})
}

// identity is what makes two packages the same: their id, their name where they have no
// id, and where they have neither, the place they were read from.
func (p *delivered) identity() string {
	switch {
	case p.ID != "":
		return "id " + p.ID
	case p.Name != "":
		return "name " + p.Name
	}
	return "path " + p.from
}
