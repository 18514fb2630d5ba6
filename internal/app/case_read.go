package app

import (
	"context"
	"slices"
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
	Cover      record.Cover
	CaseCode   string // local codes, out of the key register
	ClientCode string
	UnitName   string
	Worker     string // name
	ByName     string // name of who changed it last
	Progress   []record.Progress
	Warnings   []codebook.Check
}

// Case gives a case. That it was read is in the log, and on disk, before this returns.
func (a *App) Case(ctx context.Context, by access.Actor, id string) (*CaseView, error) {
	v, err := a.read(ctx, by, id, a.view)
	if err == nil {
		a.name(ctx, v)
	}
	return v, err
}

// Plain gives a case with its codes and nothing that is worked out from it. That it was read
// is in the log, and on disk, before this returns.
func (a *App) Plain(ctx context.Context, by access.Actor, id string) (*CaseView, error) {
	return a.read(ctx, by, id, a.plain)
}

func (a *App) read(ctx context.Context, by access.Actor, id string, how func(*store.Tx, access.Actor, string) (*CaseView, error)) (*CaseView, error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	var v *CaseView
	err = r.Read(ctx, func(t *store.Tx) error { v, err = how(t, by, id); return err })
	if err != nil {
		return nil, a.unseen(ctx, r, by, id, err)
	}
	if err := a.logRead(ctx, r, by, id); err != nil {
		return nil, err
	}
	return v, nil
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
	v.Cover, v.Progress, v.Warnings = record.CoverOf(a.book, c), c.Form.ProgressOf(a.book), c.Form.Warnings(a.book, a.now())
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
	v.CaseCode, v.ClientCode, err = t.Codes(id)
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

// logRead writes one line for a reader, a case and a quarter of an hour.
func (a *App) logRead(ctx context.Context, r *store.Register, by access.Actor, id string) error {
	key := r.ID() + "\x00" + by.Person.ID + "\x00" + string(by.Role) + "\x00" + id
	if a.reads.has(key, a.now()) {
		return nil
	}
	err := r.Write(ctx, func(t *store.Tx) error { t.Audit(a.line(by, audit.Read, id)); return nil })
	if err == nil {
		a.reads.add(key)
	}
	return err
}

func (l *readLog) has(key string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if q := now.Unix() / (15 * 60); q != l.quarter || l.seen == nil {
		l.quarter, l.seen = q, map[string]bool{}
	}
	return l.seen[key]
}

func (l *readLog) add(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.seen[key] = true
}

// nameCache remembers what people are called.
type nameCache struct {
	mu    sync.Mutex
	names map[string]string
}

// nameOf gives what colleagues call somebody, empty where we do not know.
func (a *App) nameOf(ctx context.Context, id string) string {
	if id == "" {
		return ""
	}
	a.names.mu.Lock()
	defer a.names.mu.Unlock()
	if name, ok := a.names.names[id]; ok {
		return name
	}
	var p access.Person
	err := a.store.Node().Read(ctx, func(t *store.Tx) (err error) { p, err = t.Person(id); return err })
	if err != nil {
		return "" // a name is not worth failing for
	}
	if a.names.names == nil {
		a.names.names = map[string]string{}
	}
	a.names.names[id] = p.Name
	return p.Name
}
