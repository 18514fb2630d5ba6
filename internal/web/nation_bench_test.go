package web_test

import (
	"net/http"
	"testing"

	"foljsam/internal/web/webtest"
)

// Every comparison page of the whole nation over ten years, as the demonstration has it: what one
// costs stands in docs/performance.md.
func BenchmarkComparisonPages(b *testing.B) {
	h := webtest.NewDemo(b)
	webtest.Must(b, h.FillDemo(b.Context()))
	for name, address := range map[string]string{
		"overview": "/jamfor?nyckeltal=2&ordning=varde", "county": "/jamfor/1480?med=lan", "size": "/jamfor/1884?med=storlek", "nation": "/jamfor/0180?nyckeltal=3&med=riket", "chosen": "/jamfor/1884?med=valda&valda=0180,1480,0114,2584,1283,1980",
		"data": "/v3/data/kpi/FOLJSAM1/year/2024",
	} {
		b.Run(name, func(b *testing.B) {
			x := h.Browser(b)
			for b.Loop() {
				if p := x.Get(address); p.Status != http.StatusOK {
					b.Fatal(p.Status)
				}
			}
		})
	}
}
