package nation_test

import (
	"html/template"
	"slices"
	"testing"

	"foljsam/internal/locale"
	"foljsam/internal/web/nation"
	"foljsam/internal/web/page"
	"foljsam/internal/web/webtest"
)

func TestTemplatesStandAnything(t *testing.T) {
	webtest.StandAnything(t, page.New(nation.Templates), pages)
}

// pages gives every page with the same words everywhere, and n of all there can be many of.
func pages(_ *locale.Printer, h string, n int) map[string]any {
	table := page.Table{Caption: h, Head: []page.Head{{Text: h}, {Text: h}}, Empty: h, Rows: slices.Repeat([]page.Row{{{Text: h, Address: "/jamfor/x", Written: true}, {Text: h, Written: true}}}, n)}
	said := slices.Repeat([]string{h}, n)
	choices := []nation.Choice{{Value: h, Text: h, Chosen: true}}
	groups := []nation.Group{{Label: h, Choices: choices}}
	line := nation.Line{Name: "skal", Label: h, Hint: h, Value: h, Size: "code", Max: 10, Fault: h}
	lines := []nation.Line{line, {Name: "annat", Label: h, Choices: choices, Groups: groups}}
	facts := slices.Repeat([]nation.Fact{{Name: h, Text: h}}, n)
	link := nation.Link{Address: "/kommuner", Text: h}
	drawn := template.HTML(`<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="x"></svg>`)
	var none *page.Empty
	if n == 0 {
		none = &page.Empty{Title: h, Text: h}
	}
	figure := nation.FigureField{Nr: 1, Name: h, Hint: h, Value: h, Secret: n > 0, Fault: h, Before: h}
	return map[string]any{
		"nation-overview.html":    nation.OverviewPage{Title: h, Years: choices, Figures: choices, Orders: choices, In: choices, Heading: h, Edition: h, Reason: h, Reported: said, Counties: table, Sizes: table, Sum: said, Map: drawn, List: table, None: none, Method: "/jamfor/metod", Files: "/jamfor/fil"},
		"nation-unit.html":        nation.UnitPage{Title: h, Address: "/jamfor/x", Where: h, Figures: choices, Withs: choices, Chosen: groups, Heading: h, Secret: said, Wide: drawn, Narrow: drawn, Key: said, Series: table, Breaks: said, Group: h, Others: table, Parts: table, Sources: said, Overview: "/jamfor", OwnChoice: n > 0},
		"nation-method.html":      nation.MethodPage{Title: h, Parts: facts},
		"nation-files.html":       nation.FilesPage{Title: h, All: slices.Repeat([]nation.Link{link}, n), Sealed: table, Kolada: "/v3/kpi"},
		"nation-forms.html":       nation.FormsPage{Title: h, Open: table, Closed: table, None: none, Upload: "/rapportera/fil"},
		"nation-form.html":        nation.FormPage{Owner: h, Title: h, Address: "/rapportera/2025/0114", Closed: n == 1, Said: table, Figures: []nation.FigureField{figure}, Scopes: choices, Deadline: h, Odd: said, Back: "/rapportera"},
		"nation-collections.html": nation.CollectionsPage{Owner: h, Title: h, Table: table, New: lines},
		"nation-board.html": nation.BoardPage{Owner: h, Title: h, Address: "/insamlingar/2025", Facts: facts, Closed: n == 1, Counties: choices, Shows: choices, Table: table, Sums: table, Odd: slices.Repeat([]nation.OddUnit{{Name: h, Address: "/x", Why: []string{h}, Checks: facts, Reasons: choices}}, n), Checked: slices.Repeat([]nation.OddUnit{{Name: h, Address: "/x", Why: []string{h}, Checks: facts, Said: h}}, n),
			NoPeople: said, Unused: said, Changed: said, Early: n > 1, Editions: table, Again: n > 0, Reason: line, Last: nation.Line{Name: "sista_dag", Label: h, Max: 10}, People: "/kommuner/folkmangd"},
		"nation-taken.html":     nation.TakenPage{Owner: h, Title: h, Intro: h, Address: "/rapportera/fil", Done: said, Problems: said, More: n, Fault: h, Back: link, Hint: h, OfPeople: n > 0, Asks: n > 1, Year: h},
		"nation-towns.html":     nation.TownsPage{Title: h, Links: []nation.Link{link}, Table: table},
		"nation-kolada.html":    nation.KoladaPage{Owner: h, Title: h, On: n > 0, Matches: []nation.KoladaChosen{{Nr: "1", Name: h, With: h, Who: h, Chosen: n > 0}}, Figures: choices, Years: choices, In: choices, Ready: n > 0, Search: lines, Found: choices, Asked: h, Figure: "1", None: h, Heading: h, Sum: said, Beside: table, Source: h, Fault: h, Back: link},
		"nation-town.html":      nation.TownPage{Owner: h, Title: h, Address: "/kommuner/enhet/x", Years: table, Parts: table, Set: lines, Back: link},
		"nation-districts.html": nation.DistrictsPage{Owner: h, Title: h, Table: table, New: lines, Back: link},
		"nation-reporters.html": nation.ReportersPage{Owner: h, Title: h, Held: slices.Repeat([]nation.Reporter{{Name: h, Login: h, Unit: h, State: h, End: facts}}, n), New: lines, Back: link},
		"nation-begin.html":     nation.BeginPage{Owner: h, Title: h, Has: n > 0, Lines: lines},
	}
}
