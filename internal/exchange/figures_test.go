package exchange

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/record"
	"foljsam/internal/synth"
)

// As a Swedish Excel saves them: semicolons, a BOM or Windows-1252, decimals in the column.
func TestReportsComeInManyForms(t *testing.T) {
	want := []indicator.Report{
		{Row: 2, Unit: "0114", Year: 2024, Figure: 1, Count: indicator.CountOf(12), Scope: indicator.Both},
		{Row: 3, Unit: "018001", Year: 2024, Figure: 2, Count: indicator.SecretCount()},
		{Row: 4, Unit: "0114", Year: 2024, Figure: 3},
	}
	for name, text := range map[string]string{
		"comma":        "enhet,ar,nyckeltal,antal,sekretess,omfattning\n0114,2024,1,12,,3\n018001,2024,2,,1,\n0114,2024,3,,0,\n",
		"semicolon":    "\ufeffenhet;ar;nyckeltal;antal;sekretess;omfattning\r\n0114;2024;1;12,0;0;3\r\n018001;2024;2;;1;\r\n0114;2024;3;;;\r\n",
		"Windows-1252": "enhet;ar;anm\xe4rkning;nyckeltal;antal;sekretess;omfattning\r\n0114;2024;\xe5;1;12;;3\r\n018001;2024;;2;;1;\r\n0114;2024;;3;;;\r\n",
		"other order":  "antal,omfattning,nyckeltal,ar,enhet,sekretess\n\"12\",3,1,2024,0114,\n,,2,2024,018001,1\n,,3,2024,0114,\n",
	} {
		got, problems, err := ReadReports(strings.NewReader(text), "r.csv")
		if err != nil || len(problems) > 0 || !slices.Equal(got, want) {
			t.Errorf("%s: %+v, %v, %v", name, got, problems, err)
		}
	}
	if got, _, err := ReadReports(strings.NewReader("enhet,ar,nyckeltal,antal\n0114,2024,1,12\n"), "r.csv"); err != nil || len(got) != 1 || got[0].Count != indicator.CountOf(12) {
		t.Errorf("without marks and scopes: %+v, %v", got, err)
	}
}

func TestASmallCountIsSaidWithoutIt(t *testing.T) {
	for _, cell := range []string{"1", "2", "3", "4", "04", `"3,0"`, "2.00"} {
		got, problems, err := ReadReports(strings.NewReader("enhet,ar,nyckeltal,antal\n0114,2024,1,"+cell+"\n"), "r.csv")
		if err != nil || got[0].Count != indicator.SecretCount() || got[0].Left || len(problems) != 1 {
			t.Fatalf("%s: %+v, %v", cell, got, err)
		}
		if p := problems[0]; p.Severity != fault.Warning || p.Value != "" || len(p.Args) > 0 || p.Row != 2 || p.Column != "antal" {
			t.Errorf("%s: %+v", cell, p)
		}
	}
}

func TestReturnsAreReadAsTheyWereWritten(t *testing.T) {
	returns := []indicator.Return{
		{Unit: "0114", Year: 2024, Counts: [3]indicator.Count{indicator.CountOf(57), indicator.CountOf(3), indicator.CountOf(0)}, Scope: indicator.Authority},
		{Unit: "018001", Year: 2024, Counts: [3]indicator.Count{indicator.NoCount(), indicator.SecretCount(), indicator.CountOf(5)}},
	}
	var b bytes.Buffer
	if err := WriteReturns(&b, returns); err != nil {
		t.Fatal(err)
	}
	got, problems, err := ReadReports(&b, "r.csv")
	want := indicator.Reports(returns)
	for i := range want {
		want[i].Row = i + 2
	}
	if err != nil || len(problems) > 0 || !slices.Equal(got, want) {
		t.Errorf("%+v\nwant %+v (%v, %v)", got, want, problems, err)
	}
}

// A case counts the same whether the register has it or its uttag does.
func TestCasesCountTheSameFromAnUttag(t *testing.T) {
	cb := codebook.Default()
	for p := range synth.Packages(synth.Options{Kind: synth.Report, Codebook: cb, Seed: 4}) {
		var own []indicator.Case
		var cases []*record.Case
		for c := range p.Cases {
			own, cases = append(own, indicator.CaseOf(cb, c)), append(cases, c)
		}
		path := filepath.Join(t.TempDir(), p.Name)
		if err := Write(path, Meta{ID: p.ID, Name: p.Name, Register: p.Register, Scope: p.Scope}, slices.Values(cases), cb); err != nil {
			t.Fatal(err)
		}
		d, err := Read(t.Context(), []string{path}, Options{Layout: record.NewLayout(cb), Spans: true})
		if err != nil || len(d.Packages) != 1 {
			t.Fatal(err, d.Problems)
		}
		for year := 2021; year < 2025; year++ {
			for _, by := range []indicator.Reading{indicator.ByGoal, indicator.ByReason} {
				got, want := indicator.CountCases(d.Packages[0].FigureCases(), year, by), indicator.CountCases(own, year, by)
				if !slices.Equal(got, want) {
					t.Fatalf("%s, %d: %+v, in the register %+v", p.Name, year, got, want)
				}
			}
		}
	}
}

// Who pastes a table without its headings is told what to put first, and nothing of what stood there.
func TestATableWithoutHeadingsIsTold(t *testing.T) {
	for _, text := range []string{"0114;2025;1;3;;3\n0115;2025;1;12;;3\n", "\ufeff018001,2025,1,3\n", "0114,2025,2,9\r\n"} {
		_, _, err := ReadReports(strings.NewReader(text), "r.csv")
		if e := fault.KeyOf(err); e != "indicator.headless" || strings.Contains(err.Error(), "2025") {
			t.Errorf("%q: %v", text, err)
		}
		if _, _, err := ReadPopulation(strings.NewReader(text), "b.csv"); fault.KeyOf(err) != "population.headless" {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, _, err := ReadReports(strings.NewReader("kommun,2024\n0114,5\n"), "r.csv"); fault.KeyOf(err) != "indicator.column_missing" {
		t.Error(err)
	}
}
