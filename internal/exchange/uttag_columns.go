package exchange

import (
	"strconv"

	"foljsam/internal/codebook"
)

// The columns of an uttag follow from the codebook: a variable's column is "v" and its
// number, and the level of the variable says in which file it is. Only these names are
// the format's own.
const (
	caseColumn       = "arende"
	clientColumn     = "klient"
	instrumentColumn = "instrument"
)

// column is a column that an uttag may have.
type column struct {
	name     string
	v        *codebook.Variable // nil: the case's pseudonym, or a local variable
	required bool               // without it the file cannot be used; without a value, the row
	optional bool               // nobody is told when it is missing
	use      use
	local    *localField
	refused  string // why it is not read: the key of a problem
}

// use is what is done with a column's cells.
type use uint8

const (
	ignore use = iota // a pseudonym of no use here
	pickID            // the case
	pickUnit
	pickIntake
	pickClosing
	pickAge
	pickCode  // a bit for the code
	pickCodes // a bit for each code
	pickInstrument
	pickWord // a word of a list, only read to find faults
	pickBegan
	pickEnded
	pickDay
	pickValue
	check // only read to find faults
	pickLocal
)

// columnsOf gives the columns of a file of an uttag, in the order in which they are written.
func columnsOf(cb *codebook.Codebook, file string) []column {
	all := []column{{name: caseColumn, required: true, use: pickID}}
	level := map[string]codebook.Level{casesFile: codebook.OfCase, supportFile: codebook.OfSupport, riskFile: codebook.OfRisk}[file]
	if level == codebook.OfCase {
		all = append(all, column{name: clientColumn, v: cb.Role(codebook.Client)})
	}
	for _, v := range cb.Variables {
		if v.Level == level && v.Kind != codebook.Free && v.Role != codebook.Client {
			all = append(all, variableColumn(v))
		}
	}
	for _, v := range cb.Fields {
		if v.Level == level && !v.Home {
			all = append(all, column{name: v.Column, v: v, use: fieldUse(v)})
		}
	}
	return all
}

func variableColumn(v *codebook.Variable) column {
	c := column{name: "v" + strconv.Itoa(v.Number), v: v, use: check}
	switch v.Role {
	case codebook.Municipality:
		c.required, c.use = true, pickUnit
	case codebook.Intake:
		c.required, c.use = true, pickIntake
	case codebook.Closing:
		c.use = pickClosing
	case codebook.Age:
		c.use = pickAge
	case codebook.Caseworker:
		c.optional, c.use = true, ignore
	case codebook.SupportBegan:
		c.use = pickBegan
	case codebook.Risk:
		c.name, c.use = instrumentColumn, pickInstrument
	}
	if c.use == check && v.Kind == codebook.One {
		c.use = pickCode
	}
	if c.use == check && v.Kind == codebook.Many {
		c.use = pickCodes
	}
	return c
}

// fieldUse is what a field of a support or risk row is for: a support row's date is when
// it ended, a risk row's date and number are the assessment's.
func fieldUse(v *codebook.Variable) use {
	switch {
	case v.Level == codebook.OfSupport && v.Kind == codebook.Date:
		return pickEnded
	case v.Level == codebook.OfRisk && v.Kind == codebook.Date:
		return pickDay
	case v.Level == codebook.OfRisk && v.Kind == codebook.Number:
		return pickValue
	case v.Kind == codebook.One && v.Codes[0].ID != "":
		return pickWord
	}
	return check
}
