package query

import "foljsam/internal/codebook"

// Table is a definition of one table: its dimensions, and for every cell the set of
// cases counted and the set it is a share of. A table has no numbers in it.
type Table struct {
	ID    string // "d02"; part of addresses and file names
	Title codebook.Label
	Kind  Kind
	Dims  []Dim
	Cells []Cell  // row-major over Dims
	Of    Numeric // Mean: the number whose mean is taken

	// BaseDims is how many of the first dimensions the base differs over: 0 when the
	// whole table has one base, 1 when each group has its own.
	BaseDims int
	Figures  []Figure // further figures that belong to the table
	Local    bool     // of a local variable, which no codebook knows
	Multiple bool     // several answers a case: shares add up to more than 100
}

// Kind is what a table's cells measure.
type Kind int

const (
	Shares Kind = iota // a count and its percent of the base
	Means              // a count of cases and the mean of a number over them
)

// Dim is a dimension.
type Dim struct {
	ID    string
	Label codebook.Label
	Cats  []Cat
	// Parts is true when every case of the base is in exactly one category.
	Parts bool
}

// Cat is a category of a dimension.
type Cat struct {
	ID    string
	Label codebook.Label
	Set   Set // the cases in it, of all cases
}

// Cell is one cell: Set is within Base.
type Cell struct{ Set, Base Set }

// Figure is a further figure of a table ("standardiserat", "medel_insatser"), one value,
// or one for each place in Of.
type Figure struct {
	ID   string
	Kind FigureKind
	At   []Place
}

// FigureKind is what a Figure's values are.
type FigureKind int

const (
	Count     FigureKind = iota // cases in the set
	MeanOf                      // mean of Num over the set
	PercentOf                   // percent of Base
	SumOf                       // sum of the counts of Sum
)

// Place is one value of a Figure. Path says where it stands ("topp"; empty for the only one).
type Place struct {
	Path []string
	Set  Set
	Base Set
	Num  Numeric
	Sum  []Set
}

// Size gives the number of cells.
func (t *Table) Size() int {
	n := 1
	for _, d := range t.Dims {
		n *= len(d.Cats)
	}
	return n
}

// Index gives the place of a cell in Cells.
func (t *Table) Index(at ...int) int {
	i := 0
	for d, k := range at {
		i = i*len(t.Dims[d].Cats) + k
	}
	return i
}

// Bases gives the base of every group: the product of the first BaseDims dimensions.
func (t *Table) Bases() []Set {
	n := 1
	for _, d := range t.Dims[:t.BaseDims] {
		n *= len(d.Cats)
	}
	step := len(t.Cells) / n
	bases := make([]Set, n)
	for i := range bases {
		bases[i] = t.Cells[i*step].Base
	}
	return bases
}

// frequency is a table of one dimension over a base.
func frequency(id string, d Dim, base Set) *Table {
	t := &Table{ID: id, Dims: []Dim{d}, Title: codebook.Label{Key: "table." + id}, Multiple: !d.Parts}
	for _, c := range d.Cats {
		t.Cells = append(t.Cells, Cell{And(c.Set, base), base})
	}
	return t
}

// within is a table of d in each group of a grouping dimension; base is what counts as
// registered in d.
func within(id string, group, d Dim, base Set) *Table {
	t := &Table{ID: id, Dims: []Dim{group, d}, Title: codebook.Label{Key: "table." + id}, BaseDims: 1, Multiple: !d.Parts}
	for _, g := range group.Cats {
		b := And(g.Set, base)
		for _, c := range d.Cats {
			t.Cells = append(t.Cells, Cell{And(c.Set, b), b})
		}
	}
	return t
}
