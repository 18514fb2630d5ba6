package exchange

import (
	"testing"

	"foljsam/internal/fault"
)

// The shape that Kolada answers in; the values are made up.
const koladaSample = `{"count":5,"next_url":"https://api.example/v3/data/kpi/N00945/year/2023?page=2","previous_url":null,"values":[
 {"kpi":"N00945","municipality":"0180","period":2023,"values":[{"gender":"K","count":1,"status":"","value":30.1,"isdeleted":false},{"gender":"T","count":1,"status":"","value":31.3,"isdeleted":false}]},
 {"kpi":"N00945","municipality":"1480","period":2023,"values":[{"gender":"T","count":1,"status":"","value":null,"isdeleted":false}]},
 {"kpi":"N00945","municipality":"G36535","period":2023,"values":[{"gender":"T","count":7,"status":"","value":0,"isdeleted":false}]},
 {"kpi":"N00945","municipality":"1280","period":2023,"values":[{"gender":"T","count":1,"status":"x","value":3,"isdeleted":false}]},
 {"kpi":"N00945","municipality":"1281","period":2023,"values":[{"gender":"T","count":1,"status":"","value":3,"isdeleted":true}]},
 {"kpi":"N00945","ou":"V15E144001301","period":"2023","values":[{"gender":"T","count":null,"status":null,"value":12,"isdeleted":0}]},
 {"kpi":"N00945","municipality":"1282","period":2023,"values":[{"gender":"M","value":1}]},
 {"kpi":"N00945","municipality":"1283","period":20,"values":[]},
 {"kpi":"N00945","municipality":"1284","period":2023,"values":[{"gender":"T","value":"tolv"}]},
 {"kpi":"N00945","municipality":"1285","period":2023,"values":[{"gender":"T","value":1e999}]},
 7]}`

func TestKoladasDataIsReadAsItStands(t *testing.T) {
	var table KoladaTable
	next, err := table.Add([]byte(koladaSample))
	if err != nil || next != "https://api.example/v3/data/kpi/N00945/year/2023?page=2" || table.Odd != 4 || table.Len() != 6 {
		t.Fatal(next, err, table.Odd, table.Len())
	}
	for unit, want := range map[string]KoladaFigure{
		"0180":          {State: KoladaNumber, Value: 31.3, Has: true, Count: 1},
		"1480":          {State: KoladaNull, Count: 1},
		"G36535":        {State: KoladaNumber, Value: 0, Has: true, Count: 7},
		"1280":          {State: KoladaMarked, Value: 3, Has: true, Count: 1, Status: "x"},
		"1281":          {State: KoladaDeleted, Value: 3, Has: true, Count: 1},
		"V15E144001301": {State: KoladaNumber, Value: 12, Has: true},
		"1282":          {}, // women and men are not everyone
		"1284":          {},
		"9999":          {},
	} {
		if got := table.At("N00945", unit, 2023); got != want {
			t.Errorf("%s: %+v, want %+v", unit, got, want)
		}
	}
}

func TestWhatIsNotKoladasIsRefused(t *testing.T) {
	for text, key := range map[string]string{
		"": "ask.not_readable", "<html>": "ask.not_readable", "[]": "ask.not_readable", "{}": "ask.not_kolada", `{"values":7}`: "ask.not_readable",
		`{"error":"This endpoint is deprecated. Please use /v3 instead."}`: "ask.not_kolada",
	} {
		if _, err := new(KoladaTable).Add([]byte(text)); fault.KeyOf(err) != key {
			t.Errorf("%q: %v", text, err)
		}
		if _, _, err := ReadKoladaItems([]byte(text)); fault.KeyOf(err) != key {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// What we serve is read by the reader that we read Kolada with.
func TestOurOwnAnswersAreReadAsKoladas(t *testing.T) {
	k := NewKolada(someSeries(t), swedish)
	var table KoladaTable
	if _, err := table.Add(k.All()); err != nil || table.Odd != 0 {
		t.Fatal(err, table.Odd)
	}
	if f := table.At("FOLJSAM2", "0180", 2024); f.State != KoladaNumber || f.Value != 12.5 {
		t.Errorf("%+v", f)
	}
	if f := table.At("FOLJSAM1", "1440", 2024); f.State != KoladaMarked || f.Status != "sekretess" || f.Has {
		t.Errorf("%+v", f)
	}
	if f := table.At("FOLJSAM1", "2584", 2024); f.State != KoladaAbsent {
		t.Errorf("%+v", f)
	}
	items, next, err := ReadKoladaItems(k.Answer("municipality_groups", nil, "").Body)
	if err != nil || next != "" || len(items) != 4 || len(items[0].Members) != 1 {
		t.Errorf("%+v %q %v", items, next, err)
	}
}

// FuzzKolada reads any bytes as an answer of Kolada's.
func FuzzKolada(f *testing.F) {
	f.Add([]byte(koladaSample))
	f.Add([]byte(`{"values":[{"id":"0180","title":"Stockholm","members":[{"id":"x"}]}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var table KoladaTable
		if _, err := table.Add(b); err != nil && fault.KindOf(err) != fault.Invalid {
			t.Fatal(err)
		}
		for k, v := range table.cells {
			if _, ok := v.Number(); ok && !v.Has || k.year < 1000 || k.kpi == "" || k.unit == "" || v.State == KoladaAbsent {
				t.Fatalf("%+v %+v", k, v)
			}
		}
		if items, _, err := ReadKoladaItems(b); err != nil && len(items) > 0 {
			t.Fatal(err)
		}
	})
}
