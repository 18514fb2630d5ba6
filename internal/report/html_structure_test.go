package report

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
)

// each runs a test over every kind of release in every language.
func each(t *testing.T, check func(t *testing.T, rel *disclosure.Release, lang locale.Lang, page string)) {
	t.Helper()
	all := releases(t)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		for _, lang := range locale.Staff {
			t.Run(name+"/"+string(lang), func(t *testing.T) { check(t, all[name], lang, rendered(t, name, lang)) })
		}
	}
}

// printed are the reports of the invented releases, each written once.
var printed = map[string]string{}

func rendered(t *testing.T, name string, lang locale.Lang) string {
	t.Helper()
	key := name + "/" + string(lang)
	if printed[key] == "" {
		printed[key] = render(t, releases(t)[name], lang)
	}
	return printed[key]
}

var (
	figures  = regexp.MustCompile(`(?s)<figure id="([^"]+)".*?</figure>`)
	headings = regexp.MustCompile(`<h([1-6])[ >]`)
	ids      = regexp.MustCompile(` id="([^"]+)"`)
	refs     = regexp.MustCompile(` (?:aria-labelledby|aria-describedby|href)="([^"]+)"`)
	anyAt    = regexp.MustCompile(`(?i)\b(?:src|href|action|xlink:href|srcset|poster|data)\s*=\s*"([^"]*)"`)
	address  = regexp.MustCompile(`(?i)(?:url\(|@import)\s*['"]?([^'")]*)`)
)

// The report's 27 diagrams stand in its order, each with its question, its sentence, its
// picture for two widths, what it is of, and its table.
func TestEveryDiagramStandsInOrderWithAllThatBelongsToIt(t *testing.T) {
	page := rendered(t, "nation", locale.Swedish)
	next := 1
	for _, m := range figures.FindAllStringSubmatch(page, -1) {
		for _, part := range []string{"<h3", `class="said"`, "<svg", "dg-narrow", "<title", "<desc", "<figcaption", "<details>", "<table>", "<caption>", "<th scope=\"row\""} {
			if !strings.Contains(m[0], part) {
				t.Errorf("%s has no %s", m[1], part)
			}
		}
		if m[1] == fmt.Sprintf("d%02d", next) {
			if !strings.Contains(m[0], fmt.Sprintf(">Diagram %d<", next)) {
				t.Errorf("%s is not called Diagram %d", m[1], next)
			}
			next++
		}
	}
	if next != 28 {
		t.Errorf("diagram %d is missing or out of order", next)
	}
}

// Nothing that was released is left out, and nothing stands twice.
func TestEveryTableIsInExactlyOneChapter(t *testing.T) {
	each(t, func(t *testing.T, rel *disclosure.Release, _ locale.Lang, page string) {
		var got []string
		for _, m := range figures.FindAllStringSubmatch(page, -1) {
			got = append(got, m[1])
		}
		want := tableIDs(rel)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("the page has %q, the release %q", got, want)
		}
	})
}

func TestHeadingsAndNamesHoldTogether(t *testing.T) {
	each(t, func(t *testing.T, _ *disclosure.Release, lang locale.Lang, page string) {
		last := 0
		for _, m := range headings.FindAllStringSubmatch(page, -1) {
			level := int(m[1][0] - '0')
			if level > last+1 {
				t.Fatalf("a heading of level %d follows one of level %d", level, last)
			}
			last = level
		}
		if n := strings.Count(page, "<h1"); n != 1 {
			t.Errorf("%d headings of level 1", n)
		}
		seen := map[string]bool{}
		for _, m := range ids.FindAllStringSubmatch(page, -1) {
			if seen[m[1]] {
				t.Errorf("the id %q stands twice", m[1])
			}
			seen[m[1]] = true
		}
		for _, m := range refs.FindAllStringSubmatch(page, -1) {
			for _, id := range strings.Fields(strings.TrimPrefix(m[1], "#")) {
				if !seen[id] {
					t.Errorf("nothing has the id %q", id)
				}
			}
		}
		if !strings.Contains(page, `<html lang="`+string(lang)+`" dir="ltr">`) {
			t.Error("the page does not say its language")
		}
	})
}

// The page may be opened anywhere: it asks nobody for anything, runs nothing, and its
// policy allows its one style sheet only.
func TestPageNeedsNothingAndRunsNothing(t *testing.T) {
	each(t, func(t *testing.T, _ *disclosure.Release, _ locale.Lang, page string) {
		for _, bad := range []string{"<script", "<link", "<img", "<iframe", "<object", " style=", " onclick", " onload", "javascript:"} {
			if strings.Contains(strings.ToLower(page), bad) {
				t.Errorf("the page has %s", bad)
			}
		}
		for _, m := range append(anyAt.FindAllStringSubmatch(page, -1), address.FindAllStringSubmatch(page, -1)...) {
			if !strings.HasPrefix(m[1], "#") {
				t.Errorf("the page points at %q", m[1])
			}
		}
		_, rest, _ := strings.Cut(page, "<style>")
		style, rest, _ := strings.Cut(rest, "</style>")
		hash := sha256.Sum256([]byte(style))
		if want := "style-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'"; !strings.Contains(html.UnescapeString(page), want) {
			t.Errorf("the policy does not hold %s", want)
		}
		if strings.Contains(rest, "<style") {
			t.Error("the page has a second style sheet")
		}
		for _, physical := range []string{"margin-left", "margin-right", "padding-left", "padding-right", "text-align: left", "text-align: right", "border-left", "border-right"} {
			if strings.Contains(style, physical) {
				t.Errorf("the style sheet says %s, which is wrong from right to left", physical)
			}
		}
	})
}

func TestPageSaysWhatItIs(t *testing.T) {
	sv := locale.For(locale.Swedish)
	for name, key := range map[string]string{"nation": "report.band_internal", "masked": "report.band_primary"} {
		page := html.UnescapeString(rendered(t, name, locale.Swedish))
		for _, text := range []string{sv.T(key), sv.T("report.band_synthetic"), "15\u00a0januari\u00a02024 – 8\u00a0maj\u00a02024", "Åmål", "75–100 procent"} {
			if !strings.Contains(page, text) {
				t.Errorf("%s does not say %q", name, text)
			}
		}
	}
	rel := *releases(t)["nation"]
	public := about(disclosure.Publication)
	public.Codebook, public.Synthetic = rel.About.Codebook, false
	rel.About = &public
	page := render(t, &rel, locale.Swedish)
	for _, never := range []string{"band-internal", "band-synthetic", "band-stop", `class="stamp"`} {
		if strings.Contains(page, never+`">`) || strings.Contains(page, `<p `+never) {
			t.Errorf("what may be published still has %s", never)
		}
	}
	if !strings.Contains(page, "band-public") {
		t.Error("what may be published does not say so")
	}
}

// A name that somebody made up must not become markup.
func TestNamesAreText(t *testing.T) {
	for _, name := range []string{"split", "both"} {
		page := rendered(t, name, locale.Swedish)
		if strings.Contains(page, "<script") || !strings.Contains(page, "&lt;script&gt;alert") {
			t.Errorf("%s: the unit's name is not written as text", name)
		}
	}
	if got := quoteCSS("a\"b\\c\n</style>"); strings.ContainsAny(strings.Trim(got, `"`), "\"<>\n") {
		t.Errorf("a text can end the style sheet: %s", got)
	}
}

func TestReportIsTheSameBytesEachTime(t *testing.T) {
	each(t, func(t *testing.T, rel *disclosure.Release, lang locale.Lang, page string) {
		if render(t, rel, lang) != page {
			t.Error("two reports of one release differ")
		}
	})
}

// A split release has a row for each unit in each table, and no total.
func TestSplitTablesHaveEveryUnit(t *testing.T) {
	page := rendered(t, "split", locale.Swedish)
	if strings.Contains(page, "<svg") || strings.Contains(page, `class="said"`) {
		t.Error("a release without a total shows one")
	}
	if strings.Contains(page, "Antal svar efter") {
		t.Error("a note gives one unit's number as if it were of all")
	}
	for _, m := range figures.FindAllStringSubmatch(page, -1) {
		for _, unit := range []string{"Linköping", "Åmål"} {
			if !strings.Contains(m[0], ">"+unit+"</th>") {
				t.Errorf("%s has no row for %s", m[1], unit)
			}
		}
	}
}

func BenchmarkNationalReport(b *testing.B) {
	all, err := makeReleases()
	if err != nil {
		b.Fatal(err)
	}
	p := locale.For(locale.Swedish)
	for b.Loop() {
		var out strings.Builder
		if err := WriteHTML(&out, all["nation"], p); err != nil {
			b.Fatal(err)
		}
	}
}

var token = regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{3,6});`)

// Text is readable in light and dark: contrast at least 7 where it is small, as WCAG 2.2
// counts it, 4.5 elsewhere.
func TestColoursHaveContrast(t *testing.T) {
	css, err := files.ReadFile("template/report.css")
	if err != nil {
		t.Fatal(err)
	}
	light, rest, _ := strings.Cut(string(css), "prefers-color-scheme: dark")
	dark, _, _ := strings.Cut(rest, "[data-theme=\"dark\"]")
	for name, theme := range map[string]string{"light": light, "dark": dark} {
		colours := map[string]float64{}
		for _, m := range token.FindAllStringSubmatch(theme, -1) {
			colours[m[1]] = luminance(t, m[2])
		}
		for _, pair := range []struct {
			text, ground string
			least        float64
		}{
			{"ink", "paper", 7}, {"mute", "paper", 7}, {"accent", "paper", 7}, {"ink", "accent-ground", 7}, {"ink", "faint", 7},
			{"warn", "warn-ground", 7}, {"stop", "stop-ground", 7}, {"accent", "ground", 4.5}, {"paper", "accent", 4.5},
		} {
			a, b := colours[pair.text], colours[pair.ground]
			if got := (max(a, b) + .05) / (min(a, b) + .05); got < pair.least {
				t.Errorf("%s: %s on %s has contrast %.2f", name, pair.text, pair.ground, got)
			}
		}
	}
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	hex := strings.TrimPrefix(colour, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for i, weight := range []float64{.0722, .7152, .2126} {
		c := float64(n>>(8*i)&255) / 255
		if c <= .04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

// While only small counts are hidden, nothing may say that more is, or that the report
// may be published.
func TestPrimaryMaskingPromisesNoMore(t *testing.T) {
	each(t, func(t *testing.T, rel *disclosure.Release, lang locale.Lang, page string) {
		if !rel.About.OnlyPrimary {
			return
		}
		p := locale.For(lang)
		for _, key := range []string{"report.band_public", "report.mark_public", "report.disclosure_public", "report.sign_masked", "chart.masked"} {
			if text := p.T(key); strings.Contains(page, ">"+text) || strings.Contains(page, "= "+text) {
				t.Errorf("a release with primary masking says %q", text)
			}
		}
	})
}
