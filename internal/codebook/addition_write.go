package codebook

import (
	"bytes"
	"encoding/json"
	"io"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// WriteYAML writes an addition as a file that [Codebook.ReadAddition] reads back.
func (a *Addition) WriteYAML(w io.Writer) error {
	e := yaml.NewEncoder(w)
	e.SetIndent(2)
	if err := e.Encode(a.node()); err != nil {
		return err
	}
	return e.Close()
}

// WriteJSON writes an addition as JSON, with the same fields; [Codebook.ReadAddition] reads
// that too.
func (a *Addition) WriteJSON(w io.Writer) error {
	b, err := json.MarshalIndent(jsonNode{a.node()}, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(b, '\n'))
	return err
}

func (a *Addition) node() *yaml.Node {
	m := &mapNode{}
	m.word("added_to", a.To)
	m.word("prefix", a.Prefix)
	m.text("title", a.Title)
	putList(m, "variables", a.Variables, putLocal)
	putList(m, "notes", a.Notes, func(x Note, n *mapNode) { n.number("variable", x.Of); n.text("text", x.Text) })
	return m.node()
}

func putLocal(v *Variable, m *mapNode) {
	m.word("column", v.Column)
	m.word("phase", string(v.Phase))
	m.word("kind", string(v.Kind))
	m.text("label", v.Label)
	m.text("question", v.Question)
	m.text("help", v.Help)
	m.text("help_source", v.HelpSource)
	m.word("when", v.When)
	putList(m, "codes", v.Codes, func(c Code, n *mapNode) { putCode(c, v.Origin, n); n.yes("retired", c.Retired) })
	m.yes("comment", v.Comment)
	m.yes("decimals", v.Decimals)
	if v.Min != 0 || v.Max != 0 {
		m.put("min", whole(v.Min))
		m.put("max", whole(v.Max))
	}
	m.yes("retired", v.Retired)
}

// jsonNode writes a tree as JSON, its fields in their order.
type jsonNode struct{ n *yaml.Node }

func (j jsonNode) MarshalJSON() ([]byte, error) {
	switch j.n.Kind {
	case yaml.MappingNode:
		return enclosed("{", "}", len(j.n.Content)/2, func(i int) ([]byte, error) {
			name, err := json.Marshal(j.n.Content[2*i].Value)
			if err != nil {
				return nil, err
			}
			value, err := jsonNode{j.n.Content[2*i+1]}.MarshalJSON()
			return append(append(name, ':'), value...), err
		})
	case yaml.SequenceNode:
		return enclosed("[", "]", len(j.n.Content), func(i int) ([]byte, error) { return jsonNode{j.n.Content[i]}.MarshalJSON() })
	}
	switch j.n.Tag {
	case "!!int":
		i, err := strconv.Atoi(j.n.Value)
		if err != nil {
			return nil, err
		}
		return json.Marshal(i)
	case "!!bool":
		return []byte(j.n.Value), nil
	}
	return json.Marshal(j.n.Value)
}

func enclosed(open, end string, n int, part func(i int) ([]byte, error)) ([]byte, error) {
	b := bytes.NewBufferString(open)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		x, err := part(i)
		if err != nil {
			return nil, err
		}
		b.Write(x)
	}
	b.WriteString(end)
	return b.Bytes(), nil
}
