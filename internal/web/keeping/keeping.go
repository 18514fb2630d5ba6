// Package keeping is the pages on which what is kept is looked after: possible doubles, what
// is no longer to be kept, everything about one person, and the keys. It decides nothing: who
// may do what, and what is logged, is app's. A local code is never in an address.
package keeping

import (
	"embed"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/record"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// Templates are the pages', for page.New.
//
//go:embed template/*.html
var Templates embed.FS

// Where the pages are.
const (
	doublesAddress   = "/hantera/dubbletter"
	retentionAddress = "/hantera/gallring"
	extractAddress   = "/hantera/utdrag"
	keysAddress      = "/hantera/nycklar"
)

// day writes a day of a case's, nothing for none.
func day(v *visit.Visit, d record.Day) string {
	if d == record.NoDay {
		return ""
	}
	return page.Date(v.Text, d.Time())
}

// opened names a case without its code: by its unit, and when it was registered.
func opened(v *visit.Visit, c app.Listed) string {
	return v.Text.T("keeping.case_opened", "enhet", c.UnitName, "tid", v.When(c.Created))
}

// caseAddress leads to a case.
func caseAddress(id string) string { return "/arenden/" + id }

func roleWord(v *visit.Visit, role string) string {
	if role == "" {
		return ""
	}
	return v.Text.T("role." + role)
}

// actWord says what somebody did. What others write to the log of a case is said as it stands
// there, where there are no words for it here.
func actWord(v *visit.Visit, act string) string {
	if key := "keeping.act_" + act; v.Text.Has(key) {
		return v.Text.T(key)
	}
	return strings.ReplaceAll(act, "_", " ")
}

// done says on the next page what was done: the address carries the word, the page the text.
func done(v *visit.Visit, f *page.Frame, words ...string) {
	for _, w := range words {
		if v.R.URL.Query().Get("gjort") == w {
			f.Messages = append(f.Messages, page.Message{Kind: page.Done, Text: v.Text.T("keeping.done_" + w)})
		}
	}
}
