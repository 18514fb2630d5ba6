package disclosure

import (
	"encoding/json"
	"io"
	"maps"
	"slices"
)

type publishedCell struct {
	ID        string `json:"id"`
	Published *int64 `json:"published"`
	Owner     string `json:"owner,omitempty"`
	Lo        *int   `json:"lo,omitempty"`
}

type publishedRelation struct {
	Total string   `json:"total"`
	Parts []string `json:"parts"`
}

type publishedLinear struct {
	Coef map[string]int `json:"coef"`
	Lo   int            `json:"lo"`
	Hi   *int           `json:"hi,omitempty"`
}

// WritePublished lists everything that the release publishes and what hangs together in
// it, for whoever wants to audit it. Percentages and means are shown only where the
// counts that they are made of are, so they add nothing to what an attacker knows.
func (r *Release) WritePublished(w io.Writer) error {
	doc := struct {
		Options   map[string]any      `json:"options"`
		Cells     []publishedCell     `json:"cells"`
		Relations []publishedRelation `json:"relations"`
		Percents  []any               `json:"percents"`
		Rates     []any               `json:"rates"`
		Linear    []publishedLinear   `json:"linear"`
	}{
		Options:  map[string]any{"masked_min": smallFrom, "small": []int{smallFrom, smallTill}, "integer": true},
		Percents: []any{}, Rates: []any{},
	}
	m := r.model
	for _, c := range m.cells {
		doc.Cells = append(doc.Cells, c.published())
	}
	l := m.declare()
	for _, x := range l.relations {
		doc.Relations = append(doc.Relations, publishedRelation{m.cells[x.total].id, m.ids(x.parts)})
	}
	for _, x := range l.inequalities {
		doc.Linear = append(doc.Linear, m.linear(x))
	}
	return json.NewEncoder(w).Encode(doc)
}

func (c *modelCell) published() publishedCell {
	p := publishedCell{ID: c.id, Owner: c.unit.owner}
	if !c.masked {
		p.Published = &c.true
	}
	if c.held {
		zero := 0
		p.Lo = &zero
	}
	return p
}

func (m *model) ids(cells []int) []string {
	ids := make([]string, len(cells))
	for i, c := range cells {
		ids[i] = m.cells[c].id
	}
	return ids
}

func (m *model) linear(x inequality) publishedLinear {
	l := publishedLinear{Coef: map[string]int{}, Lo: x.lo}
	for _, i := range slices.Sorted(maps.Keys(x.coef)) {
		l.Coef[m.cells[i].id] = x.coef[i]
	}
	if x.bounded {
		l.Hi = &x.hi
	}
	return l
}

// WriteTruth lists the true counts, for an audit inside the house. It must never be
// where the release is.
func (r *Release) WriteTruth(w io.Writer) error {
	type cell struct {
		ID      string `json:"id"`
		True    int64  `json:"true"`
		Primary bool   `json:"primary"`
	}
	doc := struct {
		Cells []cell `json:"cells"`
	}{}
	for _, c := range r.model.cells {
		doc.Cells = append(doc.Cells, cell{c.id, c.true, c.primary})
	}
	return json.NewEncoder(w).Encode(doc)
}
