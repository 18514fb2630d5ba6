package operate_test

import (
	"fmt"
	"slices"
	"testing"

	"foljsam/internal/locale"
	"foljsam/internal/web/operate"
	"foljsam/internal/web/page"
	"foljsam/internal/web/webtest"
)

func TestTemplatesStandAnything(t *testing.T) {
	webtest.StandAnything(t, page.New(operate.Templates), pages)
}

// pages gives every page with the same words everywhere, and n of all there can be many of.
func pages(_ *locale.Printer, h string, n int) map[string]any {
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
