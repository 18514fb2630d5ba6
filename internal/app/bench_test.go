package app

import (
	"fmt"
	"sync/atomic"
	"testing"

	"foljsam/internal/record"
)

// wholeCase is a case with every common variable, one support and two risk assessments.
var wholeCase = map[string]string{
	"1": "1", "5": "2022-05-01", "14": "1", "15": "34", "19": "2", "20": "1", "41": "2", "49": "1|8", "58": "2", "59": "2", "67": "1",
	"risk.1.90": "1", "risk.1.datum": "2022-05-10", "risk.1.fas": "1", "risk.1.skattning": "8", "risk.2.90": "6", "risk.2.datum": "2022-10-10", "risk.2.fas": "3", "risk.2.skattning": "4",
	"110": "2", "insats.1.117": "2022-05-20", "insats.1.118": "3|4|7|10", "insats.1.126": "1", "127": "5|7", "161": "1", "192": "1", "256": "2022-11-01", "257": "1",
	"202": "1", "203": "4", "206": "1", "212": "4", "217": "Ingen kommentar lämnad i enkäten",
}

// Cases filed by 64 people at the same time, each durable when its call returns.
func BenchmarkOpenCase(b *testing.B) {
	h := newHouse(b, false)
	w := h.begin(b)
	answers := map[string]record.Answer{}
	for f, v := range wholeCase {
		answers[f] = record.Answer{Value: v}
	}
	var n atomic.Int64
	b.SetParallelism(32)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := n.Add(1)
			_, err := h.OpenCase(b.Context(), w.Actor, NewCase{Unit: w.Units[0].ID, Case: fmt.Sprint("A", i), Client: fmt.Sprint("K", i), Answers: answers})
			if err != nil {
				b.Error(err)
			}
		}
	})
}
