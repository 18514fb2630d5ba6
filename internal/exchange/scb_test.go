package exchange

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"foljsam/internal/fault"
)

// foreignTable writes a dataset in the way of PxWeb: the dimensions in the order given, the value
// of a cell from its codes.
type foreignTable struct {
	dims  []string
	codes map[string][]string
	value func(code map[string]string) any
}

func (x foreignTable) json(t testing.TB, more ...string) string {
	t.Helper()
	size, dimension, values := []int{}, map[string]any{}, []any{}
	for _, d := range x.dims {
		size = append(size, len(x.codes[d]))
		index := map[string]int{}
		for i, c := range x.codes[d] {
			index[c] = i
		}
		dimension[d] = map[string]any{"label": d, "category": map[string]any{"index": index}}
	}
	var walk func(i int, code map[string]string)
	walk = func(i int, code map[string]string) {
		if i == len(x.dims) {
			values = append(values, x.value(code))
			return
		}
		for _, c := range x.codes[x.dims[i]] {
			code[x.dims[i]] = c
			walk(i+1, code)
		}
	}
	walk(0, map[string]string{})
	all := map[string]any{"version": "2.0", "class": "dataset", "source": "SCB", "updated": "2026-02-20T07:00:00Z",
		"id": x.dims, "size": size, "dimension": dimension, "value": values}
	for i := 0; i < len(more); i += 2 {
		all[more[i]] = json.RawMessage(more[i+1])
	}
	b, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// perturbed is what TAB5557 answers for two municipalities: the total of Stockholm is SCB's
// own, the other cells are made up.
func perturbed() foreignTable {
	cells := map[string]int{"TotSA": 999_239, "-9": 100_000, "10-14": 52_003, "15": 10_101, "16": 10_007, "17": 9_990}
	return foreignTable{
		dims: []string{"Region", "Civilstand", "Alder", "Kon", "ContentsCode", "Tid"},
		codes: map[string][]string{"Region": {"00", "01", "0180", "0380"}, "Civilstand": {"SC"}, "Alder": {"TotSA", "-9", "10-14", "15", "16", "17"},
			"Kon": {"TotSa"}, "ContentsCode": {"000007ME"}, "Tid": {"2025"}},
		value: func(code map[string]string) any {
			if code["Region"] != "0180" {
				return cells[code["Alder"]] / 4
			}
			return cells[code["Alder"]]
		},
	}
}

func adultsIn(t *testing.T, text string) ([]Denominator, []string) {
	t.Helper()
	all, problems, err := ReadDenominators(strings.NewReader(text), "b")
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, x := range problems {
		said = append(said, fmt.Sprint(x.Row, " ", x.Column, " ", x.Value, " ", x.Key))
	}
	return all, said
}

// 999 239 less 100 000, 52 003, 10 101, 10 007 and 9 990 is 817 138; the other municipality:
// 249 809 less 25 000, 13 000, 2 525, 2 501 and 2 497 is 204 286.
func TestPerturbedAdultsAreSixCells(t *testing.T) {
	all, said := adultsIn(t, perturbed().json(t, "extension", `{"px":{"tableid":"TAB5557"}}`))
	if len(said) > 0 || len(all) != 2 {
		t.Fatalf("%+v, %q", all, said)
	}
	d := all[0]
	if d.Unit != "0180" || d.Year != 2025 || d.Adults != 817_138 || d.Inhabitants != 999_239 || d.Cells != 6 || d.Method != Subtracted || !d.Perturbed || d.Table != "TAB5557" || d.Updated.Year() != 2026 {
		t.Errorf("%+v", d)
	}
	if all[1].Unit != "0380" || all[1].Adults != 204_286 {
		t.Errorf("%+v", all[1])
	}
}

func TestDimensionsComeInAnyOrder(t *testing.T) {
	want, _ := adultsIn(t, perturbed().json(t))
	for _, order := range [][]string{
		{"Tid", "ContentsCode", "Kon", "Alder", "Civilstand", "Region"},
		{"Alder", "Region", "Tid", "Kon", "ContentsCode", "Civilstand"},
		{"Region", "Alder", "Tid"}, // what may be left out is everybody together
	} {
		x := perturbed()
		x.dims = order
		if got, _ := adultsIn(t, x.json(t)); !slices.Equal(got, want) {
			t.Errorf("%v: %+v, want %+v", order, got, want)
		}
	}
}

// More cells than needed are there: the fewest are taken.
func TestTheFewestCellsAreTaken(t *testing.T) {
	x := perturbed()
	one := []string{}
	for age := range 100 {
		one = append(one, fmt.Sprint(age))
	}
	x.codes["Alder"] = append(one, "100+1", "TOT1", "TotSA", "-9", "-4", "5-9", "10-19", "15-19", "20-24")
	x.value = func(code map[string]string) any {
		if strings.HasPrefix(strings.ToLower(code["Alder"]), "tot") {
			return 100_000
		}
		return 100
	}
	all, said := adultsIn(t, x.json(t))
	// TotSA, 0-9, 10-19 away, 18 and 19 back: 100 000 - 100 - 100 + 100 + 100.
	if len(said) > 0 || all[0].Cells != 5 || all[0].Adults != 100_000 {
		t.Errorf("%+v %q", all, said)
	}
	x.codes["Alder"] = slices.DeleteFunc(x.codes["Alder"], func(s string) bool { return s == "10-19" })
	// TotSA, 0-9, 15-19, 18, 19 and then 10 to 14.
	if all, _ = adultsIn(t, x.json(t)); all[0].Cells != 10 {
		t.Errorf("%+v", all[0])
	}
}

// exact is what TAB638 answers: no totals of sex and status. Everyone of an age is age × 8.
func exact(years ...string) foreignTable {
	ages := []string{}
	for age := 18; age < 100; age++ {
		ages = append(ages, fmt.Sprint(age))
	}
	return foreignTable{
		dims: []string{"Region", "Civilstand", "Alder", "Kon", "ContentsCode", "Tid"},
		codes: map[string][]string{"Region": {"0180"}, "Civilstand": {"OG", "G", "SK", "ÄNKL"}, "Alder": append(ages, "100+"),
			"Kon": {"1", "2"}, "ContentsCode": {"BE0101N1"}, "Tid": years},
		value: func(code map[string]string) any {
			n := 0
			fmt.Sscan(code["Alder"], &n)
			return n
		},
	}
}

// 18 + 19 + … + 100 is 4 897, times two sexes and four statuses 39 176, of 83 × 8 cells.
func TestExactAdultsAreSummed(t *testing.T) {
	all, said := adultsIn(t, exact("2023", "2024").json(t))
	if len(said) > 0 || len(all) != 2 {
		t.Fatalf("%+v %q", all, said)
	}
	for i, d := range all {
		if d.Year != 2023+i || d.Adults != 39_176 || d.Cells != 664 || d.Method != Summed || d.Perturbed || d.Table != "TAB638" {
			t.Errorf("%+v", d)
		}
	}
}

// Total, missing, status and sparse are four ways for a number not to be there; none becomes 0.
func TestAMissingCellIsNeverZero(t *testing.T) {
	missing := exact("2024")
	value := missing.value
	missing.value = func(code map[string]string) any {
		if code["Alder"] == "40" && code["Kon"] == "2" && code["Civilstand"] == "SK" {
			return nil
		}
		return value(code)
	}
	for name, text := range map[string]string{
		"null":          missing.json(t),
		"status object": exact("2024").json(t, "status", `{"5":".."}`),
		"status text":   exact("2024").json(t, "status", `".."`),
		"sparse":        exact("2024").json(t, "value", `{"0":18,"663":100}`),
		"text":          strings.Replace(exact("2024").json(t), `"value":[18,`, `"value":["18",`, 1),
		"half":          strings.Replace(exact("2024").json(t), `"value":[18,`, `"value":[18.5,`, 1),
		"negative":      strings.Replace(exact("2024").json(t), `"value":[18,`, `"value":[-18,`, 1),
	} {
		all, said := adultsIn(t, text)
		if len(all) != 0 || !slices.Equal(said, []string{"0  0180 population.no_adults"}) {
			t.Errorf("%s: %+v %q", name, all, said)
		}
	}
	if all, _ := adultsIn(t, exact("2024").json(t, "status", `{"5":""}`)); len(all) != 1 {
		t.Error("an empty status is none")
	}
}

func TestPartOfThePeopleIsRefused(t *testing.T) {
	for name, change := range map[string]func(*foreignTable){
		"one sex":        func(x *foreignTable) { x.codes["Kon"] = []string{"2"} },
		"two statuses":   func(x *foreignTable) { x.codes["Civilstand"] = []string{"OG", "G"} },
		"unknown status": func(x *foreignTable) { x.codes["Civilstand"] = append(x.codes["Civilstand"], "RP") },
		"no old people":  func(x *foreignTable) { x.codes["Alder"] = x.codes["Alder"][:80] },
	} {
		x := exact("2024")
		change(&x)
		if all, said := adultsIn(t, x.json(t)); len(all) != 0 || len(said) != 1 {
			t.Errorf("%s: %+v %q", name, all, said)
		}
	}
}

func TestDatasetsThatDoNotHangTogetherAreRefused(t *testing.T) {
	good := perturbed().json(t)
	for name, text := range map[string]string{
		"not JSON":             `{"id":`,
		"no dataset":           `{}`,
		"other class":          strings.Replace(good, `"class":"dataset"`, `"class":"collection"`, 1),
		"sizes that overflow":  perturbed().json(t, "size", `[4294967296,4294967296,6,1,1,1]`),
		"a size of nothing":    perturbed().json(t, "size", `[0,1,6,1,1,1]`),
		"negative size":        perturbed().json(t, "size", `[-4,1,-6,1,1,1]`),
		"fewer sizes":          perturbed().json(t, "size", `[4]`),
		"other size":           perturbed().json(t, "size", `[3,1,6,1,1,1]`),
		"too few values":       perturbed().json(t, "value", `[1,2,3]`),
		"a value outside":      perturbed().json(t, "value", `{"99":1}`),
		"a value nowhere":      perturbed().json(t, "value", `{"x":1}`),
		"no values":            perturbed().json(t, "value", `null`),
		"status outside":       perturbed().json(t, "status", `{"-1":"m"}`),
		"status of another":    perturbed().json(t, "status", `["m"]`),
		"two codes in a place": strings.Replace(good, `"-9":1`, `"-9":2`, 1),
		"another measure":      strings.ReplaceAll(good, "000007ME", "000007MF"),
		"another division":     strings.ReplaceAll(strings.ReplaceAll(good, `"Kon"`, `"Fodelseland"`), "TotSa", "Sverige"),
		"no ages":              strings.ReplaceAll(good, `"Alder"`, `"Aldersklass"`),
		"the same twice":       strings.Replace(good, `"id":["Region","Civilstand"`, `"id":["Region","Region"`, 1),
	} {
		_, _, err := ReadDenominators(strings.NewReader(text), "b.json")
		if k := fault.KindOf(err); err == nil || k != fault.Invalid && k != fault.TooLarge {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAMonthIsNoYear(t *testing.T) {
	x := perturbed()
	x.codes["Tid"] = []string{"2025M12"}
	if all, said := adultsIn(t, x.json(t)); len(all) != 0 || !slices.Equal(said, []string{"0 Tid 2025M12 population.not_year"}) {
		t.Errorf("%+v %q", all, said)
	}
}

func TestADenominatorIsSetByHandWithAReason(t *testing.T) {
	d := Denominator{Unit: "0180", Year: 2025, Adults: 817_138, Table: "TAB5557", Perturbed: true, Method: Subtracted}
	if _, err := d.SetBy(817_000, " "); fault.KeyOf(err) != "population.override_reason" {
		t.Error(err)
	}
	if _, err := d.SetBy(0, "Kolada"); fault.KeyOf(err) != "population.override_number" {
		t.Error(err)
	}
	got, err := d.SetBy(817_000, "som i Kolada")
	if err != nil || got != (Denominator{Unit: "0180", Year: 2025, Adults: 817_000, Method: SetByHand, Reason: "som i Kolada"}) {
		t.Errorf("%+v %v", got, err)
	}
}

func TestPxWebCSVIsRead(t *testing.T) {
	rows := func(line func(age, status, sex string) string) string {
		b := strings.Builder{}
		for age := 18; age <= 100; age++ {
			text := fmt.Sprintf("%d år", age)
			if age == 100 {
				text = "100+ år"
			}
			for _, status := range []string{"ogifta", "gifta", "skilda", "änkor/änklingar"} {
				for _, sex := range []string{"män", "kvinnor"} {
					b.WriteString(line(text, status, sex) + "\r\n")
				}
			}
		}
		return b.String()
	}
	asColumns := "\"region\",\"civilstånd\",\"ålder\",\"kön\",\"Folkmängd 2023\",\"Folkmängd 2024\",\"Folkökning 2024\"\r\n" +
		rows(func(age, status, sex string) string {
			return fmt.Sprintf("%q,%q,%q,%q,10,20,-3", "0180 Stockholm", status, age, sex)
		})
	asRows := "kön;år;ålder;region;civilstånd;Folkmängd\r\n" +
		rows(func(age, status, sex string) string {
			return strings.Join([]string{sex, "2024", age, "Stockholm", status, "20"}, ";")
		}) +
		"män;2024;18 år;00 Riket;gifta;99999\r\nmän;2024;18 år;Stockholms län;gifta;99999\r\n"
	all, said := adultsIn(t, asColumns)
	if len(all) != 2 || all[0].Adults != 6640 || all[1].Adults != 13_280 || all[1].Year != 2024 || all[1].Table != "TAB638" ||
		!slices.Equal(said, []string{"1 Folkökning 2024  population.column_unknown"}) {
		t.Errorf("%+v %q", all, said)
	}
	for name, text := range map[string]string{"UTF-8": asRows, "Windows-1252": string(latin(asRows))} {
		all, said = adultsIn(t, text)
		if len(all) != 1 || all[0].Adults != 13_280 || len(said) != 0 {
			t.Errorf("%s: %+v %q", name, all, said)
		}
	}
	codes := "Region,Alder,Kon,000007ME 2025\n0180,TotSA,TotSa,1000\n0180,-9,TotSa,100\n0180,10-14,TotSa,50\n0180,15,TotSa,10\n0180,16,TotSa,10\n0180,17,TotSa,10\n0180,17,TotSa,11\n"
	all, said = adultsIn(t, codes)
	if len(all) != 1 || all[0].Adults != 820 || all[0].Table != "TAB5557" || !all[0].Perturbed || !slices.Equal(said, []string{"8   population.cell_twice"}) {
		t.Errorf("%+v %q", all, said)
	}
}

// latin writes a text as a Swedish Excel does.
func latin(s string) (b []byte) {
	for _, r := range s {
		b = append(b, byte(r))
	}
	return b
}

func TestAFloodOfFaultsIsCounted(t *testing.T) {
	_, problems, err := ReadDenominators(strings.NewReader("region,ålder,Folkmängd 2024\n"+strings.Repeat("x\n", 5000)), "b")
	if err != nil || len(problems) != mostNamed+1 || problems[mostNamed].Key != "population.more" || problems[mostNamed].Args[1] != 4000 {
		t.Error(len(problems), problems[len(problems)-1], err)
	}
}

func TestOurOwnFileIsADenominatorToo(t *testing.T) {
	all, said := adultsIn(t, "enhet,ar,vuxna\n018001,2024,50000\n018002,2024,\n")
	if len(said) != 0 || !slices.Equal(all, []Denominator{{Unit: "018001", Year: 2024, Adults: 50_000, Method: FromFile, Cells: 1}}) {
		t.Errorf("%+v %q", all, said)
	}
}

// FuzzReadDenominators reads any bytes as a file of people.
func FuzzReadDenominators(f *testing.F) {
	f.Add([]byte(perturbed().json(f)))
	f.Add([]byte(exact("2024").json(f, "value", `{"0":18,"663":100}`, "status", `{"3":"m"}`)))
	f.Add([]byte("region,ålder,kön,Folkmängd 2024\n0180 Stockholm,18 år,män,3\n"))
	f.Add([]byte("enhet;ar;vuxna\n0180;2024;3\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		all, problems, err := ReadDenominators(strings.NewReader(string(b)), "b")
		if err != nil && len(all) > 0 && fault.KindOf(err) == fault.Internal {
			t.Fatal(err)
		}
		for _, d := range all {
			if d.Adults < 1 || d.Adults > mostInCell && d.Method != FromFile || len(d.Unit) != 4 && len(d.Unit) != 6 || d.Cells < 1 {
				t.Fatalf("%+v", d)
			}
		}
		for _, x := range problems {
			if len(x.Value) > maxValue+10 || x.Key == "" {
				t.Fatalf("%+v", x)
			}
		}
	})
}
