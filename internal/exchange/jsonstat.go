package exchange

import (
	"io"
	"time"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
)

// The dimension of measures stands last in every dataset.
const (
	measureDim   = "matt"
	countMeasure = "antal"
)

// dimension is a dimension of a dataset: what the table is split by, the table's own, or
// the measures.
type dimension struct {
	id    string
	label string
	cats  []string
	names []string
}

// dimensionsOf gives a table's dimensions in the order in which they are written.
func dimensionsOf(r *disclosure.Released, p *locale.Printer) (all []dimension) {
	if s := r.Split(); s.ID != "" {
		d := dimension{id: s.ID, label: s.Label.In(p)}
		for _, u := range s.Units {
			d.add(u.ID, u.Label.In(p))
		}
		all = append(all, d)
	}
	for _, x := range r.Table().Dims {
		d := dimension{id: x.ID, label: x.Label.In(p)}
		for _, c := range x.Cats {
			d.add(c.ID, c.Label.In(p))
		}
		all = append(all, d)
	}
	m := dimension{id: measureDim, label: codebook.Label{Key: "dim.matt"}.In(p)}
	m.add(countMeasure, codebook.Label{Key: "matt.antal"}.In(p))
	if meanOf, _, _ := r.Table().Of.Parts(); meanOf != 0 {
		m.add("medel", codebook.Label{Key: "matt.medel"}.In(p))
	} else {
		m.add("andel", codebook.Label{Key: "matt.andel"}.In(p))
	}
	return append(all, m)
}

func (d *dimension) add(id, name string) {
	d.cats, d.names = append(d.cats, id), append(d.names, name)
}

// units is how many parts a table is split in; 1 when it is whole.
func units(r *disclosure.Released) int { return len(r.Split().Units) }

// WriteJSONStat writes a table as a JSON-stat 2.0 dataset. What is masked, missing or not
// applicable is null with its own status; nothing is rounded.
func WriteJSONStat(w io.Writer, r *disclosure.Released, p *locale.Printer) error {
	j := &jsonText{}
	j.open('{')
	j.key("version")
	j.text("2.0")
	j.key("class")
	j.text("dataset")
	j.key("label")
	j.text(r.Table().Title.In(p))
	j.key("source")
	j.text(r.About().Codebook.Title.In(p.Lang()))
	if t := r.About().Read[1]; !t.IsZero() {
		j.key("updated")
		j.text(t.UTC().Format(time.RFC3339))
	}
	j.key("note")
	j.texts(NotesOf(r, p))
	dims := dimensionsOf(r, p)
	j.layout(dims, rolesOf(dims))
	j.values(r)
	j.extension(r)
	j.end('}')
	_, err := w.Write(append(j.b, '\n'))
	return err
}

// layout writes id, size, roles and dimensions. A role is a pair: which, and the dimension that has it.
func (j *jsonText) layout(dims []dimension, roles [][2]string) {
	j.key("id")
	j.open('[')
	for _, d := range dims {
		j.text(d.id)
	}
	j.end(']')
	j.key("size")
	j.open('[')
	for _, d := range dims {
		j.int(len(d.cats))
	}
	j.end(']')
	j.key("role")
	j.open('{')
	for _, role := range roles {
		j.key(role[0])
		j.texts([]string{role[1]})
	}
	j.end('}')
	j.key("dimension")
	j.open('{')
	for _, d := range dims {
		j.dimension(d)
	}
	j.end('}')
}

// roleOf tells which dimensions are of place and time; the others have no role.
var roleOf = map[string]string{"kommun": "geo", "lan": "geo", "ar": "time"}

func rolesOf(dims []dimension) [][2]string {
	metric := [2]string{"metric", measureDim}
	if role := roleOf[dims[0].id]; role != "" {
		return [][2]string{{role, dims[0].id}, metric}
	}
	return [][2]string{metric}
}

func (j *jsonText) dimension(d dimension) {
	j.key(d.id)
	j.open('{')
	j.key("label")
	j.text(d.label)
	j.key("category")
	j.open('{')
	j.key("index")
	j.texts(d.cats)
	j.key("label")
	j.open('{')
	for i, id := range d.cats {
		j.key(id)
		j.text(d.names[i])
	}
	j.end('}')
	j.end('}')
	j.end('}')
}

// eachValue gives a table's values in the order of its dimensions.
func eachValue(r *disclosure.Released, do func(v disclosure.Value)) {
	for u := range units(r) {
		for c := range r.Table().Size() {
			x := r.Cell(u, c)
			do(x.Count)
			do(x.Share)
		}
	}
}

func (j *jsonText) values(r *disclosure.Released) {
	j.key("value")
	j.open('[')
	eachValue(r, j.value)
	j.end(']')
	i, any := 0, false
	eachValue(r, func(v disclosure.Value) {
		if !v.IsNumber() {
			if !any {
				j.key("status")
				j.open('{')
				any = true
			}
			j.keyInt(i)
			j.text(v.State().Status())
		}
		i++
	})
	if any {
		j.end('}')
	}
}

func (j *jsonText) value(v disclosure.Value) {
	if v.IsNumber() {
		j.number(v.Float())
	} else {
		j.null()
	}
}

// extension is what JSON-stat has no place for: the bases, the further figures, for whom
// the table is, and what is withheld.
func (j *jsonText) extension(r *disclosure.Released) {
	j.key("extension")
	j.open('{')
	if r.About().OnlyPrimary {
		j.key("endast_primar")
		j.bool(true)
	}
	j.key("n")
	j.byUnit(r, func(u int) { j.bases(r, u) })
	for _, f := range r.Table().Figures {
		paths := make([][]string, len(f.At))
		for i, place := range f.At {
			paths[i] = place.Path
		}
		j.key(f.ID)
		j.byUnit(r, func(u int) { j.figure(paths, r.Figure(u, f.ID)) })
	}
	j.key("kodbok")
	j.open('{')
	j.key("id")
	j.text(r.About().Codebook.ID)
	j.key("version")
	j.text(r.About().Codebook.Version)
	j.end('}')
	j.key("release")
	j.text(releaseWord(r.About().Audience))
	if r.About().Synthetic {
		j.key("syntetisk")
		j.bool(true)
	}
	if all := r.Withheld(); len(all) > 0 {
		j.key("withheld")
		j.texts(all)
	}
	j.end('}')
}

// releaseWord is the format's own word, the same in every language.
func releaseWord(a disclosure.Audience) string {
	if a == disclosure.Publication {
		return "publicering"
	}
	return "internt"
}

// byUnit writes something for each unit that the table is split in, or once.
func (j *jsonText) byUnit(r *disclosure.Released, write func(unit int)) {
	s := r.Split()
	if s.ID == "" {
		write(0)
		return
	}
	j.open('{')
	for u := range s.Units {
		j.key(s.Units[u].ID)
		write(u)
	}
	j.end('}')
}

// bases writes a unit's base, an object for each dimension that the base differs over.
func (j *jsonText) bases(r *disclosure.Released, unit int) {
	group := 0
	var level func(dim int)
	level = func(dim int) {
		if dim == r.Table().BaseDims {
			j.value(r.Base(unit, group))
			group++
			return
		}
		j.open('{')
		for _, c := range r.Table().Dims[dim].Cats {
			j.key(c.ID)
			level(dim + 1)
		}
		j.end('}')
	}
	level(0)
}

// figure writes a further figure: one value, or one at the end of each path.
func (j *jsonText) figure(paths [][]string, values []disclosure.Value) {
	if len(paths) == 1 && len(paths[0]) == 0 {
		j.value(values[0])
		return
	}
	j.open('{')
	for len(paths) > 0 {
		var inside [][]string
		for _, p := range paths {
			if p[0] != paths[0][0] {
				break
			}
			inside = append(inside, p[1:])
		}
		j.key(paths[0][0])
		j.figure(inside, values[:len(inside)])
		paths, values = paths[len(inside):], values[len(inside):]
	}
	j.end('}')
}
