package app

import (
	"context"

	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// Other programs may serve the same database. What they save reaches the cases in memory by
// the register's log: it has a line for every change, in order, and each line names its case.

// linesAtOnce is how many lines of the log are read at a time. After more than farBehind it takes
// less to read all cases anew than to follow the log: nobody has asked for them in weeks.
const linesAtOnce, farBehind = 1000, 50_000

// moves is what has happened to a register's cases after a line of its log.
type moves struct {
	to        int64           // the last line that was read
	ids       map[string]bool // cases that lines name
	deleted   bool            // cases were deleted: the log does not say which
	published bool            // a version of the local variables was, or too much has happened to follow
	changed   []*record.Filed
	gone      []string
	there     map[caseKey]bool  // all cases that are left, where some were deleted
	units     map[string]string // unit id → area
}

// catchUp reads the cases that were changed since those in memory were. That nothing has
// happened is seen by the log's head alone. published: all cases are to be read anew, since a
// version of the local variables was published or too much has happened.
func (a *App) catchUp(ctx context.Context, r *store.Register, l *live) (published bool, err error) {
	l.mu.Lock()
	m := &moves{to: r.SkipOwn(l.seq), ids: map[string]bool{}, units: map[string]string{}}
	l.mu.Unlock()
	err = r.Read(ctx, func(t *store.Tx) error {
		head, err := t.AuditHead()
		if err != nil || head.Seq == m.to {
			return err
		}
		if m.published = head.Seq-m.to > farBehind; m.published {
			return nil
		}
		return m.read(t, r)
	})
	if err == nil {
		l.take(a.book, m)
	}
	return m.published, err
}

func (m *moves) read(t *store.Tx, r *store.Register) error {
	if err := m.readLines(t, r); err != nil {
		return err
	}
	for id := range m.ids {
		switch c, err := t.Case(id); {
		case err == nil:
			m.changed = append(m.changed, c)
		case fault.KindOf(err) == fault.NotFound:
			m.gone = append(m.gone, id)
		default:
			return err
		}
	}
	if m.deleted {
		ids, err := t.CaseIDs()
		if err != nil {
			return err
		}
		m.there = map[caseKey]bool{}
		for _, id := range ids {
			m.there[keyOfCase(id)] = true
		}
	}
	units, err := t.Units()
	for _, u := range units {
		m.units[u.ID] = u.Area
	}
	return err
}

// readLines reads the log from where it was read before to its end, but for what this program
// wrote itself: that has been followed.
func (m *moves) readLines(t *store.Tx, r *store.Register) error {
	for {
		lines, err := t.AuditLines(m.to, linesAtOnce)
		if err != nil {
			return err
		}
		for _, s := range lines {
			if s.Seq <= m.to {
				continue
			}
			line, err := s.Read()
			if err != nil {
				return err
			}
			m.to, m.deleted = r.SkipOwn(line.Seq), m.deleted || line.Act == audit.Retained
			m.published = m.published || line.Act == audit.BookPublished
			if line.Case != "" && !onlySaw(line.Act) {
				m.ids[line.Case] = true
			}
		}
		if len(lines) < linesAtOnce {
			return nil
		}
	}
}

// onlySaw tells whether an act leaves a case as it is. Of one that is not named here it is
// taken that it does not.
func onlySaw(act audit.Act) bool {
	switch act {
	case audit.Read, audit.Listed, audit.LookedUp, audit.LookupLimit, audit.Refused, audit.SawEarlier, audit.SawDoubles, audit.Extracted:
		return true
	}
	return false
}

// take puts changed cases in place, and takes out those that are gone.
func (l *live) take(cb *codebook.Codebook, m *moves) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for id, area := range m.units {
		l.units[id] = area
	}
	if m.there != nil {
		for key := range l.at {
			if !m.there[key] {
				l.dropAt(key)
			}
		}
	}
	for _, id := range m.gone {
		l.drop(id)
	}
	for _, c := range m.changed {
		l.put(cb, c)
	}
	l.seq = max(l.seq, m.to)
}
