// Package note is what people keep beside figures: views to come back to, and reflections
// ("vad gör vi åt det?") with a day to look again. A note is about a question, by its address,
// and never holds a count or a case. Beside them stand orders of figures, and exercises in coding
// made-up cases, of which it keeps how many chose what and never who did.
package note

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"foljsam/internal/fault"
)

// Kind is what a note is.
type Kind string

const (
	View       Kind = "vy"    // whoever saved it sees it
	Reflection Kind = "tanke" // whoever sees the unit's figures sees it
)

// Note is one of them.
type Note struct {
	ID      string
	Kind    Kind
	Unit    string // that it is about; empty: all units
	About   string // address of the figure: path and question
	Title   string // of the view, or of the figure
	Text    string
	Again   string // day to look again, as 2026-01-31; empty: none
	Made    time.Time
	Person  string
	Ended   time.Time // zero: stands
	EndedBy string
}

// How long a note's parts may be, in characters.
const (
	LongestTitle = 120
	LongestText  = 2000
	longestAbout = 2000
)

// roots are where figures are.
var roots = []string{"/resultat", "/ar", "/nyckeltal"}

// Check tells what is wrong with a note.
func (n Note) Check() error {
	switch {
	case !IsFigure(n.About):
		return fault.New(fault.Usage, "result.note_about")
	case n.Kind == View && strings.TrimSpace(n.Title) == "":
		return fault.New(fault.Invalid, "result.view_name")
	case n.Kind == Reflection && strings.TrimSpace(n.Text) == "":
		return fault.New(fault.Invalid, "result.thought_text")
	case utf8.RuneCountInString(n.Title) > LongestTitle || utf8.RuneCountInString(n.Text) > LongestText:
		return fault.New(fault.Invalid, "result.note_long")
	}
	if d, err := time.Parse(time.DateOnly, n.Again); n.Again != "" && (err != nil || d.Year() < 2000 || d.Year() > 2999) {
		return fault.New(fault.Invalid, "result.bad_day")
	}
	return nil
}

// IsFigure tells whether an address is one of a page of results: of this house, and no way out
// of its part of it.
func IsFigure(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host == "" && u.Scheme == "" && u.User == nil && len(address) <= longestAbout && path.Clean(u.Path) == u.Path &&
		!strings.ContainsAny(address, "\\\t\r\n") && slices.ContainsFunc(roots, func(root string) bool { return u.Path == root || strings.HasPrefix(u.Path, root+"/") })
}

// DueOn tells whether it is time to look again on a day, as 2026-01-31.
func (n Note) DueOn(day string) bool { return n.Again != "" && n.Again <= day && n.Ended.IsZero() }
