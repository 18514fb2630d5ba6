package query

import (
	"slices"

	"foljsam/internal/codebook"
)

// Dive is a closer look at a part of the cases: the part is put beside the rest, in one
// question after another. Part and rest never overlap.
type Dive struct {
	ID     string // "heder"; part of addresses
	Groups []DiveGroup
	Leave  []string // questions that make the group, and so tell nothing about it
}

// DiveGroup is one part that can be looked at, and the rest that it is compared with.
type DiveGroup struct {
	Cat
	Rest Set
}

// Dives are all there are: those whose variables the codebook has.
func Dives(cb *codebook.Codebook) (all []Dive) {
	for _, d := range []Dive{
		ofCodes(cb, "heder", codebook.Honour), ofCodes(cb, "kon", codebook.Sex), ofAges(cb), ofCodes(cb, "funktion", codebook.Disability),
		ofRepeated(cb), ofBest(cb), ofAnswered(cb),
	} {
		if len(d.Groups) > 0 {
			all = append(all, d)
		}
	}
	return all
}

// apartFrom makes a group of those of a base that are in a set, and the rest of the base.
func apartFrom(c Cat, base Set) DiveGroup {
	part := And(c.Set, base)
	c.Set = part
	return DiveGroup{c, And(base, Not(part))}
}

func ofCodes(cb *codebook.Codebook, id string, r codebook.Role) (d Dive) {
	v := cb.Role(r)
	if v == nil {
		return d
	}
	m := codesOf(cb, v.Number)
	d = Dive{ID: id, Leave: []string{m.ID}}
	for _, c := range m.Cats {
		c.Label.Text = codebook.Join(m.Label.Text, ": ", c.Label.Text) // "Ja" says nothing alone
		d.Groups = append(d.Groups, apartFrom(c, m.base))
	}
	return d
}

func ofAges(cb *codebook.Codebook) (d Dive) {
	v := cb.Role(codebook.Age)
	if v == nil || groupingOf(cb, v) == "" {
		return d
	}
	m := groupsOf(cb, groupingOf(cb, v))
	d = Dive{ID: "alder", Leave: []string{m.ID}}
	for _, c := range m.Cats {
		d.Groups = append(d.Groups, apartFrom(c, m.base))
	}
	return d
}

func ofRepeated(cb *codebook.Codebook) (d Dive) {
	v := cb.Role(codebook.Risk)
	if v == nil {
		return d
	}
	var again []Set
	for _, c := range v.Codes {
		again = append(again, Repeated(c.Code))
	}
	return Dive{ID: "upprepad", Groups: []DiveGroup{apartFrom(labelled("upprepad", Or(again...)), Registered(v.Number))}}
}

// ofBest is the cases with the best answer both to how the goal was reached and, from the
// client, to how things have changed; the rest are the others where both are known.
func ofBest(cb *codebook.Codebook) (d Dive) {
	goal, change := cb.Role(codebook.GoalReached), cb.Role(codebook.Change)
	if goal == nil || change == nil {
		return d
	}
	best := And(Codes(goal.Number, goal.Codes[0].Code), Codes(change.Number, change.Codes[0].Code))
	base := And(Registered(goal.Number), Registered(change.Number))
	return Dive{ID: "bast", Leave: []string{name(goal.Number), name(change.Number)}, Groups: []DiveGroup{apartFrom(labelled("bast", best), base)}}
}

// ofAnswered is the closed cases where the client has answered the survey, and the other closed
// ones.
func ofAnswered(cb *codebook.Codebook) (d Dive) {
	var answered []Set
	for _, r := range []codebook.Role{codebook.Change, codebook.Meaning, codebook.Positive, codebook.Influence} {
		if v := cb.Role(r); v != nil {
			d.Leave, answered = append(d.Leave, name(v.Number)), append(answered, Registered(v.Number))
		}
	}
	if len(answered) == 0 {
		return Dive{}
	}
	d.ID, d.Groups = "enkat", []DiveGroup{apartFrom(labelled("enkat", Or(answered...)), Registered(cb.Role(codebook.Closing).Number))}
	return d
}

func labelled(id string, s Set) Cat {
	return Cat{ID: id, Label: codebook.Label{Key: "cat.djup_" + id}, Set: s}
}

// DivePrefix begins the name of a dive's tables.
const DivePrefix = "djup_"

// DiveTables puts a group of a dive beside the rest, a table for each question.
func DiveTables(cb *codebook.Codebook, d Dive, g DiveGroup) (all []*Table) {
	groups := Dim{ID: "grupp", Label: codebook.Label{Key: "dim.grupp"}, Parts: true, Cats: []Cat{
		g.Cat, {ID: "ovriga", Label: codebook.Label{Key: "cat.djup_" + d.ID + "_ovriga"}, Set: g.Rest}}}
	add := func(id string, m measure) {
		t := within(DivePrefix+d.ID+"_"+g.ID+"_"+id, groups, m.Dim, m.base)
		t.Title = m.Label
		all = append(all, t)
	}
	for _, id := range Crossable(cb) {
		if m, err := named(cb, id); err == nil && !slices.Contains(d.Leave, id) {
			add(id, m)
		}
	}
	if v := cb.Role(codebook.Risk); v != nil && d.ID != "upprepad" {
		add("risk", measure{yesNo("risk", Registered(v.Number)), All()})
	}
	if v, g := cb.Role(codebook.Support), cb.Grouping("boende"); v != nil && g != nil {
		add("boende", measure{yesNo("boende", Codes(v.Number, g.Groups[0].Codes...)), All()})
	}
	return all
}

// Asks gives the question that a table of a dive is of: "v67", "alder", "risk".
func (d Dive) Asks(g DiveGroup, t *Table) string {
	return t.ID[len(DivePrefix+d.ID+"_"+g.ID+"_"):]
}
