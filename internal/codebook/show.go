package codebook

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"foljsam/internal/locale"
)

// showWidth is how wide a terminal the text is made for.
const showWidth = 78

// WriteText writes the whole codebook for reading in a terminal. Where the source has no
// help text, it says so.
func (c *Codebook) WriteText(w io.Writer, p *locale.Printer) error {
	s := &shower{w: bufio.NewWriter(w), p: p, lang: p.Lang()}
	s.line(0, c.Title.In(s.lang))
	s.line(0, p.T("codebook.show_version", "id", c.ID, "version", c.Version, "n", len(c.Variables)))
	s.line(0, p.T("codebook.show_source", "text", c.Source.In(s.lang)))
	s.line(0, p.T("codebook.show_numbers"))
	for _, phase := range c.Phases {
		s.heading(phase.Label.In(s.lang))
		for _, v := range c.Variables {
			if v.Phase == phase.ID {
				s.variable(c, v)
			}
		}
	}
	s.rest(c)
	return s.w.Flush()
}

// WriteVariable writes one variable for reading in a terminal.
func (c *Codebook) WriteVariable(w io.Writer, p *locale.Printer, v *Variable) error {
	s := &shower{w: bufio.NewWriter(w), p: p, lang: p.Lang()}
	s.variable(c, v)
	return s.w.Flush()
}

// shower writes a codebook in one language.
type shower struct {
	w    *bufio.Writer
	p    *locale.Printer
	lang locale.Lang
}

// line writes a paragraph, broken between words, its later lines as far in as the first.
func (s *shower) line(indent int, text string) { s.item(indent, "", text) }

// item writes a paragraph with a mark before its first line: a code, a number.
func (s *shower) item(indent int, mark, text string) {
	pad := strings.Repeat(" ", indent+utf8.RuneCountInString(mark))
	row := strings.Repeat(" ", indent) + mark
	empty := true
	for _, word := range strings.Fields(text) {
		if !empty && utf8.RuneCountInString(row)+1+utf8.RuneCountInString(word) > showWidth {
			fmt.Fprintln(s.w, row)
			row, empty = pad, true
		}
		if !empty {
			row += " "
		}
		row, empty = row+word, false
	}
	fmt.Fprintln(s.w, row)
}

func (s *shower) heading(text string) {
	fmt.Fprintf(s.w, "\n%s\n%s\n", strings.ToUpper(text), strings.Repeat("=", utf8.RuneCountInString(text)))
}

func star(o Origin) string {
	if o == Project {
		return "*"
	}
	return ""
}

func (s *shower) variable(c *Codebook, v *Variable) {
	if len(v.Heading) > 0 {
		fmt.Fprintf(s.w, "\n-- %s --\n", v.Heading.In(s.lang))
	}
	fmt.Fprintln(s.w)
	number := "(" + strconv.Itoa(v.Number) + ")" + star(v.Origin)
	s.item(0, fmt.Sprintf("%-7s", number), v.Name.In(s.lang))
	s.line(7, v.Question.In(s.lang))
	if len(v.Wording) > 0 {
		s.line(7, s.p.T("codebook.show_wording", "text", v.Wording.In(s.lang)))
	}
	if l := v.Label.In(s.lang); l != v.Name.In(s.lang) {
		s.line(7, s.p.T("codebook.show_label", "text", l))
	}
	s.answers(c, v)
	for _, g := range c.Groupings {
		if g.Of == v.Number {
			s.grouping(7, g)
		}
	}
}

// answers writes how a variable or field is answered, and the help there is.
func (s *shower) answers(c *Codebook, v *Variable) {
	how := s.p.T("codebook.kind_"+string(v.Kind)) + ", " + s.p.T("codebook.level_"+string(v.Level)) + "."
	if v.Answer != nil {
		how += " " + v.Answer.Label.In(s.lang) + star(v.Answer.Origin) + "."
	}
	if v.Max > v.Min {
		how += " " + s.p.T("codebook.show_span", "min", v.Min, "max", v.Max)
	}
	if v.Repeated {
		how += " " + s.p.T("codebook.show_repeated")
	}
	if v.Comment {
		how += " " + s.p.T("codebook.show_comment")
	}
	s.line(7, capital(how))
	if v.Noted != nil {
		s.code(c, v, v.Noted)
	}
	helped := len(v.Help) > 0
	for i := range v.Codes {
		s.code(c, v, &v.Codes[i])
		helped = helped || len(v.Codes[i].Help) > 0
	}
	s.help(7, v.Help, v.HelpSource)
	if !helped {
		s.line(7, s.p.T("codebook.show_no_help"))
	}
}

// code writes one answer; its star only where the variable is not the project's as a whole.
func (s *shower) code(c *Codebook, v *Variable, x *Code) {
	text := x.Label.In(s.lang)
	if x.Origin != v.Origin {
		text += star(x.Origin)
	}
	var notes []string
	if x.ID != "" {
		notes = append(notes, x.ID)
	}
	if x.Exclusive {
		notes = append(notes, s.p.T("codebook.show_exclusive"))
	}
	if scale := c.Scale(x.Scale); scale != nil {
		notes = append(notes, s.p.T("codebook.show_scale", "text", lowered(scale.Label.In(s.lang))))
	}
	if len(notes) > 0 {
		text += " (" + strings.Join(notes, "; ") + ")"
	}
	s.item(7, fmt.Sprintf("%3d  ", x.Code), text)
	s.help(12, x.Help, x.HelpSource)
}

func (s *shower) help(indent int, text, source Text) {
	if len(text) > 0 {
		s.line(indent, s.p.T("codebook.show_help", "text", text.In(s.lang), "source", source.In(s.lang)))
	}
}

func (s *shower) grouping(indent int, g *Grouping) {
	s.line(indent, s.p.T("codebook.show_grouping", "id", g.ID, "label", g.Label.In(s.lang)))
	for _, x := range g.Groups {
		text := x.Label.In(s.lang)
		if len(x.Codes) > 0 {
			text += " (" + strings.Trim(strings.ReplaceAll(fmt.Sprint(x.Codes), " ", ", "), "[]") + ")"
		}
		s.item(indent+2, fmt.Sprintf("%-8s ", x.ID), text)
	}
}

// rest writes what is not a variable's: fields of rows, counted groupings, scales, checks.
func (s *shower) rest(c *Codebook) {
	s.heading(s.p.T("codebook.show_fields"))
	for _, v := range c.Fields {
		fmt.Fprintln(s.w)
		s.item(0, v.Column+": ", v.Label.In(s.lang))
		s.answers(c, v)
	}
	s.heading(s.p.T("codebook.show_scales"))
	for _, x := range c.Scales {
		s.item(0, x.ID+": ", x.Label.In(s.lang))
		for _, l := range x.Levels {
			s.item(7, fmt.Sprintf("%3d  ", l.Value), l.Label.In(s.lang))
		}
	}
	s.heading(s.p.T("codebook.show_counted"))
	for _, g := range c.Groupings {
		if g.Of == 0 {
			s.grouping(0, g)
		}
	}
	s.heading(s.p.T("codebook.show_checks"))
	for _, k := range c.Checks {
		s.item(0, "- ", k.Text.In(s.lang))
	}
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(string(r)) + s[n:]
}

func lowered(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return strings.ToLower(string(r)) + s[n:]
}
