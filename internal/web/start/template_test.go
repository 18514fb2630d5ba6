package start_test

import (
	"fmt"
	"slices"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/locale"
	"foljsam/internal/web/page"
	"foljsam/internal/web/start"
	"foljsam/internal/web/webtest"
)

func TestTemplatesStandAnything(t *testing.T) {
	webtest.StandAnything(t, page.New(start.Templates), pages)
}

// pages gives every page with the same words everywhere, and n of all there can be many of.
func pages(_ *locale.Printer, h string, n int) map[string]any {
	line := start.Line{Name: "namn", Label: h, Hint: h, Kind: "text", Value: h, Complete: "name", Size: "code", Max: 100, Fault: h}
	list := start.Line{Name: "omrade", Label: h, Complete: "off", Fault: h, Choices: []start.Group{{Choices: []start.Choice{{Text: h}}},
		{Label: "x" + h, Choices: slices.Repeat([]start.Choice{{h, h, false}}, n)}}}
	personas := slices.Repeat([]app.Persona{{Person: h, Name: h, Role: access.Caseworker, Register: h, Area: h, Place: h, Unit: h}}, n)
	var words []start.Explained
	for i := range n {
		words = append(words, start.Explained{ID: fmt.Sprint("v-", i), Word: h, Text: h, Source: h, Answers: slices.Repeat([]start.Explained{{Word: h, Text: h, Source: h}}, n)})
	}
	choices := slices.Repeat([]start.Choice{{h, h, true}}, n)
	return map[string]any{
		"start-first.html":    start.FirstPage{Title: h, Person: []start.Line{line}, Place: []start.Line{list}},
		"start-second.html":   start.SecondPage{Title: h, Back: h, Codes: n > 0, Passkey: n > 0, Public: h, Wrong: h},
		"start-sign-in.html":  start.SignInPage{Title: h, Back: h, Login: h, Wrong: h, Out: n > 1, Public: h},
		"start-personas.html": start.PersonasPage{Title: h, Back: h, Town: h, People: personas, Any: personas, Counties: slices.Repeat([]start.County{{Name: h, Towns: choices}}, n)},
		"start-help.html":     start.HelpPage{Title: h, Phases: words, Words: words, SignedIn: n > 0},
		"start-settings.html": start.SettingsPage{Title: h, Languages: choices, Themes: choices, KeysOn: n > 0, Saved: h},
	}
}
