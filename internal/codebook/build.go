package codebook

import (
	"go.yaml.in/yaml/v3"
)

// The parts of the file, from the whole to its smallest. What the fields mean stands at the
// types in codebook.go.

func (f *file) codebook(n *yaml.Node) *Codebook {
	c := &Codebook{}
	f.mapping(n, "", fields{
		"id": f.word(&c.ID), "version": f.word(&c.Version), "title": f.text(&c.Title), "source": f.text(&c.Source),
		"phases": func(n *yaml.Node, at string) {
			f.list(n, at, func(n *yaml.Node, at string) { c.Phases = append(c.Phases, f.phase(n, at)) })
		},
		"survey": f.numbers(&c.Survey),
		"variables": func(n *yaml.Node, at string) {
			f.list(n, at, func(n *yaml.Node, at string) { c.Variables = append(c.Variables, f.variable(n, at)) })
		},
		"fields": func(n *yaml.Node, at string) {
			f.list(n, at, func(n *yaml.Node, at string) { c.Fields = append(c.Fields, f.field(n, at)) })
		},
		"scales": func(n *yaml.Node, at string) {
			f.list(n, at, func(n *yaml.Node, at string) { c.Scales = append(c.Scales, f.scale(n, at)) })
		},
		"groupings": func(n *yaml.Node, at string) {
			f.list(n, at, func(n *yaml.Node, at string) { c.Groupings = append(c.Groupings, f.grouping(n, at)) })
		},
		"checks": func(n *yaml.Node, at string) {
			f.list(n, at, func(n *yaml.Node, at string) { c.Checks = append(c.Checks, f.check(n, at)) })
		},
	}, "id", "version", "title", "source", "phases", "variables")
	return c
}

var phases = []Phase{Background, Before, During, After, Survey}

func (f *file) phase(n *yaml.Node, at string) PhaseName {
	var p PhaseName
	f.mapping(n, at, fields{"id": pick(f, &p.ID, phases...), "label": f.text(&p.Label)}, "id", "label")
	return p
}

func (f *file) variable(n *yaml.Node, at string) *Variable {
	v := &Variable{Origin: SUV, Level: OfCase}
	all := f.answers(v)
	all["number"] = f.whole(&v.Number)
	all["origin"] = pick(f, &v.Origin, SUV, Project)
	all["role"] = pick(f, &v.Role, roleNames()...)
	all["phase"] = pick(f, &v.Phase, phases...)
	all["heading"] = f.text(&v.Heading)
	all["name"] = f.text(&v.Name)
	all["question"] = f.text(&v.Question)
	all["wording"] = f.text(&v.Wording)
	all["comment"] = f.yes(&v.Comment)
	all["repeated"] = f.yes(&v.Repeated)
	f.mapping(n, at, all, "number", "phase", "kind", "name", "label", "question")
	v.inheritOrigin()
	return v
}

// field is what a row holds beside the variables: it has a column instead of a number.
func (f *file) field(n *yaml.Node, at string) *Variable {
	v := &Variable{Origin: Project}
	all := f.answers(v)
	all["column"] = f.word(&v.Column)
	all["role"] = pick(f, &v.Role, roleNames()...)
	all["home"] = f.yes(&v.Home)
	all["like"] = pick(f, &v.Like, roleNames()...)
	all["phase"] = pick(f, &v.Phase, phases...)
	all["question"] = f.text(&v.Question)
	f.mapping(n, at, all, "column", "level", "kind", "label")
	v.inheritOrigin()
	return v
}

// answers are the fields that variables and fields share.
func (f *file) answers(v *Variable) fields {
	return fields{
		"level":       pick(f, &v.Level, OfCase, OfSupport, OfRisk),
		"kind":        pick(f, &v.Kind, kindNames()...),
		"label":       f.text(&v.Label),
		"help":        f.text(&v.Help),
		"help_source": f.text(&v.HelpSource),
		"min":         f.whole(&v.Min),
		"max":         f.whole(&v.Max),
		"decimals":    f.yes(&v.Decimals),
		"answer":      func(n *yaml.Node, at string) { c := f.code(n, at); v.Answer = &c },
		"noted":       func(n *yaml.Node, at string) { c := f.code(n, at); v.Noted = &c },
		"codes": func(n *yaml.Node, at string) {
			f.list(n, at, func(n *yaml.Node, at string) { v.Codes = append(v.Codes, f.code(n, at)) })
		},
	}
}

// inheritOrigin gives a code its variable's origin where it says nothing itself.
func (v *Variable) inheritOrigin() {
	codes := []*Code{v.Answer, v.Noted}
	for i := range v.Codes {
		codes = append(codes, &v.Codes[i])
	}
	for _, c := range codes {
		if c != nil && c.Origin == "" {
			c.Origin = v.Origin
		}
	}
}

func (f *file) code(n *yaml.Node, at string) Code {
	var c Code
	all := fields{
		"code": f.whole(&c.Code), "id": f.word(&c.ID), "origin": pick(f, &c.Origin, SUV, Project),
		"label": f.text(&c.Label), "short": f.text(&c.Short),
		"help": f.text(&c.Help), "help_source": f.text(&c.HelpSource),
		"exclusive": f.yes(&c.Exclusive), "unknown": f.yes(&c.Unknown), "comment": f.yes(&c.Comment),
		"scale": pick(f, &c.Scale, Points, Ordinal, FreeScale),
	}
	if f.local {
		all["retired"] = f.yes(&c.Retired)
		all["origin"] = pick(f, &c.Origin, Local)
	}
	f.mapping(n, at, all, "code", "label")
	return c
}

func (f *file) scale(n *yaml.Node, at string) Scale {
	var s Scale
	f.mapping(n, at, fields{
		"id": pick(f, &s.ID, Points, Ordinal, FreeScale), "label": f.text(&s.Label),
		"levels": func(n *yaml.Node, at string) {
			f.list(n, at, func(n *yaml.Node, at string) {
				var l ScaleLevel
				f.mapping(n, at, fields{"value": f.whole(&l.Value), "label": f.text(&l.Label)}, "value", "label")
				s.Levels = append(s.Levels, l)
			})
		},
	}, "id", "label")
	return s
}

func (f *file) grouping(n *yaml.Node, at string) *Grouping {
	g := &Grouping{}
	f.mapping(n, at, fields{
		"id": f.word(&g.ID), "of": f.whole(&g.Of), "counts": pick(f, &g.Counts, CountsDays, CountsParties), "label": f.text(&g.Label),
		"groups": func(n *yaml.Node, at string) {
			f.list(n, at, func(n *yaml.Node, at string) { g.Groups = append(g.Groups, f.group(n, at)) })
		},
	}, "id", "label", "groups")
	return g
}

func (f *file) group(n *yaml.Node, at string) Group {
	var g Group
	var from, till int
	f.mapping(n, at, fields{
		"id": f.word(&g.ID), "label": f.text(&g.Label), "codes": f.numbers(&g.Codes),
		"from": func(n *yaml.Node, at string) { g.From = &from; f.whole(&from)(n, at) },
		"till": func(n *yaml.Node, at string) { g.Till = &till; f.whole(&till)(n, at) },
	}, "id", "label")
	return g
}

func (f *file) check(n *yaml.Node, at string) Check {
	var c Check
	f.mapping(n, at, fields{"id": f.word(&c.ID), "rule": f.word(&c.Rule), "text": f.text(&c.Text)}, "id", "rule", "text")
	return c
}

func (f *file) numbers(to *[]int) func(*yaml.Node, string) {
	return func(n *yaml.Node, at string) {
		f.list(n, at, func(n *yaml.Node, at string) {
			var i int
			f.whole(&i)(n, at)
			*to = append(*to, i)
		})
	}
}

func kindNames() []Kind {
	var all []Kind
	for _, k := range Kinds {
		all = append(all, k.Kind)
	}
	return all
}

func roleNames() []Role {
	var all []Role
	for _, r := range roles {
		all = append(all, r.role)
	}
	return all
}
