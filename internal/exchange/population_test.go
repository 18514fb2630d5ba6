package exchange

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"foljsam/internal/fault"
)

func TestPopulationIsReadRowByRow(t *testing.T) {
	rows, problems, err := ReadPopulation(strings.NewReader("\ufeffenhet;ar;vuxna;invanare;kalla\r\n0180;2023;800000;984748;SCB\r\n148001;2023;;50000;\r\n"), "befolkning.csv")
	want := []Population{{"0180", 2023, 800000, 984748}, {"148001", 2023, 0, 50000}}
	if err != nil || len(problems) > 0 || !slices.Equal(rows, want) {
		t.Errorf("%v, %v, %v; want %v", rows, problems, err, want)
	}
}

func TestBadRowsOfAPopulationAreNamed(t *testing.T) {
	const file = `enhet,ar,vuxna
0180,2023,800000
180,2023,800000
0180,23,800000
0180,2023,1
0380,2023,manga
0381,2023,0
0382,2023
0383,2023,100
`
	rows, problems, err := ReadPopulation(strings.NewReader(file), "b.csv")
	if err != nil {
		t.Fatal(err)
	}
	want := []Population{{"0180", 2023, 800000, 0}, {"0380", 2023, 0, 0}, {"0381", 2023, 0, 0}, {"0383", 2023, 100, 0}}
	if !slices.Equal(rows, want) {
		t.Errorf("%v, want %v", rows, want)
	}
	var said []string
	for _, x := range problems {
		if x.Severity != fault.Left || x.Package != "" || x.File != "b.csv" {
			t.Errorf("%+v", x)
		}
		said = append(said, fmt.Sprint(x.Row, " ", x.Column, " ", x.Value, " ", x.Key))
	}
	wantSaid := []string{"3 enhet 180 codebook.not_place", "4 ar 23 population.not_year", "5   population.twice",
		"6 vuxna manga population.not_people", "7 vuxna 0 population.not_people", "8   exchange.row_fields"}
	if !slices.Equal(said, wantSaid) {
		t.Errorf("%q, want %q", said, wantSaid)
	}
}

func TestAPopulationFileNeedsItsColumns(t *testing.T) {
	for _, text := range []string{"", "enhet,ar\n0180,2023\n", "kod,ar,vuxna\n"} {
		if _, _, err := ReadPopulation(strings.NewReader(text), "b.csv"); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q was read: %v", text, err)
		}
	}
}
