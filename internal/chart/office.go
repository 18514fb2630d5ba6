package chart

// Office is the diagram as a native chart of a workbook or a document: it points into
// [Diagram.Table] by columns, so that whoever edits the numbers edits the chart.
type Office struct {
	Kind   OfficeKind
	Series []OfficeSeries
	Rows   int // of the table, from its first, that are categories
	All    int // the row of all cases, drawn as a comparison; -1 for none
	Format Format
	Max    float64 // of the axis, as the values are; 0: the program's own choice
	Width  int     // in pixels
	Height int
	Alt    string // what it shows, for whoever does not see it
}

// OfficeKind is a kind of native chart.
type OfficeKind int

const (
	OfficeBars    OfficeKind = iota // lying
	OfficeColumns                   // standing
	OfficeStacked                   // standing, on each other
)

// OfficeSeries is one series: a column of the table and its look.
type OfficeSeries struct {
	Name    string
	Column  int    // in Table.Rows
	Colour  string // "0B5D66"
	Pattern string // of the OOXML preset patterns; empty: plain
}

// looks are the colours of series in a native chart, the same as in the drawn one.
var looks = []OfficeSeries{
	{Colour: "0B5D66"}, {Colour: "8F8880", Pattern: "wdUpDiag"}, {Colour: "5FA3A8", Pattern: "pct20"},
}

// Office describes the native chart.
func (d *Diagram) Office() Office {
	o := Office{Kind: d.kind.office, Rows: len(d.rows), All: -1, Width: 720, Height: 400, Alt: d.fullTitle() + " " + d.Describe()}
	if o.Format = d.measure.format(); o.Format == Mean {
		o.All = d.rowOfAll()
	}
	if d.measure == percents {
		o.Max = d.end()
	}
	if o.Kind == OfficeBars {
		o.Height = 110 + len(d.rows)*(12+15*len(d.series))
	}
	for s, one := range d.series {
		look := looks[s%len(looks)]
		look.Name, look.Column = one.name, 1+2*s
		if d.measure != counts {
			look.Column++
		}
		o.Series = append(o.Series, look)
	}
	return o
}

func (m measure) format() Format { return [...]Format{Percent, Whole, Mean}[m] }
