package record

import (
	"slices"
	"testing"
)

// The personal and coordination numbers are Skatteverket's own examples and test numbers;
// 850709-9805 is the one that open libraries test with. The company's number is one that
// the company prints on its papers. Nobody's telephone is here: 070-174 06 05 to 99 and
// 08-465 004 00 to 99 are numbers that PTS has set aside for fiction.
func TestWhatIdentifiesIsFound(t *testing.T) {
	for _, c := range []struct {
		text  string
		sort  Sort
		found string
	}{
		{"Klienten (811228-9874) ringde", PersonalNumber, "811228-9874"},
		{"811228+9874", PersonalNumber, "811228+9874"},
		{"8112289874", PersonalNumber, "8112289874"},
		{"19811228-9874.", PersonalNumber, "19811228-9874"},
		{"198112289874", PersonalNumber, "198112289874"},
		{"19121212-1212", PersonalNumber, "19121212-1212"},
		{"pnr:850709-9805", PersonalNumber, "850709-9805"},
		{"850709 9805", PersonalNumber, "850709 9805"},
		{"850709 - 9805", PersonalNumber, "850709 - 9805"},
		{"850709–9805", PersonalNumber, "850709–9805"},
		{"1985-07-09-9805", PersonalNumber, "1985-07-09-9805"},
		{"samordningsnummer 701063-2391", CoordinationNumber, "701063-2391"},
		{"197010632391", CoordinationNumber, "197010632391"},
		{"850709-T805 har hon", TemporaryNumber, "850709-T805"},
		{"19850709t805", TemporaryNumber, "19850709t805"},
		{"556016-0680", CompanyNumber, "556016-0680"},
		{"16556016-0680", CompanyNumber, "16556016-0680"},
		{"ring 070-174 06 05", Telephone, "070-174 06 05"},
		{"0701740605", Telephone, "0701740605"},
		{"08-465 004 00", Telephone, "08-465 004 00"},
		{"+46 70 174 06 05", Telephone, "+46 70 174 06 05"},
		{"+46(0)70-1740605", Telephone, "+46(0)70-1740605"},
		{"0046701740605", Telephone, "0046701740605"},
		{"skriv till anna.o'x@example.se!", Mail, "x@example.se"},
		{"åsa@exempel.se", Mail, "åsa@exempel.se"},
		{"bor på Storgatan 12 B nu", Address, "Storgatan 12 B"},
		{"Norra Exempelvägen 3", Address, "Norra Exempelvägen 3"},
		{"Stora Torget 1", Address, "Stora Torget 1"},
		{"123 45 Exempelstad", Address, "123 45 Exempelstad"},
		{"c/o Andersson", Address, "c/o Andersson"},
	} {
		got := Identifying(c.text)
		if len(got) != 1 || got[0].Sort != c.sort || c.text[got[0].From:got[0].Till] != c.found {
			t.Errorf("%q: %v, want one %s, %q", c.text, got, c.sort, c.found)
		}
	}
}

func TestWhatIdentifiesNobodyIsLeftAlone(t *testing.T) {
	for _, text := range []string{
		"", "Hon är 34 år.", "2024-05-08", "20240508", "240508", "8 maj 2024", "05-08-2024", "08-05-2024", "08/05 2024",
		"2024-05-08 2024-06-11", "2024-05-08–2024-06-11", "2023-2024", "från 2021-01-01 till 2023-12-31",
		"ärende 24-017", "24-0170", "2024-00017", "SUV 117, 118 och 126", "3 070 ärenden i 34 kommuner", "57,4 %",
		"10 000 kronor", "100 00", "kl. 14.02", "dnr 2024/1234-5", "HSLF-FS 2022:39", "1 av 2, 3 av 4",
		"811228-9873", "811228-9875", "198112289873", // wrong check digit
		"811328-9876", "811232-9876", "811228-98749", "9811228-9874", // no such month or day; too many digits
		"850709-A805", "851309-T805",
		"020-50 50 50", "112", "114 14", "1177", // lines that everybody may call
		"på gatan 3 gånger", "vägen till arbetet", "hon var på väg 3 dagar", "plan 2", "boxning 3 gånger",
		"a@b", "@exempel", "e-post", "5 000 000 000 kr",
	} {
		if got := Identifying(text); len(got) > 0 {
			t.Errorf("%q: found %v", text, got)
		}
	}
}

func TestEachThingIsFoundOnce(t *testing.T) {
	text := "811228-9874, 701063-2391; 070-174 06 05 eller anna@exempel.se. Storgatan 12, 123 45 Exempelstad."
	var sorts []Sort
	for _, f := range Identifying(text) {
		sorts = append(sorts, f.Sort)
	}
	if want := []Sort{PersonalNumber, CoordinationNumber, Mail, Telephone, Address, Address}; !slices.Equal(sorts, want) {
		t.Errorf("%q, want %q", sorts, want)
	}
}

// Nothing that somebody writes makes the detector fail, and what it finds lies in the text.
func FuzzIdentifying(f *testing.F) {
	for _, s := range []string{"811228-9874", "+46 70 174 06 05", "\xff811228-9874", "Storgatan 12 B", "٠٧٠", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, x := range Identifying(text) {
			if x.From < 0 || x.From >= x.Till || x.Till > len(text) {
				t.Fatalf("%q: %v", text, x)
			}
		}
	})
}
