package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/record"
)

var meta = Meta{
	ID: "p-1", Name: "uttag-0180-2024", Title: "Uttag 2024", Created: time.Date(2024, 12, 1, 8, 30, 0, 0, time.UTC), Register: "0180",
	From: 19723, Till: 20088, Coverage: 3, Scope: 1, Synthetic: true,
	Local: []LocalField{{Name: "boende", Title: "Boendeform", Type: "string", Categories: []Category{{"hyr", "Hyresrätt"}, {"-annat", "Annat, till exempel inneboende"}}}},
}

// What is written is read back as the same bits that a case by itself packs to.
func TestWriteAndReadBack(t *testing.T) {
	cases := sampleCases(1, 3000)
	for i, c := range cases {
		if i%3 > 0 {
			c.Local = map[string]string{"boende": []string{"", "hyr", "-annat"}[i%3]}
		}
	}
	for _, dst := range []string{filepath.Join(t.TempDir(), "p"), filepath.Join(t.TempDir(), "p.zip")} {
		if err := Write(dst, meta, slices.Values(cases), layout.Book); err != nil {
			t.Fatal(err)
		}
		d := read(t, dst)
		if len(d.Problems) > 0 || len(d.Packages) != 1 {
			t.Fatal(said(d.Problems))
		}
		p := d.Packages[0]
		if !p.Created.Equal(meta.Created) || p.ID != meta.ID || p.Register != "0180" || p.Coverage != 3 || p.Scope != 1 || p.From != "2024-01-01" || p.Till != "2024-12-31" || !p.Synthetic {
			t.Errorf("%+v", p)
		}
		comparePacked(t, p, cases)
		for i := range cases {
			if want := []int16{-1, 0, 1}[i%3]; p.Batch.Local[0].Values[i] != want {
				t.Fatalf("local value of case %d is %d, want %d", i, p.Batch.Local[0].Values[i], want)
			}
		}
	}
}

func comparePacked(t testing.TB, p *Package, cases []*record.Case) {
	t.Helper()
	want := &record.Batch{Layout: layout}
	for _, c := range cases {
		record.Pack(layout, c, want)
	}
	b := p.Batch
	if !slices.Equal(b.Unit, want.Unit) || !slices.Equal(b.Intake, want.Intake) || !slices.Equal(b.Days, want.Days) || !slices.Equal(b.Age, want.Age) {
		t.Fatal("units, days or ages differ")
	}
	for i := range want.Len() {
		if !slices.Equal(b.Row(i), want.Row(i)) {
			t.Fatalf("case %d: %s, want %s", i, codes(b, i), codes(want, i))
		}
	}
}

func TestWriteIsTheSameBytes(t *testing.T) {
	cases := sampleCases(2, 200)
	var all [][]byte
	for range 2 {
		dst := filepath.Join(t.TempDir(), "p.zip")
		if err := Write(dst, meta, slices.Values(cases), layout.Book); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(dst)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b)
	}
	if !bytes.Equal(all[0], all[1]) {
		t.Error("the same cases made other bytes")
	}
}

func TestDescription(t *testing.T) {
	dst := filepath.Join(t.TempDir(), "p")
	if err := Write(dst, meta, slices.Values(sampleCases(3, 5)), layout.Book); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dst, descriptionFile))
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		Created   time.Time
		Kodbok    map[string]string
		Period    map[string]string
		Tackning  int
		Resources []struct {
			Name, Path string
			Schema     struct {
				MissingValues []string
				Fields        []struct {
					Name, Type, Delimiter, ItemType string
					Categories                      []struct {
						Value any
						Label string
					}
					Constraints map[string]any
				}
			}
		}
	}
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, r := range d.Resources {
		fmt.Fprintf(&got, "%s %s %q:", r.Name, r.Path, r.Schema.MissingValues)
		for _, f := range r.Schema.Fields {
			fmt.Fprintf(&got, " %s:%s%s:%d", f.Name, f.Type, f.Delimiter, len(f.Categories))
		}
		got.WriteString("\n")
	}
	const want = `arenden arenden.csv [""]: arende:string:0 klient:string:0 v1:integer:4 v2:string:0 v5:date:0 v14:integer:2 v15:integer:0 v19:list|:5 v20:integer:5 v41:list|:7 v49:list|:14 v58:list|:6 v59:integer:3 v67:integer:3 v110:integer:3 v127:list|:10 v161:integer:4 v192:integer:5 v256:date:0 v257:integer:7 v202:integer:6 v203:integer:6 v206:integer:3 v212:integer:6
insatser insatser.csv [""]: arende:string:0 v117:date:0 v118:list|:19 v126:integer:3 slut:date:0 regi:integer:2
risk risk.csv [""]: arende:string:0 instrument:integer:6 datum:date:0 fas:string:3 skattning:number:0
lokala lokala.csv [""]: arende:string:0 boende:string:2
`
	if got.String() != want {
		t.Errorf("%s\nwant\n%s", got.String(), want)
	}
	if d.Kodbok["id"] != "su-kvinnofrid" || d.Tackning != 3 || d.Period["till"] != "2024-12-31" {
		t.Errorf("%+v", d)
	}
}

// The caseworkers' pseudonyms stay at home unless they are asked for.
func TestCaseworkersStayAtHome(t *testing.T) {
	for _, with := range []bool{false, true} {
		dst := filepath.Join(t.TempDir(), "p")
		m := meta
		m.Caseworkers = with
		if err := Write(dst, m, slices.Values(sampleCases(4, 5)), layout.Book); err != nil {
			t.Fatal(err)
		}
		text, _ := os.ReadFile(filepath.Join(dst, casesFile))
		if strings.Contains(string(text), "H1") != with {
			t.Error(string(text))
		}
		if d := read(t, dst); len(d.Problems) > 0 {
			t.Error(said(d.Problems))
		}
	}
}

func TestWriteLeavesNothingHalf(t *testing.T) {
	dir := t.TempDir()
	if err := Write(filepath.Join(dir, "gone", "p.zip"), meta, slices.Values(sampleCases(5, 2)), layout.Book); fault.KindOf(err) != fault.Invalid {
		t.Error(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Write(filepath.Join(dir, "file"), meta, slices.Values(sampleCases(5, 2)), layout.Book); err == nil {
		t.Error("a folder cannot be made where a file is")
	}
	left, _ := filepath.Glob(filepath.Join(dir, "*"+unfinished))
	if len(left) > 0 {
		t.Error(left)
	}
}

func TestWriteProblems(t *testing.T) {
	var b strings.Builder
	err := WriteProblems(&b, []fault.Problem{
		{Package: "p.zip", File: "arenden.csv", Row: 4, Column: "v1", Value: "=1+1", Key: "exchange.value_missing"},
		{Package: "p;q", Severity: fault.Warning, Key: "exchange.row_fields", Args: []any{"have", 3, "want", 4}},
		{Value: "-5"}, {Value: "-5,2"}, {Value: "-x"}, {Value: "@a"}, {Value: "+4"}, {Value: "a\"b"}, {Value: "'-x"}, {Value: "x\ny"},
	}, locale.For(locale.English))
	if err != nil {
		t.Fatal(err)
	}
	const want = `paket,fil,rad,kolumn,varde,allvar,orsak
p.zip,arenden.csv,4,v1,'=1+1,fel,The value is missing. The row cannot be used without it.
"p;q",,,,,varning,"The row has 3 fields, but the header 4. The row is not used."
,,,,-5,fel,⟦⟧
,,,,"-5,2",fel,⟦⟧
,,,,'-x,fel,⟦⟧
,,,,'@a,fel,⟦⟧
,,,,'+4,fel,⟦⟧
,,,,"a""b",fel,⟦⟧
,,,,'-x,fel,⟦⟧
,,,,"x
y",fel,⟦⟧
`
	if b.String() != want {
		t.Errorf("%s\nwant\n%s", b.String(), want)
	}
}
