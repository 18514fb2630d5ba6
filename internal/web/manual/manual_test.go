package manual_test

import (
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"

	"foljsam/docs/handbok"
	"foljsam/internal/locale"
	"foljsam/internal/web/manual"
	"foljsam/internal/web/page"
	"foljsam/internal/web/page/pagetest"
	"foljsam/internal/web/webtest"
)

// Every page of the handbook is reached from the help, by anybody, and every link on it leads to a
// page, a heading or a picture that is there.
func TestTheWholeHandbookIsReachedFromTheHelp(t *testing.T) {
	h := webtest.Begun(t)
	for _, lang := range []string{"sv", "en"} {
		b := h.Browser(t).Speak(lang)
		p := b.Get("/hjalp").Follow(map[string]string{"sv": "Handboken", "en": "The handbook"}[lang])
		seen, waits := map[string]*webtest.Page{}, []string{p.Address}
		var leads []string
		if p.Status != http.StatusOK {
			t.Fatal(p.Status)
		}
		for len(waits) > 0 {
			address := waits[0]
			waits = waits[1:]
			if seen[address] != nil {
				continue
			}
			x := b.Get(address)
			seen[address] = x
			if x.Status != http.StatusOK || len(x.Body) > 100_000 || len(x.All("h1")) != 1 {
				t.Fatalf("%s: %d, %d bytes, %d headings", address, x.Status, len(x.Body), len(x.All("h1")))
			}
			for _, fault := range pagetest.Faults(x.Body) {
				t.Errorf("%s: %s", address, fault)
			}
			for _, a := range x.All("a") {
				to, part, _ := strings.Cut(webtest.Attr(a, "href"), "#")
				if to == "" {
					to = address
				}
				if !strings.HasPrefix(to, manual.Address) {
					continue
				}
				waits = append(waits, to)
				if part != "" {
					leads = append(leads, to+"#"+part)
				}
			}
			for _, img := range x.All("img") {
				if got := b.Get(webtest.Attr(img, "src")); got.Status != http.StatusOK || got.Header.Get("Content-Type") != "image/png" || len(webtest.Attr(img, "alt")) < 20 || webtest.Attr(img, "width") == "" {
					t.Errorf("%s: the picture %s: %d", address, webtest.Attr(img, "src"), got.Status)
				}
			}
		}
		for _, lead := range leads {
			to, part, _ := strings.Cut(lead, "#")
			part, err := url.PathUnescape(part)
			if err != nil || !strings.Contains(seen[to].Body, `id="`+part+`"`) {
				t.Errorf("%s leads nowhere", lead)
			}
		}
		files, err := fs.Glob(handbok.Files, "*.md")
		shown, drawn := 0, 0
		for _, p := range seen {
			shown += len(p.All("img"))
		}
		for _, name := range files {
			text, err := fs.ReadFile(handbok.Files, name)
			webtest.Must(t, err)
			drawn += strings.Count(string(text), "![")
		}
		if shown != drawn {
			t.Errorf("%d pictures are shown of %d", shown, drawn)
		}
		if err != nil || len(seen) != len(files) {
			t.Errorf("%d of %d pages are reached: %v", len(seen), len(files), err)
		}
	}
}

// What is shown is what the handbook says: its words, tables and commands.
func TestAPageOfTheHandbookSaysWhatItsFileSays(t *testing.T) {
	h := webtest.Begun(t)
	b := h.Browser(t)
	p := b.Get(manual.Address + "/registrera")
	if p.Heading() != "Registrera ärenden" || !strings.Contains(p.Body, `lang="sv"`) {
		t.Error(p.Heading())
	}
	p = b.Get(manual.Address + "/drift")
	if !p.Says("foljsam serve --listen 0.0.0.0:443 --cert kommun.pem") || !p.Says("en krypterad SQLite-fil för varje register") || strings.Contains(p.Body, "|---|") || strings.Contains(p.Body, "style=") {
		t.Error("a command or a table is not shown as one")
	}
	if p := b.Get(manual.Address + "/konsekvensbedomning"); strings.Contains(p.Body, ".md") && strings.Contains(p.Body, `href="../`) {
		t.Error("a page leads out of the handbook")
	}
	for _, nothing := range []string{"/README", "/finns-inte", "/bild/finns-inte.png", "/bild/..%2Fdrift.md", "/bild/embed.go"} {
		if p := b.Get(manual.Address + nothing); p.Status != http.StatusNotFound {
			t.Errorf("%s: %d", nothing, p.Status)
		}
	}
}

// The pictures may make the program larger by three million bytes at most.
func TestTheHandbookIsSmall(t *testing.T) {
	total := int64(0)
	err := fs.WalkDir(handbok.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		about, err := d.Info()
		if err == nil {
			total += about.Size()
		}
		if !slices.Contains([]string{".md", ".png"}, path.Ext(name)) {
			t.Errorf("%s is in the program", name)
		}
		return err
	})
	if err != nil || total > 3_000_000 {
		t.Error(total, err)
	}
}

func TestTemplatesStandAnything(t *testing.T) {
	webtest.StandAnything(t, page.New(manual.Templates), func(_ *locale.Printer, h string, n int) map[string]any {
		parts := slices.Repeat([]page.Link{{Address: "#x", Text: h}}, n)
		text := template.HTML(`<h1 id="x">` + template.HTMLEscapeString(h) + "</h1>")
		link := &page.Link{Address: manual.Address + "/x", Text: h}
		if n == 0 {
			link = nil
		}
		return map[string]any{
			"manual-contents.html": manual.ContentsPage{Title: h, Text: text, Chapters: slices.Repeat([]manual.ChapterLink{{Address: manual.Address + "/x", Title: h, Parts: parts}}, min(n, 3))},
			"manual-chapter.html":  manual.ChapterPage{Title: h, Text: text, Parts: parts, Before: link, Next: link},
		}
	})
}
