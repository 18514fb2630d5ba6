package app

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// CaseView is a case as somebody may see it.
type CaseView struct {
	Filed      *record.Filed
	Book       *codebook.Codebook // that it was opened with
	Cover      record.Cover
	CaseCode   string // local codes, out of the key register
	ClientCode string
	UnitName   string
	Worker     string // name
	ByName     string // name of who changed it last
	Progress   []record.Progress
	Warnings   []codebook.Check
	Broken     time.Time // the codes cannot be read since then: their key was lost; zero where they can
}

// Case gives a case. That it was read is in the log, and on disk, before this returns.
func (a *App) Case(ctx context.Context, by access.Actor, id string) (*CaseView, error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	var v *CaseView
	err = r.Read(ctx, func(t *store.Tx) error { v, err = a.view(t, by, id); return err })
	if err = a.seen(ctx, r, by, id, err); err != nil {
		return nil, err
	}
	a.name(ctx, v)
	return v, nil
}

// Plain gives a case with its codes and nothing that is worked out from it. That it was read
// is in the log, and on disk, before this returns.
func (a *App) Plain(ctx context.Context, by access.Actor, id string) (*CaseView, error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	var v *CaseView
	err = r.ReadEach(ctx, func(t *store.Tx) (err error) {
		v = &CaseView{}
		if v.Filed, v.CaseCode, v.ClientCode, err = t.CaseWithCodes(id); err != nil {
			return err
		}
		return by.Allow(access.SeeCase, by.Register, v.Filed.Unit)
	})
	if err = a.seen(ctx, r, by, id, err); err != nil {
		return nil, err
	}
	return v, nil
}

// seen logs that a case was read, or tells why it was not.
func (a *App) seen(ctx context.Context, r *store.Register, by access.Actor, id string, err error) error {
	if err != nil {
		return a.unseen(ctx, r, by, id, err)
	}
	return a.logSeen(ctx, r, by, audit.Read, id)
}

// unseen gives what is told of a case that could not be shown: to who may see no cases, that;
// to others, of a case that they may not see, the same as of one that is not there.
func (a *App) unseen(ctx context.Context, r *store.Register, by access.Actor, id string, err error) error {
	switch kind := fault.KindOf(err); {
	case kind != fault.Refused && kind != fault.NotFound:
		return err
	case !seesCases(by):
		return a.refused(ctx, r, by, id, fault.New(fault.Refused, "access.refused"))
	case kind == fault.Refused:
		return a.refused(ctx, r, by, id, fault.New(fault.NotFound, "store.no_case"))
	case isKey(err, "store.no_case"): // takes as long, and is seen too; what was typed is in no log
		return a.refused(ctx, r, by, "", err)
	}
	return err
}

// seesCases tells whether there may be a case that the actor may see.
func seesCases(by access.Actor) bool {
	return by.AllUnits && by.Allow(access.SeeCase, by.Register, "") == nil ||
		slices.ContainsFunc(by.Units, func(unit string) bool { return by.Allow(access.SeeCase, by.Register, unit) == nil })
}

// view reads a case that the actor may see, and what follows from it.
func (a *App) view(t *store.Tx, by access.Actor, id string) (*CaseView, error) {
	v, err := a.plain(t, by, id)
	if err != nil {
		return nil, err
	}
	c := v.Filed
	v.Cover, v.Progress, v.Warnings = record.CoverOf(v.Book, c), c.Form.ProgressOf(v.Book), c.Form.Warnings(v.Book, a.today())
	units, err := t.Units()
	v.UnitName = unitName(units, c.Unit)
	return v, err
}

// plain reads a case that the actor may see.
func (a *App) plain(t *store.Tx, by access.Actor, id string) (*CaseView, error) {
	c, err := t.Case(id)
	if err != nil {
		return nil, err
	}
	if err := by.Allow(access.SeeCase, by.Register, c.Unit); err != nil {
		return nil, err
	}
	v := &CaseView{Filed: c}
	if v.Book, err = a.bookOf(t, by.Register, c); err != nil {
		return nil, err
	}
	if v.CaseCode, v.ClientCode, err = t.Codes(id); store.IsLostCode(v.CaseCode) {
		v.Broken = t.CodesBroken()
	}
	return v, err
}

// name puts people's names on a view.
func (a *App) name(ctx context.Context, v *CaseView) {
	v.Worker, v.ByName = a.nameOf(ctx, v.Filed.Worker), a.nameOf(ctx, v.Filed.By)
}

func unitName(units []place.Unit, id string) string {
	for _, u := range units {
		if u.ID == id {
			return u.Name
		}
	}
	return ""
}

// readLog remembers what has been logged as read in this quarter of an hour.
type readLog struct {
	mu      sync.Mutex
	quarter int64
	seen    map[string]bool
}

// logSeen writes one line for a reader, what was seen and a quarter of an hour. id is the
// case's, empty for a list.
func (a *App) logSeen(ctx context.Context, r *store.Register, by access.Actor, act audit.Act, id string) error {
	key, at := strings.Join([]string{r.ID(), by.Person.ID, string(by.Role), string(act), id}, "\x00"), a.now()
	if a.reads.has(key, at) {
		return nil
	}
	l := a.line(by, act, id)
	l.At = at
	err := r.Write(ctx, func(t *store.Tx) error { t.Audit(l); return nil })
	if err == nil {
		a.reads.add(key, at)
	}
	return err
}

func (l *readLog) has(key string, at time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if q := quarterOf(at); q != l.quarter || l.seen == nil {
		l.quarter, l.seen = q, map[string]bool{}
	}
	return l.seen[key]
}

// add notes a line that was written for a time. When another quarter has begun since, the
// line says nothing of that one.
func (l *readLog) add(key string, at time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if quarterOf(at) == l.quarter {
		l.seen[key] = true
	}
}

func quarterOf(at time.Time) int64 { return at.Unix() / (15 * 60) }

// nameOf gives what colleagues call somebody, empty where we do not know.
func (a *App) nameOf(ctx context.Context, id string) string {
	if id == "" {
		return ""
	}
	name, err := a.names.get(ctx, id, a.now(), func(ctx context.Context) (name string, err error) {
		err = a.store.Node().Read(ctx, func(t *store.Tx) error {
			p, err := t.Person(id)
			name = p.Name
			return err
		})
		return name, err
	})
	if err != nil {
		return "" // a name is not worth failing for
	}
	return name
}
