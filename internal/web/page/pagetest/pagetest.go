// Package pagetest reads finished pages back, for tests: is the markup whole, does every
// label and description lead to something, is there anything inline or from elsewhere. It
// is used by tests only, and changes nothing.
package pagetest

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Hostile are words that somebody may have written: markup, quotes, another direction of
// writing, template signs, as long as can be saved.
var Hostile = []string{
	"", "a", `<script>alert("1")</script>`, `"><img src=x onerror=alert(1)>`, `' onclick='x`, `</textarea></title><b>`,
	"javascript:alert(1)", "{{.}} {% x %} ${x}", "\u202Eecila\u202C مرحبا שלום", "a\u0000b\uFFFD\u2028c", "&amp;&lt;", "å ä ö 𝔘",
	strings.Repeat("mycket lång text ", 235), strings.Repeat("obrytbart", 440),
}

var void = []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

// svgShapes may close themselves.
var svgShapes = []string{"path", "rect", "circle", "line", "g", "use", "polyline", "polygon", "ellipse"}

var elsewhere = regexp.MustCompile(`(?i)^\s*(https?:|//|javascript:|data:|vbscript:)`)

// Faults says what is wrong with a page, or a part of one.
func Faults(page string) []string {
	c := &check{ids: map[string]bool{}}
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF {
				c.say("cannot be read: %v", z.Err())
			}
			c.end()
			return c.faults
		case html.StartTagToken:
			c.open(z.Token(), false)
		case html.SelfClosingTagToken:
			c.open(z.Token(), true)
		case html.EndTagToken:
			c.close(z.Token().Data)
		}
	}
}

type check struct {
	faults []string
	inside []string
	ids    map[string]bool
	refers []string // ids that something leads to
}

func (c *check) say(format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, args...))
}

func (c *check) open(t html.Token, closed bool) {
	if !slices.Contains(void, t.Data) && !(closed && slices.Contains(svgShapes, t.Data)) {
		c.inside = append(c.inside, t.Data)
	}
	for _, a := range t.Attr {
		c.attribute(t, a)
	}
	if t.Data == "style" {
		c.say("has a <style> of its own")
	}
}

func (c *check) attribute(t html.Token, a html.Attribute) {
	switch {
	case strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc":
		c.say("<%s> has %s", t.Data, a.Key)
	case a.Key == "id":
		if c.ids[a.Val] || a.Val == "" || strings.ContainsAny(a.Val, " \t\n") {
			c.say("the id %q is empty, not one word or there twice", a.Val)
		}
		c.ids[a.Val] = true
	case a.Key == "for" || a.Key == "aria-labelledby" || a.Key == "aria-describedby" || a.Key == "popovertarget" || a.Key == "aria-controls":
		c.refers = append(c.refers, strings.Fields(a.Val)...)
	case slices.Contains([]string{"href", "src", "action", "formaction", "poster"}, a.Key) && elsewhere.MatchString(a.Val):
		c.say("<%s> leads elsewhere: %s", t.Data, a.Key)
	case strings.ContainsAny(a.Key, "\"'<=`"):
		c.say("<%s> has the broken attribute %q", t.Data, a.Key)
	}
	if t.Data == "script" && a.Key == "src" && !strings.HasPrefix(a.Val, "/assets/") {
		c.say("a script is not one of ours: %s", a.Val)
	}
}

func (c *check) close(name string) {
	if len(c.inside) == 0 || c.inside[len(c.inside)-1] != name {
		c.say("</%s> closes %v", name, c.inside)
		return
	}
	c.inside = c.inside[:len(c.inside)-1]
}

func (c *check) end() {
	if len(c.inside) > 0 {
		c.say("is not closed: %v", c.inside)
	}
	for _, id := range c.refers {
		if !c.ids[id] {
			c.say("nothing has the id %q that something leads to", id)
		}
	}
}

// Inputs gives what a browser without script would post of a page: every input that is not
// disabled, in order, as name and value.
func Inputs(page string) (pairs [][2]string, err error) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil, err
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		name, named := attr(n, "name")
		_, disabled := attr(n, "disabled")
		if !named || disabled {
			continue
		}
		kind, _ := attr(n, "type")
		value, _ := attr(n, "value")
		_, checked := attr(n, "checked")
		switch {
		case n.Data == "textarea":
			pairs = append(pairs, [2]string{name, textOf(n)})
		case n.Data == "input" && (kind != "radio" && kind != "checkbox" || checked):
			pairs = append(pairs, [2]string{name, value})
		}
	}
	return pairs, nil
}

func attr(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// Text gives the words of a page as they are read.
func Text(page string) string {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return ""
	}
	return textOf(root)
}
