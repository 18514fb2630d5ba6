package codebook

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// written writes a value for comparison.
func written(x Value, k Kind) string {
	switch {
	case !x.Set:
		return ""
	case k == One || k == Many:
		return fmt.Sprint(x.Codes)
	case k == Number:
		return fmt.Sprint(x.Number)
	case k == Date:
		return x.Day.Format(time.DateOnly)
	}
	return x.Text
}

// aCase is a case written as cells by role; rows of support and risk are further maps.
type aCase struct {
	cells    map[Role]string
	supports []map[Role]string
	risks    []map[Role]string
}

func (c aCase) Rows(l Level) int {
	switch l {
	case OfSupport:
		return len(c.supports)
	case OfRisk:
		return len(c.risks)
	}
	return 1
}

func (c aCase) Value(v *Variable, row int) Value {
	cells := c.cells
	switch v.Level {
	case OfSupport:
		cells = c.supports[row]
	case OfRisk:
		cells = c.risks[row]
	}
	x, _ := v.Parse(cells[v.Role])
	return x
}

func TestChecksWarnOfWhatIsOdd(t *testing.T) {
	day := time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC)
	whole := map[Role]string{ClosingReason: "1", GoalReached: "1", Carried: "1", Change: "2"}
	closed := func(more map[Role]string) map[Role]string {
		m := map[Role]string{Intake: "2024-01-10", Closing: "2024-03-01"}
		for _, from := range []map[Role]string{whole, more} {
			for k, v := range from {
				m[k] = v
			}
		}
		return m
	}
	talk := map[Role]string{Support: "4", SupportBegan: "2024-01-20"}
	for name, c := range map[string]struct {
		of   aCase
		want []string
	}{
		"an open case":                     {aCase{cells: map[Role]string{Intake: "2024-05-01"}}, nil},
		"a closed case, all there":         {aCase{cells: closed(nil), supports: []map[Role]string{talk}}, nil},
		"investigation closed, yet talks":  {aCase{cells: closed(map[Role]string{ClosingReason: "2", GoalReached: "5"}), supports: []map[Role]string{talk}}, nil},
		"203 answered without improvement": {aCase{cells: closed(map[Role]string{Change: "3", Meaning: "2"}), supports: []map[Role]string{talk}}, nil},
		"closed before intake":             {aCase{cells: closed(map[Role]string{Closing: "2023-12-31"}), supports: []map[Role]string{talk}}, []string{"avslut_fore_aktualisering", "stod_efter_avslut"}},
		"closed the same day":              {aCase{cells: closed(map[Role]string{Closing: "2024-01-10", Carried: ""})}, nil},
		"support before intake":            {aCase{cells: closed(nil), supports: []map[Role]string{talk, {Support: "1", SupportBegan: "2023-01-01"}}}, []string{"stod_fore_aktualisering"}},
		"support after closing":            {aCase{cells: closed(nil), supports: []map[Role]string{{Support: "1", SupportBegan: "2024-03-02"}}}, []string{"stod_efter_avslut"}},
		"support without a date":           {aCase{cells: closed(nil), supports: []map[Role]string{talk, {Support: "1"}}}, []string{"stod_utan_datum"}},
		"a date without support":           {aCase{cells: closed(nil), supports: []map[Role]string{talk, {SupportBegan: "2024-01-20"}}}, []string{"datum_utan_stod"}},
		"carried out what was never given": {aCase{cells: closed(nil)}, []string{"genomforande_utan_stod"}},
		"closed and nothing else": {aCase{cells: map[Role]string{Intake: "2024-01-10", Closing: "2024-03-01"}, supports: []map[Role]string{talk}},
			[]string{"avslut_utan_orsak", "avslut_utan_maluppfoljning", "avslut_utan_genomforande", "avslut_utan_enkat"}},
		"a reason but no closing":            {aCase{cells: map[Role]string{ClosingReason: "4"}}, []string{"orsak_utan_avslut"}},
		"goal reached and not":               {aCase{cells: closed(map[Role]string{GoalReached: "4"}), supports: []map[Role]string{talk}}, []string{"mal_motsagelse"}},
		"no goal, yet followed":              {aCase{cells: closed(map[Role]string{Goal: "1"}), supports: []map[Role]string{talk}}, []string{"maluppfoljning_utan_mal"}},
		"a child":                            {aCase{cells: map[Role]string{Age: "17"}}, []string{"under_arton"}},
		"an adult":                           {aCase{cells: map[Role]string{Age: "18"}}, nil},
		"in the future":                      {aCase{cells: map[Role]string{Intake: "2024-06-02"}}, []string{"aktualisering_framat"}},
		"support that ends before it begins": {aCase{cells: closed(nil), supports: []map[Role]string{{Support: "1", SupportBegan: "2024-01-20", SupportTill: "2024-01-19"}}}, []string{"stod_slut_fore_start"}},
		"support that ends as it begins":     {aCase{cells: closed(nil), supports: []map[Role]string{{Support: "1", SupportBegan: "2024-01-20", SupportTill: "2024-01-20"}}}, nil},
		"support that ends after closing":    {aCase{cells: closed(nil), supports: []map[Role]string{{Support: "1", SupportBegan: "2024-01-20", SupportTill: "2024-03-02"}}}, []string{"stod_slut_efter_avslut"}},
		"support in the future":              {aCase{supports: []map[Role]string{{Support: "1", SupportBegan: "2024-06-02"}}}, []string{"stod_framat"}},
		"assessed before intake":             {aCase{cells: map[Role]string{Intake: "2024-05-01"}, risks: []map[Role]string{{Risk: "6", RiskAssessed: "2024-05-02"}, {Risk: "6", RiskAssessed: "2024-04-30"}}}, []string{"bedomning_fore_aktualisering"}},
		"assessed after closing":             {aCase{cells: closed(map[Role]string{Carried: ""}), risks: []map[Role]string{{Risk: "6", RiskAssessed: "2024-03-02"}}}, []string{"bedomning_efter_avslut"}},
		"assessed in the future":             {aCase{risks: []map[Role]string{{Risk: "6", RiskAssessed: "2024-06-02"}}}, []string{"bedomning_framat"}},
		"the next before the last":           {aCase{risks: []map[Role]string{{Risk: "6", RiskAssessed: "2024-05-02", RiskNext: "2024-05-01"}}}, []string{"ny_bedomning_fore_bedomning"}},
		"FREDA twice":                        {aCase{risks: []map[Role]string{{Risk: "1"}, {Risk: "6"}, {Risk: "1"}}}, []string{"freda_upprepad"}},
		"talks twice":                        {aCase{risks: []map[Role]string{{Risk: "1"}, {Risk: "6"}, {Risk: "6"}}}, nil},
	} {
		var got []string
		for _, k := range Default().Warnings(c.of, day) {
			got = append(got, k.ID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: warned of %v, want %v", name, got, c.want)
		}
	}
}

func TestACheckKnowsWhereItBelongs(t *testing.T) {
	for _, k := range Default().Checks {
		if k.ID == "stod_efter_avslut" && !slices.Equal(k.Roles(), []Role{SupportBegan, Closing}) {
			t.Errorf("%s is about %v", k.ID, k.Roles())
		}
		if k.ID == "stod_efter_avslut" && (!k.Orders(Closing) || k.Orders(Support)) || k.ID == "avslut_utan_orsak" && k.Orders(Closing) {
			t.Errorf("%s compares other days", k.ID)
		}
		if len(k.Roles()) == 0 {
			t.Errorf("%s is about nothing", k.ID)
		}
	}
}
