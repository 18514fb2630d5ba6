package exchange

import (
	"slices"
	"strconv"
)

// SCBQuery is what to ask SCB's PxWeb for: the adults of a year.
type SCBQuery struct {
	Table    string
	Selected []SCBSelected // all but the regions
	Cells    int           // how many numbers it is for each region
}

// SCBSelected is the codes of one variable.
type SCBSelected struct {
	Variable string   `json:"variableCode"`
	Codes    []string `json:"valueCodes"`
}

// SCBRegion is the variable of regions.
const SCBRegion = "Region"

// SCBQueryFor gives what to ask for; ok is false for a year that no table has. Of the exact
// table each age from 18 and up, of the perturbed one the fewest cells that make the adults.
func SCBQueryFor(year int) (q SCBQuery, ok bool) {
	t := tableFor(year)
	if t.id == "" {
		return q, false
	}
	q = SCBQuery{Table: t.id, Selected: []SCBSelected{
		{"Civilstand", []string{"SC"}}, {"Alder", []string{"TotSA", "-9", "10-14", "15", "16", "17"}}, {"Kon", []string{"TotSa"}}}}
	if year < noiseFrom {
		q.Selected = []SCBSelected{{"Civilstand", []string{"OG", "G", "SK", "ÄNKL"}}, {"Alder", exactAges()}, {"Kon", []string{"1", "2"}}}
	}
	q.Selected = append(q.Selected, SCBSelected{"ContentsCode", []string{t.contents}}, SCBSelected{"Tid", []string{strconv.Itoa(year)}})
	q.Cells = 1
	for _, s := range q.Selected {
		q.Cells *= len(s.Codes)
	}
	return q, true
}

// exactAges are the ages from 18 and up, and everyone for the classes of size.
func exactAges() (ages []string) {
	for age := adultAge; age < 100; age++ {
		ages = append(ages, strconv.Itoa(age))
	}
	return slices.Concat(ages, []string{"100+", "tot"})
}
