package exchange

import (
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
