package manual

import (
	"bytes"
	"html/template"
	"image/png"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"foljsam/internal/fault"
)

// first is the page that leads to the others.
const first = "README"

// chapter is one page of the handbook.
type chapter struct {
	title string
	text  template.HTML
	parts []part
	leads []string // the pages that it leads to, in order
}

// part is a heading of the second level.
type part struct{ id, text string }

// markdown reads tables too, and lets no markup through.
var markdown = goldmark.New(
	goldmark.WithExtensions(extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute))),
	goldmark.WithParserOptions(parser.WithAutoHeadingID()))

// read makes all pages of a handbook.
func read(files fs.FS) (map[string]*chapter, error) {
	names, err := fs.Glob(files, "*.md")
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "fault.internal")
	}
	all := map[string]*chapter{}
	for _, name := range names {
		source, err := fs.ReadFile(files, name)
		if err == nil {
			all[strings.TrimSuffix(name, ".md")], err = readChapter(files, source)
		}
		if err != nil {
			return nil, fault.Wrap(err, fault.Internal, "fault.internal")
		}
	}
	all[first].leads = slices.DeleteFunc(all[first].leads, func(name string) bool { return all[name] == nil }) // a test tells of those
	return all, nil
}

func readChapter(files fs.FS, source []byte) (*chapter, error) {
	c := &chapter{}
	doc := markdown.Parser().Parse(text.NewReader(source), parser.WithContext(parser.NewContext(parser.WithIDs(&ids{}))))
	var outside []ast.Node // what leads to, or shows, what the program does not have: its words stay
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			c.heading(n, source)
		case *ast.Link:
			if !c.lead(n) {
				outside = append(outside, n)
			}
		case *ast.Image:
			if draw(files, n) != nil {
				outside = append(outside, n)
			}
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		return nil, err
	}
	for _, n := range outside {
		unlink(n)
	}
	var b bytes.Buffer
	if err := markdown.Renderer().Render(&b, source, doc); err != nil {
		return nil, err
	}
	c.text = template.HTML(reachable(b.String()))
	return c, nil
}

func (c *chapter) heading(n *ast.Heading, source []byte) {
	said := plain(n, source)
	if n.Level == 1 && c.title == "" {
		c.title = said
	}
	if id, ok := n.AttributeString("id"); ok && n.Level == 2 {
		c.parts = append(c.parts, part{string(id.([]byte)), said})
	}
}

// plain gives what a heading says without its marks.
func plain(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // it never fails
		if t, ok := n.(*ast.Text); ok && entering {
			b.Write(t.Segment.Value(source))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// lead turns a link to another page's file into one to its address. It tells whether the link leads
// anywhere that the program has.
func (c *chapter) lead(n *ast.Link) bool {
	to := string(n.Destination)
	file, part, _ := strings.Cut(to, "#")
	name, ok := strings.CutSuffix(file, ".md")
	switch {
	case file == "" && part != "":
		return true
	case !ok || strings.Contains(name, "/"):
		return false
	}
	if !slices.Contains(c.leads, name) {
		c.leads = append(c.leads, name)
	}
	to = Address + "/" + name
	if name == first {
		to = Address
	}
	if part != "" {
		to += "#" + part
	}
	n.Destination = []byte(to)
	return true
}

// unlink leaves what a link says, of one that leads where the program has nothing.
func unlink(n ast.Node) {
	parent := n.Parent()
	for child := n.FirstChild(); child != nil; child = n.FirstChild() {
		parent.InsertBefore(parent, n, child)
	}
	parent.RemoveChild(parent, n)
}

// draw turns a picture's file into its address, and says how large it is, so that the page does not
// move when it comes.
func draw(files fs.FS, n *ast.Image) error {
	name := string(n.Destination)
	f, err := files.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	size, err := png.DecodeConfig(f)
	if err != nil {
		return err
	}
	n.Destination = []byte(pictures + "/" + path.Base(name))
	n.SetAttributeString("width", []byte(strconv.Itoa(size.Width)))
	n.SetAttributeString("height", []byte(strconv.Itoa(size.Height)))
	return nil
}

// reachable lets what is wider than the window be scrolled by keyboard, and takes away headings of
// columns that say nothing.
func reachable(html string) string {
	return strings.NewReplacer("<table>", `<div class="scroll" tabindex="0"><table>`, "</table>", "</table></div>",
		"<th></th>", "<td></td>", "<th>", `<th scope="col">`, "<pre>", `<pre class="scroll" tabindex="0">`).Replace(html)
}

// ids makes the ids of headings as links in the handbook write them, as those who show it elsewhere do:
// small letters, no marks, hyphens for spaces.
type ids struct{ taken []string }

func (x *ids) Generate(heading []byte, _ ast.NodeKind) []byte {
	plain := strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '-':
			return '-'
		case strings.ContainsRune(".,:;!?()*`\"'/[]<>&–”", r):
			return -1
		}
		return r
	}, strings.ToLower(strings.TrimSpace(string(heading))))
	id := plain
	for i := 1; slices.Contains(x.taken, id); i++ {
		id = plain + "-" + strconv.Itoa(i)
	}
	x.taken = append(x.taken, id)
	return []byte(id)
}

func (x *ids) Put(id []byte) { x.taken = append(x.taken, string(id)) }
