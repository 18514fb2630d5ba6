package webtest

import (
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// Form is a form on a page, as it would be sent.
type Form struct {
	Values url.Values
	at     string
	method string
	page   *Page
}

// Form gives the first form on the page that is sent to an address (without its query),
// filled in as the page shows it.
func (p *Page) Form(address string) *Form {
	p.b.t.Helper()
	for _, f := range p.All("form") {
		action := Attr(f, "action")
		if action == "" {
			action = p.Address
		}
		if path, _, _ := strings.Cut(action, "?"); path == address {
			return p.formOf(f, action)
		}
	}
	p.b.t.Fatalf("%s: no form is sent to %s (status %d)", p.Address, address, p.Status)
	return nil
}

func (p *Page) formOf(f *html.Node, action string) *Form {
	form := &Form{Values: url.Values{}, at: action, method: strings.ToUpper(Attr(f, "method")), page: p}
	for n := range f.Descendants() {
		if n.Type == html.ElementNode && Attr(n, "name") != "" && !disabled(n) {
			form.read(n)
		}
	}
	return form
}

func disabled(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && Has(n, "disabled") {
			return true
		}
	}
	return false
}

// read adds what a browser would send of an element.
func (f *Form) read(n *html.Node) {
	name := Attr(n, "name")
	switch n.Data {
	case "input":
		kind := Attr(n, "type")
		if (kind == "radio" || kind == "checkbox") && !Has(n, "checked") || kind == "submit" {
			return
		}
		f.Values.Add(name, Attr(n, "value"))
	case "textarea":
		f.Values.Add(name, strings.TrimPrefix(rawText(n), "\n"))
	case "select":
		f.Values.Add(name, chosen(n))
	}
}

func rawText(n *html.Node) string {
	if n.FirstChild == nil {
		return ""
	}
	return n.FirstChild.Data
}

// chosen gives the value of a list: what is selected, or the first.
func chosen(n *html.Node) string {
	first, any := "", false
	for o := range n.Descendants() {
		if o.Type != html.ElementNode || o.Data != "option" {
			continue
		}
		if Has(o, "selected") {
			return Attr(o, "value")
		}
		if !any {
			first, any = Attr(o, "value"), true
		}
	}
	return first
}

// Set fills in a field.
func (f *Form) Set(name string, values ...string) *Form {
	f.page.b.t.Helper()
	f.Values[name] = values
	return f
}

// Send presses a button, "name=value", or the form's only one: "".
func (f *Form) Send(button string) *Page {
	f.page.b.t.Helper()
	if name, value, ok := strings.Cut(button, "="); ok {
		f.Values.Set(name, value)
	}
	if f.method == http.MethodPost {
		return f.page.b.Post(f.at, f.Values)
	}
	path, _, _ := strings.Cut(f.at, "?")
	return f.page.b.Get(path + "?" + f.Values.Encode())
}
