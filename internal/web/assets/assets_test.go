package assets

import (
	"io/fs"
	"net/http/httptest"
	"path"
	"regexp"
	"strings"
	"testing"
)

func TestEveryAssetIsServedWithAYearToKeep(t *testing.T) {
	ready, _ := all()
	for name := range ready {
		w := httptest.NewRecorder()
		r := httptest.NewRequest("GET", Path(name), nil)
		r.Header.Set("Accept-Encoding", "gzip, br")
		Handler().ServeHTTP(w, r)
		h := w.Header()
		if w.Code != 200 || w.Body.Len() == 0 || !strings.Contains(h.Get("Cache-Control"), "immutable") || h.Get("Content-Type") == "" {
			t.Errorf("%s: %d, %d bytes, %v", name, w.Code, w.Body.Len(), h)
		}
		if packed := path.Ext(name) != ".woff2"; packed != (h.Get("Content-Encoding") == "gzip") {
			t.Errorf("%s: packed %v", name, !packed)
		}
	}
}

func TestOtherAddressesAreNotFound(t *testing.T) {
	for _, address := range []string{"/assets/", "/assets/000000000000/foljsam.css", "/assets/../assets.go", Path(Sheet) + "x", "/assets/css/base.css"} {
		w := httptest.NewRecorder()
		Handler().ServeHTTP(w, httptest.NewRequest("GET", address, nil))
		if w.Code != 404 {
			t.Errorf("%s: %d", address, w.Code)
		}
	}
}

// What is fetched with a first page stays small; the font is beside.
func TestTheSheetAndScriptsAreSmall(t *testing.T) {
	ready, _ := all()
	sum := 0
	for name, a := range ready {
		if path.Ext(name) != ".woff2" {
			sum += len(a.packed)
		}
	}
	if sum > 25_000 {
		t.Errorf("%d bytes packed; pages must stay under 100 kB in all", sum)
	}
	if n := len(ready[Sheet].packed); n > 12_000 {
		t.Errorf("the sheet is %d bytes packed", n)
	}
}

// Every part of the sheet is joined in, and every part exists.
func TestNoSheetIsForgotten(t *testing.T) {
	names, _ := fs.Glob(files, "css/*.css")
	if len(names) != len(sheets) {
		t.Errorf("%d files, %d joined", len(names), len(sheets))
	}
}

// What a page may not hold, because the security policy refuses it or another place would
// be asked; and properties that only fit one direction of writing.
var (
	inScript = regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|localStorage|sessionStorage|indexedDB|serviceWorker|https?:|setAttribute\("(on|style)|\.style\b`)
	inSheet  = regexp.MustCompile(`https?:|@import|(?m)(^|[;{ ])(margin|padding|border)-(left|right|top|bottom)|[;{ ](left|right|top|bottom|width|height|min-width|max-width|min-height|max-height): |text-align: (left|right)|float: (left|right)`)
)

func TestScriptsAndSheetsHoldNothingRefused(t *testing.T) {
	for pattern, refused := range map[string]*regexp.Regexp{"js/*.js": inScript, "css/*.css": inSheet} {
		names, _ := fs.Glob(files, pattern)
		if len(names) == 0 {
			t.Fatal("nothing at", pattern)
		}
		for _, name := range names {
			for _, found := range refused.FindAllString(string(read(name)), -1) {
				t.Errorf("%s holds %q", name, found)
			}
		}
	}
	for _, planted := range []string{"e.innerHTML = x", "localStorage.x", "fetch('https://x')"} {
		if !inScript.MatchString(planted) {
			t.Errorf("%q would pass", planted)
		}
	}
	for _, planted := range []string{"a { margin-left: 0 }", "a { left: 0; }", "a { text-align: right }"} {
		if !inSheet.MatchString(planted) {
			t.Errorf("%q would pass", planted)
		}
	}
}

// Modules fetch each other by name, from the same folder.
func TestModulesImportWhatThereIs(t *testing.T) {
	ready, _ := all()
	imports := regexp.MustCompile(`from "\./([^"]+)"`)
	for name, a := range ready {
		for _, m := range imports.FindAllStringSubmatch(string(a.plain), -1) {
			if _, ok := ready[m[1]]; !ok {
				t.Errorf("%s imports %s, which is not there", name, m[1])
			}
		}
	}
}

func TestEveryIconIsDrawn(t *testing.T) {
	for _, name := range Icons() {
		if s := string(Icon(name)); !strings.Contains(s, `aria-hidden="true"`) {
			t.Errorf("%s is read aloud", name)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("an icon that is not there was drawn")
		}
	}()
	Icon("nothing")
}
