package record

import "foljsam/internal/codebook"

// Mark says how far one question, or one phase, is registered in a case.
type Mark uint8

const (
	NotDue   Mark = iota // the case has not come so far
	Lacking              // it is due and has no answer
	Given                // it has an answer
	SetAside             // it does not concern the case
	CannotBe             // it cannot be answered
	Marks                // how many there are
)

// Asked gives the questions that are to be answered in every case, in the codebook's order:
// not those that the register fills in itself, nor free text.
func Asked(cb *codebook.Codebook) (all []*codebook.Variable) {
	for _, v := range cb.Variables {
		if v.Kind != codebook.Free && !home[v.Role] {
			all = append(all, v)
		}
	}
	for _, v := range cb.Local {
		if v.Kind != codebook.Free {
			all = append(all, v)
		}
	}
	return all
}

// Marks appends the mark of every question that is asked, and then of every phase. A phase is
// given when nothing is missing in it. Questions of rows have one mark for all rows.
func (f *Form) Marks(cb *codebook.Codebook, to []Mark) []Mark { return f.MarksBy(cb, cb, to) }

// MarksBy appends the marks of the questions of one codebook, for a case that was opened with
// another version of it: what that one does not ask is not due.
func (f *Form) MarksBy(cb, own *codebook.Codebook, to []Mark) []Mark {
	progress := f.ProgressOf(own)
	due := map[codebook.Phase]bool{}
	for _, p := range progress {
		due[p.Phase] = p.Due
	}
	rows := map[codebook.Level][]string{codebook.OfSupport: f.Rows(codebook.OfSupport), codebook.OfRisk: f.Rows(codebook.OfRisk)}
	for _, v := range Asked(cb) {
		if v.Number == 0 && !f.concerns(own, v) {
			to = append(to, NotDue)
			continue
		}
		to = append(to, f.mark(v, rows[v.Level], due[v.Phase]))
	}
	for _, p := range progress {
		switch {
		case len(p.Missing) == 0:
			to = append(to, Given)
		default:
			to = append(to, missing(p.Due))
		}
	}
	return to
}

// concerns tells whether a case is asked a local question.
func (f *Form) concerns(own *codebook.Codebook, v *codebook.Variable) bool {
	x := own.Field(v.Level, v.Column)
	return x != nil && !x.Retired && (!f.Answers[x.Key()].Empty() || own.Applies(x, formAnswers{f}))
}

func (f *Form) mark(v *codebook.Variable, rows []string, due bool) Mark {
	if v.Level == codebook.OfCase {
		return markOf(f.Answers[v.Key()], due)
	}
	all := missing(due) // of no rows
	for i, row := range rows {
		x := markOf(f.Answers[Field(v.Level, row, v.Key())], due)
		switch {
		case x == missing(due):
			return x
		case i == 0 || x == Given:
			all = x
		}
	}
	return all
}

func markOf(a Answer, due bool) Mark {
	switch {
	case a.Empty():
		return missing(due)
	case a.State == NotApplicable:
		return SetAside
	case a.State == Impossible:
		return CannotBe
	}
	return Given
}

func missing(due bool) Mark {
	if due {
		return Lacking
	}
	return NotDue
}
