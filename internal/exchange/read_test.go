package exchange

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"foljsam/internal/record"
)

func TestReadGood(t *testing.T) {
	for name, path := range map[string]string{
		"folder":             good().folder(t, "p"),
		"zip":                good().zip(t, "p.zip", ""),
		"zip with a folder":  good().zip(t, "p.zip", "uttag 2024/"),
		"zip from Windows":   good().zip(t, "p.zip", `uttag\`),
		"a path with a dash": good().folder(t, "p") + "/",
	} {
		d := read(t, path)
		if len(d.Problems) > 0 || len(d.Packages) != 1 {
			t.Errorf("%s: %s", name, said(d.Problems))
			continue
		}
		checkGood(t, d.Packages[0])
	}
}

func checkGood(t *testing.T, p *Package) {
	t.Helper()
	b := p.Batch
	if b.Len() != 2 || p.CaseID(0) != "A1" || p.CaseID(1) != "A2" {
		t.Fatal(b.Len())
	}
	if got, want := codes(b, 0), "v1=1 v14=1 v19=4 v20=1 v49=1 v58=2 v59=2 v67=1 v90=1 v110=2 v118=3|4|10 v126=1|2 v127=0 change1=0 assessed"; got != want {
		t.Error(got)
	}
	if got, want := codes(b, 1), "v1=2 v14=2 v90=6 v257=1 v202=1 v203=2 v206=3 v212=4 assessed"; got != want {
		t.Error(got)
	}
	if b.Unit[0] != 180_000 || b.Unit[1] != 180_004 || b.Intake[0].String() != "2024-01-15" || b.Age[0] != 34 || b.Age[1] != record.NoAge {
		t.Error(b.Unit, b.Intake, b.Age)
	}
	if b.Days[0] != record.NoNumber || b.Days[1] != 29 {
		t.Error(b.Days)
	}
	if p.ID != "p1" || p.Register != "r1" || p.Coverage != 4 || p.Scope != 3 || p.From != "2024-01-01" || p.CodebookVersion != "2021" || p.NoTime || p.Created.Hour() != 8 {
		t.Errorf("%+v", p)
	}
	if len(p.Spans) != 2 || p.Spans[0].Ended != record.NoDay || p.Spans[1].Ended.String() != "2024-03-01" {
		t.Error(p.Spans)
	}
}

// What Excel and others make of a file is the same file.
func TestReadDialects(t *testing.T) {
	for name, change := range map[string]func(string) string{
		"mark":           func(s string) string { return "\ufeff" + s },
		"CRLF":           func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		"no end":         func(s string) string { return strings.TrimSuffix(s, "\n") },
		"semicolon":      func(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, "\"8,5\"", "8.5"), ",", ";") },
		"decimal comma":  func(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, "\"8,5\"", "8.5"), ",", ";") },
		"all quoted":     quoteAll,
		"empty lines":    func(s string) string { return s + "\n\n" },
		"blanks":         func(s string) string { return strings.ReplaceAll(s, ",1,", ", 1 ,") },
		"CR":             func(s string) string { return strings.ReplaceAll(s, "\n", "\r") },
		"nothing at all": func(s string) string { return s },
	} {
		p := good()
		for _, f := range files[1:4] {
			p[f] = change(p[f])
		}
		d := read(t, p.folder(t, "p"))
		if len(d.Problems) > 0 {
			t.Errorf("%s: %s", name, said(d.Problems))
			continue
		}
		checkGood(t, d.Packages[0])
	}
}

func quoteAll(s string) string {
	s = strings.ReplaceAll(s, "\"8,5\"", "8.5")
	s = strings.ReplaceAll(strings.TrimSuffix(s, "\n"), ",", `","`)
	return `"` + strings.ReplaceAll(s, "\n", "\"\n\"") + "\"\n"
}

func TestRowFaults(t *testing.T) {
	row := func(id, rest string) string { return id + ",K," + rest + "\n" }
	for _, c := range []struct{ name, rows, want, left string }{
		{"no v2", row("B", "1,,2024-01-01,,,,,,,,,,,,,,,,,,,"), "p,arenden.csv,4,v2,,fel value_missing", "A1 A2"},
		{"v2 without its zero", row("B", "1,180,2024-01-01,,,,,,,,,,,,,,,,,,,"), "p,arenden.csv,4,v2,180,fel not_place", "A1 A2"},
		{"no arende", row("", "1,0180,2024-01-01,,,,,,,,,,,,,,,,,,,"), "p,arenden.csv,4,arende,,fel value_missing", "A1 A2"},
		{"every fault of a row that is left out", row("B", "9,180,2024-02-30,3,,,,,,,,,,,,,,,,,,"),
			"p,arenden.csv,4,v1,9,fel unknown_code\np,arenden.csv,4,v2,180,fel not_place\np,arenden.csv,4,v5,2024-02-30,fel not_date\np,arenden.csv,4,v14,3,fel unknown_code", "A1 A2"},
		{"values only", row("B", "x,0180,2024-01-01,1,121,4|9,0,,15,2|2|2,1.0,1,1,0|1,,,2023-12-31,,,,,"),
			`p,arenden.csv,4,v1,x,fel unknown_code
			p,arenden.csv,4,v15,121,fel outside
			p,arenden.csv,4,v19,9,fel unknown_code
			p,arenden.csv,4,v20,0,fel unknown_code
			p,arenden.csv,4,v49,15,fel unknown_code
			p,arenden.csv,4,v58,2,varning code_twice
			p,arenden.csv,4,v59,1.0,fel unknown_code
			p,arenden.csv,4,v127,0|1,fel none_and_more
			p,arenden.csv,4,v256,2023-12-31,fel closing_before_intake`, "A1 A2 B"},
		{"too few, too many", "B,K,1,0180,2024-01-01\n" + goodCase + ",\n", "p,arenden.csv,4,,,fel row_fields\np,arenden.csv,5,,,fel row_fields", "A1 A2"},
		{"an open quote", "B,\"K,1\nC,K,1,0180,2024-01-01,,,,,,,,,,,,,,,,,,,\n", "p,arenden.csv,4,,,fel row_quotes", "A1 A2 C"},
		{"the same case twice", "A1,K,9,0180,2024-01-01,,,,,,,,,,,,,,,,,,,\n", "p,arenden.csv,4,v1,9,fel unknown_code\np,arenden.csv,4,arende,A1,fel case_twice", "A1 A2"},
		{"a row with line breaks is one", "B,\"K\n\n\",1,0180,2024-01-01,,,,,,,,,,,,,,,,,,,\nC,K,9,0180,2024-01-01,,,,,,,,,,,,,,,,,,,\n", "p,arenden.csv,5,v1,9,fel unknown_code", "A1 A2 B C"},
		{"an empty element", row("B", "1,0180,2024-01-01,,,1||2,,,,,,,,,,,,,,,,"), "p,arenden.csv,4,v19,,fel unknown_code", "A1 A2 B"},
		{"a code on an open case, closed the same day", row("B", "1,0180,2024-01-01,,,,,,,,,,,,,,2024-01-01,1,,,,") + row("C", "1,0180,2024-01-01,,,,,,,,,,,,,,,1,,,,"), "", "A1 A2 B C"},
	} {
		p := good()
		p[casesFile] += c.rows
		d := read(t, p.folder(t, "p"))
		expect(t, c.name, said(d.Problems), c.want)
		if got := caseIDs(d.Packages[0]); got != c.left {
			t.Errorf("%s: the cases %q are left, want %q", c.name, got, c.left)
		}
	}
}

func caseIDs(p *Package) string {
	var all []string
	for i := range p.Batch.Len() {
		all = append(all, p.CaseID(i))
	}
	return strings.Join(all, " ")
}

func TestSupportAndRiskFaults(t *testing.T) {
	for _, c := range []struct{ name, file, rows, want string }{
		{"no such case", supportFile, "X,2024-01-01,,1,1,1\n,2024-01-01,,1,1,1\n", "p,insatser.csv,4,arende,X,fel case_unknown\np,insatser.csv,5,arende,,fel value_missing"},
		{"values", supportFile, "A2,2024-01-01,2023-01-01,20|1|1,4,3\n", `p,insatser.csv,4,slut,2023-01-01,fel ended_before_began
			p,insatser.csv,4,v118,20,fel unknown_code
			p,insatser.csv,4,v118,1,varning code_twice
			p,insatser.csv,4,v126,4,fel unknown_code
			p,insatser.csv,4,regi,3,fel unknown_code`},
		{"an orphan's own faults", supportFile, "X,2024-13-01,,1,1,1\n", "p,insatser.csv,4,arende,X,fel case_unknown\np,insatser.csv,4,v117,2024-13-01,fel not_date"},
		{"nothing to remark", supportFile, "A2,,,,,\nA2,2024-05-01,,1,,\n", ""},
		{"risk values", riskFile, "A2,x,1,7,nan\nA2,,fore,,1e3\n", `p,risk.csv,5,datum,x,fel not_date
			p,risk.csv,5,fas,1,fel unknown_code
			p,risk.csv,5,instrument,7,fel unknown_code
			p,risk.csv,5,skattning,nan,fel not_number
			p,risk.csv,6,skattning,1e3,fel not_number`},
		{"risk of no case", riskFile, "X,,,,\n", "p,risk.csv,5,arende,X,fel case_unknown"},
	} {
		p := good()
		p[c.file] += c.rows
		expect(t, c.name, said(read(t, p.folder(t, "p")).Problems), c.want)
	}
}

// A row of a case that was left out goes with it.
func TestRowsOfACaseLeftOut(t *testing.T) {
	p := good()
	p[casesFile] += "B,K,1,180,2024-01-01,,,,,,,,,,,,,,,,,,,\nC,K\n"
	p[supportFile] += "B,2024-01-01,,1,1,1\nC,2024-01-01,,1,1,1\n"
	p[riskFile] += "B,,fore,1,\n"
	d := read(t, p.folder(t, "p"))
	expect(t, "", said(d.Problems), "p,arenden.csv,4,v2,180,fel not_place\np,arenden.csv,5,,,fel row_fields")
}

func TestFileFaults(t *testing.T) {
	const used, unused = true, false
	drop := func(text, column string) string {
		var out []string
		at := -1
		for i, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
			cells := strings.Split(line, ",")
			for k, c := range cells {
				if i == 0 && c == column {
					at = k
				}
			}
			out = append(out, strings.Join(append(cells[:at:at], cells[at+1:]...), ","))
		}
		return strings.Join(out, "\n") + "\n"
	}
	g := good()
	for _, c := range []struct {
		name string
		p    pack
		want string
		used bool
	}{
		{"no description", g.without(descriptionFile), "p,datapackage.json,,,,fel description_missing", unused},
		{"a broken description", g.with(descriptionFile, "{"), "p,datapackage.json,,,,fel description_unreadable", unused},
		{"a description that is a list", g.with(descriptionFile, "[]"), "p,datapackage.json,,,,fel description_unreadable", unused},
		{"null", g.with(descriptionFile, "null"), "p,datapackage.json,,,,fel description_unreadable", unused},
		{"odd properties", g.with(descriptionFile, `{"id":["x"],"name":7,"created":"i går","tackning":5,"omfattning":"3","resources":7}`),
			"p,datapackage.json,,created,i går,fel created_broken\np,datapackage.json,,tackning,5,fel coverage\np,datapackage.json,,omfattning,3,fel scope", used},
		{"not created", g.with(descriptionFile, `{"id":"x"}`), "p,datapackage.json,,created,,varning created_missing", used},
		{"no cases", g.without(casesFile), "p,arenden.csv,,,,fel cases_missing", unused},
		{"empty cases", g.with(casesFile, ""), "p,arenden.csv,,,,fel cases_empty", unused},
		{"header only", pack{descriptionFile: goodDesc, casesFile: caseHeader + "\n", supportFile: supHeader + "\n", riskFile: riskHeader + "\n"}, "p,arenden.csv,,,,varning cases_header_only", used},
		{"header without end", pack{descriptionFile: goodDesc, casesFile: caseHeader, supportFile: supHeader, riskFile: riskHeader}, "p,arenden.csv,,,,varning cases_header_only", used},
		{"no support", g.without(supportFile), "p,insatser.csv,,,,varning file_missing", used},
		{"no risk", g.without(riskFile), "p,risk.csv,,,,varning file_missing", used},
		{"empty risk", g.with(riskFile, ""), "p,risk.csv,,,,varning file_empty", used},
		{"no v5", g.with(casesFile, drop(g[casesFile], "v5")), "p,arenden.csv,1,v5,,fel column_required", unused},
		{"no arende in risk", g.with(riskFile, drop(g[riskFile], "arende")), "p,risk.csv,1,arende,,fel column_required", unused},
		{"no v14", g.with(casesFile, drop(g[casesFile], "v14")), "p,arenden.csv,1,v14,,varning column_missing", used},
		{"no klient, no fas", g.with(casesFile, drop(g[casesFile], "klient")).with(riskFile, drop(g[riskFile], "fas")), "p,arenden.csv,1,klient,,varning column_missing\np,risk.csv,1,fas,,varning column_missing", used},
		{"extra and twice", g.with(riskFile, "arende,datum,namn,fas,instrument,skattning,fas\nA1,,Eva,fore,1,,x\n"), "p,risk.csv,1,namn,,fel column_extra\np,risk.csv,1,fas,,fel column_twice", used},
		{"v3 may be there", g.with(casesFile, strings.Replace(strings.ReplaceAll(g[casesFile], "\n", ",\n"), "v212,", "v212,v3", 1)), "", used},
		{"a header that is none", g.with(casesFile, "\"arende,v2"), "p,arenden.csv,,,,fel header_unreadable", unused},
	} {
		for kind, path := range map[string]string{"folder": c.p.folder(t, "p"), "zip": c.p.zip(t, "p", "top/")} {
			d := read(t, path)
			expect(t, c.name+", "+kind, said(d.Problems), c.want)
			if len(d.Packages) == 1 != c.used {
				t.Errorf("%s: %d packages are used", c.name, len(d.Packages))
			}
		}
	}
}

func TestPathFaults(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text.zip")
	if err := os.WriteFile(text, []byte("no zip"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := read(t, filepath.Join(dir, "gone"), text, good().folder(t, "p"))
	expect(t, "", said(d.Problems), "gone,,,,,fel package_missing\ntext.zip,,,,,fel zip_broken")
	if len(d.Packages) != 1 {
		t.Error("the rest goes on")
	}
}
