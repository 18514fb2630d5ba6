package app

import (
	"slices"

	"foljsam/internal/place"
)

// Taking is how many of a group have reported each key figure, a number or a mark.
type Taking struct {
	ID      string // county's code, size class
	Of      int
	Any     int
	Figures [3]int
}

// taking counts who has reported, by county and size: cities where any of their districts has.
func (y *publishedYear) taking() (counties, sizes []Taking, all Taking) {
	byCounty, bySize := map[string]*Taking{}, map[string]*Taking{}
	some := map[string][3]bool{}
	for _, u := range y.Units {
		own := some[place.MunicipalityOf(u.Unit)]
		for i, c := range u.Counts {
			own[i] = own[i] || !c.IsMissing()
		}
		some[place.MunicipalityOf(u.Unit)] = own
	}
	for _, u := range y.municipalities() {
		size := ""
		if c, ok := place.SizeClassOf(u.Inhabitants); ok && u.Inhabitants > 0 {
			size = c.ID
		}
		all.add(some[u.Unit])
		takingIn(byCounty, place.CountyOf(u.Unit)).add(some[u.Unit])
		takingIn(bySize, size).add(some[u.Unit])
	}
	for _, c := range place.Counties() {
		if t := byCounty[c.Code]; t != nil {
			counties = append(counties, *t)
		}
	}
	for _, c := range append(slices.Clone(place.SizeClasses), place.SizeClass{}) {
		if t := bySize[c.ID]; t != nil {
			sizes = append(sizes, *t)
		}
	}
	return counties, sizes, all
}

func takingIn(all map[string]*Taking, id string) *Taking {
	if all[id] == nil {
		all[id] = &Taking{ID: id}
	}
	return all[id]
}

func (t *Taking) add(figures [3]bool) {
	t.Of++
	if figures != [3]bool{} {
		t.Any++
	}
	for i, yes := range figures {
		if yes {
			t.Figures[i]++
		}
	}
}
