package record

import (
	"foljsam/internal/codebook"
)

// Progress is how much of a phase is registered. Not applicable and impossible to answer
// count as done.
type Progress struct {
	Phase   codebook.Phase
	Done    int
	Of      int
	Missing []string // fields that lack an answer, in the codebook's order; a level ("insats") where rows are missing
	Due     bool     // that something is missing is worth telling: the case has come so far
}

// home are the roles that the register fills in itself.
var home = map[codebook.Role]bool{codebook.Municipality: true, codebook.Caseworker: true, codebook.Client: true}

// ProgressOf gives the progress of every phase, in the codebook's order. What comes after
// support is due when the case is closed; what comes during it when support has begun, or
// the case is closed.
func (f *Form) ProgressOf(cb *codebook.Codebook) []Progress {
	closed := f.Closed(cb)
	supported := len(f.Rows(codebook.OfSupport)) > 0
	var all []Progress
	for _, p := range cb.Phases {
		x := Progress{Phase: p.ID, Due: true}
		switch p.ID {
		case codebook.During:
			x.Due = closed || supported
		case codebook.After, codebook.Survey:
			x.Due = closed
		}
		for _, v := range cb.Variables {
			if v.Phase == p.ID && !home[v.Role] {
				f.count(cb, v, &x)
			}
		}
		all = append(all, x)
	}
	return all
}

// count adds a variable to a phase's progress. A variable of rows is done when there is a
// row and every row has it.
func (f *Form) count(cb *codebook.Codebook, v *codebook.Variable, x *Progress) {
	if v.Kind == codebook.Free {
		return // nobody has to write
	}
	x.Of++
	var missing []string
	if v.Level == codebook.OfCase {
		if f.Answers[v.Key()].Empty() {
			missing = []string{v.Key()}
		}
	} else if rows := f.Rows(v.Level); len(rows) == 0 {
		missing = []string{string(v.Level)}
	} else {
		for _, r := range rows {
			if field := Field(v.Level, r, v.Key()); f.Answers[field].Empty() {
				missing = append(missing, field)
			}
		}
	}
	if len(missing) == 0 {
		x.Done++
	}
	x.Missing = append(x.Missing, missing...)
}
