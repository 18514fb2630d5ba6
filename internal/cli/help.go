package cli

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/kong"
	"golang.org/x/term"
)

// The help of a command is found by its path ("codebook_check"): cli.about_PATH is one
// line, cli.detail_PATH tells more, cli.example_PATH and cli.status_PATH are lists.
// cli.flag_PATH_NAME and cli.argument_PATH_NAME are one sentence each. A test demands
// them all.

// pathOf gives a command's name in text keys.
func pathOf(n *kong.Node) string {
	if n.Parent == nil {
		return "main"
	}
	return strings.ReplaceAll(n.Path(), " ", "_")
}

// flagPath gives a flag's name in text keys: flags of every command have no path.
func flagPath(n *kong.Node, f *kong.Flag) string {
	name := strings.ReplaceAll(f.Name, "-", "_")
	if n.Parent == nil {
		return name
	}
	return pathOf(n) + "_" + name
}

// placeholder gives the word that stands for a value: DIR, FILE.
func (s *session) placeholder(name string) string { return s.text.T("cli.word_" + name) }

// flag writes a flag as it is used: --out DIR.
func (s *session) flag(f *kong.Flag) string {
	if f.IsBool() {
		return "--" + f.Name
	}
	return "--" + f.Name + " " + s.placeholder(f.PlaceHolder)
}

func (s *session) argument(a *kong.Positional) string {
	name := s.placeholder(a.Name)
	if a.IsCumulative() {
		name += " …"
	}
	if !a.Required {
		name = "[" + name + "]"
	}
	return name
}

// usage is one line: what must be there, that more may be, and in which order.
func (s *session) usage(n *kong.Node) string {
	words := []string{s.text.T("cli.usage"), n.FullPath()}
	optional := false
	for _, f := range n.Flags {
		if f.Required {
			words = append(words, s.flag(f))
		} else {
			optional = true
		}
	}
	if optional {
		words = append(words, "["+s.placeholder("flags")+"]")
	}
	if len(n.Children) > 0 {
		words = append(words, s.placeholder("command"))
	}
	for _, a := range n.Positional {
		words = append(words, s.argument(a))
	}
	return strings.Join(words, " ")
}

// writeHelp writes everything there is to say about a command.
func (s *session) writeHelp(w io.Writer, n *kong.Node) {
	h := &helpWriter{w: w, width: widthOf(w)}
	h.paragraph(0, s.usage(n))
	fmt.Fprintln(w)
	h.paragraph(0, s.text.T("cli.about_"+pathOf(n)))
	if key := "cli.detail_" + pathOf(n); s.text.Has(key) {
		fmt.Fprintln(w)
		h.lines(0, s.text.T(key))
	}
	h.list(s.text.T("cli.heading_commands"), s.commandHelp(n))
	h.list(s.text.T("cli.heading_arguments"), s.argumentHelp(n))
	h.list(s.text.T("cli.heading_flags"), s.flagHelp(n))
	h.section(s.text.T("cli.heading_examples"), s.perhaps("cli.example_", n))
	h.section(s.text.T("cli.heading_status"), s.perhaps("cli.status_", n))
}

// perhaps gives a text that not every command has.
func (s *session) perhaps(prefix string, n *kong.Node) string {
	if key := prefix + pathOf(n); s.text.Has(key) {
		return s.text.T(key)
	}
	return ""
}

func (s *session) commandHelp(n *kong.Node) (items [][2]string) {
	for _, c := range n.Leaves(true) {
		name := strings.TrimSpace(strings.TrimPrefix(c.Path(), n.Path()))
		items = append(items, [2]string{name, s.text.T("cli.about_" + pathOf(c))})
	}
	return items
}

func (s *session) argumentHelp(n *kong.Node) (items [][2]string) {
	for _, a := range n.Positional {
		items = append(items, [2]string{s.argument(a), s.text.T("cli.argument_" + pathOf(n) + "_" + a.Name)})
	}
	return items
}

// flagHelp lists the command's own flags first and then those of every command.
func (s *session) flagHelp(n *kong.Node) (items [][2]string) {
	for ; n != nil; n = n.Parent {
		for _, f := range n.Flags {
			name := s.flag(f)
			if f.Short != 0 {
				name = "-" + string(f.Short) + ", " + name
			}
			items = append(items, [2]string{name, s.text.T("cli.flag_" + flagPath(n, f))})
		}
	}
	return items
}

// helpWriter breaks text into lines.
type helpWriter struct {
	w     io.Writer
	width int
}

// widthOf is how wide lines may be: the terminal's width, but no wider than is easy to read.
func widthOf(w io.Writer) int {
	if f, ok := w.(*os.File); ok {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 40 {
			return min(width, 100)
		}
	}
	return 80
}

// paragraph writes a text broken between words, all lines as far in.
func (h *helpWriter) paragraph(indent int, text string) { h.item(indent, "", text) }

// lines writes each line of a text as a paragraph of its own, or as a point of a list.
func (h *helpWriter) lines(indent int, text string) {
	for line := range strings.SplitSeq(text, "\n") {
		if point, ok := strings.CutPrefix(line, "- "); ok {
			h.item(indent+4, strings.Repeat(" ", indent)+"  -", point)
			continue
		}
		h.paragraph(indent, line)
	}
}

// item writes a mark, and a text beside it.
func (h *helpWriter) item(indent int, mark, text string) {
	row, empty := mark+strings.Repeat(" ", indent-utf8.RuneCountInString(mark)), true
	for _, word := range strings.Fields(text) {
		if !empty && utf8.RuneCountInString(row)+1+utf8.RuneCountInString(word) > h.width {
			fmt.Fprintln(h.w, row)
			row, empty = strings.Repeat(" ", indent), true
		}
		if !empty {
			row += " "
		}
		row, empty = row+word, false
	}
	fmt.Fprintln(h.w, strings.TrimRight(row, " "))
}

// section writes a heading and lines as they stand.
func (h *helpWriter) section(heading, text string) {
	if text == "" {
		return
	}
	fmt.Fprintf(h.w, "\n%s\n", heading)
	for line := range strings.SplitSeq(text, "\n") {
		fmt.Fprintf(h.w, "  %s\n", line)
	}
}

// list writes a heading and names with what they mean; nothing when there are none.
func (h *helpWriter) list(heading string, items [][2]string) {
	if len(items) == 0 {
		return
	}
	fmt.Fprintf(h.w, "\n%s\n", heading)
	longest := slices.MaxFunc(items, func(a, b [2]string) int {
		return utf8.RuneCountInString(a[0]) - utf8.RuneCountInString(b[0])
	})
	indent := utf8.RuneCountInString(longest[0]) + 4
	for _, x := range items {
		h.item(indent, "  "+x[0], x[1])
	}
}
