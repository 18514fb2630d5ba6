package app

import (
	"context"
	"slices"
	"strings"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// Verdict is what is decided of one client's open cases.
type Verdict string

const (
	BothRight Verdict = "ratt"     // one client, and the cases are right
	IsDouble  Verdict = "dubblett" // one of them is to be excluded
)

// Verdicts lists them in the order in which pages name them.
var Verdicts = []Verdict{BothRight, IsDouble}

// mostDoubles is how many possible doubles are shown at a time.
const mostDoubles = 200

// longestNote is how long a note on a decision may be, in bytes.
const longestNote = 2000

// Double is one client with several open cases.
type Double struct {
	Key     string   // the cases' ids, for deciding
	Cases   []Listed // without codes: those are looked up one double at a time
	Verdict Verdict  // empty: not decided
	Note    string
	By      string // name
	Decided store.DoubleNote
}

// Doubles gives the clients who have more than one open case in the actor's units: those that
// nobody has decided of first. That the list was seen is logged.
func (a *App) Doubles(ctx context.Context, by access.Actor) (all []Double, err error) {
	r, units, err := a.unitsFor(ctx, by, access.SeeUnits)
	if err != nil {
		return nil, err
	}
	err = r.Read(ctx, func(t *store.Tx) error {
		found, err := t.Doubles(mostDoubles)
		for _, d := range found {
			if err != nil {
				break
			}
			var one Double
			if one, err = a.doubleOf(t, units, d.Cases); len(one.Cases) > 1 {
				all = append(all, one)
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range all {
		a.nameAll(ctx, all[i].Cases)
		all[i].By = a.nameOf(ctx, all[i].Decided.Person)
	}
	slices.SortStableFunc(all, func(x, y Double) int { return x.Decided.At.Compare(y.Decided.At) })
	return all, a.logSeen(ctx, r, by, audit.SawDoubles, "")
}

// doubleOf gives a double with what was decided of it last. Cases in units that the actor does
// not look after are not among them.
func (a *App) doubleOf(t *store.Tx, units []place.Unit, cases []record.Cover) (d Double, err error) {
	var ids []string
	for _, x := range cases {
		if hasUnit(units, x.Unit) {
			d.Cases, ids = append(d.Cases, Listed{Cover: x, UnitName: unitName(units, x.Unit)}), append(ids, x.ID)
		}
	}
	d.Key = strings.Join(ids, " ")
	notes, err := t.DoubleNotes(d.Key)
	if len(notes) > 0 {
		d.Decided = notes[len(notes)-1]
		d.Verdict, d.Note = Verdict(d.Decided.Verdict), d.Decided.Note
	}
	return d, err
}

// DecideDouble says what is right of one client's open cases. Nothing is excluded by it: that
// is done in the case.
func (a *App) DecideDouble(ctx context.Context, by access.Actor, key string, v Verdict, note string) error {
	r, units, err := a.unitsFor(ctx, by, access.SeeUnits)
	if err != nil {
		return err
	}
	if !slices.Contains(Verdicts, v) {
		return fault.New(fault.Invalid, "keeping.choose_verdict")
	}
	if len(note) > longestNote {
		return fault.New(fault.Invalid, "keeping.note_long", "n", longestNote)
	}
	err = r.Write(ctx, func(t *store.Tx) error {
		ids, err := sameClient(t, units, key)
		if err != nil {
			return err
		}
		for _, id := range ids {
			t.Audit(a.line(by, audit.DecidedDouble, id))
		}
		return t.AddDoubleNote(store.DoubleNote{Cases: key, At: a.now(), Person: by.Person.ID, Role: string(by.Role), Verdict: string(v), Note: strings.TrimSpace(note)})
	})
	return err
}

// DoubleCodes looks up what the cases of a double are called at home. The look-up is logged
// and counted.
func (a *App) DoubleCodes(ctx context.Context, by access.Actor, key string) (all []Listed, err error) {
	r, units, err := a.unitsFor(ctx, by, access.SeeUnits)
	if err != nil {
		return nil, err
	}
	var ids []string
	err = r.Read(ctx, func(t *store.Tx) (err error) { ids, err = sameClient(t, units, key); return err })
	if err == nil {
		err = a.lookUp(ctx, r, by, audit.LookedUp, ids...)
	}
	if err != nil {
		return nil, err
	}
	err = r.Read(ctx, func(t *store.Tx) error {
		for _, id := range ids {
			c, err := t.Case(id)
			if err != nil {
				return err
			}
			cover, err := a.coverOf(t, r.ID(), c)
			if err != nil {
				return err
			}
			l, err := a.listed(t, units, cover)
			if err != nil {
				return err
			}
			all = append(all, l)
		}
		return nil
	})
	a.nameAll(ctx, all)
	return all, err
}

// sameClient reads the ids of a double and checks that they are several cases of one client,
// in units that the actor looks after. Whatever else they are is not found.
func sameClient(t *store.Tx, units []place.Unit, key string) ([]string, error) {
	ids, client := strings.Fields(key), ""
	none := fault.New(fault.NotFound, "keeping.no_double")
	if len(ids) < 2 || len(ids) > 50 || !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
		return nil, none
	}
	for _, id := range ids {
		c, err := t.Case(id)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return nil, err
		}
		if err != nil || !hasUnit(units, c.Unit) || client != "" && c.Client != client {
			return nil, none
		}
		client = c.Client
	}
	return ids, nil
}

func hasUnit(units []place.Unit, id string) bool {
	return slices.ContainsFunc(units, func(u place.Unit) bool { return u.ID == id })
}

// unitsFor opens the register and gives the units, ended ones too, where the actor may do
// something; who may do it nowhere is refused.
func (a *App) unitsFor(ctx context.Context, by access.Actor, action access.Action) (*store.Register, []place.Unit, error) {
	if by.Register == "" { // an administrator, of no register
		return nil, nil, a.refused(ctx, a.store.Node(), by, "", fault.New(fault.Refused, "access.refused"))
	}
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, nil, err
	}
	all, err := a.unitsOf(ctx, r)
	if err != nil {
		return nil, nil, err
	}
	may := slices.DeleteFunc(slices.Clone(all), func(u place.Unit) bool { return by.Allow(action, r.ID(), u.ID) != nil })
	if len(may) == 0 {
		return nil, nil, a.refused(ctx, r, by, "", fault.New(fault.Refused, "access.refused"))
	}
	return r, may, nil
}
