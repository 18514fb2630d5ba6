package query

import "foljsam/internal/codebook"

// How far cases are registered is asked in tables of their own: they are about the work, not
// about the clients, and are for one's own house only.

// Marked is the cases where a question or a phase, by its name, has one of some marks.
func Marked(name string, marks ...int) Set {
	sets := make([]Set, len(marks))
	for i, m := range marks {
		sets[i] = Local("registrerat."+name, m)
	}
	if len(sets) == 1 {
		return sets[0]
	}
	return Or(sets...)
}

// The places of a row of [Completeness].
const (
	Done = iota
	WithAnswer
	NotConcerned
	Unanswerable
	WithoutAnswer
	NotYetDue
	Places
)

// Completeness is a table of how far questions, or phases, are registered: a row each. What
// is done has an answer, does not concern the case or cannot be answered. Shares are of the
// cases where it is due.
func Completeness(id string, rows []Cat, notDue, lacking, given, aside, cannot int) *Table {
	t := &Table{ID: id, Title: codebook.Label{Key: "complete." + id}, BaseDims: 1, Dims: []Dim{{ID: id, Cats: rows}, {ID: "registrerat", Cats: []Cat{
		{ID: "klart"}, {ID: "svar"}, {ID: "ej_aktuell"}, {ID: "gar_ej"}, {ID: "saknas"}, {ID: "inte_dags"}}}}}
	for _, r := range rows {
		due := Marked(r.ID, lacking, given, aside, cannot)
		for _, s := range []Set{Marked(r.ID, given, aside, cannot), Marked(r.ID, given), Marked(r.ID, aside), Marked(r.ID, cannot), Marked(r.ID, lacking)} {
			t.Cells = append(t.Cells, Cell{s, due})
		}
		t.Cells = append(t.Cells, Cell{Marked(r.ID, notDue), All()})
	}
	return t
}
