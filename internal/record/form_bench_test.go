package record_test

import (
	"testing"

	"foljsam/internal/record"
)

var wholeCase = map[string]string{
	"1": "1", "5": "2022-05-01", "14": "1", "15": "34", "19": "2", "20": "1", "41": "2", "49": "1|8", "58": "2", "59": "2", "67": "1",
	"risk.1.90": "1", "risk.1.datum": "2022-05-10", "risk.1.fas": "1", "risk.1.skattning": "8", "risk.2.90": "6", "risk.2.datum": "2022-10-10", "risk.2.fas": "3", "risk.2.skattning": "4",
	"110": "2", "insats.1.117": "2022-05-20", "insats.1.118": "3|4|7|10", "insats.1.126": "1", "127": "5|7", "161": "1", "192": "1", "256": "2022-11-01", "257": "1",
	"202": "1", "203": "4", "206": "1", "212": "4", "217": "Ingen kommentar lämnad i enkäten",
}

func BenchmarkForm(b *testing.B) {
	answers := map[string]record.Answer{}
	for f, v := range wholeCase {
		answers[f] = record.Answer{Value: v}
	}
	b.Run("check", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for f, a := range answers {
				if _, err := record.Check(book, f, a); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("set", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := record.NewForm().Set(book, answers); err != nil {
				b.Fatal(err)
			}
		}
	})
	f := record.NewForm()
	changes, _ := f.Set(book, answers)
	c := &record.Filed{Form: f}
	b.Run("cover", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			record.CoverOf(book, c)
		}
	})
	b.Run("marshal", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			f.AppendJSON(make([]byte, 0, 2048))
			record.AppendChanges(make([]byte, 0, 4096), changes)
		}
	})
	text := f.AppendJSON(nil)
	b.Run("unmarshal", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = record.NewForm().ReadJSON(text)
		}
	})
	b.Run("case", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			record.CaseOf(book, c, "1884")
		}
	})
	b.Logf("%d bytes", len(text))
}
