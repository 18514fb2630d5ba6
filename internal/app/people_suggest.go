package app

import (
	"context"
	"slices"
	"strings"

	"foljsam/internal/access"
	"foljsam/internal/store"
)

// Suggested gives whom a coordinator may want to give a role: those who have or had one in
// the register, and those who have none anywhere yet. Whoever works only in another register
// is not among them.
func (a *App) Suggested(ctx context.Context, by access.Actor) (all []access.Person, err error) {
	r, err := a.maySomewhere(ctx, by, access.GrantCase)
	if err != nil {
		return nil, err
	}
	err = a.store.Node().Read(ctx, func(t *store.Tx) error {
		people, err := t.People()
		if err != nil {
			return err
		}
		grants, err := t.AllGrants()
		here, somewhere := map[string]bool{}, map[string]bool{}
		for _, g := range grants {
			here[g.Person] = here[g.Person] || g.Register == r.ID()
			somewhere[g.Person] = somewhere[g.Person] || !g.OverAt(a.now())
		}
		for _, p := range people {
			if !p.EndedAt(a.now()) && (here[p.ID] || !somewhere[p.ID]) {
				all = append(all, access.Person{ID: p.ID, Name: p.Name, Login: p.Login})
			}
		}
		return err
	})
	slices.SortFunc(all, func(x, y access.Person) int {
		return strings.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name))
	})
	return all, err
}
