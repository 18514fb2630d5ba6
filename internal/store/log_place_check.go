package store

import (
	"database/sql"
	"strconv"

	"foljsam/internal/audit"
)

// logPlaces is what stands beside a log of where in it something is, as sums over the rows: what
// the log says that there should be. An act that is not listed would be seen by nobody who
// reads only the list.
type logPlaces struct {
	last        int64 // the last line that was counted
	acts, cases rowSum
	part        int64
	named       map[string]bool // cases in the part that is being read
}

func (p *logPlaces) read(l audit.Line) {
	if l.Seq > p.last {
		return
	}
	if l.Act.IsSeldom() {
		p.acts.add(placeRow(string(l.Act), l.Seq))
	}
	if part := partOf(l.Seq); part != p.part || p.named == nil {
		p.part, p.named = part, map[string]bool{}
	}
	if l.Case != "" && !p.named[l.Case] {
		p.named[l.Case] = true
		p.cases.add(placeRow(l.Case, p.part))
	}
}

func placeRow(what string, at int64) []byte { return []byte(strconv.FormatInt(at, 10) + " " + what) }

// places compares what stands beside the log with the log.
func (v *verifier) places(t *Tx) error {
	acts, err := t.placesIn(`SELECT act, seq FROM log_acts WHERE register = ?`)
	if err != nil {
		return err
	}
	cases, err := t.placesIn(`SELECT case_id, part FROM log_cases WHERE register = ?`)
	if err == nil && (acts != v.listed.acts || cases != v.listed.cases) {
		v.say("store.log_places")
	}
	return err
}

func (t *Tx) placesIn(ask string) (sum rowSum, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var what string
		var at int64
		err := rows.Scan(&what, &at)
		sum.add(placeRow(what, at))
		return err
	}, ask, t.r.id)
	return sum, err
}
