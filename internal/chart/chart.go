// Package chart turns one released table into a diagram: one model, drawn as SVG, told
// as a table, and described so that a workbook or a document can hold it as a native,
// editable chart.
//
// It takes numbers only as [disclosure.Released], so that no diagram can hold a number
// that may not be shown. It never counts, never guesses a length for what is masked,
// and writes no style attributes: colours are presentation attributes that the page's
// style sheet ([Style]) may replace.
//
// Which table gets which diagram is the list in list.go; a kind of diagram is a file
// and a line in kinds.
package chart

import (
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
)

// Diagram is one table of one unit, ready to be shown in one language.
type Diagram struct {
	ID    string   // the table's: "d02"
	Title string   // "Hur ser könsfördelningen ut?"
	Unit  string   // "Kommun: Mjölby"; empty where the table is of all
	N     string   // "N = 3 048", by group where the groups' bases differ
	Base  string   // a sentence: whom the numbers are of
	Notes []string // sentences that must be read with it: several answers, few cases, marks
	Marks []string // what the marks in it mean: ".. = …"; only those that are there
	Stamp string   // "Internt · Syntetiska data"; empty for what may be published as it is

	kind    kind
	measure measure
	rows    []row
	series  []series
	rowN    bool // every row has a base of its own
	p       *locale.Printer
	table   *disclosure.Released
	unit    int
}

// row is one category, in the order in which it is shown.
type row struct {
	label string
	head  string // what the row stands under in a profile: "Kön"
	all   bool   // the row of all cases, which the others are compared with
	spare bool   // need not be drawn when no case is in it
	n     disclosure.Value
}

// series is what is compared: one in most diagrams, two or three in some.
type series struct {
	name  string
	n     disclosure.Value
	cells []disclosure.Cell // by row
}

// measure is which number of a cell the diagram shows.
type measure int

const (
	percents measure = iota
	counts
	means
)

// Of makes the diagram of a released table for one of the units that it is split by (0
// for a table of all), in the printer's language.
func Of(r *disclosure.Released, unit int, p *locale.Printer) *Diagram {
	l := lineOf(r.Table())
	d := &Diagram{
		ID: r.ID(), Title: r.Table().Title.In(p), kind: l.kind, measure: l.measure,
		p: p, table: r, unit: unit,
	}
	if s := r.Split(); s.ID != "" {
		d.Unit = p.T("chart.unit", "split", s.Label.In(p), "unit", s.Units[unit].Label.In(p))
	}
	d.read(l)
	d.fewCases()
	d.tell(l)
	return d
}
