// Package page is the frame that every page of the server stands in, and the parts that
// pages are put together from: messages, summary of errors, tables, empty states.
//
// A page is a struct and a template. [New] parses the templates of a page folder once, for
// every language of staff; [Set.Render] executes one into memory and sends it whole, or
// sends a plain page that says that something went wrong: never half a page. Whatever is
// shown works without script, holds no inline script or style, and asks nobody else for
// anything. The package knows no cases and no database; whoever renders says what to show.
package page

import (
	"bytes"
	"embed"
	"html/template"
	"io/fs"
	"net/http"
	"strings"

	"foljsam/internal/locale"
)

//go:embed template/*.html
var own embed.FS

// A Set is the templates of a page folder, ready in every language of staff.
type Set struct {
	in map[locale.Lang]*template.Template
}

// New parses the frame, the parts and the templates of the given folders (*.html, also one
// folder down). A page is named by its file: "case.html". A fault in a template is a fault
// of the program, found when it starts.
func New(folders ...fs.FS) *Set {
	s := &Set{map[locale.Lang]*template.Template{}}
	for _, l := range locale.Staff {
		t := template.New("").Option("missingkey=error").Funcs(funcs(locale.For(l)))
		for _, f := range append([]fs.FS{own}, folders...) {
			template.Must(t.ParseFS(f, namesIn(f)...))
		}
		s.in[l] = t
	}
	return s
}

func namesIn(f fs.FS) (names []string) {
	for _, pattern := range []string{"*.html", "*/*.html"} {
		found, err := fs.Glob(f, pattern)
		if err != nil {
			panic(err)
		}
		names = append(names, found...)
	}
	return names
}

// Has tells whether there is a page or a part with the name.
func (s *Set) Has(name string) bool { return s.in[locale.Swedish].Lookup(name) != nil }

// view is what the frame's template reads.
type view struct {
	Frame
	Content template.HTML
}

// Render sends a page in its frame, with the status that the frame says. When it cannot be
// made, the plain page of [Failed] is sent instead, and the error is for the log only:
// the answer is already given.
func (s *Set) Render(w http.ResponseWriter, r *http.Request, name string, f Frame, data any) error {
	f.fill(r)
	body, err := s.write(name, f, data)
	if err != nil {
		Failed(w, f.Lang)
		return renderError{name, err}
	}
	Send(w, f.Lang, f.Status, body)
	return nil
}

// renderError says which page failed, not with what: a template's own error may quote data.
type renderError struct {
	name string
	err  error
}

func (e renderError) Error() string { return "page: " + e.name + " could not be rendered" }

// of gives the templates of a language; of Swedish where staff do not have it.
func (s *Set) of(l locale.Lang) *template.Template {
	if t := s.in[l]; t != nil {
		return t
	}
	return s.in[locale.Swedish]
}

func (s *Set) write(name string, f Frame, data any) ([]byte, error) {
	t := s.of(f.Lang)
	var inner, whole bytes.Buffer
	if err := t.ExecuteTemplate(&inner, name, data); err != nil {
		return nil, err
	}
	err := t.ExecuteTemplate(&whole, "frame.html", view{f, template.HTML(inner.String())})
	return whole.Bytes(), err
}

// Part gives one part or page without its frame, for a piece that a script asks for and
// for tests.
func (s *Set) Part(l locale.Lang, name string, data any) (template.HTML, error) {
	var b strings.Builder
	err := s.of(l).ExecuteTemplate(&b, name, data)
	return template.HTML(b.String()), err
}

// Send writes a finished page with its headers.
func Send(w http.ResponseWriter, l locale.Lang, status int, body []byte) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", string(l))
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write(body)
}

// Failed sends the page that stands in for one that could not be made. It depends on no
// template.
func Failed(w http.ResponseWriter, l locale.Lang) {
	p := locale.For(l)
	body := `<!doctype html><html lang="` + string(l) + `" dir="` + l.Dir() + `"><meta charset="utf-8"><title>` +
		template.HTMLEscapeString(p.T("page.failed_title")) + `</title><h1>` + template.HTMLEscapeString(p.T("page.failed_title")) +
		`</h1><p>` + template.HTMLEscapeString(p.T("page.failed")) + `</p><p><a href="/">` + template.HTMLEscapeString(p.T("page.to_start")) + `</a></p></html>`
	Send(w, l, http.StatusInternalServerError, []byte(body))
}
