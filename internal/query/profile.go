package query

import (
	"fmt"

	"foljsam/internal/codebook"
)

// A property is one row of a profile: what a group is described by.
type property struct {
	id        string
	label     codebook.Label
	set, base Set
}

// best is the group with the best outcome beside all cases.
func (b builder) best() *Table {
	top := And(Codes(192, 1), Codes(202, 1))
	t := b.profile("topp", "topp", top, "alla", All())
	t.Figures = append(t.Figures,
		Figure{ID: "medel_insatser", Kind: MeanOf, At: []Place{
			{Path: []string{"topp"}, Set: And(top, Registered(118)), Num: CodesChosen(118)},
			{Path: []string{"alla"}, Set: Registered(118), Num: CodesChosen(118)},
		}},
		Figure{ID: "av_avslutade", Kind: PercentOf, At: []Place{{Set: And(top, b.isClosed()), Base: b.isClosed()}}})
	return t
}

// respondents is the closed cases with a survey answer beside all closed cases.
func (b builder) respondents() *Table {
	closed := b.isClosed()
	return b.profile("bortfall", "svarat", And(b.surveyed(), closed), "alla", closed)
}

// profile puts a group beside another by every property.
func (b builder) profile(id, first string, group Set, second string, all Set) *Table {
	t := &Table{ID: id, Title: codebook.Label{Key: "table." + id}, BaseDims: 2}
	groups := Dim{ID: "grupp", Label: codebook.Label{Key: "dim.grupp"}, Cats: []Cat{
		{first, codebook.Label{Key: "cat." + id + "_" + first}, group},
		{second, codebook.Label{Key: "cat." + id + "_" + second}, all},
	}}
	props := Dim{ID: "egenskap", Label: codebook.Label{Key: "dim.egenskap"}}
	size := Figure{ID: "grupp"}
	for _, g := range groups.Cats {
		size.At = append(size.At, Place{Path: []string{g.ID}, Set: g.Set})
	}
	for _, p := range b.properties() {
		props.Cats = append(props.Cats, Cat{p.id, p.label, p.set})
		for _, g := range groups.Cats {
			base := And(p.base, g.Set)
			t.Cells = append(t.Cells, Cell{And(p.set, base), base})
		}
	}
	t.Dims, t.Figures = []Dim{props, groups}, []Figure{size}
	return t
}

func (b builder) properties() []property {
	var ps []property
	for _, v := range []int{14, 19, 20, 58, 59, 67, 126} {
		ps = append(ps, prefixed(name(v)+"_", codesOf(b.cb, v))...)
	}
	ps = append(ps, prefixed("alder_", groupsOf(b.cb, "alder"))...)
	ps = append(ps, prefixed("v49_", groupsOf(b.cb, "initiativ"))...)
	collaboration := b.cb.Variable(127)
	return append(ps,
		property{"insats_ja", codebook.Label{Key: "cat.insats_ja"}, Registered(118), All()},
		property{"insats_1", codebook.Label{Key: "cat.insats_1"}, Span(CodesChosen(118), 1, 1), All()},
		property{"risk_ja", codebook.Label{Key: "cat.risk_ja"}, Registered(90), All()},
		property{fmt.Sprintf("samverkan_%d", collaboration.Noted.Code),
			codebook.Label{Text: codebook.Join(collaboration.Label, ": ", collaboration.Noted.Label)}, Codes(127, 0), Registered(127)},
	)
}

func prefixed(prefix string, m measure) []property {
	var ps []property
	for _, c := range m.Cats {
		label := codebook.Label{Text: codebook.Join(m.Label.Text, ": ", c.Label.Text)}
		ps = append(ps, property{prefix + c.ID, label, c.Set, m.base})
	}
	return ps
}
