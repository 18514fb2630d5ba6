package webtest

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Browser is a browser without script: it keeps cookies and follows redirects.
type Browser struct {
	Handler http.Handler
	Cookies map[string]string
	Header  http.Header // sent with everything
	t       testing.TB
}

// Browser gives a browser in which nobody is signed in.
func (h *House) Browser(t testing.TB) *Browser {
	return &Browser{Handler: h.Handler, Cookies: map[string]string{}, Header: http.Header{"Sec-Fetch-Site": {"same-origin"}}, t: t}
}

// Speak chooses the language of the pages.
func (b *Browser) Speak(lang string) *Browser {
	b.Header.Set("Accept-Language", lang)
	return b
}

// Page is what was answered.
type Page struct {
	Status  int
	Header  http.Header
	Address string // where one ended, with query and fragment
	Body    string
	Doc     *html.Node
	b       *Browser
}

// Get reads a page and follows where it leads.
func (b *Browser) Get(address string) *Page {
	b.t.Helper()
	return b.follow(b.Do(http.MethodGet, address, nil))
}

// Post sends a form and follows where that leads.
func (b *Browser) Post(address string, form url.Values) *Page {
	b.t.Helper()
	return b.follow(b.Do(http.MethodPost, address, form))
}

// Do asks once, without following: except to what a form cannot be saved as, which is shown
// at an address of its own.
func (b *Browser) Do(method, address string, form url.Values) *Page {
	b.t.Helper()
	p := b.Once(method, address, form)
	if to := p.Header.Get("Location"); method == http.MethodPost && strings.Contains(to, "svar=") {
		return b.Once(http.MethodGet, to, nil)
	}
	return p
}

// Once asks once and follows nothing.
func (b *Browser) Once(method, address string, form url.Values) *Page {
	b.t.Helper()
	r := httptest.NewRequest(method, withoutFragment(address), strings.NewReader(form.Encode()))
	for k, v := range b.Header {
		r.Header[k] = v
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range b.Cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.Handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if b.Cookies[c.Name] = c.Value; c.MaxAge < 0 {
			delete(b.Cookies, c.Name)
		}
	}
	return b.page(address, w)
}

func withoutFragment(address string) string {
	address, _, _ = strings.Cut(address, "#")
	return address
}

func (b *Browser) page(address string, w *httptest.ResponseRecorder) *Page {
	b.t.Helper()
	p := &Page{Status: w.Code, Header: w.Header(), Address: address, Body: w.Body.String(), b: b}
	doc, err := html.Parse(strings.NewReader(p.Body))
	Must(b.t, err)
	p.Doc = doc
	return p
}

func (b *Browser) follow(p *Page) *Page {
	b.t.Helper()
	for range 10 {
		if p.Status < 300 || p.Status > 399 {
			return p
		}
		p = b.Do(http.MethodGet, p.Header.Get("Location"), nil)
	}
	b.t.Fatal("led around in a circle")
	return nil
}

// Follow goes where the link with a text leads.
func (p *Page) Follow(text string) *Page {
	p.b.t.Helper()
	for _, a := range p.All("a") {
		if Text(a) == text {
			return p.b.Get(Attr(a, "href"))
		}
	}
	p.b.t.Fatalf("%s: no link says %q", p.Address, text)
	return nil
}

// All gives the elements with a name, in the order of the page.
func (p *Page) All(name string) (all []*html.Node) {
	for n := range p.Doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == name {
			all = append(all, n)
		}
	}
	return all
}

// Says tells whether the page's main part holds some words, whatever stands between them.
func (p *Page) Says(words string) bool {
	for _, m := range p.All("main") {
		return strings.Contains(Text(m), strings.Join(strings.Fields(words), " "))
	}
	return false
}

// Heading gives the words of the first h1.
func (p *Page) Heading() string {
	for _, h := range p.All("h1") {
		return Text(h)
	}
	return ""
}

// Text gives what an element says, with one space between words.
func Text(n *html.Node) string {
	var b strings.Builder
	for x := range n.Descendants() {
		if x.Type == html.TextNode {
			b.WriteString(x.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// Attr gives an attribute, empty where there is none.
func Attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// Has tells whether an element has an attribute.
func Has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
