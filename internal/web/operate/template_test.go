package operate_test

import (
	"fmt"
	"slices"
	"testing"

	"foljsam/internal/locale"
	"foljsam/internal/web/operate"
	"foljsam/internal/web/page"
	"foljsam/internal/web/page/pagetest"
)

func TestTemplatesStandAnything(t *testing.T) {
	set := page.New(operate.Templates)
	for _, l := range locale.Staff {
		for _, h := range pagetest.Hostile {
			for _, n := range []int{0, 1, 60} {
				for name, data := range pages(h, n) {
					part, err := set.Part(l, name, data)
					if err != nil {
						t.Fatalf("%s, %s, %.20q: %v", name, l, h, err)
					}
					for _, fault := range pagetest.Faults(string(part)) {
						t.Errorf("%s, %s, %.20q, %d of each: %s", name, l, h, n, fault)
					}
				}
			}
		}
	}
}

// pages gives every page with the same words everywhere, and n of all there can be many of.
func pages(h string, n int) map[string]any {
	table := page.Table{Caption: h, Hidden: true, Empty: h, Head: []page.Head{{Text: h}, {Text: h, Number: true}, {Text: h}},
		Rows: slices.Repeat([]page.Row{{{Text: h, Written: true}, {Text: h}, {Text: h}}}, n)}
	law := operate.LawPage{Title: h, Controller: h, Sure: slices.Repeat([]operate.Sure{{Word: h, Text: h}}, n), Info: slices.Repeat([]string{h}, n)}
	for i := range n {
		law.Points = append(law.Points, operate.Point{ID: fmt.Sprint("p", i), Title: h, Says: h, Here: h, From: h, Sure: h})
	}
	return map[string]any{
		"operate-state.html": operate.StatePage{Title: h, Well: n == 1, Facts: slices.Repeat([]operate.Fact{{Name: h, Value: h}}, n), Logs: table},
		"operate-law.html":   law,
	}
}
