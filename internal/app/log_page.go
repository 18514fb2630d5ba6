package app

import (
	"context"
	"slices"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/store"
)

// SeenLine is a line of the log as it is looked at: who did what, under which role, when, and
// with which case. It holds no answer, since the log does not.
type SeenLine struct {
	audit.Line
	Who  string // name; empty: nobody who is known
	Mark string // of a check: what was said of it
	Note string
	By   string // who said so
	Said time.Time
	Own  bool // who looks did it: somebody else judges it
}

// LogPage is some lines of a log, newest first.
type LogPage struct {
	Register string // id
	Logs     []place.Register
	Lines    []SeenLine
	Of       int64 // how many lines there are in all
	First    int64 // the number of the newest line shown
	Next     int64 // lines before this are on the next page; 0: there are none
	Key      string
	Head     audit.SignedHead // the newest that is signed
	Checks   []LogCheck
	Backup   time.Time // when the last backup was taken, which holds the log too; zero: never
}

// InstallationLog is the id of the installation's own log.
const InstallationLog = store.NodeID

// logLength is how many lines a page of the log has.
const logLength = 50

// logOf opens the log that an administrator looks at: a register's, or the installation's own.
func (a *App) logOf(ctx context.Context, by access.Actor, register string) (*store.Register, error) {
	if err := by.Allow(access.SeeAudit, "", ""); err != nil {
		return nil, a.refused(ctx, a.store.Node(), by, "", err)
	}
	if register == "" || register == store.NodeID {
		return a.store.Node(), nil
	}
	return a.store.Register(ctx, register)
}

// Log gives the lines of a log before a number, 0: the newest. That it was looked at is in the
// log.
func (a *App) Log(ctx context.Context, by access.Actor, register string, before int64) (*LogPage, error) {
	r, err := a.logOf(ctx, by, register)
	if err != nil {
		return nil, err
	}
	if err := a.logSeen(ctx, r, by, audit.SawLog, ""); err != nil {
		return nil, err
	}
	p := &LogPage{Register: r.ID()}
	if err := a.store.Node().Read(ctx, func(t *store.Tx) (err error) { p.Logs, err = t.Registers(); return err }); err != nil {
		return nil, err
	}
	if p.Backup, err = a.lastBackup(ctx); err != nil {
		return nil, err
	}
	var lines []audit.Sealed
	var checks []store.LogCheck
	err = r.Read(ctx, func(t *store.Tx) error {
		head, err := t.AuditHead()
		if err != nil {
			return err
		}
		if p.Of = head.Seq; before <= 0 || before > head.Seq+1 {
			before = head.Seq + 1
		}
		after := max(0, before-1-logLength)
		if lines, err = t.AuditLines(after, int(before-1-after)); err != nil {
			return err
		}
		if after > 0 {
			p.Next = after + 1
		}
		p.First = before - 1
		heads, err := t.SignedHeads(1)
		if err != nil {
			return err
		}
		if len(heads) > 0 {
			p.Head = heads[0]
		}
		checks, err = t.LogChecks(logLength)
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.Reverse(lines)
	if p.Lines, err = a.readLines(ctx, lines); err != nil {
		return nil, err
	}
	for _, c := range checks {
		p.Checks = append(p.Checks, LogCheck{LogCheck: c, Who: a.nameOf(ctx, c.Person)})
	}
	public, err := a.store.PublicKey()
	p.Key = audit.PublicText(public)
	return p, err
}

// readLines puts names on lines.
func (a *App) readLines(ctx context.Context, sealed []audit.Sealed) (all []SeenLine, err error) {
	for _, s := range sealed {
		l, err := s.Read()
		if err != nil {
			return nil, err
		}
		all = append(all, SeenLine{Line: l, Who: a.nameOf(ctx, l.Person)})
	}
	return all, nil
}

// LookUps is which codes were looked up: not the codes, but by whom, when, and of which case
// where that is known.
type LookUps struct {
	Lines []SeenLine
	Next  int64
}

// lookUpActs are the acts that look-ups of codes leave.
var lookUpActs = []audit.Act{audit.LookedUp, audit.LookupLimit, audit.SawEarlier}

// How many look-ups are gone through for a page of them: those in other units are not shown.
const lookUpChunk, lookUpMost = 200, 2000

// LookUps gives the look-ups of codes before a line, 0: the newest, by those who work in the
// coordinator's units and of cases in them. That they were seen is in the log.
func (a *App) LookUps(ctx context.Context, by access.Actor, before int64) (*LookUps, error) {
	r, units, err := a.logUnits(ctx, by)
	if err != nil {
		return nil, err
	}
	if err := a.logSeen(ctx, r, by, audit.SawCodes, ""); err != nil {
		return nil, err
	}
	mine, err := a.workersIn(ctx, by, units)
	if err != nil {
		return nil, err
	}
	p := &LookUps{}
	var found []audit.Line
	err = r.Read(ctx, func(t *store.Tx) error {
		head, err := t.AuditHead()
		if err != nil {
			return err
		}
		if before <= 0 || before > head.Seq+1 {
			before = head.Seq + 1
		}
		found, p.Next, err = a.lookUpsBefore(t, before, func(l audit.Line) bool { return mine[l.Person] || a.caseIn(t, by, l.Case) })
		for i := range found {
			if !a.caseIn(t, by, found[i].Case) {
				found[i].Case = "" // that there is one in another unit is not told
			}
		}
		return err
	})
	for _, l := range found {
		p.Lines = append(p.Lines, SeenLine{Line: l, Who: a.nameOf(ctx, l.Person)})
	}
	return p, err
}

// lookUpsBefore gives the last look-ups before a line that may be shown, and before which line
// there may be more; 0: there are none.
func (a *App) lookUpsBefore(t *store.Tx, before int64, shown func(audit.Line) bool) (found []audit.Line, next int64, err error) {
	for range lookUpMost / lookUpChunk {
		lines, err := t.AuditActsBefore(before, lookUpChunk, lookUpActs...)
		if err != nil {
			return nil, 0, err
		}
		for _, l := range lines {
			if len(found) == logLength {
				return found, before, nil
			}
			if before = l.Seq; shown(l) {
				found = append(found, l)
			}
		}
		if len(lines) < lookUpChunk {
			return found, 0, nil
		}
	}
	return found, before, nil
}

// logUnits opens the register of a coordinator.
func (a *App) logUnits(ctx context.Context, by access.Actor) (*store.Register, []place.Unit, error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, nil, err
	}
	all, err := a.Units(ctx, by)
	if err != nil {
		return nil, nil, err
	}
	units := slices.DeleteFunc(all, func(u place.Unit) bool { return by.Allow(access.SeeUnits, r.ID(), u.ID) != nil })
	if len(units) == 0 {
		return nil, nil, a.refused(ctx, r, by, "", fault.New(fault.Refused, "access.refused"))
	}
	return r, units, nil
}

// workersIn gives who has, or had, a role in some units.
func (a *App) workersIn(ctx context.Context, by access.Actor, units []place.Unit) (map[string]bool, error) {
	mine := map[string]bool{}
	err := a.store.Node().Read(ctx, func(t *store.Tx) error {
		grants, err := t.GrantsIn(by.Register)
		for _, g := range grants {
			if by.AllUnits || slices.ContainsFunc(units, func(u place.Unit) bool { return u.ID == g.Unit }) {
				mine[g.Person] = true
			}
		}
		return err
	})
	return mine, err
}

// caseIn tells whether a case is in a unit of the actor's.
func (a *App) caseIn(t *store.Tx, by access.Actor, id string) bool {
	if id == "" {
		return by.AllUnits
	}
	c, err := t.Case(id)
	return err == nil && by.Allow(access.SeeUnits, by.Register, c.Unit) == nil
}
