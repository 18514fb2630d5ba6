package compile

import (
	"cmp"
	"slices"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/query"
)

// TagTable names the table of words that were put on texts of a kind.
const TagTable = "taggar_"

// leastPublished is the fewest cases that a word is named for outside the house: it was made up
// by somebody who read a text, and may itself say whom it is about.
const leastPublished = 5

// Tagged is texts of one kind and the words on them: how many cases have such a text, and in how
// many of them each word stands.
type Tagged struct {
	Kind  string // "klient"
	Texts int64
	Words map[string]int64
}

// TagsOf makes tables of words. For publication a word of fewer than five cases is not there at
// all.
func TagsOf(kinds []Tagged, c Chosen) (*disclosure.Release, error) {
	n := tallied{}
	var tables []*query.Table
	for _, k := range kinds {
		base := query.Local(TagTable+k.Kind, -1)
		n[base.String()] = k.Texts
		d := query.Dim{ID: "tagg", Label: codebook.Label{Key: "dim.tagg"}}
		t := &query.Table{ID: TagTable + k.Kind, Title: codebook.Label{Key: "table.taggar_" + k.Kind}, Multiple: true}
		for i, word := range k.words(c.Audience) {
			s := query.Local(TagTable+k.Kind, i)
			n[s.String()] = k.Words[word]
			d.Cats = append(d.Cats, query.Cat{ID: word, Label: codebook.Label{Text: codebook.Text{"sv": word}}, Set: s})
			t.Cells = append(t.Cells, query.Cell{Set: s, Base: base})
		}
		if t.Dims = []query.Dim{d}; len(t.Cells) > 0 {
			tables = append(tables, t)
		}
	}
	return disclosure.New(c.about(), []disclosure.Part{{Split: query.Whole(), Tables: tables, Counts: n}})
}

// words gives the words, those of most cases first.
func (k Tagged) words(to disclosure.Audience) (all []string) {
	for word, n := range k.Words {
		if to == disclosure.Internal || n >= leastPublished {
			all = append(all, word)
		}
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(cmp.Compare(k.Words[b], k.Words[a]), cmp.Compare(a, b)) })
	return all
}
