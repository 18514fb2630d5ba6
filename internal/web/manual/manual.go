// Package manual is the handbook's pages, as they stand in docs/handbok, for anybody, signed in or not.
// It knows no register and shows nothing out of one, and lets no markup through that the
// handbook did not get from Markdown.
package manual

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"path"
	"slices"
	"sync"
	"time"

	"foljsam/docs/handbok"
	"foljsam/internal/fault"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// Templates are the pages', for page.New.
//
//go:embed template/*.html
var Templates embed.FS

// Address is where the handbook begins; its pages lie under it.
const (
	Address  = "/hjalp/handbok"
	pictures = Address + "/bild"
)

// book is the handbook, made once: the same for everybody until the program is another.
var book = sync.OnceValues(func() (map[string]*chapter, error) { return read(handbok.Files) })

// ContentsPage is what the handbook holds.
type ContentsPage struct {
	Title    string
	Text     template.HTML // the handbook's own first page
	Chapters []ChapterLink
}

// ChapterLink leads to a page of the handbook, and to its parts.
type ChapterLink struct {
	Address, Title string
	Parts          []page.Link
}

// ChapterPage is one page of the handbook.
type ChapterPage struct {
	Title        string // its heading, which Text begins with
	Text         template.HTML
	Parts        []page.Link
	Before, Next *page.Link
}

// Contents shows what the handbook holds.
func Contents(v *visit.Visit) error {
	all, err := book()
	if err != nil {
		return err
	}
	x := ContentsPage{Title: v.Text.T("manual.title"), Text: all[first].text}
	for _, name := range all[first].leads {
		c := all[name]
		x.Chapters = append(x.Chapters, ChapterLink{Address + "/" + name, c.title, partsOf(c, Address+"/"+name)})
	}
	return v.Show("manual-contents.html", v.Frame(x.Title), x)
}

// Chapter shows one page of the handbook.
func Chapter(v *visit.Visit) error {
	all, err := book()
	if err != nil {
		return err
	}
	name := v.R.PathValue("sida")
	c, order := all[name], all[first].leads
	if c == nil || name == first {
		return fault.New(fault.NotFound, "visit.not_found")
	}
	x := ChapterPage{Title: c.title, Text: c.text, Parts: partsOf(c, "")}
	if i := slices.Index(order, name); i >= 0 {
		x.Before, x.Next = at(all, order, i-1), at(all, order, i+1)
	}
	return v.Show("manual-chapter.html", v.Frame(x.Title), x)
}

func at(all map[string]*chapter, order []string, i int) *page.Link {
	if i < 0 || i >= len(order) {
		return nil
	}
	return &page.Link{Address: Address + "/" + order[i], Text: all[order[i]].title}
}

func partsOf(c *chapter, address string) (all []page.Link) {
	for _, p := range c.parts {
		all = append(all, page.Link{Address: address + "#" + p.id, Text: p.text})
	}
	return all
}

// Picture sends one of the handbook's pictures.
func Picture(v *visit.Visit) error {
	name := v.R.PathValue("bild")
	picture, err := handbok.Files.ReadFile(path.Join("bilder", path.Base(name)))
	if err != nil || path.Ext(name) != ".png" {
		return fault.New(fault.NotFound, "visit.not_found")
	}
	v.W.Header().Set("Content-Type", "image/png")
	v.W.Header().Set("Cache-Control", "max-age=3600")
	http.ServeContent(v.W, v.R, "", time.Time{}, bytes.NewReader(picture))
	return nil
}
