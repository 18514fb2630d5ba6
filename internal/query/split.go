package query

import "foljsam/internal/codebook"

// Split is what tables are split by, one part after another: municipalities, counties,
// size classes (groups of municipalities), or the categories of a set (activity, year).
type Split struct {
	ID    string         // "kommun", "lan", "storlek", "v1", "ar"; empty for the whole in one
	Label codebook.Label // of the dimension
	Units []Unit         // in the order in which they are shown
	Apart bool           // the units are no division of the whole
}

// Unit is one part of a split. Either Places or Set says which cases are in it.
type Unit struct {
	ID     string // "0180", "01", "2023"; "-" for what cannot be placed
	Label  codebook.Label
	Owner  string // the municipality that reported all of it and so knows it; empty when several did
	Places []int  // municipalities by number; nil: all
	Set    Set
}

// Whole is the split that splits nothing.
func Whole() Split { return Split{Units: []Unit{{}}} }
