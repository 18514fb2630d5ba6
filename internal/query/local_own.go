package query

import (
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/codebook"
)

// A register's own local variables, in results of its own cases. A code stands for itself, also
// when a version has more of them: nothing is counted by its place in a list.

// OwnLocal gives the local variables that can be counted: those with codes, asked now or before.
func OwnLocal(cb *codebook.Codebook) (all []*codebook.Variable) {
	for _, v := range slices.Concat(cb.Local, cb.Retired) {
		if len(v.Codes) > 0 && (v.Kind == codebook.One || v.Kind == codebook.Many) {
			all = append(all, v)
		}
	}
	return all
}

// LocalChoice is the column of one answer where several may be chosen: 1 where it is, 0 where
// the question is answered without it.
func LocalChoice(column string, code int) string { return column + "#" + strconv.Itoa(code) }

func localOf(cb *codebook.Codebook, column string) *codebook.Variable {
	all := OwnLocal(cb)
	if i := slices.IndexFunc(all, func(v *codebook.Variable) bool { return v.Column == column }); i >= 0 {
		return all[i]
	}
	return nil
}

func localMeasure(v *codebook.Variable) measure {
	m := measure{Dim: Dim{ID: v.Column, Label: codebook.Label{Text: v.Label}, Parts: v.Kind == codebook.One}, base: Local(v.Column, -1)}
	for _, c := range v.Codes {
		s := Local(v.Column, c.Code)
		if v.Kind == codebook.Many {
			s = Local(LocalChoice(v.Column, c.Code), 1)
		}
		m.Cats = append(m.Cats, Cat{strconv.Itoa(c.Code), codebook.Label{Text: shown(c)}, s})
	}
	if v.Kind == codebook.Many {
		m.base = Local(LocalChoice(v.Column, v.Codes[0].Code), -1)
	}
	return m
}

// OwnTables is the frequency of every local variable that can be counted.
func OwnTables(cb *codebook.Codebook) (all []*Table) {
	for _, v := range OwnLocal(cb) {
		m := localMeasure(v)
		t := frequency(OwnTable(v), m.Dim, m.base)
		t.Title, t.Local = codebook.Label{Text: v.Question}, m.Parts
		all = append(all, t)
	}
	return all
}

// OwnTable names a local variable's table.
func OwnTable(v *codebook.Variable) string { return "lokal_" + v.Column }

// ownSet reads "l.column", "l.column=3" and "l.column#3=1": only what the codebook has, so that
// no address reaches a column of the program's own.
func (p *parser) ownSet(w string) (Set, bool) {
	name, code, coded := strings.Cut(strings.TrimPrefix(w, "l."), "=")
	column, choice, many := strings.Cut(name, "#")
	v := localOf(p.cb, column)
	if v == nil || many != (v.Kind == codebook.Many) {
		return Set{}, false
	}
	if many {
		n, err := strconv.Atoi(choice)
		if err != nil || v.Code(n) == nil {
			return Set{}, false
		}
	}
	if !coded {
		return Local(name, -1), true
	}
	n, err := strconv.Atoi(code)
	if err != nil || many && n != 0 && n != 1 || !many && v.Code(n) == nil {
		return Set{}, false
	}
	return Local(name, n), true
}
