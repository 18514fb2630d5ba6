package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"foljsam/internal/codebook"
	"foljsam/internal/query"
	"foljsam/internal/tabulate"
)

type table struct {
	ID         string
	Keys, Sums []string
	Top        bool
}

func readSpec(path string) ([]table, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("the environment variable SPEC should name the list of tables: %w", err)
	}
	var spec struct{ Tables []table }
	err = json.Unmarshal(b, &spec)
	return spec.Tables, err
}

// counted is one cell of the result: its name there, and what is counted.
type countedCell struct {
	id  string
	set query.Set
	sum bool // the number of kinds of support, added up
}

var supports = query.CodesChosen(118)

// define gives every cell of the tables.
func define(tables []table) ([]countedCell, error) {
	var cells []countedCell
	for _, t := range tables {
		groups := []struct {
			id  string
			set query.Set
		}{{t.ID, query.All()}}
		for i, key := range t.Keys {
			cats, err := key2sets(key)
			if err != nil {
				return nil, err
			}
			next := groups[:0:0]
			for _, g := range groups {
				for k, c := range cats {
					sep := map[bool]string{true: "|", false: ","}[i == 0]
					g2 := g
					g2.id, g2.set = g.id+sep+strconv.Itoa(k+1), query.And(g.set, c)
					next = append(next, g2)
				}
			}
			groups = next
		}
		for _, g := range groups {
			if t.Top {
				g.set = query.And(g.set, query.Codes(192, 1), query.Codes(202, 1))
			}
			if len(t.Sums) == 0 {
				cells = append(cells, countedCell{id: g.id, set: g.set})
			}
			for _, s := range t.Sums {
				set, err := sum2set(s)
				if err != nil {
					return nil, err
				}
				cells = append(cells, countedCell{g.id + "|" + s, query.And(g.set, set), s == "ins_n"})
			}
		}
	}
	return cells, nil
}

// key2sets gives the categories of a grouping column, in the order of their numbers.
func key2sets(key string) ([]query.Set, error) {
	switch key {
	case "ab":
		return bands(query.Answer(15), 0, 25, 35, 45, 55, 65, 75), nil
	case "bin":
		return bands(query.DaysBetween(5, 256), 1, 91, 181, 271, 361, 451, 541, 631, 721)[:8], nil
	case "actors":
		return bands(query.CodesChosen(127), 0, 1, 2, 3, 4), nil
	case "riskused":
		return []query.Set{query.Registered(90), query.Not(query.Registered(90))}, nil
	case "riskchg":
		return []query.Set{query.Changed(1, query.Lower), query.Changed(1, query.Same), query.Changed(1, query.Higher)}, nil
	case "funk_3":
		return []query.Set{query.Codes(19, 3)}, nil
	}
	v := codebook.Default().Variable(single[key])
	if v == nil {
		return nil, fmt.Errorf("key %q", key)
	}
	var sets []query.Set
	for _, c := range v.Codes {
		sets = append(sets, query.Codes(v.Number, c.Code))
	}
	return sets, nil
}

// bands divides a number at the given starts; the last is open.
func bands(n query.Numeric, starts ...int) []query.Set {
	var sets []query.Set
	for i, lo := range starts {
		hi := query.Open
		if i+1 < len(starts) {
			hi = starts[i+1] - 1
		}
		sets = append(sets, query.Span(n, lo, hi))
	}
	return sets
}

func sum2set(s string) (query.Set, error) {
	switch s {
	case "one":
		return query.All(), nil
	case "closed":
		return query.Registered(256), nil
	case "orsak_any":
		return query.Registered(257), nil
	case "malupp_any":
		return query.Registered(192), nil
	case "enk":
		return query.Or(query.Registered(202), query.Registered(203), query.Registered(206), query.Registered(212)), nil
	case "init_soc":
		return query.Codes(49, 3, 4, 5, 6, 7), nil
	case "utov_partner":
		return query.Codes(58, 1, 2), nil
	case "ins_boende":
		return query.Codes(118, 10, 11, 13), nil
	case "ins_n":
		return query.Registered(118), nil
	case "sam_any":
		return query.Codes(127, 1, 2, 3, 4, 5, 6, 7, 8, 9), nil
	}
	name, code, _ := strings.Cut(s, "_")
	v, ok := multiple[name]
	if ok && code == "any" {
		return query.Registered(v), nil
	}
	k, err := strconv.Atoi(code)
	if !ok || err != nil {
		return query.Set{}, fmt.Errorf("sum %q", s)
	}
	return query.Codes(v, k), nil
}

func prepare(cols *tabulate.Columns, cells []countedCell) (*tabulate.Plan, error) {
	var sets []query.Set
	var sums []tabulate.Sum
	for _, c := range cells {
		if c.sum {
			sums = append(sums, tabulate.Sum{Set: c.set, Of: supports})
		} else {
			sets = append(sets, c.set)
		}
	}
	return tabulate.PrepareSets(cols, sets, sums)
}

func (c countedCell) read(from *tabulate.Counted, row int) int64 {
	if c.sum {
		return from.SumOf(row, c.set, supports)
	}
	return from.Count(row, c.set)
}

// writeCells writes every cell that is not 0, as the comparison wants them.
func writeCells(path string, cells []countedCell, cols *tabulate.Columns, whole, places *tabulate.Counted) error {
	nat, muni := map[string]int64{}, map[string]int64{}
	for _, c := range cells {
		if n := c.read(whole, 0); n != 0 {
			nat[c.id] = n
		}
		for row, s := range cols.Segments() {
			if n := c.read(places, row); n != 0 {
				muni[strconv.Itoa(s.Place)+"|"+c.id] = n
			}
		}
	}
	b, err := json.Marshal(map[string]any{"national": nat, "muni": muni})
	if err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o644)
}

// freeTables measures cross tables that nobody prepared: two variables and a filter,
// from the question to the numbers, nationally and by municipality.
func freeTables(cols *tabulate.Columns, runs int) map[string][]float64 {
	filter := query.And(query.Codes(14, 1), query.Span(query.Answer(15), 25, 44), query.Registered(90))
	cb := codebook.Default()
	ask := func(a, b string, place bool) func() {
		return func() {
			cross, err := query.Cross(cb, a, b, filter)
			if err != nil {
				panic(err)
			}
			p, err := tabulate.Prepare(cols, query.Whole(), []*query.Table{cross})
			if err != nil {
				panic(err)
			}
			if place {
				p.ByPlace()
			} else {
				p.Whole()
			}
		}
	}
	out := map[string][]float64{}
	out["grad x orsak"], _ = measure(runs, ask("v67", "v257", false))
	out["grad x orsak by municipality"], _ = measure(runs, ask("v67", "v257", true))
	out["ursprung x insats"], _ = measure(runs, ask("v20", "v118", false))
	return out
}
