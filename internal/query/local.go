package query

import "foljsam/internal/codebook"

// LocalCode is one category of a local variable.
type LocalCode struct {
	ID    string
	Label codebook.Label
}

// LocalTable is the frequency of a local variable that several packages share.
func LocalTable(column string, codes []LocalCode) *Table {
	label := codebook.Label{Text: codebook.Text{"sv": column}}
	d := Dim{ID: column, Label: label, Parts: true}
	for i, c := range codes {
		d.Cats = append(d.Cats, Cat{c.ID, c.Label, Local(column, i)})
	}
	t := frequency("lokal_"+column, d, Local(column, -1))
	t.Title, t.Local = label, true
	return t
}
