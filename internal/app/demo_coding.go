package app

import (
	"fmt"
	"math/rand/v2"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/note"
	"foljsam/internal/store"
)

// demoCases is what most would answer in each of the ready cases: places
// among the options of the degree of the violence and of the honour context.
var demoCases = [][]int{{0, 1}, {1, 1}, {1, 1}, {2, 1}, {1, 0}, {1, 0}}

// demoCodings gives a synthetic municipality two exercises: one that made-up caseworkers have
// answered, and one that waits.
func (a *App) demoCodings(t *store.Tx, nr int, leader string) error {
	p := locale.For(locale.Swedish)
	by := access.Actor{Person: access.Person{ID: leader}, Role: access.Coordinator}
	c := &note.Coding{ID: newID(), Title: p.T("coding.demo_closed"), Person: leader, Made: a.now().AddDate(0, -2, 0), Till: a.now().AddDate(0, -1, 0).Format(time.DateOnly)}
	for n := range demoCases {
		c.Cases = append(c.Cases, note.Vignette{Title: p.T(fmt.Sprintf("coding.case_%d", n+1)), Text: p.T(fmt.Sprintf("coding.case_%d_text", n+1))})
	}
	for _, r := range []codebook.Role{codebook.Severity, codebook.Honour} {
		c.Questions = append(c.Questions, note.QuestionOf(a.book.Role(r)))
	}
	for _, u := range demoUnits {
		c.Units = append(c.Units, u.ID)
	}
	waits := *c
	waits.ID, waits.Title, waits.Made, waits.Till = newID(), p.T("coding.demo_open"), a.now(), a.now().AddDate(0, 0, 14).Format(time.DateOnly)
	for _, x := range []*note.Coding{c, &waits} {
		t.Audit(a.about(by, audit.CodingSet, x.ID))
		if err := t.AddCoding(x); err != nil {
			return err
		}
	}
	rng := rand.New(rand.NewPCG(24, uint64(nr)))
	for i := range 8 {
		if err := t.AddCodingSheet(c, demoSheet(rng), fmt.Sprint("pahittad-", i)); err != nil {
			return err
		}
	}
	t.Audit(a.about(access.Actor{}, audit.CodingClosed, c.ID))
	return t.CloseCoding(c.ID, "", a.now().AddDate(0, -1, 1))
}

// demoSheet answers as most would, and one time in four otherwise.
func demoSheet(rng *rand.Rand) (s note.Sheet) {
	for _, most := range demoCases {
		var one [][]int
		for _, option := range most {
			if rng.IntN(4) == 0 {
				option = rng.IntN(3)
			}
			one = append(one, []int{option})
		}
		s = append(s, one)
	}
	return s
}
