package operate_test

import (
	"log/slog"
	"strings"
	"testing"

	"foljsam/internal/web"
	"foljsam/internal/web/webtest"
)

// A program that was built from no release says so in the reader's language, at the foot of
// each page and on the one about the installation.
func TestTheVersionIsNamedInTheReadersLanguage(t *testing.T) {
	h := webtest.Begun(t)
	h.Handler = web.New(web.Options{App: h.App, Log: slog.New(slog.DiscardHandler)})
	b := admin(t, h)
	for lang, want := range map[string]string{"sv": "under utveckling", "en": "under development"} {
		p := b.Speak(lang).Get("/drift")
		if !p.Says("Version " + want) {
			t.Errorf("%s: the page does not say %q", lang, want)
		}
		if foot := webtest.Text(p.All("footer")[0]); !strings.Contains(foot, "Följsam "+want) {
			t.Errorf("%s: the foot says %q", lang, foot)
		}
	}
}
