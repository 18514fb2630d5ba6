package store

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"slices"

	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/record"
)

// The log is what cases, deletions and deliveries are held against: whoever takes one away, or
// puts one there, has to change the log too, and its end is signed.

// logged is what the lines of a log say that there should be.
type logged struct {
	opened    map[string]string // case id → who opened it
	delivered map[string]string // delivery id → who made it
	returned  map[string]string // id of a return of key figures → the hash of its file
	sent      map[string]string // the same → who said that it was sent
	retained  []int             // how many cases each deletion took
}

func newLogged() logged {
	return logged{opened: map[string]string{}, delivered: map[string]string{}, returned: map[string]string{}, sent: map[string]string{}}
}

func (x *logged) read(l audit.Line) {
	switch {
	case l.Act == audit.Opened && l.Case != "":
		x.opened[l.Case] = l.Person
	case l.Act == audit.Delivered && len(l.Fields) == 1:
		x.delivered[l.Fields[0]] = l.Person
	case l.Act == audit.FigureReturned && len(l.Fields) == 2:
		x.returned[l.Fields[0]] = l.Fields[1]
	case l.Act == audit.FigureSent && len(l.Fields) == 1:
		x.sent[l.Fields[0]] = l.Person
	case l.Act == audit.Retained:
		x.retained = append(x.retained, l.N)
	}
}

// casesGone tells of cases that the log knows and that are not there, though no protocol says
// that they were deleted by the rule.
func (v *verifier) casesGone(t *Tx) error {
	ids, err := t.CaseIDs()
	if err != nil {
		return err
	}
	there := make(map[string]bool, len(ids))
	for _, id := range ids {
		there[id] = true
	}
	deleted, err := v.deletedByRule(t)
	if err != nil {
		return err
	}
	for id := range v.logged.opened {
		if sum := sha256.Sum256([]byte(id)); !there[id] && !deleted[hex.EncodeToString(sum[:])] {
			v.say("store.case_gone", "id", id)
		}
	}
	return nil
}

// deletedByRule gives the hashes of what protocols say was deleted. The log has a line of each
// protocol, with as many cases.
func (v *verifier) deletedByRule(t *Tx) (map[string]bool, error) {
	all, err := t.Retentions()
	hashes := map[string]bool{}
	var counts []int
	for _, x := range all {
		if x.State != RetentionDone {
			continue
		}
		counts = append(counts, len(x.Hashes))
		for _, h := range x.Hashes {
			hashes[h] = true
		}
	}
	slices.Sort(counts)
	slices.Sort(v.logged.retained)
	if err == nil && !slices.Equal(counts, v.logged.retained) {
		v.say("store.retention_unknown")
	}
	return hashes, err
}

// deliveries compares what has left with the log.
func (v *verifier) deliveries(t *Tx) error {
	for _, x := range []struct {
		logged        map[string]string
		unknown, gone string
		ask           string
	}{
		{v.logged.delivered, "store.delivery_unknown", "store.delivery_gone", `SELECT id, person FROM deliveries WHERE register = ?`},
		{v.logged.returned, "store.return_unknown", "store.return_gone", `SELECT id, hash FROM figure_returns WHERE register = ?`},
		{v.logged.sent, "store.return_unknown", "store.return_gone", `SELECT id, person FROM figure_sent WHERE register = ?`},
	} {
		err := t.c.each(func(rows *sql.Rows) error {
			var id, said string
			err := rows.Scan(&id, &said)
			if line, known := x.logged[id]; err == nil && (!known || line != said) {
				v.say(x.unknown, "id", id)
			}
			delete(x.logged, id)
			return err
		}, x.ask, t.r.id)
		if err != nil {
			return err
		}
		for id := range x.logged {
			v.say(x.gone, "id", id)
		}
	}
	return nil
}

// covers compares what lists show of some cases with their answers and with who opened them.
// How much is missing is not gone through: that takes the codebook of each case.
func (v *verifier) covers(t *Tx, filed []*record.Filed) error {
	shown, err := t.coversWhere(`id >= ? AND id <= ? ORDER BY id`, filed[0].ID, filed[len(filed)-1].ID)
	if err != nil {
		return err
	}
	of := make(map[string]record.Cover, len(shown))
	for _, x := range shown {
		of[x.ID] = x
	}
	cb := codebook.Default()
	for _, c := range filed {
		x, f := of[c.ID], c.Form
		who, known := v.logged.opened[c.ID]
		switch {
		case !known:
			v.say("store.case_unknown", "id", c.ID)
		case x.Worker != who || x.Standing != f.Standing(cb) || x.Intake != f.RoleDay(cb, codebook.Intake) ||
			x.Closed != f.RoleDay(cb, codebook.Closing) || x.Discuss == f.Get(codebook.Discuss).Empty() ||
			c.Codebook == cb.Named() && x.Standing == record.Open && x.Next != f.NextAssessment(cb):
			v.say("store.case_columns", "id", c.ID)
		}
	}
	return nil
}
