package start

import (
	"slices"

	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/web/visit"
)

// HelpPage tells how registration goes, and what the words mean.
type HelpPage struct {
	Title    string
	Phases   []Explained
	Words    []Explained
	SignedIn bool
}

// Explained is a word and what it means; under it the answers that have a meaning of their
// own.
type Explained struct {
	ID      string
	Word    string
	Text    string
	Source  string
	Answers []Explained
}

// Help is for anybody, signed in or not.
func Help(v *visit.Visit) error {
	f := v.Frame(v.Text.T("start.help_title"))
	book, err := v.App.NewestBook(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	data := HelpPage{Title: f.Title, SignedIn: v.Who != nil, Words: words(book, v.Text.Lang())}
	for _, p := range book.Phases {
		data.Phases = append(data.Phases, Explained{Word: p.Label.In(v.Text.Lang()), Text: v.Text.T("start.help_phase_" + string(p.ID))})
	}
	return v.Show("start-help.html", f, data)
}

// words gives every variable that the codebook explains, in the order in which they are
// asked.
func words(book *codebook.Codebook, l locale.Lang) (all []Explained) {
	for _, v := range slices.Concat(book.Variables, book.Local) {
		x := Explained{ID: "v-" + v.Key(), Word: v.Label.In(l), Text: v.Help.In(l), Source: v.HelpSource.In(l)}
		for _, c := range v.Codes {
			if help := c.Help.In(l); help != "" {
				x.Answers = append(x.Answers, Explained{Word: c.Label.In(l), Text: help, Source: c.HelpSource.In(l)})
			}
		}
		if x.Text != "" || len(x.Answers) > 0 {
			all = append(all, x)
		}
	}
	return all
}
