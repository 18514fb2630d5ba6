package oracle

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// faults compares what was written with plain counting of the same cases. With mask it says
// what the primary rule demands: what is masked beyond it must be so as a whole or as an
// amount above 4, and what is shown must be true.
func (w table) faults(d *dataset, q question, by string, all []*client) (out []string) {
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	units, in := q.units(by, all)
	dims := slices.Clone(w.dims)
	if by != "" {
		dims = slices.Insert(dims, 0, dim{by, units})
	}
	dims = append(dims, dim{"matt", []string{"antal", w.second}})
	if len(d.ID) != len(dims) {
		return []string{fmt.Sprintf("dimensions %v, want %v", d.ID, dims)}
	}
	for i, want := range dims {
		if d.ID[i] != want.id || !slices.Equal(d.cats[i], want.cats) {
			return []string{fmt.Sprintf("dimension %d is %s %q, want %s %q", i, d.ID[i], d.cats[i], want.id, want.cats)}
		}
	}
	release := "internt"
	if q.mask {
		release = "publicering"
	}
	if d.Extension["release"] != release {
		say("release is %v, want %s", d.Extension["release"], release)
	}
	ext, i := map[string]any{}, 0
	for _, u := range units {
		k := w.count(in[u])
		v := view{w: w, k: k, d: d, mask: q.mask, unit: u, total: len(in[u]), first: i}
		out = append(out, v.faults()...)
		i += 2 * len(k.cells)
		for key, value := range k.ext {
			if by == "" {
				ext[key] = value
				continue
			}
			if ext[key] == nil {
				ext[key] = map[string]any{}
			}
			ext[key].(map[string]any)[u] = value
		}
	}
	for _, key := range slices.Sorted(maps.Keys(ext)) {
		out = append(out, treeFaults("extension."+key, ext[key], d.Extension[key], q.mask)...)
	}
	return out
}

// A view is one unit of a dataset beside what was counted for it.
type view struct {
	w     table
	k     counted
	d     *dataset
	mask  bool
	unit  string
	total int // cases of the unit in all
	first int // place of its first value
}

func (v view) faults() (out []string) {
	for i, at := range each(v.w.dims) {
		if s := v.cellFault(i); s != "" {
			out = append(out, fmt.Sprintf("%s %s: %s", v.unit, strings.Join(at, " "), s))
		}
	}
	return out
}

func small(n int) bool { return n >= 1 && n <= 4 }

func (v view) cellFault(i int) string {
	want, at := v.k.cells[i], v.first+2*i
	n, share := v.d.Value[at], v.d.Value[at+1]
	ns, shares := v.d.status(at), v.d.status(at+1)
	if v.mask && v.mustHide(i) {
		if ns != "m" || shares != "m" {
			return fmt.Sprintf("%d of a withheld or small amount is shown as %v %q, %v %q", want.count, n, ns, share, shares)
		}
		if v.hasName(i) && !v.withheld(v.k.groups[i]) {
			return fmt.Sprintf("is withheld and not named: %v", v.d.Extension["withheld"])
		}
		return ""
	}
	if v.mask && (ns == "m" || shares == "m") {
		return v.hiddenFault(i, ns, shares)
	}
	if got, ok := n.(float64); !ok || got != float64(want.count) || ns != "" {
		return fmt.Sprintf("antal is %v %q, want %d", n, ns, want.count)
	}
	if want.none {
		if share != nil || shares != "." {
			return fmt.Sprintf("%s is %v %q, want nothing, .", v.w.second, share, shares)
		}
		return ""
	}
	if got, ok := share.(float64); !ok || !near(got, want.share) || shares != "" {
		return fmt.Sprintf("%s is %v %q, want %v", v.w.second, share, shares, want.share)
	}
	return ""
}

// hasName tells whether what is withheld can be named: a unit or a group. A whole table of one
// base has no name.
func (v view) hasName(i int) bool {
	group := v.k.groups[i]
	return (v.unit != "" && small(v.total)) || ((v.unit != "" || group != "") && !small(v.total) && small(v.k.size[group]))
}

// mustHide tells whether the primary rule or withholding hides the cell.
func (v view) mustHide(i int) bool {
	return small(v.total) || small(v.k.size[v.k.groups[i]]) || small(v.k.cells[i].count)
}

// hiddenFault judges a cell that is masked though the primary rule does not demand it.
func (v view) hiddenFault(i int, ns, shares string) string {
	if ns == "m" && shares != "m" {
		return "antal is masked, its share is not"
	}
	if ns == "m" && v.k.cells[i].count == 0 && !v.withheld(v.k.groups[i]) && !v.heldElsewhere(i) {
		return "a zero is masked, and nothing in extension.withheld says why"
	}
	if ns == "" && v.d.Value[v.first+2*i] != float64(v.k.cells[i].count) {
		return "what is shown is not true"
	}
	return ""
}

// heldElsewhere tells whether the same cell stands in a table of its own whose base is 1-4, and
// where it is withheld: one cell is published or not, wherever it stands.
func (v view) heldElsewhere(i int) bool { return len(v.k.bases) > i && small(v.k.bases[i]) }

// withheld tells whether the unit, or the group in it, is named as withheld.
func (v view) withheld(group string) bool {
	names, _ := v.d.Extension["withheld"].([]any)
	for _, n := range names {
		name, inUnit := n.(string), v.unit == ""
		if rest, ok := strings.CutPrefix(name, v.unit+"/"); ok && v.unit != "" {
			name, inUnit = rest, true
		}
		switch {
		case v.unit != "" && name == v.unit, inUnit && group == "":
			return true
		case inUnit && (name == group || strings.HasSuffix(name, "="+group)):
			return true
		}
	}
	return false
}

// treeFaults compares a tree of numbers; masked numbers must be null, and more may be.
func treeFaults(at string, want, got any, mask bool) (out []string) {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok || !slices.Equal(slices.Sorted(maps.Keys(g)), slices.Sorted(maps.Keys(w))) {
			return []string{fmt.Sprintf("%s is %v, want %v", at, got, want)}
		}
		for k := range w {
			out = append(out, treeFaults(at+"."+k, w[k], g[k], mask)...)
		}
	case int:
		if mask && (got == nil || small(w)) {
			if got != nil {
				return []string{fmt.Sprintf("%s shows %v, which is %d", at, got, w)}
			}
			return nil
		}
		if n, ok := got.(float64); !ok || n != float64(w) {
			return []string{fmt.Sprintf("%s is %v, want %d", at, got, w)}
		}
	case ratio:
		if mask && small(w.of) && got != nil {
			return []string{fmt.Sprintf("%s is %v, of %d cases", at, got, w.of)}
		}
		if n, ok := got.(float64); !(mask && got == nil) && (!ok || !near(n, w.value)) {
			return []string{fmt.Sprintf("%s is %v, want %v", at, got, w.value)}
		}
	case nil:
		if got != nil {
			return []string{fmt.Sprintf("%s is %v, want null", at, got)}
		}
	}
	return out
}
