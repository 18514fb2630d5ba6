package keeping_test

import (
	"slices"
	"strconv"
	"testing"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/web/keeping"
	"foljsam/internal/web/page"
	"foljsam/internal/web/webtest"
)

func TestTemplatesStandAnything(t *testing.T) {
	webtest.StandAnything(t, page.New(keeping.Templates), pages)
}

// pages gives every page with the same words everywhere, and n of all there can be many of.
func pages(_ *locale.Printer, h string, n int) map[string]any {
	table := page.Table{Caption: h, Head: []page.Head{{Text: h}, {Text: h}}, Empty: h, Rows: slices.Repeat([]page.Row{{{Text: h, Address: "/arenden/x", Written: true}, {Text: h, Written: true}}}, n)}
	facts := slices.Repeat([]keeping.Fact{{Name: h, Text: h}}, n)
	var doubles []keeping.Double
	var records []keeping.RetentionRecord
	var cases []keeping.ExtractCase
	for i := range min(n, 4) {
		nr := strconv.Itoa(i + 1)
		doubles = append(doubles, keeping.Double{Nr: nr, Key: h, Units: h, Cases: table, Codes: i%2 == 0, Choices: []keeping.Choice{{Value: h, Text: h, Chosen: true}}, Note: h, Fault: h, Decided: h})
		records = append(records, keeping.RetentionRecord{ID: h, Register: h, Facts: facts, Confirm: i%2 == 0, Withdraw: true, Scrub: true, Hashes: slices.Repeat([]string{h}, 3), Nr: nr})
		cases = append(cases, keeping.ExtractCase{Nr: nr, Name: h, Address: "/arenden/x", Facts: facts, Answers: table, Changes: table, Log: table, Notes: table})
	}
	return map[string]any{
		"keeping-doubles.html": keeping.DoublesPage{Title: h, None: page.Empty{Title: h, Text: h}, Open: doubles},
		"keeping-retention.html": keeping.RetentionPage{Title: h, Rule: n != 1, Years: h, Fault: h, Before: h, Counts: h, Closed: table, Excluded: table,
			Leaves: disclosure.CountList(n, n), Propose: n > 0, Waiting: records, None: h, Past: records},
		"keeping-keys.html":    keeping.KeysPage{Title: h, Holders: table, Versions: table, Limit: h, Fault: h},
		"keeping-ask.html":     keeping.AskPage{Title: h, Code: h, Fault: h},
		"keeping-extract.html": keeping.ExtractPage{Title: h, Code: h, Facts: facts, Cases: cases, Deliveries: table},
	}
}
