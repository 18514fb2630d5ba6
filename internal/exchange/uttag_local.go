package exchange

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/exchange/csvscan"
	"foljsam/internal/record"
)

// localField is a local variable, as datapackage.json describes it.
type localField struct {
	name        string
	kind        string // the schema's type; empty: string
	description string // in canonical form
	codes       []string
	labels      []string
	index       map[string]int16
	crowded     bool // there are more categories than may be
	at          int  // among the columns that are kept; -1: only checked
}

// localColumns are the columns of lokala.csv that the package describes.
func (p *delivered) localColumns() []column {
	all := []column{{name: caseColumn, required: true, use: pickID}}
	var refused []column
	seen := map[string]bool{caseColumn: true}
	for _, raw := range p.desc.localFields() {
		f, ok := readField(raw)
		if !ok || seen[f.name] {
			continue
		}
		seen[f.name] = true
		if why := f.refusal(all); why != "" {
			refused = append(refused, column{name: f.name, optional: true, refused: why})
			continue
		}
		if f.at = -1; len(f.codes) > 0 && f.kind != "list" {
			f.at = len(p.Batch.Local)
			p.Batch.Local = append(p.Batch.Local, record.LocalColumn{Name: f.name, Description: f.description, Codes: f.codes, Labels: f.labels})
		}
		all = append(all, column{name: f.name, use: pickLocal, local: f})
	}
	return append(all, refused...)
}

// localFields finds the description of lokala.csv, by its path or its name.
func (d *description) localFields() []json.RawMessage {
	for _, r := range d.resources() {
		path := textOf(r.Path)
		if path[strings.LastIndexAny(path, `/\`)+1:] == localFile || path == "" && textOf(r.Name) == strings.TrimSuffix(localFile, ".csv") {
			return r.Schema.Fields
		}
	}
	return nil
}

func readField(raw json.RawMessage) (*localField, bool) {
	var x struct {
		Name       json.RawMessage   `json:"name"`
		Type       json.RawMessage   `json:"type"`
		Categories []json.RawMessage `json:"categories"`
	}
	if json.Unmarshal(raw, &x) != nil || textOf(x.Name) == "" {
		return nil, false
	}
	f := &localField{name: textOf(x.Name), kind: textOf(x.Type), description: canonical(raw), index: map[string]int16{}}
	for _, c := range x.Categories {
		f.addCategory(c)
	}
	return f, true
}

// addCategory takes a category as it may be written: a value, or a value with a label.
func (f *localField) addCategory(raw json.RawMessage) {
	var labelled struct{ Value, Label json.RawMessage }
	value := textOf(raw)
	label := value
	if json.Unmarshal(raw, &labelled) == nil && len(labelled.Value) > 0 {
		value = textOf(labelled.Value)
		if label = textOf(labelled.Label); label == "" {
			label = value
		}
	}
	if _, twice := f.index[value]; twice || value == "" {
		return
	}
	if len(f.codes) >= maxCategories {
		f.crowded = true
		return
	}
	f.index[value] = int16(len(f.codes))
	f.codes, f.labels = append(f.codes, value), append(f.labels, label)
}

// canonical writes a description so that two that say the same are the same text: the
// properties sorted, no blanks.
func canonical(raw json.RawMessage) string {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return string(raw)
	}
	b, err := json.Marshal(v)
	if err != nil {
		return string(raw)
	}
	return string(b)
}

// readLocal reads a cell of a local variable.
func (r *rowReader) readLocal(x *cell, b, raw []byte) {
	f := x.local
	if len(f.codes) == 0 {
		if !f.fits(b) {
			r.say(x.name, raw, "exchange.local_type", "type", f.kind)
		}
		return
	}
	if f.kind == "list" {
		r.readLocalList(x, b)
		return
	}
	at, ok := f.category(b)
	if !ok {
		r.say(x.name, raw, "exchange.local_category")
		return
	}
	r.local[f.at] = at
}

// readLocalList checks a cell that may hold several categories. Such a variable is not
// tabulated.
func (r *rowReader) readLocalList(x *cell, b []byte) {
	for part := range bytes.SplitSeq(b, []byte(x.local.delimiter())) {
		if _, ok := x.local.category(part); !ok {
			r.say(x.name, part, "exchange.local_category")
		}
	}
}

func (f *localField) delimiter() string {
	var x struct {
		Delimiter string `json:"delimiter"`
	}
	if json.Unmarshal([]byte(f.description), &x) != nil || x.Delimiter == "" {
		return ","
	}
	return x.Delimiter
}

// category finds a value. What this program once protected with an apostrophe, because a
// spreadsheet would have taken it for a formula, is found without it.
func (f *localField) category(b []byte) (int16, bool) {
	if i, ok := f.index[string(b)]; ok {
		return i, true
	}
	if len(b) > 1 && b[0] == '\'' && strings.ContainsRune("=+-@", rune(b[1])) {
		i, ok := f.index[string(b[1:])]
		return i, ok
	}
	return -1, false
}

// fits tells whether a value is of the described type. Types that we do not know fit all.
func (f *localField) fits(b []byte) bool {
	switch f.kind {
	case "integer":
		_, err := strconv.ParseInt(string(b), 10, 64)
		return err == nil
	case "number":
		_, err := strconv.ParseFloat(strings.Replace(string(b), ",", ".", 1), 64)
		return err == nil
	case "date":
		_, ok := record.ParseDay(b)
		return ok
	}
	return true
}

// localPart is the rows of one chunk of lokala.csv.
type localPart struct {
	at       []int32
	rows     []int32
	values   []int16 // a row's values one after another
	problems found
}

func (p *delivered) readLocals(t *table) error {
	for k := range p.Batch.Local {
		p.Batch.Local[k].Values = slices.Repeat([]int16{-1}, p.Batch.Len())
	}
	seen := make([]bool, p.Batch.Len())
	return parts(p, t, func(c *csvscan.Chunk) localPart { return p.parseLocals(t.plan, c) },
		func(part localPart, before int) error {
			p.problems.addRows(part.problems, before)
			p.takeLocals(part, seen, before)
			return nil
		})
}

func (p *delivered) parseLocals(plan *plan, c *csvscan.Chunk) (part localPart) {
	f := &finder{p: p}
	r := newRowReader(plan, f, len(p.Batch.Local), p.room())
	for more, usable := r.nextRow(c); more; more, usable = r.nextRow(c) {
		if !usable {
			continue
		}
		if i := f.owner(r); i >= 0 {
			part.at = append(part.at, i)
			part.rows = append(part.rows, int32(r.at))
			part.values = append(part.values, r.local...)
		}
	}
	part.problems = r.problems
	return part
}

// takeLocals adds a chunk's values. Of two rows with one case the first stays.
func (p *delivered) takeLocals(part localPart, seen []bool, before int) {
	n := len(p.Batch.Local)
	for k, i := range part.at {
		if seen[i] {
			p.twice(localFile, before+int(part.rows[k]), p.ids.at(i))
			continue
		}
		seen[i] = true
		for c, v := range part.values[k*n : k*n+n] {
			p.Batch.Local[c].Values[i] = v
		}
	}
}
