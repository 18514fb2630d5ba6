package chart

import "foljsam/internal/query"

// kind is a kind of diagram: the key of its name, how it is drawn, what it is called in
// a workbook, and how it reads a table of two dimensions.
type kind struct {
	name      string // key of the word for it: chart.kind_…
	draw      func(d *Diagram, c *canvas)
	office    OfficeKind
	rowsFirst bool // the first dimension is the rows, the second the series
}

// The kinds, each in a file of its own.
var (
	bars        = kind{name: "bars", draw: drawBars, office: OfficeBars}
	meanBars    = kind{name: "bars", draw: drawMeans, office: OfficeBars}
	columns     = kind{name: "columns", draw: drawColumns, office: OfficeColumns}
	pairBars    = kind{name: "pair_bars", draw: drawBars, office: OfficeBars}
	pairColumns = kind{name: "pair_columns", draw: drawColumns, office: OfficeColumns}
	stacked     = kind{name: stackedName, draw: drawStacked, office: OfficeStacked, rowsFirst: true}
	panels      = kind{name: "panels", draw: drawPanels, office: OfficeColumns, rowsFirst: true}
	profile     = kind{name: profileName, draw: drawProfile, office: OfficeBars, rowsFirst: true}
)

// dims gives the dimension of the rows and that of the series (nil: one series).
func (k kind) dims(t *query.Table) (rows, series *query.Dim) {
	switch {
	case len(t.Dims) == 1:
		return &t.Dims[0], nil
	case k.rowsFirst:
		return &t.Dims[0], &t.Dims[1]
	}
	return &t.Dims[1], &t.Dims[0]
}

// Names of the kinds that are read in ways of their own.
const (
	stackedName = "stacked"
	profileName = "profile"
)
