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
	Aside   int      // questions that do not concern the case or cannot be answered; among Done
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
	rows := map[codebook.Level][]string{codebook.OfSupport: f.Rows(codebook.OfSupport), codebook.OfRisk: f.Rows(codebook.OfRisk)}
	supported := len(rows[codebook.OfSupport]) > 0
	all := make([]Progress, 0, len(cb.Phases))
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
				f.count(v, rows[v.Level], &x)
			}
		}
		for _, v := range cb.Local {
			if v.Phase == p.ID && (!f.Answers[v.Key()].Empty() || cb.Applies(v, formAnswers{f})) {
				f.count(v, nil, &x)
			}
		}
		all = append(all, x)
	}
	return all
}

// count adds a variable to a phase's progress. A variable of rows is done when there is a
// row and every row has it.
func (f *Form) count(v *codebook.Variable, rows []string, x *Progress) {
	if v.Kind == codebook.Free {
		return // nobody has to write
	}
	x.Of++
	before := len(x.Missing)
	if v.Level == codebook.OfCase && setAside(f.Answers[v.Key()]) {
		x.Aside++
	}
	switch {
	case v.Level == codebook.OfCase:
		if f.Answers[v.Key()].Empty() {
			x.Missing = append(x.Missing, v.Key())
		}
	case len(rows) == 0:
		x.Missing = append(x.Missing, string(v.Level))
	default:
		for _, r := range rows {
			if field := Field(v.Level, r, v.Key()); f.Answers[field].Empty() {
				x.Missing = append(x.Missing, field)
			}
		}
	}
	if len(x.Missing) == before {
		x.Done++
	}
}

func setAside(a Answer) bool { return a.State == NotApplicable || a.State == Impossible }
