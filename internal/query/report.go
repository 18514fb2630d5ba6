package query

import (
	"strconv"

	"foljsam/internal/codebook"
)

// Splits are what tables can be split by, in the order in which help names them:
// municipality, county, size of the municipality, activity, year of intake.
var Splits = []string{"kommun", "lan", "storlek", Activity, Year}

// Activity is the split by the variable that says which part of the service it was.
const Activity = "v1"

// Year is the split by the year of intake.
const Year = "ar"

// Report is the national report's list of tables, in its order: the one place in the
// program, besides the codebook and the uttag's columns, where variables stand by
// number. The rules are those of the exchange format's section "Compile".
func Report(cb *codebook.Codebook) []*Table {
	b := builder{cb}
	tables := []*Table{
		b.phases(),
		b.codes("d02", 14), b.groups("d03", "alder"), b.codes("d04", 20), b.codes("d05", 59),
		b.initiative(),
		b.codes("d07", 67), b.codes("d08", 58), b.codes("d09", 118),
		b.supports(),
		b.codes("d11", 161), b.codes("d12", 127), b.groups("d13", "parter"),
		b.closed(b.codes("d14", 257)), b.closed(b.codes("d15", 192)),
		b.groups("d16", "dagar"), b.durationByReason(),
		b.codes("d18", 202), b.codes("d19", 203), b.codes("d20", 212),
		b.cross("d21", b.honour(), groupsOf(cb, "alder")),
		b.cross("d22", b.honour(), codesOf(cb, 20, 1, 2, 3, 4)),
		b.cross("d23", b.honour(), codesOf(cb, 118)),
		b.cross("d24", codesOf(cb, 14).Dim, groupsOf(cb, "alder")),
		b.cross("d25", codesOf(cb, 14).Dim, codesOf(cb, 118)),
		b.riskUsed(), b.instruments(),
		b.best(), b.respondents(),
	}
	tables = append(tables, b.others(tables)...)
	tables = append(tables, b.housing())
	tables = append(tables, b.crosses()...)
	return append(tables, b.repeated())
}

type builder struct{ cb *codebook.Codebook }

func (b builder) codes(id string, v int) *Table {
	m := codesOf(b.cb, v)
	return frequency(id, m.Dim, m.base)
}

// others gives a frequency of every variable with codes that no diagram is of, so that a
// variable that is added to the codebook has a table.
func (b builder) others(diagrams []*Table) []*Table {
	drawn := map[string]bool{}
	for _, t := range diagrams {
		if len(t.Dims) == 1 {
			drawn[t.Dims[0].ID] = true
		}
	}
	for _, g := range b.cb.Groupings {
		if g.Of != 0 && drawn[g.ID] {
			drawn[name(g.Of)] = true
		}
	}
	var tables []*Table
	for _, v := range b.cb.Variables {
		if len(v.Codes) == 0 || drawn[name(v.Number)] || v.Role == codebook.Risk {
			continue
		}
		t := b.codes("f_"+name(v.Number), v.Number)
		t.Title.Text = v.Label
		tables = append(tables, t)
	}
	return tables
}

func (b builder) groups(id, grouping string) *Table {
	m := groupsOf(b.cb, grouping)
	return frequency(id, m.Dim, m.base)
}

func (b builder) cross(id string, group Dim, m measure) *Table {
	return within(id, group, m.Dim, m.base)
}

// closed keeps the closed cases of a frequency.
func (b builder) closed(t *Table) *Table {
	for i, c := range t.Cells {
		t.Cells[i] = Cell{And(c.Set, b.isClosed()), And(c.Base, b.isClosed())}
	}
	return t
}

func (b builder) isClosed() Set { return Registered(256) }

func (b builder) surveyed() Set {
	return Or(Registered(202), Registered(203), Registered(206), Registered(212))
}

func (b builder) honour() Dim {
	d := codesOf(b.cb, 59, 1, 2).Dim
	d.ID = "hrv"
	return d
}

// phases is diagram 1: how far the cases have come, and what is registered of them.
func (b builder) phases() *Table {
	closed := b.isClosed()
	steps := []struct {
		id        string
		set, base Set
	}{
		{"aktualiserade", All(), All()},
		{"insats", Registered(118), All()},
		{"avslutade", closed, All()},
		{"avslutsorsak", And(Registered(257), closed), closed},
		{"maluppfoljning", And(Registered(192), closed), closed},
		{"enkat", And(b.surveyed(), closed), closed},
	}
	t := &Table{ID: "d01", Title: codebook.Label{Key: "table.d01"}, BaseDims: 1, Dims: []Dim{
		{ID: "fas", Label: codebook.Label{Key: "dim.fas"}},
		{ID: "registrerat", Label: codebook.Label{Key: "dim.registrerat"}, Parts: true, Cats: []Cat{
			{ID: "ja", Label: codebook.Label{Key: "cat.registrerat"}},
			{ID: "nej", Label: codebook.Label{Key: "cat.ej_registrerat"}},
		}},
	}}
	for _, s := range steps {
		t.Dims[0].Cats = append(t.Dims[0].Cats, Cat{s.id, codebook.Label{Key: "cat." + s.id}, s.set})
		t.Cells = append(t.Cells, Cell{s.set, s.base}, Cell{And(s.base, complement(s.set, s.base)), s.base})
	}
	return t
}

// complement is what of base is not in set, without repeating base inside the Not.
func complement(set, base Set) Set {
	var rest []Set
	for _, t := range set.Terms() {
		if t.String() != base.String() {
			rest = append(rest, t)
		}
	}
	return Not(And(rest...))
}

// initiative is diagram 6: the codes of the social services' own units together.
func (b builder) initiative() *Table {
	m := groupsOf(b.cb, "initiativ")
	t := frequency("d06", m.Dim, m.base)
	answers := Place{}
	for _, c := range t.Cells {
		answers.Sum = append(answers.Sum, c.Set)
	}
	t.Figures = []Figure{{ID: "svar", Kind: SumOf, At: []Place{answers}}}
	return t
}

// supports is diagram 10: the mean number of different kinds of support in some groups.
func (b builder) supports() *Table {
	t := &Table{ID: "d10", Title: codebook.Label{Key: "table.d10"}, Kind: Means, Of: CodesChosen(118), BaseDims: 1}
	d := Dim{ID: "grupp", Label: codebook.Label{Key: "dim.grupp"}}
	group := func(id string, s Set) {
		d.Cats = append(d.Cats, Cat{id, codebook.Label{Key: "cat." + id}, s})
		in := And(s, Registered(118))
		t.Cells = append(t.Cells, Cell{in, in})
	}
	age := func(band string) Set {
		for _, c := range groupsOf(b.cb, "alder").Cats {
			if c.ID == band {
				return c.Set
			}
		}
		panic("query: the codebook has no age band " + band)
	}
	group("alla", All())
	group("hrv", Codes(59, 1))
	group("ej_hrv", Codes(59, 2))
	group("v192_1", Codes(192, 1))
	group("v20_1", Codes(20, 1))
	group("v20_4", Codes(20, 4))
	group("alder_18-24", age("18-24"))
	group("alder_65-74", age("65-74"))
	group("v67_1", Codes(67, 1))
	group("v67_3", Codes(67, 3))
	group("v19_3", Codes(19, 3))
	group("risk_ja", Registered(90))
	group("risk_nej", Not(Registered(90)))
	t.Dims = []Dim{d}
	return t
}

// durationByReason is diagram 17: within each span of days, three reasons for closing.
func (b builder) durationByReason() *Table {
	return b.cross("d17", groupsOf(b.cb, "dagar", "1-90", "91-180", "181-270", "271-360").Dim, codesOf(b.cb, 257, 1, 3, 4))
}

func (b builder) riskUsed() *Table {
	t := frequency("d26", yesNo("risk", Registered(90)), All())
	g := b.cb.Grouping("standardiserat").Groups[0]
	t.Figures = []Figure{{ID: "standardiserat", At: []Place{{Set: Codes(90, g.Codes...)}}}}
	return t
}

func (b builder) instruments() *Table {
	m := codesOf(b.cb, 90)
	m.ID = "instrument"
	return frequency("d27", m.Dim, Registered(90))
}

func (b builder) housing() *Table {
	g := b.cb.Grouping("boende").Groups[0]
	return frequency("boende", yesNo("boende", Codes(118, g.Codes...)), All())
}

// crosses are the further cross tables x_A_B.
func (b builder) crosses() []*Table {
	honour := codesOf(b.cb, 59, 1, 2).Dim
	sex := codesOf(b.cb, 14).Dim
	age := groupsOf(b.cb, "alder").Dim
	risk := measure{yesNo("risk", Registered(90)), All()}
	instruments := codesOf(b.cb, 90)
	instruments.ID, instruments.base = "instrument", Registered(90)
	return []*Table{
		b.cross("x_v59_v67", honour, codesOf(b.cb, 67)),
		b.cross("x_v59_v58", honour, codesOf(b.cb, 58)),
		b.cross("x_v59_risk", honour, risk),
		b.cross("x_v59_v192", honour, codesOf(b.cb, 192)),
		b.cross("x_v59_dagar", honour, groupsOf(b.cb, "dagar")),
		b.cross("x_v14_v58", sex, codesOf(b.cb, 58)),
		b.cross("x_v14_v67", sex, codesOf(b.cb, 67)),
		b.cross("x_v14_v161", sex, codesOf(b.cb, 161)),
		b.cross("x_v14_v192", sex, codesOf(b.cb, 192)),
		b.cross("x_v14_instrument", sex, instruments),
		b.cross("x_alder_v67", age, codesOf(b.cb, 67)),
	}
}

// repeated is how risk assessments with the same instrument moved, first against last.
func (b builder) repeated() *Table {
	t := &Table{ID: "risk_upprepad", Title: codebook.Label{Key: "table.risk_upprepad"}, BaseDims: 1}
	inst := codesOf(b.cb, 90).Dim
	inst.ID = "instrument"
	move := Dim{ID: "forandring", Label: codebook.Label{Key: "dim.forandring"}, Parts: true}
	for _, c := range Changes {
		move.Cats = append(move.Cats, Cat{ID: string(c), Label: codebook.Label{Key: "cat." + string(c)}})
	}
	reached := Figure{ID: "malet_natt"}
	for i, c := range b.cb.Variable(90).Codes {
		inst.Cats[i].Set = Codes(90, c.Code)
		for _, m := range Changes {
			t.Cells = append(t.Cells, Cell{Changed(c.Code, m), Repeated(c.Code)})
			reached.At = append(reached.At, Place{Path: []string{strconv.Itoa(c.Code), string(m)}, Set: And(Changed(c.Code, m), Codes(192, 1))})
		}
	}
	t.Dims, t.Figures = []Dim{inst, move}, []Figure{reached}
	return t
}
