package page

// Table is a table on a page. On a narrow screen each row becomes a list of its own.
type Table struct {
	Caption string
	Hidden  bool // the caption is for screen readers only: a heading above says the same
	Head    []Head
	Rows    []Row
	Empty   string // what to say when there are no rows
}

// Head is the heading of a column.
type Head struct {
	Text   string
	Number bool // set at the end, with tabular figures
}

// Row is one row; its first cell is what it is about.
type Row []Cell

// Cell is one cell. Written marks words that people wrote: their direction is their own.
type Cell struct {
	Text    string
	Address string // leads somewhere
	Written bool
}

// Of gives a cell with a label of the column that it stands in, for the template.
func (t Table) Of(i int) Head {
	if i < len(t.Head) {
		return t.Head[i]
	}
	return Head{}
}

// Empty says that there is nothing here yet, and what to do.
type Empty struct {
	Title string
	Text  string
	Link  *Link
}
