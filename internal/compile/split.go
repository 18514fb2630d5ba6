package compile

import (
	"fmt"
	"slices"
	"strconv"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/query"
	"foljsam/internal/tabulate"
)

// Splits are what tables can be split by, in the order in which help names them.
var Splits = query.Splits

// unplaced is the unit of the cases that no other unit of a split has.
const unplaced = "-"

func checkSplits(opt Options) error {
	for i, by := range opt.By {
		switch {
		case !slices.Contains(Splits, by):
			return fault.New(fault.Usage, "compile.unknown_split", "by", by)
		case slices.Contains(opt.By[:i], by):
			return fault.New(fault.Usage, "compile.split_twice", "by", by)
		case by == "storlek" && opt.Inhabitants == nil:
			return fault.New(fault.Usage, "compile.split_needs_population")
		}
	}
	return nil
}

// splits gives every split that is asked for; the whole when none is.
func splits(cols *tabulate.Columns, opt Options) []query.Split {
	if len(opt.By) == 0 {
		return []query.Split{query.Whole()}
	}
	var all []query.Split
	for _, by := range opt.By {
		s := query.Split{ID: by, Label: codebook.Label{Key: "dim." + by}}
		switch by {
		case "kommun":
			s.Units = municipalities(cols)
		case "lan":
			s.Units = counties(cols)
		case "storlek":
			s.Units = sizeClasses(cols, opt.Inhabitants)
		case query.Activity:
			s.Units = activities(cols, opt.Codebook)
		case "ar":
			s.Units = years(cols, opt.Codebook)
		}
		all = append(all, s)
	}
	return all
}

func code(place int) string { return fmt.Sprintf("%04d", place) }

// named is a label that is the same in every language.
func named(s string) codebook.Label { return codebook.Label{Text: codebook.Text{"sv": s}} }

func municipalities(cols *tabulate.Columns) []query.Unit {
	var units []query.Unit
	for _, s := range cols.Segments() {
		id := code(s.Place)
		units = append(units, query.Unit{ID: id, Label: named(place.NameOf(id)), Owner: id, Places: []int{s.Place}})
	}
	return units
}

// grouped puts municipalities together by a key, ascending by it.
func grouped(cols *tabulate.Columns, key func(municipality string) string, label func(id string) codebook.Label) []query.Unit {
	var units []query.Unit
	for _, s := range cols.Segments() {
		id := key(code(s.Place))
		i := slices.IndexFunc(units, func(u query.Unit) bool { return u.ID == id })
		if i < 0 {
			i = len(units)
			units = append(units, query.Unit{ID: id, Label: label(id)})
		}
		units[i].Places = append(units[i].Places, s.Place)
	}
	for i, u := range units {
		if len(u.Places) == 1 { // alone in its group: the group's cells are its own
			units[i].Owner = code(u.Places[0])
		}
	}
	return units
}

func counties(cols *tabulate.Columns) []query.Unit {
	return grouped(cols, place.CountyOf, func(id string) codebook.Label { return named(place.NameOf(id)) })
}

// sizeClasses gives the classes that have cases, smallest first, and last the cases
// whose municipality's size is not known.
func sizeClasses(cols *tabulate.Columns, inhabitants map[string]int) []query.Unit {
	units := grouped(cols, func(m string) string {
		n, known := inhabitants[m]
		c, ok := place.SizeClassOf(n)
		if !known || !ok {
			return unplaced
		}
		return c.ID
	}, func(id string) codebook.Label {
		if id == unplaced {
			return codebook.Label{Key: "cat.unplaced"}
		}
		return codebook.Label{Key: "cat.storlek_" + id}
	})
	order := map[string]int{unplaced: len(place.SizeClasses)}
	for i, c := range place.SizeClasses {
		order[c.ID] = i
	}
	slices.SortFunc(units, func(a, b query.Unit) int { return order[a.ID] - order[b.ID] })
	return units
}

// activities gives every code of the activity (a list of codes, so that one without cases
// is there too), and last the cases without one, if any.
func activities(cols *tabulate.Columns, cb *codebook.Codebook) []query.Unit {
	v := cb.Role(codebook.Activity)
	var units []query.Unit
	for _, c := range v.Codes {
		units = append(units, query.Unit{ID: strconv.Itoa(c.Code), Label: codebook.Label{Text: c.Label}, Set: query.Codes(v.Number, c.Code)})
	}
	if without := query.Not(query.Registered(v.Number)); !isEmpty(cols, without) {
		units = append(units, query.Unit{ID: unplaced, Label: codebook.Label{Key: "cat.unplaced"}, Set: without})
	}
	return units
}

func isEmpty(cols *tabulate.Columns, s query.Set) bool {
	n, err := tabulate.CountOne(cols, s)
	return err == nil && n == 0
}

// years gives the years in which cases were taken in.
func years(cols *tabulate.Columns, cb *codebook.Codebook) []query.Unit {
	var units []query.Unit
	first, last, ok := cols.Years()
	for y := first; ok && y <= last; y++ {
		in := query.Span(query.YearOf(cb.Role(codebook.Intake).Number), y, y)
		if !isEmpty(cols, in) {
			id := fmt.Sprintf("%04d", y)
			units = append(units, query.Unit{ID: id, Label: named(id), Set: in})
		}
	}
	return units
}
