package work_test

import (
	"slices"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/web/form"
	"foljsam/internal/web/page"
	"foljsam/internal/web/webtest"
	"foljsam/internal/web/work"
)

func TestTemplatesStandAnything(t *testing.T) {
	webtest.StandAnything(t, page.New(form.Templates, work.Templates), pages)
}

// pages gives every page with the same words everywhere, and n of all there can be many of.
func pages(p *locale.Printer, h string, n int) map[string]any {
	phase := work.Phase{Label: h, Address: h, N: n, Lacks: slices.Repeat([]work.Lack{{Text: h, Address: h}}, n)}
	waits := work.Waiting{Code: h, Address: h, Unit: h, Worker: h, Days: h, ID: h, Survey: n > 0, Closed: n > 0, Discuss: n > 0, Phases: slices.Repeat([]work.Phase{phase}, min(n, 5))}
	many := disclosure.CountList(n, 50)
	lacking := work.Lacking{Cases: slices.Repeat([]work.Waiting{waits}, n), Left: many, Rest: h}
	empty := page.Empty{Title: h, Text: h, Link: &page.Link{Address: h, Text: h}}
	note := form.Show(p, codebook.Default(), codebook.Discuss, record.Answer{Value: h})
	return map[string]any{
		"work-to-do.html": []any{
			work.ToDoPage{Title: h, None: empty},
			work.ToDoPage{Title: h, Last: &waits, Where: h, Due: slices.Repeat([]work.Due{{Waiting: waits, When: h, Day: h, Overdue: n > 1}}, n),
				Missing: lacking, Closed: lacking, Coding: slices.Repeat([]work.Waits{{Address: h, Text: h, When: h}}, n), Orders: slices.Repeat([]work.Waits{{Address: h, Text: h, When: h, Late: true}}, n), All: n > 1, Units: n > 1, Open: n > 0, Figure: slices.Repeat([]string{h}, n), Surveys: slices.Repeat([]string{h}, min(n, 3)), None: empty},
		},
		"work-walk.html": []any{
			work.WalkPage{Title: h, Units: slices.Repeat([]place.Unit{{ID: h, Name: h}}, n+1)},
			work.WalkPage{Title: h, Unit: h, Many: n > 0, None: &empty},
			work.WalkPage{Title: h, Unit: h, Many: n > 0, Nr: n, Of: many, Case: &waits, Lacks: slices.Repeat([]work.Phase{phase}, min(n, 5)),
				Done: n == 0, Note: note, Mine: h, Save: h, Back: h, On: h},
		},
	}
}
