package oracle

import (
	"maps"
	"slices"
)

// A feature is one row of the two tables of characteristics.
type feature struct {
	id string
	of func(*client) bool // the base
	in func(*client) bool
}

func features() (all []feature) {
	add := func(prefix string, a trait) {
		for _, cat := range a.cats {
			all = append(all, feature{prefix + cat, a.known, func(c *client) bool { return a.has(c, cat) }})
		}
	}
	for _, v := range []string{"v14", "v19", "v20", "v58", "v59", "v67"} {
		add(v+"_", coded(v))
	}
	add("v126_", basis)
	add("alder_", age)
	add("v49_", initiative)
	return append(all,
		feature{"insats_ja", any1, func(c *client) bool { return len(c.supports()) > 0 }},
		feature{"insats_1", any1, func(c *client) bool { return len(c.supports()) == 1 }},
		feature{"risk_ja", any1, func(c *client) bool { return len(c.risks) > 0 }},
		feature{"samverkan_0", parties.known, func(c *client) bool { return parties.has(c, "0") }})
}

// profile is topp or bortfall: the features of two groups side by side.
func profile(id, first, second string, few, many func(*client) bool) table {
	groups := []struct {
		id string
		in func(*client) bool
	}{{first, few}, {second, many}}
	var rows []string
	for _, f := range features() {
		rows = append(rows, f.id)
	}
	dims := []dim{{"egenskap", rows}, {"grupp", []string{first, second}}}
	return table{id, dims, "andel", func(all []*client) (k counted) {
		ns, sizes := map[string]any{}, map[string]any{}
		k.size = map[string]int{}
		for _, f := range features() {
			of := map[string]any{}
			for _, g := range groups {
				base := number(all, func(c *client) bool { return g.in(c) && f.of(c) })
				n := number(all, func(c *client) bool { return g.in(c) && f.of(c) && f.in(c) })
				k.cells = append(k.cells, percent(n, base))
				k.groups = append(k.groups, g.id)
				k.bases = append(k.bases, base)
				of[g.id] = base
			}
			ns[f.id] = of
		}
		for _, g := range groups {
			size := number(all, g.in)
			sizes[g.id], k.size[g.id] = size, size
		}
		k.ext = map[string]any{"n": ns, "grupp": sizes}
		return k
	}}
}

// A ratio stands in extension: its value, and the number of cases that it would give away.
type ratio struct {
	value float64
	of    int
}

// outcome is topp, with what stands beside the cells.
func outcome() table {
	t := profile("topp", "topp", "alla", best, any1)
	return t.more("medel_insatser", func(all []*client) any {
		means := map[string]any{"topp": nil, "alla": nil}
		if n, mean := meanSupports(all, best); n > 0 {
			means["topp"] = ratio{mean, n}
		}
		if n, mean := meanSupports(all, any1); n > 0 {
			means["alla"] = ratio{mean, n}
		}
		return means
	}).more("av_avslutade", func(all []*client) any {
		closed := number(all, (*client).closed)
		if closed == 0 {
			return nil
		}
		n := number(all, func(c *client) bool { return best(c) && c.closed() })
		return ratio{100 * float64(n) / float64(closed), n}
	})
}

// change gives how a case's values of an instrument went, first day against last; empty when
// there are not values on two days.
func change(c *client, instrument string) string {
	byDay := map[string]float64{}
	for _, r := range c.risks {
		if r.instrument != instrument || r.day == "" || !r.valued {
			continue
		}
		if old, seen := byDay[r.day]; !seen || r.value > old {
			byDay[r.day] = r.value
		}
	}
	if len(byDay) < 2 {
		return ""
	}
	when := slices.Sorted(maps.Keys(byDay))
	first, last := byDay[when[0]], byDay[when[len(when)-1]]
	switch {
	case last < first:
		return "lagre"
	case last > first:
		return "hogre"
	}
	return "lika"
}

// repeated is risk_upprepad.
func repeated() table {
	cats := []string{"lagre", "lika", "hogre"}
	dims := []dim{{"instrument", to(6)}, {"forandring", cats}}
	return table{"risk_upprepad", dims, "andel", func(all []*client) (k counted) {
		ns, reached := map[string]any{}, map[string]any{}
		k.size = map[string]int{}
		for _, i := range to(6) {
			base := number(all, func(c *client) bool { return change(c, i) != "" })
			met := map[string]any{}
			for _, ch := range cats {
				n := number(all, func(c *client) bool { return change(c, i) == ch })
				met[ch] = number(all, func(c *client) bool { return change(c, i) == ch && c.is("v192", "1") })
				k.cells = append(k.cells, percent(n, base))
				k.groups = append(k.groups, i)
			}
			ns[i], reached[i], k.size[i] = base, met, base
		}
		k.ext = map[string]any{"n": ns, "malet_natt": reached}
		return k
	}}
}

// localTables gives a table for each local variable that two or more packages share.
func localTables(packs []*pack) (all []table) {
	shared, of := map[string]int{}, map[string]*local{}
	for _, p := range packs {
		if p.gone || p.sheets[locFile] == nil {
			continue
		}
		for _, l := range p.locals {
			if !l.foreign && len(l.codes) > 0 && slices.Contains(p.sheets[locFile].columns, l.name) {
				shared[l.name]++
				of[l.name] = l
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(shared)) {
		if shared[name] < 2 {
			continue
		}
		all = append(all, frequency("lokal_"+name, trait{name, of[name].codes, func(c *client) []string {
			if c.local[name] == "" {
				return nil
			}
			return []string{c.local[name]}
		}}, any1))
	}
	return all
}
