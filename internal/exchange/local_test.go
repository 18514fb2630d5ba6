package exchange

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

const localDesc = `{"id":"p","created":"2024-12-01","resources":[
 {"name":"arenden","path":"arenden.csv","schema":{"fields":[{"name":"arende"}]}},
 {"name":"lokala","path":"lokala.csv","schema":{"fields":[
  {"name":"arende","type":"string"},
  {"name":"boende","type":"string","title":"Boende","categories":[{"value":"hyr","label":"Hyresrätt"},{"value":"ägd","label":"Ägd"}]},
  {"categories":[1,2],"type":"integer","name":"steg"},
  {"name":"antal","type":"integer"},
  {"name":"fri","type":"string"},
  {"name":"flera","type":"list","delimiter":"|","categories":["a","b"]}
 ]}}]}`

func TestLocalVariables(t *testing.T) {
	p := good().with(descriptionFile, localDesc).with(localFile, "arende,steg,boende,antal,fri,flera\nA2,2,ägd,5,fritext,a|b\nA1,1,,,,\n")
	for name, text := range map[string]string{"UTF-8": p[localFile], "Windows-1252": strings.ReplaceAll(p[localFile], "ä", "\xe4")} {
		d := read(t, p.with(localFile, text).folder(t, "p"))
		expect(t, name, said(d.Problems), "")
		l := d.Packages[0].Batch.Local
		if len(l) != 2 || l[0].Name != "boende" || l[0].Labels[1] != "Ägd" || l[1].Codes[1] != "2" {
			t.Fatalf("%+v", l)
		}
		if l[0].Values[0] != -1 || l[0].Values[1] != 1 || l[1].Values[0] != 0 || l[1].Values[1] != 1 {
			t.Errorf("%s: %+v", name, l)
		}
	}
}

func TestLocalFaults(t *testing.T) {
	p := good().with(descriptionFile, localDesc).with(localFile, `arende,boende,steg,antal,flera,namn
A1,slott,3,fem,a|c,Eva
A1,hyr,,,,
X,hyr,,,,
,hyr,,,,
A2,hyr
`)
	d := read(t, p.folder(t, "p"))
	expect(t, "", said(d.Problems), `p,lokala.csv,1,namn,,fel column_extra
		p,lokala.csv,1,fri,,varning column_missing
		p,lokala.csv,2,boende,slott,fel local_category
		p,lokala.csv,2,steg,3,fel local_category
		p,lokala.csv,2,antal,fem,fel local_type
		p,lokala.csv,2,flera,c,fel local_category
		p,lokala.csv,3,arende,A1,fel case_twice
		p,lokala.csv,4,arende,X,fel case_unknown
		p,lokala.csv,5,arende,,fel value_missing
		p,lokala.csv,6,,,fel row_fields`)
}

func TestLocalWithoutDescription(t *testing.T) {
	d := read(t, good().with(localFile, "arende,boende\nA1,x\n").folder(t, "p"))
	expect(t, "", said(d.Problems), "p,lokala.csv,1,boende,,fel column_extra")
}

// Two packages share a column when they describe it in the same words, in any order.
func TestSameDescription(t *testing.T) {
	a := canonical([]byte(`{"name":"x","categories":[{"value":1,"label":"å"}],"type":"integer"}`))
	b := canonical([]byte(`{ "type":"integer", "categories":[{"label":"\u00e5","value":1}],"name":"x" }`))
	if a != b {
		t.Error(a, b)
	}
	if c := canonical([]byte(`{"name":"x","categories":[{"value":1,"label":"ä"}],"type":"integer"}`)); a == c {
		t.Error(c)
	}
}

// localPack is a package whose lokala.csv has the columns, each with two categories.
func localPack(names ...string) pack {
	var fields []string
	for _, n := range names {
		b, _ := json.Marshal(n)
		fields = append(fields, `{"name":`+string(b)+`,"categories":["a","b"]}`)
	}
	head := appendRow(nil, append([]string{caseColumn}, names...)...)
	return good().with(descriptionFile, `{"id":"p","created":"2024-12-01","resources":[{"path":"lokala.csv","schema":{"fields":[`+strings.Join(fields, ",")+`]}}]}`).
		with(localFile, string(head)+"A1"+strings.Repeat(",a", len(names))+"\n")
}

// A name that could lead out of a folder, meet another file or end a tag is not used; the
// columns beside it are.
func TestLocalNames(t *testing.T) {
	long := strings.Repeat("å", 64)
	d := read(t, localPack("boende", "../../x", `a"><script>`, "Boende", "BOENDE", "v1", "Status", "ar", "_x", "a b", "a/b", "a.b", "kommun_etikett", long, long+"å", "ål-2_b", "2a", "e\u0301").folder(t, "p"))
	var named, got []string
	for _, x := range d.Problems {
		if x.Key != "exchange.local_name" || x.Row != 1 || x.File != localFile {
			t.Error(said(d.Problems))
		}
		named = append(named, x.Column)
	}
	if want := []string{"../../x", `a"><script>`, "Boende", "BOENDE", "v1", "Status", "ar", "_x", "a b", "a/b", "a.b", "kommun_etikett", long + "å", "e\u0301"}; !slices.Equal(named, want) || isLocalName("-x") {
		t.Errorf("%q", named)
	}
	for _, c := range d.Packages[0].Batch.Local {
		got = append(got, c.Name)
		if c.Values[0] != 0 {
			t.Errorf("%s: %d", c.Name, c.Values[0])
		}
	}
	if !slices.Equal(got, []string{"boende", long, "ål-2_b", "2a"}) {
		t.Errorf("%q", got)
	}
}

func TestLocalLimits(t *testing.T) {
	names := make([]string, 101)
	for i := range names {
		names[i] = fmt.Sprint("k", i)
	}
	d := read(t, localPack(names...).folder(t, "p"))
	expect(t, "columns", said(d.Problems), "p,lokala.csv,1,k100,,fel local_columns")
	if n := len(d.Packages[0].Batch.Local); n != 100 {
		t.Error(n)
	}
	for n, want := range map[int]string{200: "", 201: "p,lokala.csv,1,x,,fel local_categories"} {
		many := make([]string, n)
		for i := range many {
			many[i] = fmt.Sprintf(`"k%d"`, i)
		}
		p := localPack("x", "y").with(localFile, "arende,x,y\nA1,k0,a\n")
		p = p.with(descriptionFile, strings.Replace(p[descriptionFile], `"a","b"`, strings.Join(many, ","), 1))
		d = read(t, p.folder(t, "p"))
		expect(t, fmt.Sprint(n, " categories"), said(d.Problems), want)
		if l := d.Packages[0].Batch.Local; l[len(l)-1].Name != "y" || l[len(l)-1].Values[0] != 0 {
			t.Error("the rest is read")
		}
	}
}
