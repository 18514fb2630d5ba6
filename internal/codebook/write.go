package codebook

import (
	"io"
	"maps"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"

	"foljsam/internal/locale"
)

// WriteYAML writes the codebook as a file that [Read] reads back to the same codebook.
// Comments of the file that it was read from are not in it.
func (c *Codebook) WriteYAML(w io.Writer) error {
	m := &mapNode{}
	m.word("id", c.ID)
	m.word("version", c.Version)
	m.text("title", c.Title)
	m.text("source", c.Source)
	putList(m, "phases", c.Phases, func(p PhaseName, n *mapNode) { n.word("id", string(p.ID)); n.text("label", p.Label) })
	m.numbers("survey", c.Survey)
	putList(m, "variables", c.Variables, putVariable)
	putList(m, "fields", c.Fields, putVariable)
	putList(m, "scales", c.Scales, putScale)
	putList(m, "groupings", c.Groupings, putGrouping)
	putList(m, "checks", c.Checks, func(k Check, n *mapNode) {
		n.word("id", k.ID)
		n.word("rule", k.Rule)
		n.text("text", k.Text)
	})
	e := yaml.NewEncoder(w)
	e.SetIndent(2)
	if err := e.Encode(m.node()); err != nil {
		return err
	}
	return e.Close()
}

// putVariable leaves out what [Read] would fill in by itself.
func putVariable(v *Variable, m *mapNode) {
	field := v.Column != ""
	m.number("number", v.Number)
	m.word("column", v.Column)
	if v.Origin != SUV && !field {
		m.word("origin", string(v.Origin))
	}
	m.word("role", string(v.Role))
	m.word("phase", string(v.Phase))
	if v.Level != OfCase || field {
		m.word("level", string(v.Level))
	}
	m.word("kind", string(v.Kind))
	m.text("heading", v.Heading)
	m.text("name", v.Name)
	m.text("label", v.Label)
	m.text("question", v.Question)
	m.text("wording", v.Wording)
	m.text("help", v.Help)
	m.text("help_source", v.HelpSource)
	for name, c := range map[string]*Code{"answer": v.Answer, "noted": v.Noted} { // never both: they belong to different kinds
		if c != nil {
			n := &mapNode{}
			putCode(*c, v.Origin, n)
			m.put(name, n.node())
		}
	}
	m.word("like", string(v.Like))
	if v.Like == "" {
		putList(m, "codes", v.Codes, func(c Code, n *mapNode) { putCode(c, v.Origin, n) })
	}
	m.yes("home", v.Home)
	m.yes("comment", v.Comment)
	m.yes("repeated", v.Repeated)
	m.yes("decimals", v.Decimals)
	if v.Min != 0 || v.Max != 0 {
		m.put("min", whole(v.Min))
		m.put("max", whole(v.Max))
	}
}

func putCode(c Code, origin Origin, m *mapNode) {
	m.put("code", whole(c.Code))
	m.word("id", c.ID)
	if c.Origin != origin {
		m.word("origin", string(c.Origin))
	}
	m.text("label", c.Label)
	m.text("short", c.Short)
	m.text("help", c.Help)
	m.text("help_source", c.HelpSource)
	m.yes("exclusive", c.Exclusive)
	m.yes("unknown", c.Unknown)
	m.yes("comment", c.Comment)
	m.word("scale", c.Scale)
}

func putScale(s Scale, m *mapNode) {
	m.word("id", s.ID)
	m.text("label", s.Label)
	putList(m, "levels", s.Levels, func(l ScaleLevel, n *mapNode) { n.put("value", whole(l.Value)); n.text("label", l.Label) })
}

func putGrouping(g *Grouping, m *mapNode) {
	m.word("id", g.ID)
	m.number("of", g.Of)
	m.word("counts", g.Counts)
	m.text("label", g.Label)
	putList(m, "groups", g.Groups, func(x Group, n *mapNode) {
		n.word("id", x.ID)
		n.numbers("codes", x.Codes)
		if x.From != nil {
			n.put("from", whole(*x.From))
		}
		if x.Till != nil {
			n.put("till", whole(*x.Till))
		}
		n.text("label", x.Label)
	})
}

// mapNode is a mapping that is being written. What is empty is left out.
type mapNode struct{ content []*yaml.Node }

func (m *mapNode) node() *yaml.Node { return &yaml.Node{Kind: yaml.MappingNode, Content: m.content} }

func (m *mapNode) put(name string, v *yaml.Node) { m.content = append(m.content, scalar(name), v) }

func (m *mapNode) word(name, s string) {
	if s != "" {
		m.put(name, scalar(s))
	}
}

func (m *mapNode) number(name string, n int) {
	if n != 0 {
		m.put(name, whole(n))
	}
}

func (m *mapNode) yes(name string, b bool) {
	if b {
		m.put(name, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: "true"})
	}
}

// text writes the languages in the order of their codes, those of staff first.
func (m *mapNode) text(name string, t Text) {
	if len(t) == 0 {
		return
	}
	n := &mapNode{}
	for _, l := range locale.Staff {
		n.word(string(l), t[l])
	}
	for _, l := range slices.Sorted(maps.Keys(t)) {
		if !slices.Contains(locale.Staff, l) {
			n.put(string(l), scalar(t[l]))
		}
	}
	m.put(name, n.node())
}

func (m *mapNode) numbers(name string, all []int) {
	if len(all) == 0 {
		return
	}
	n := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
	for _, i := range all {
		n.Content = append(n.Content, whole(i))
	}
	m.put(name, n)
}

func putList[T any](m *mapNode, name string, all []T, put func(T, *mapNode)) {
	if len(all) == 0 {
		return
	}
	n := &yaml.Node{Kind: yaml.SequenceNode}
	for _, x := range all {
		item := &mapNode{}
		put(x, item)
		n.Content = append(n.Content, item.node())
	}
	m.put(name, n)
}

// scalar is a text; the encoder quotes it where it could be taken for a number or for yes.
func scalar(s string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
}

func whole(i int) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.Itoa(i)}
}
