package store

import (
	"database/sql"

	"foljsam/internal/audit"
)

// AuditOf gives the lines of the log that are about a case, oldest first. It reads the whole
// log: it is for what is seldom asked.
func (t *Tx) AuditOf(id string) ([]audit.Line, error) {
	return t.auditWhere(`body LIKE '%"arende":"' || ? || '"%'`, id)
}

// AuditActs gives the lines of the log in which somebody did something, whatever case it was
// about, oldest first.
func (t *Tx) AuditActs(act audit.Act) ([]audit.Line, error) {
	return t.auditWhere(`body LIKE '%"vad":"' || ? || '"%'`, string(act))
}

func (t *Tx) auditWhere(which, arg string) (all []audit.Line, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var s audit.Sealed
		var body string
		if err := rows.Scan(&s.Seq, &body); err != nil {
			return err
		}
		s.Body = []byte(body)
		l, err := s.Read()
		all = append(all, l)
		return err
	}, `SELECT seq, body FROM audit WHERE register = ? AND `+which+` ORDER BY seq`, t.r.id, arg)
	return all, err
}
