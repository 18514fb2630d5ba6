package oracle

// A dim is a dimension of a table.
type dim struct {
	id   string
	cats []string
}

// A figure is what a cell holds beside the count: a percent or a mean, or
// nothing where the base is 0.
type figure struct {
	count int
	share float64
	none  bool
}

// A table is what the contract says about one table id.
type table struct {
	id     string
	dims   []dim // before matt
	second string
	count  func(all []*client) counted
}

// counted is a table of some cases: its cells row by row of its dimensions,
// and what stands in extension.
type counted struct {
	cells  []figure
	groups []string // the group of each cell; empty when the table has one base
	bases  []int    // of each cell, where it stands as a cell of another table too
	ext    map[string]any
	size   map[string]int // what decides whether a group is withheld
}

// each gives the combinations of categories, the last dimension fastest.
func each(dims []dim) [][]string {
	out := [][]string{{}}
	for _, d := range dims {
		var longer [][]string
		for _, at := range out {
			for _, c := range d.cats {
				longer = append(longer, append(append([]string{}, at...), c))
			}
		}
		out = longer
	}
	return out
}

func percent(n, of int) figure {
	if of == 0 {
		return figure{count: n, none: true}
	}
	return figure{count: n, share: 100 * float64(n) / float64(of)}
}

func number(all []*client, in func(*client) bool) (n int) {
	for _, c := range all {
		if in(c) {
			n++
		}
	}
	return n
}

func any1(*client) bool { return true }

// frequency is a table with one base: those of whom that have the trait.
func frequency(id string, a trait, whom func(*client) bool) table {
	return table{id, []dim{{a.id, a.cats}}, "andel", func(all []*client) (k counted) {
		base := number(all, func(c *client) bool { return whom(c) && a.known(c) })
		for _, cat := range a.cats {
			n := number(all, func(c *client) bool { return whom(c) && a.has(c, cat) })
			k.cells = append(k.cells, percent(n, base))
		}
		k.ext = map[string]any{"n": base}
		k.size = map[string]int{"": base}
		k.groups = make([]string, len(k.cells))
		return k
	}}
}

// cross is a table with a base per category of a.
func cross(id string, a, b trait, whom func(*client) bool) table {
	dims := []dim{{a.id, a.cats}, {b.id, b.cats}}
	return table{id, dims, "andel", func(all []*client) (k counted) {
		ns := map[string]any{}
		k.size = map[string]int{}
		for _, x := range a.cats {
			base := number(all, func(c *client) bool { return whom(c) && a.has(c, x) && b.known(c) })
			for _, y := range b.cats {
				n := number(all, func(c *client) bool { return whom(c) && a.has(c, x) && b.has(c, y) })
				k.cells = append(k.cells, percent(n, base))
				k.groups = append(k.groups, x)
			}
			ns[x], k.size[x] = base, base
		}
		k.ext = map[string]any{"n": ns}
		return k
	}}
}

// more adds something to a table's extension.
func (t table) more(key string, what func(all []*client) any) table {
	plain := t.count
	t.count = func(all []*client) counted {
		k := plain(all)
		k.ext[key] = what(all)
		return k
	}
	return t
}

func tables() (all []table) {
	for _, f := range []struct{ id, v string }{
		{"d02", "v14"}, {"d04", "v20"}, {"d05", "v59"}, {"d07", "v67"}, {"d08", "v58"}, {"d11", "v161"}, {"d18", "v202"},
		{"d19", "v203"}, {"d20", "v212"}, {"f_v1", "v1"}, {"f_v19", "v19"}, {"f_v41", "v41"}, {"f_v110", "v110"}, {"f_v206", "v206"},
		{"d12", "v127"},
	} {
		all = append(all, frequency(f.id, coded(f.v), any1))
	}
	all = append(all, phases(),
		frequency("d03", age, any1),
		frequency("d06", initiative, any1).more("svar", answers),
		frequency("d09", support118, any1), supportMeans(),
		frequency("d13", parties, any1),
		frequency("d14", coded("v257"), (*client).closed),
		frequency("d15", coded("v192"), (*client).closed),
		frequency("d16", days, any1),
		cross("d17", days.only("1-90", "91-180", "181-270", "271-360"), coded("v257").only("1", "3", "4"), any1),
		cross("d21", honour.as("hrv"), age, any1),
		cross("d22", honour.as("hrv"), coded("v20").only("1", "2", "3", "4"), any1),
		cross("d23", honour.as("hrv"), support118, any1),
		cross("d24", coded("v14"), age, any1),
		cross("d25", coded("v14"), support118, any1),
		frequency("d26", assessed, any1).more("standardiserat", standardised),
		withBase(frequency("d27", instrument, any1), func(c *client) bool { return len(c.risks) > 0 }),
		frequency("f_v126", basis, any1), frequency("boende", housing, any1),
		cross("x_v59_v67", honour, coded("v67"), any1), cross("x_v59_v58", honour, coded("v58"), any1),
		cross("x_v59_risk", honour, assessed, any1), cross("x_v59_v192", honour, coded("v192"), any1),
		cross("x_v59_dagar", honour, days, any1), cross("x_v14_v58", coded("v14"), coded("v58"), any1),
		cross("x_v14_v67", coded("v14"), coded("v67"), any1), cross("x_v14_v161", coded("v14"), coded("v161"), any1),
		cross("x_v14_v192", coded("v14"), coded("v192"), any1), instruments(), cross("x_alder_v67", age, coded("v67"), any1),
		outcome(),
		profile("bortfall", "svarat", "alla", func(c *client) bool { return c.closed() && c.answered() }, (*client).closed),
		repeated())
	return all
}

// answers counts the answers about who took the initiative, after the grouping.
func answers(all []*client) any {
	n := 0
	for _, c := range all {
		n += len(initiatives(c))
	}
	return n
}

func standardised(all []*client) any {
	return number(all, func(c *client) bool {
		for _, r := range c.risks {
			if r.instrument >= "1" && r.instrument <= "4" {
				return true
			}
		}
		return false
	})
}

// withBase gives a frequency another base than those that have one of its categories.
func withBase(t table, in func(*client) bool) table {
	plain := t.count
	t.count = func(all []*client) counted {
		k := plain(all)
		base := number(all, in)
		for i, f := range k.cells {
			k.cells[i] = percent(f.count, base)
		}
		k.ext["n"], k.size[""] = base, base
		return k
	}
	return t
}

// instruments is x_v14_instrument, whose base is that of d27.
func instruments() table {
	b := instrument
	of := b.of
	b.of = func(c *client) []string {
		if len(c.risks) == 0 {
			return nil
		}
		return append(of(c), "any")
	}
	shown := b.cats
	b.cats = append(append([]string{}, shown...), "any")
	t := cross("x_v14_instrument", coded("v14"), b, any1)
	plain := t.count
	t.dims[1].cats = shown
	t.count = func(all []*client) counted {
		k := plain(all)
		var cells []figure
		var groups []string
		for i := range k.cells {
			if (i+1)%len(b.cats) != 0 {
				cells, groups = append(cells, k.cells[i]), append(groups, k.groups[i])
			}
		}
		k.cells, k.groups = cells, groups
		return k
	}
	return t
}

// phases is d01.
func phases() table {
	open := func(v string) func(*client) bool { return func(c *client) bool { return len(c.codes[v]) > 0 } }
	rows := []struct {
		id string
		of func(*client) bool
		in func(*client) bool
	}{
		{"aktualiserade", any1, any1},
		{"insats", any1, func(c *client) bool { return len(c.supports()) > 0 }},
		{"avslutade", any1, (*client).closed},
		{"avslutsorsak", (*client).closed, open("v257")},
		{"maluppfoljning", (*client).closed, open("v192")},
		{"enkat", (*client).closed, (*client).answered},
	}
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.id)
	}
	return table{"d01", []dim{{"fas", ids}, {"registrerat", []string{"ja", "nej"}}}, "andel", func(all []*client) (k counted) {
		ns := map[string]any{}
		k.size = map[string]int{}
		for _, r := range rows {
			base := number(all, r.of)
			yes := number(all, func(c *client) bool { return r.of(c) && r.in(c) })
			k.cells = append(k.cells, percent(yes, base), percent(base-yes, base))
			k.groups = append(k.groups, r.id, r.id)
			ns[r.id], k.size[r.id] = base, base
		}
		k.ext = map[string]any{"n": ns}
		return k
	}}
}

// supportMeans is d10: how many different supports a case has.
func supportMeans() table {
	in := func(a trait, cat string) func(*client) bool { return func(c *client) bool { return a.has(c, cat) } }
	rows := []struct {
		id string
		in func(*client) bool
	}{
		{"alla", any1}, {"hrv", in(honour, "1")}, {"ej_hrv", in(honour, "2")}, {"v192_1", in(coded("v192"), "1")},
		{"v20_1", in(coded("v20"), "1")}, {"v20_4", in(coded("v20"), "4")}, {"alder_18-24", in(age, "18-24")},
		{"alder_65-74", in(age, "65-74")}, {"v67_1", in(coded("v67"), "1")}, {"v67_3", in(coded("v67"), "3")},
		{"v19_3", in(coded("v19"), "3")}, {"risk_ja", in(assessed, "ja")}, {"risk_nej", in(assessed, "nej")},
	}
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.id)
	}
	return table{"d10", []dim{{"grupp", ids}}, "medel", func(all []*client) (k counted) {
		ns := map[string]any{}
		k.size = map[string]int{}
		for _, r := range rows {
			n, mean := meanSupports(all, r.in)
			k.cells = append(k.cells, figure{n, mean, n == 0})
			k.groups = append(k.groups, r.id)
			ns[r.id], k.size[r.id] = n, n
		}
		k.ext = map[string]any{"n": ns}
		return k
	}}
}

// meanSupports gives the cases with any support, and how many different they have.
func meanSupports(all []*client, in func(*client) bool) (n int, mean float64) {
	sum := 0
	for _, c := range all {
		if k := len(c.supports()); k > 0 && in(c) {
			n, sum = n+1, sum+k
		}
	}
	if n == 0 {
		return 0, 0
	}
	return n, float64(sum) / float64(n)
}

func best(c *client) bool { return c.is("v192", "1") && c.is("v202", "1") }
