package log_test

import (
	"fmt"
	"slices"
	"testing"

	"foljsam/internal/locale"
	"foljsam/internal/web/log"
	"foljsam/internal/web/page"
	"foljsam/internal/web/webtest"
)

func TestTemplatesStandAnything(t *testing.T) {
	webtest.StandAnything(t, page.New(log.Templates), pages)
}

// pages gives every page with the same words everywhere, and n of all there can be many of.
func pages(_ *locale.Printer, h string, n int) map[string]any {
	table := page.Table{Caption: h, Hidden: true, Empty: h, Head: []page.Head{{Text: h}, {Text: h, Number: true}},
		Rows: slices.Repeat([]page.Row{{{Text: h, Written: true}, {Text: h}}}, n)}
	check := log.CheckPage{Title: h, Register: h, ID: h, Left: h, Back: "/hantera/logg", Mark: "/hantera/logg/bedom", Ordinary: "vanlig", AskAbout: "fraga",
		Facts: slices.Repeat([]log.Fact{{Name: h, Text: h}}, n)}
	var logs []log.Choice
	for i := range n {
		check.Lines = append(check.Lines, log.CheckLine{Seq: fmt.Sprint(i), When: h, Who: h, Role: h, Act: h, About: h, Said: h, Note: h, Fault: []string{"", h}[i%2], Own: i%3 == 2})
		logs = append(logs, log.Choice{ID: h, Name: h, Chosen: i == 0})
	}
	full := log.LogPage{Title: h, Register: h, Logs: logs, From: "2026-01-01", Till: "2026-01-31", N: "20", Hints: slices.Repeat([]string{h}, n), Checks: table, Lines: table, Of: h, Older: "/hantera/logg?fore=1", NoChecks: []*page.Empty{nil, {Title: h, Text: h}}[n%2], Key: h, Signed: h, Backup: h, Ends: "/hantera/logg/slut/loggslut.txt"}
	return map[string]any{"log-page.html": full, "log-codes.html": full, "log-check.html": check}
}
