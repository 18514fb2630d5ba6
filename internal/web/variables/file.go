package variables

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// FilePage takes in another's file and lets one's own out.
type FilePage struct {
	Owner   string // whose page it is
	Title   string
	Seen    int
	Version int // that can be fetched; 0: none
	Begun   bool
	Text    string // what was pasted
	Faults  page.Table
	Came    *Came
}

// Came is what came of taking in a file.
type Came struct{ Added, Same, Clash []string }

// broughtIn is what came of a file, kept for the page.
type broughtIn struct {
	text     string
	err      error
	problems []fault.Problem
	joined   codebook.Joined
}

// File shows the page of files.
func File(v *visit.Visit) error {
	b, err := v.App.LocalBook(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("variables.files"))
	x := FilePage{Owner: v.Owner(), Title: f.Title, Seen: b.Seen, Version: b.Version, Begun: b.Begun}
	if in, ok := v.Kept().(*broughtIn); ok {
		x.Text = in.text
		if in.err != nil {
			f.Status, f.Faults = http.StatusUnprocessableEntity, []page.Fault{{ID: "f-fil", Text: v.Text.Error(in.err)}}
			x.Faults = faultTable(v.Text, in.problems)
		} else {
			x.Came = &Came{in.joined.Added, in.joined.Same, in.joined.Clash}
		}
	}
	return v.Show("variables-file.html", f, x)
}

// faultTable names what is wrong in a file, line by line.
func faultTable(p *locale.Printer, all []fault.Problem) page.Table {
	t := page.Table{Caption: p.T("variables.file_faults"), Head: []page.Head{{Text: p.T("variables.file_line"), Number: true}, {Text: p.T("variables.file_field")}, {Text: p.T("variables.file_value")}, {Text: p.T("variables.file_why")}}}
	for _, x := range all[:min(len(all), 100)] {
		t.Rows = append(t.Rows, page.Row{{Text: strconv.Itoa(x.Row)}, {Text: x.Column, Written: true}, {Text: x.Value, Written: true}, {Text: p.T(x.Key, x.Args...)}})
	}
	return t
}

// TakeIn puts the variables of a file beside the draft's.
func TakeIn(v *visit.Visit) error {
	name, content, err := fileIn(v)
	if err != nil {
		return err
	}
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	in := &broughtIn{text: posted.Get("text")}
	if len(bytes.TrimSpace(content)) == 0 {
		in.err = fault.New(fault.Invalid, "variables.file_missing")
		return v.Again(filePage, in)
	}
	in.joined, err = v.App.ImportLocal(v.R.Context(), v.By(), seenIn(posted), name, bytes.NewReader(content))
	not := new(app.NotPossible)
	switch {
	case errors.As(err, &not):
		in.err, in.problems = not.Unwrap(), not.Problems
	case err != nil:
		return err
	}
	return v.Again(filePage, in)
}

// fileIn gives the file that was sent, or what was pasted instead.
func fileIn(v *visit.Visit) (name string, content []byte, err error) {
	kind, _, _ := mime.ParseMediaType(v.R.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		posted, err := v.Posted()
		return "text", []byte(posted.Get("text")), err
	}
	err = v.R.ParseMultipartForm(1 << 20)
	if large := new(http.MaxBytesError); errors.As(err, &large) {
		return "", nil, fault.New(fault.TooLarge, "visit.too_large")
	}
	if err != nil {
		return "", nil, fault.New(fault.Usage, "visit.bad_form")
	}
	f, h, err := v.R.FormFile("fil")
	if err != nil || h.Size == 0 {
		return "text", []byte(v.R.PostFormValue("text")), nil
	}
	defer f.Close()
	content, err = io.ReadAll(f)
	return h.Filename, content, err
}

// Fetch sends the local variables as a file: "lokala.yaml" or "lokala.json" of the newest
// published version, or of the one in the address; the draft where nothing is published.
func Fetch(v *visit.Visit) error {
	var added *codebook.Addition
	if nr := v.R.PathValue("nr"); nr != "" {
		n, err := strconv.Atoi(nr)
		if err != nil {
			return fault.New(fault.NotFound, "variables.no_version")
		}
		if _, added, _, err = v.App.BookVersion(v.R.Context(), v.By(), n); err != nil {
			return err
		}
	} else {
		b, err := v.App.LocalBook(v.R.Context(), v.By())
		if err != nil {
			return err
		}
		if added = b.Published; b.Version == 0 {
			added = b.Draft
		}
	}
	return send(v, added, v.R.PathValue("fil"))
}

func send(v *visit.Visit, a *codebook.Addition, name string) error {
	var b bytes.Buffer
	var err error
	kind := "application/yaml"
	switch {
	case strings.HasSuffix(name, ".yaml"):
		err = a.WriteYAML(&b)
	case strings.HasSuffix(name, ".json"):
		kind, err = "application/json", a.WriteJSON(&b)
	default:
		return fault.New(fault.NotFound, "visit.not_found")
	}
	if err != nil {
		return fault.Wrap(err, fault.Internal, "fault.internal")
	}
	return v.Download(a.Prefix+"-variabler"+name[strings.LastIndex(name, "."):], kind+"; charset=utf-8", b.Bytes())
}
