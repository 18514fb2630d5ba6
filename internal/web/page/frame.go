package page

import (
	"net/http"
	"time"

	"foljsam/internal/locale"
)

// Frame is what stands around a page's own content.
type Frame struct {
	Lang   locale.Lang // empty: what the reader chose, or what the browser asks for
	Theme  Theme       // empty: as the system says
	Title  string      // of the page; the window's title is "Title – Följsam"
	Status int         // of HTTP; 0 is 200

	Register  string // the municipality or other controller; empty before sign-in
	Unit      string // where the reader works
	Synthetic bool   // the coloured band
	Internal  bool   // shows raw small counts: *internt*, also on paper
	ReadAt    time.Time

	Person string // who is signed in; empty: nobody
	Role   string
	Owner  string       // whose page it is, for the form that switches roles
	Roles  []RoleChoice // what the person may switch between; empty where there is one role
	Bar    []Item       // at most six words in all
	Home   string       // address of the start page; empty is "/"
	Find   string       // address of the page that / leads to, when the page itself has no search field

	Messages []Message
	Faults   []Fault // what could not be saved, each with its field; shown first
	Heading  string  // of the faults, where nothing was to be saved
	Saved    string  // "14.02": when the last answer was saved; empty where nothing was
	Saves    bool    // the page saves field by field: it gets autosave and keys
	KeysOff  bool    // single-letter keys are turned off by the reader
	Quiet    bool    // nothing but the content, the language and the way out

	Version string // of the program
	Address string // of this page, for coming back after the look was changed; filled in by Render
}

// SwitchAddress takes a role that somebody goes on under: the role, RoleCut, the register.
const (
	SwitchAddress = "/roll"
	RoleCut       = "|"
)

// RoleChoice is one of the roles that somebody has.
type RoleChoice struct {
	Value  string
	Text   string
	Chosen bool
}

// Item is one word of the top bar.
type Item struct {
	Address string
	Key     string // text key
	Current bool
}

// Message is something that the reader should know. Text is finished and translated.
type Message struct {
	Kind  MessageKind
	Title string
	Text  string
	Link  *Link
}

// MessageKind says how a message looks and how loudly it is read.
type MessageKind string

const (
	Info    MessageKind = "info"
	Warning MessageKind = "warning"
	Error   MessageKind = "error"
	Done    MessageKind = "check"
)

// Link is words that lead somewhere.
type Link struct {
	Address string
	Text    string
}

// Fault is one thing that could not be saved: the id of the field on the page, and what is
// wrong and what to do.
type Fault struct {
	ID   string
	Text string
}

// Scripts are the modules that the page loads.
func (f Frame) Scripts() []string {
	if f.Quiet {
		return nil
	}
	all := []string{"keys.js"}
	if f.Person != "" {
		all = append(all, "gone.js")
	}
	if f.Saves {
		all = append(all, "field.js", "help.js", "autosave.js")
	}
	return all
}

func (f *Frame) fill(r *http.Request) {
	look := LookOf(r)
	if f.Lang == "" {
		f.Lang = look.Lang
	}
	if f.Theme == "" {
		f.Theme = look.Theme
	}
	if f.Status == 0 {
		f.Status = http.StatusOK
	}
	if f.Address == "" {
		f.Address = r.URL.RequestURI()
	}
	if f.Home == "" {
		f.Home = "/"
	}
}
