package exchange

import (
	"fmt"

	"foljsam/internal/codebook"
	"foljsam/internal/indicator"
	"foljsam/internal/record"
)

// FigureCases gives what the rules of the key figures ask of the package's cases; only with
// Options.Spans. Of support without a day of beginning it is only known that there is some.
func (p *Package) FigureCases() []indicator.Case {
	b := p.Batch
	all := make([]indicator.Case, b.Len())
	answers := answersOf(b.Layout)
	for i := range all {
		all[i] = answers.of(b, i)
	}
	for _, s := range p.Spans {
		all[s.Case].Supports = append(all[s.Case].Supports, indicator.Support{Began: s.Began, Ended: s.Ended})
	}
	for i := range all {
		if len(all[i].Supports) == 0 && answers.any(b.Row(i), codebook.Support) {
			all[i].Supports = []indicator.Support{{Began: record.NoDay, Ended: record.NoDay}}
		}
	}
	return all
}

// packedAnswers reads codes out of packed cases, by role.
type packedAnswers struct {
	first map[codebook.Role]int
	codes map[codebook.Role][]int
}

func answersOf(l *record.Layout) packedAnswers {
	a := packedAnswers{map[codebook.Role]int{}, map[codebook.Role][]int{}}
	for _, r := range []codebook.Role{codebook.GoalReached, codebook.ClosingReason, codebook.Support, codebook.Perpetrator, codebook.Honour} {
		if v := l.Book.Role(r); v != nil {
			a.first[r], a.codes[r] = l.Field(v.Number)
		}
	}
	return a
}

func (a packedAnswers) chosen(row []uint64, r codebook.Role) (codes []int) {
	for i, code := range a.codes[r] {
		if record.HasBit(row, a.first[r]+i) {
			codes = append(codes, code)
		}
	}
	return codes
}

func (a packedAnswers) any(row []uint64, r codebook.Role) bool { return len(a.chosen(row, r)) > 0 }

// one gives the code of a question with one answer; 0 not registered.
func (a packedAnswers) one(row []uint64, r codebook.Role) int {
	if codes := a.chosen(row, r); len(codes) > 0 {
		return codes[0]
	}
	return 0
}

func (a packedAnswers) of(b *record.Batch, i int) indicator.Case {
	row := b.Row(i)
	c := indicator.Case{
		Unit: unitCode(b.Unit[i]), Intake: b.Intake[i], Closing: record.NoDay, Age: indicator.NoAge,
		Goal: a.one(row, codebook.GoalReached), Reason: a.one(row, codebook.ClosingReason),
		Perpetrators: a.chosen(row, codebook.Perpetrator), Honour: a.one(row, codebook.Honour),
	}
	if b.Days[i] != record.NoNumber {
		c.Closing = b.Intake[i] + record.Day(b.Days[i])
	}
	if b.Age[i] != record.NoAge {
		c.Age = int(b.Age[i])
	}
	return c
}

// unitCode gives back what record.UnitNumber packed.
func unitCode(unit uint32) string {
	code := fmt.Sprintf("%04d", record.MunicipalityOf(unit))
	if district := unit % 1000; district > 0 {
		code += fmt.Sprintf("%02d", district-1)
	}
	return code
}
