package api

import (
	"encoding/json"
	"maps"
	"testing"

	"foljsam/internal/record"
)

func FuzzReadingACase(f *testing.F) {
	for _, text := range []string{
		`{"enhet":"e","arende":"A-1","klient":"K-1","svar":{"14":"1","insats.1.118":"3|4","14":"2"}}`,
		`{"enhet":"e","arende":"A-1","klient":"K-1","svar":{"217":"rad \\n två"}}`,
		`{"enhet":"e","arende":"A-1","klient":"K-1","svar":{}}`,
		`{"enhet":"e","arende":"A-1","klient":"K-1","svar":{"14":"1"}} x`,
		`{"enhet":"e","arende":"A-1","klient":"K-1","svar":{"14":"1"},"mer":1}`,
		` {"klient":"K-1","svar":{"14":null}}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		fast, ok := readPlain(b)
		if !ok {
			return
		}
		var slow caseIn
		if err := json.Unmarshal(b, &slow); err != nil {
			t.Fatal(err)
		}
		if fast.Unit != slow.Unit || fast.Case != slow.Case || fast.Client != slow.Client || !maps.EqualFunc(fast.Answers, slow.Answers, func(a record.Answer, s string) bool { return a == record.Answer{Value: s} }) {
			t.Fatal(fast, slow)
		}
	})
}

func TestAFieldThatWeDoNotKnowRefusesTheCase(t *testing.T) {
	for text, want := range map[string]bool{
		`{"enhet":"e","arende":"A","klient":"K","svar":{"14":"1"}}`:           true,
		`{ "klient":"K", "svar":{"217":"a \"b\""}, "enhet":"e","arende":"A"}`: true,
		`{"enhet":"e","arende":"A","klient":"K","svar":{"14":"1"},"x":"y"}`:   false,
		`{"enhet":"e","arende":"A","klient":"K","svar":{"14":"1"}`:            false,
		`{"enhet":"e","arende":"A","klient":"K","svar":{"14":1}}`:             false,
	} {
		if _, ok := readCase([]byte(text)); ok != want {
			t.Error(text, ok)
		}
	}
}
