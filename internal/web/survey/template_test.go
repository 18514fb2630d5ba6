package survey_test

import (
	"strings"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	fields "foljsam/internal/web/form"
	"foljsam/internal/web/page"
	"foljsam/internal/web/page/pagetest"
	"foljsam/internal/web/survey"
	"foljsam/internal/web/webtest"
)

// ownScript is the one script of the client's pages: under a name that says nothing.
const ownScript = `<script type="module" src="/s/3"></script>`

func TestTemplatesStandAnything(t *testing.T) {
	h := webtest.Begun(t)
	words := h.App.PrintedWords(codebook.Default(), locale.Arabic)
	webtest.StandAnything(t, page.New(fields.Templates, survey.Templates), func(p *locale.Printer, s string, n int) map[string]any {
		return survey.Pages(p, words, s, n)
	})
	for _, l := range locale.Client {
		for _, s := range pagetest.Hostile {
			for _, n := range []int{0, 1, 60} {
				all, err := survey.Client(h.App.PrintedWords(codebook.Default(), l), s, n)
				if err != nil {
					t.Fatalf("%s, %.20q: %v", l, s, err)
				}
				for i, p := range all {
					for _, fault := range pagetest.Faults(strings.Replace(p, ownScript, "", 1)) {
						t.Errorf("%s, page %d, %.20q, %d of each: %s", l, i, s, n, fault)
					}
				}
			}
		}
	}
}
