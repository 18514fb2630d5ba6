package tabulate

import (
	"foljsam/internal/query"
	"foljsam/internal/record"
)

// Marks counts cases by how far each question and phase is registered in them, in some
// places. It answers for the sets of [query.Marked] and for every case; of others it knows
// nothing.
type Marks struct {
	names []string
	n     [][record.Marks]int64 // place by place: name, mark
	cases []int64
	sets  map[string][]slot // by the name of a set
}

type slot struct{ name, mark int }

// NewMarks begins to count in a number of places.
func NewMarks(names []string, places int) *Marks {
	m := &Marks{names: names, n: make([][record.Marks]int64, places*len(names)), cases: make([]int64, places), sets: map[string][]slot{}}
	for i, name := range names {
		for first := range 1 << record.Marks { // every combination of marks
			var marks []int
			var slots []slot
			for mark := range int(record.Marks) {
				if first>>mark&1 == 1 {
					marks, slots = append(marks, mark), append(slots, slot{i, mark})
				}
			}
			if len(marks) > 0 {
				m.sets[query.Marked(name, marks...).String()] = slots
			}
		}
	}
	return m
}

// Add counts a case in a place.
func (m *Marks) Add(place int, marks []record.Mark) {
	m.cases[place]++
	row := m.n[place*len(m.names) : (place+1)*len(m.names)]
	for i, x := range marks {
		row[i][x]++
	}
}

// Whole gives the sum of all places as one.
func (m *Marks) Whole() *Marks {
	w := &Marks{names: m.names, n: make([][record.Marks]int64, len(m.names)), cases: make([]int64, 1), sets: m.sets}
	for place, cases := range m.cases {
		w.cases[0] += cases
		for i := range m.names {
			for mark, n := range m.n[place*len(m.names)+i] {
				w.n[i][mark] += n
			}
		}
	}
	return w
}

// Count gives the number of cases of a place in a set.
func (m *Marks) Count(place int, s query.Set) (n int64) {
	if s.String() == query.All().String() {
		return m.cases[place]
	}
	for _, x := range m.sets[s.String()] {
		n += m.n[place*len(m.names)+x.name][x.mark]
	}
	return n
}

// Sum is not asked of marks.
func (m *Marks) Sum(int, query.Set, query.Numeric) int64 { return 0 }
