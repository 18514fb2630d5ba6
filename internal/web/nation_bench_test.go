package web_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"foljsam/internal/web/webtest"
)

// Comparison pages of 290 municipalities and 14 districts over ten years, for whoever looks first
// and for whoever looks next: an edition is read once. The server answers whole
// pages; the network and the browser are not in it.
func BenchmarkComparisonPages(b *testing.B) {
	h := webtest.NewDemo(b)
	webtest.Must(b, h.FillDemoNation(b.Context()))
	for _, x := range []struct{ name, address string }{
		{"overview", "/jamfor?nyckeltal=2&ordning=varde"}, {"county", "/jamfor/1480?med=lan"}, {"size", "/jamfor/1884?med=storlek"},
		{"nation", "/jamfor/0180?nyckeltal=3&med=riket"}, {"chosen", "/jamfor/1884?med=valda&valda=0180,1480,0114,2584,1283,1980"},
		{"data", "/v3/data/kpi/FOLJSAM1/year/2024"}, {"csv", "/jamfor/fil/nyckeltal.csv"}, {"xlsx", "/jamfor/fil/nyckeltal.xlsx"},
	} {
		b.Run(x.name, func(b *testing.B) {
			for b.Loop() {
				answer := httptest.NewRecorder()
				h.Handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, x.address, nil))
				if answer.Code != http.StatusOK {
					b.Fatal(x.address, answer.Code)
				}
			}
		})
	}
}
