package app

import (
	"context"
	"fmt"
	"sync"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
	"foljsam/internal/synth"
)

// syntheticSetting marks an installation whose people and cases are all made up. An
// installation is one or the other from its first minute, and never changes.
const syntheticSetting = "syntetisk"

// CheckKind refuses to run a demonstration on somebody's data, and somebody's work on a
// demonstration's.
func (a *App) CheckKind(ctx context.Context) error {
	var mark string
	var people []access.Person
	err := a.store.Node().Read(ctx, func(t *store.Tx) (err error) {
		if mark, err = t.Setting(syntheticSetting); err != nil {
			return err
		}
		people, err = t.People()
		return err
	})
	switch {
	case err != nil:
		return err
	case a.demo && mark == "" && len(people) > 0:
		return fault.New(fault.Invalid, "app.not_a_demo")
	case !a.demo && mark != "":
		return fault.New(fault.Invalid, "app.is_a_demo")
	}
	return nil
}

// FillDemo fills an empty installation with the synthetic municipalities, their people and
// cases. The cases are moved in time so that the last of them came in today.
func (a *App) FillDemo(ctx context.Context) error {
	node := a.store.Node()
	err := node.Write(ctx, func(t *store.Tx) error { return t.PutSetting(syntheticSetting, "ja") })
	if err == nil {
		err = a.addDemoAdministrators(ctx)
	}
	if err != nil {
		return err
	}
	towns := synth.Towns()
	cases := map[string][]*record.Case{}
	last := record.Day(0)
	for c := range synth.Cases(synth.Options{Codebook: a.book}) {
		cases[c.Unit] = append(cases[c.Unit], c)
		last = max(last, c.Dates[a.book.Role(codebook.Intake).Number])
	}
	move := a.today() - last
	var wg sync.WaitGroup
	errs := make(chan error, len(towns)+1)
	turns := make(chan struct{}, 4)
	for i, town := range towns {
		wg.Go(func() {
			turns <- struct{}{}
			defer func() { <-turns }()
			errs <- a.fillTown(ctx, i, town, cases[town.Unit], move)
		})
	}
	wg.Go(func() { errs <- a.fillNation(ctx) })
	wg.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			return err
		}
	}
	return a.store.Settle(ctx)
}

func (a *App) fillTown(ctx context.Context, nr int, town synth.Town, cases []*record.Case, move record.Day) error {
	start := a.now().AddDate(-4, 0, 0)
	r := place.Register{ID: "demo-" + town.Unit, Name: town.Name, Controller: town.Name, Unit: town.Unit, Synthetic: true, Created: start}
	units, people, grants := demoPeople(r.ID, nr, town, start)
	if err := a.store.AddRegister(ctx, r, plainUnits(units)); err != nil {
		return err
	}
	err := a.store.Node().Write(ctx, func(t *store.Tx) error {
		for _, p := range people {
			if err := t.AddPerson(p); err != nil {
				return err
			}
		}
		for _, g := range grants {
			if err := t.AddGrant(g); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	reg, err := a.store.Register(ctx, r.ID)
	if err != nil {
		return err
	}
	return reg.Write(ctx, func(t *store.Tx) error {
		var asked askedInTurn
		leader := coordinatorAmong(grants)
		for i, c := range withDoubts(a.book, cases) {
			if err := asked.file(t, moveDay(c.Dates[a.book.Role(codebook.Intake).Number], move).Time(), leader); err != nil {
				return err
			}
			x, err := a.fileSynthetic(t, units, i, c, move)
			if err != nil {
				return err
			}
			asked.add(x)
		}
		if err := asked.file(t, a.now(), leader); err != nil {
			return err
		}
		return a.demoCodings(t, nr, leader)
	})
}

// fileSynthetic files a synthetic case as one that was registered by somebody, and gives how
// its client was asked.
func (a *App) fileSynthetic(t *store.Tx, units []demoUnit, i int, c *record.Case, move record.Day) (askedDemo, error) {
	moved := moveCase(c, move)
	u := units[i%len(units)]
	worker := u.workers[(i/len(units))%len(u.workers)]
	answers := record.AnswersOf(a.book, moved)
	answers[a.book.Role(codebook.Municipality).Key()] = record.Answer{Value: u.Area}
	asked := demoSurvey(a.book, i, answers)
	form := record.NewForm()
	changes, err := form.Set(a.book, answers)
	if err != nil {
		return asked, err
	}
	intake := moved.Dates[a.book.Role(codebook.Intake).Number]
	at := intake.Time().Add(9 * time.Hour)
	f := &record.Filed{ID: newID(), Unit: u.ID, Worker: worker.ID, Codebook: a.book.ID + "/" + a.book.Version, Created: at, Changed: at, By: worker.ID, Form: form}
	if err := t.PutCodes(f, fmt.Sprintf("%s-%03d", intake.Time().Format("06"), i+1), "K-"+c.Client[:8]); err != nil {
		return asked, err
	}
	t.Audit(audit.Line{At: at, Person: worker.ID, Role: string(access.Caseworker), Act: audit.Opened, Case: f.ID, Bound: []string{f.Unit, f.Codebook}})
	if err := t.AddCase(a.book, f, store.Revision{Version: form.Version, At: at, Person: worker.ID, Role: string(access.Caseworker), Act: audit.Opened, Changes: changes}); err != nil {
		return asked, err
	}
	return asked.of(f), nil
}

// Persona is somebody whom one may choose to be in a demonstration.
type Persona struct {
	Person   string // id
	Name     string
	Role     access.Role
	Register string
	Area     string // the municipality's code
	Place    string // the register's name
	Unit     string // name; empty: all
}

// Personas gives everybody whom one may choose to be, by municipality.
func (a *App) Personas(ctx context.Context) (all []Persona, err error) {
	if !a.demo {
		return nil, fault.New(fault.NotFound, "app.only_in_demo")
	}
	err = a.store.Node().Read(ctx, func(t *store.Tx) error {
		registers, err := t.Registers()
		if err != nil {
			return err
		}
		people, err := t.People()
		if err != nil {
			return err
		}
		names := map[string]string{}
		for _, p := range people {
			names[p.ID] = p.Name
		}
		for _, r := range append(registers, place.Register{}) { // last, the installation's own
			grants, err := t.GrantsIn(r.ID)
			if err != nil {
				return err
			}
			for _, g := range grants {
				all = append(all, Persona{Person: g.Person, Name: names[g.Person], Role: g.Role, Register: r.ID, Area: r.Unit, Place: r.Name, Unit: demoUnitName(g)})
			}
		}
		return nil
	})
	return all, err
}

func demoUnitName(g access.Grant) string {
	if g.Role == access.Reporter {
		return place.NameOf(g.Unit)
	}
	return unitName(demoUnits, g.Unit)
}

// BeAs begins a session as a persona of the demonstration.
func (a *App) BeAs(ctx context.Context, person string) (secret string, err error) {
	all, err := a.Personas(ctx)
	if err != nil {
		return "", err
	}
	for _, x := range all {
		if x.Person == person {
			return a.begin(ctx, access.Person{ID: x.Person, Name: x.Name}, x.Register, x.Role, access.ByPersona)
		}
	}
	return "", fault.New(fault.NotFound, "app.no_such_persona")
}
