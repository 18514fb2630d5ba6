package webtest

import (
	"testing"

	"foljsam/internal/locale"
	"foljsam/internal/web/page"
	"foljsam/internal/web/page/pagetest"
)

// StandAnything runs templates with empty, one and many, and with whatever words somebody may have
// written, in every language of those who work: what comes out is whole, and holds nothing
// inline and nothing from elsewhere. pages gives the data of every page of a folder by its
// template's name, with the same words everywhere and n of all there can be many of; of a page
// that can look in several ways, a []any.
func StandAnything(t *testing.T, set *page.Set, pages func(p *locale.Printer, words string, n int) map[string]any) {
	t.Helper()
	for _, lang := range locale.Staff {
		for _, words := range pagetest.Hostile {
			for _, n := range []int{0, 1, 60} {
				for name, data := range pages(locale.For(lang), words, n) {
					for _, one := range looksOf(data) {
						part, err := set.Part(lang, name, one)
						if err != nil {
							t.Fatalf("%s, %s, %.20q: %v", name, lang, words, err)
						}
						for _, fault := range pagetest.Faults(string(part)) {
							t.Errorf("%s, %s, %.20q, %d of each: %s", name, lang, words, n, fault)
						}
					}
				}
			}
		}
	}
}

func looksOf(data any) []any {
	if all, ok := data.([]any); ok {
		return all
	}
	return []any{data}
}
