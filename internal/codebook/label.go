package codebook

import "foljsam/internal/locale"

// Label is what a category or a table is called: a key of the language files for what
// the program itself has named, or, where there is no such text, one of the codebook.
type Label struct {
	Text Text
	Key  string
}

// In gives the label in the printer's language.
func (l Label) In(p *locale.Printer) string {
	if l.Key != "" && (l.Text == nil || p.Has(l.Key)) {
		return p.T(l.Key)
	}
	return l.Text.In(p.Lang())
}

// Join puts two texts together in every language of the first: "Kön: Kvinna".
func Join(a Text, sep string, b Text) Text {
	t := Text{}
	for l := range a {
		t[l] = a.In(l) + sep + b.In(l)
	}
	return t
}
