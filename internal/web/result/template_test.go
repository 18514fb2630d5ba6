package result_test

import (
	"fmt"
	"slices"
	"testing"

	"foljsam/internal/locale"
	"foljsam/internal/report"
	"foljsam/internal/web/form"
	"foljsam/internal/web/page"
	"foljsam/internal/web/result"
	"foljsam/internal/web/webtest"
)

func TestTemplatesStandAnything(t *testing.T) {
	webtest.StandAnything(t, page.New(form.Templates, result.Templates), pages)
}

// pages gives the pages with what people keep beside figures, in whatever words.
func pages(_ *locale.Printer, h string, n int) map[string]any {
	one := result.Note{ID: h, Title: h, Text: h, Address: h, Who: h, When: h, Again: h, Due: n > 1}
	kept := result.Notes{Owner: h, About: h, Title: h, Unit: h, Views: slices.Repeat([]result.Note{one}, n), Thoughts: slices.Repeat([]result.Note{one}, n), Words: h, Day: h, Name: h}
	beside := kept
	beside.Think = true
	order := &page.OrderForm{Owner: h, About: h, Title: h, Unit: h, Words: h, Day: h, Open: n > 0}
	var conditions []result.Option
	for range n {
		conditions = append(conditions, result.Option{Value: h, Text: h, Chosen: true})
	}
	filter := result.Filter{Action: h, Units: conditions, Years: conditions, From: h, Till: h, Conditions: conditions, More: []result.Group{{Label: h, Options: conditions}}}
	links := slices.Repeat([]page.Link{{Address: h, Text: h}}, n)
	facts := slices.Repeat([]result.Fact{{Name: h, Text: h}}, n)
	var cards []result.Card
	for i := range n {
		cards = append(cards, result.Card{Shown: report.Shown{ID: fmt.Sprint("d", i), Title: h, Sentence: h, Base: h, Missing: h, Notes: []string{h}}, Address: h, Facts: facts, Files: links})
	}
	var figure result.Card
	if n > 0 {
		figure = cards[0]
	}
	return map[string]any{
		"result-overview.html": result.OverviewPage{Title: h, Filter: filter, Says: []string{h}, Sections: []result.Section{{ID: "vem", Title: h, Cards: cards}}, All: links, Deeper: links, Cross: h, Kept: kept, Order: order, Coding: n > 0},
		"result-figure.html":   result.FigurePage{Title: h, Filter: filter, Says: []string{h}, Card: figure, Overview: h, Next: links, Marks: facts, Kept: beside, Order: order},
	}
}
