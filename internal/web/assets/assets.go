// Package assets holds what every page fetches beside itself: the style sheet, the small
// script modules, the font and the icons, embedded in the program.
//
// All of them stand under one folder whose name is a hash of their content, so that a
// browser may keep them for a year and still gets the new ones with a new version. The
// package never fetches anything from elsewhere, and knows nothing of cases or people.
package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"maps"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"

	"foljsam/internal/chart"
)

//go:embed css js font icon.svg
var files embed.FS

// sheets are the parts of the style sheet, in the order in which they are joined: what
// comes later may refine what came before.
var sheets = []string{"tokens", "base", "frame", "parts", "table", "field", "row", "work", "case", "nation", "result", "manual", "survey", "print"}

// Sheet is the name of the joined style sheet.
const Sheet = "foljsam.css"

// An asset is one file, ready to be sent.
type asset struct {
	kind   string // media type
	plain  []byte
	packed []byte // gzip; nil where that saves nothing
}

// all is every asset by name, and the folder that they are served from.
var all = sync.OnceValues(func() (map[string]asset, string) {
	plain := map[string][]byte{Sheet: joinSheets()}
	for _, pattern := range []string{"js/*.js", "font/*.woff2", "icon.svg"} {
		names, _ := fs.Glob(files, pattern)
		for _, name := range names {
			plain[path.Base(name)] = read(name)
		}
	}
	ready := map[string]asset{}
	for name, b := range plain {
		ready[name] = asset{kindOf(name), b, pack(name, b)}
	}
	return ready, "/assets/" + hashOf(plain) + "/"
})

func read(name string) []byte {
	b, err := files.ReadFile(name)
	if err != nil {
		panic(err) // embedded: missing only when the program was built wrongly
	}
	return b
}

// ArabicFont gives the font of the client's survey, which is sent where nothing is kept.
func ArabicFont() []byte { return read("font/noto-sans-arabic.woff2") }

func joinSheets() []byte {
	var b bytes.Buffer
	b.WriteString(chart.Style)
	for _, name := range sheets {
		b.Write(read("css/" + name + ".css"))
	}
	return b.Bytes()
}

// hashOf hashes all names and contents in the order of the names.
func sortedNames(m map[string][]byte) []string { return slices.Sorted(maps.Keys(m)) }

func hashOf(plain map[string][]byte) string {
	h := sha256.New()
	for _, name := range sortedNames(plain) {
		h.Write([]byte(name))
		sum := sha256.Sum256(plain[name])
		h.Write(sum[:])
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}

func kindOf(name string) string {
	switch path.Ext(name) {
	case ".woff2":
		return "font/woff2"
	case ".js":
		return "text/javascript; charset=utf-8"
	}
	return mime.TypeByExtension(path.Ext(name))
}

// pack compresses what is text; a font is packed already.
func pack(name string, b []byte) []byte {
	if path.Ext(name) == ".woff2" {
		return nil
	}
	var to bytes.Buffer
	w, _ := gzip.NewWriterLevel(&to, gzip.BestCompression)
	w.Write(b)
	w.Close()
	return to.Bytes()
}

// Path gives the address of an asset: "foljsam.css", "autosave.js", "icon.svg".
func Path(name string) string {
	ready, folder := all()
	if _, ok := ready[name]; !ok {
		panic("assets: there is no " + name)
	}
	return folder + name
}

// Handler serves everything under /assets/. An address with the hash of another version
// is not found: the page that asks for it is older than the program.
func Handler() http.Handler {
	ready, folder := all()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, under := strings.CutPrefix(r.URL.Path, folder)
		a, ok := ready[name]
		if !under || !ok {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", a.kind)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("Vary", "Accept-Encoding")
		body := a.plain
		if a.packed != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			body = a.packed
		}
		w.Write(body)
	})
}
