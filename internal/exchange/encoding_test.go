package exchange

import (
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"foljsam/internal/fault"
)

// A NUL costs its value, in a required column its row, and nothing else.
func TestNUL(t *testing.T) {
	p := good()
	p[casesFile] += "B,K,1\x00,0180,2024-01-01,,,,,,,,,,,,,,,,,,,\nC,\x00,1,0180,2024-01-01,,,,,,,,,,,,,,,,,,,\nD\x00,K,1,0180,2024-01-01,,,,,,,,,,,,,,,,,,,\nE,K,1,01\x0080,2024-01-01,,,,,,,,,,,,,,,,,,,\n"
	p[supportFile] += "E,2024-01-01,,1,,\nB,2024-01-01,\x00,1,,\n"
	p = p.with(descriptionFile, localDesc).with(localFile, "arende,steg,boende,antal,fri,flera\nA2,2,ägd,5,fri\x00text,a|b\n")
	for _, careful := range []bool{false, true} {
		onlyCareful = careful
		d := read(t, p.folder(t, "p"))
		onlyCareful = false
		expect(t, "", said(d.Problems), `p,arenden.csv,4,v1,1�,fel value_nul
			p,arenden.csv,5,klient,�,fel value_nul
			p,arenden.csv,6,arende,D�,fel value_nul
			p,arenden.csv,7,v2,01�80,fel value_nul
			p,insatser.csv,5,slut,�,fel value_nul
			p,lokala.csv,2,fri,fri�text,fel value_nul`)
		if got := caseIDs(d.Packages[0]); got != "A1 A2 B C" {
			t.Error(got)
		}
	}
}

func inUTF16(s string, order binary.AppendByteOrder) string {
	b := order.AppendUint16(nil, 0xfeff)
	for _, u := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

// A file in UTF-16 is named once, and says what to do.
func TestUTF16(t *testing.T) {
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		for _, name := range files[:4] {
			p := good()
			d := read(t, p.with(name, inUTF16(p[name], order)).folder(t, "p"))
			expect(t, name, said(d.Problems), "p,"+name+",,,,fel file_utf16")
			if len(d.Packages) != 0 {
				t.Error("half a package is used")
			}
		}
		_, _, err := ReadPopulation(strings.NewReader(inUTF16("enhet,ar,vuxna\n0180,2024,1\n", order)), "b.csv")
		var f *fault.Error
		if !errors.As(err, &f) || f.Key != "population.utf16" {
			t.Error(err)
		}
	}
}
