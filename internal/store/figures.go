package store

import (
	"database/sql"
	"encoding/json"
	"time"

	"foljsam/internal/fault"
	"foljsam/internal/indicator"
)

// FigureDecision is what somebody decided of a case that the rules of the key figures leave in
// doubt in a year, for one kind of doubt.
type FigureDecision struct {
	Year    int
	Case    string
	Doubt   string
	Version int // 1, 2, 3 …: the last one stands
	Verdict string
	Note    string
	At      time.Time
	Person  string
	Role    string
}

// AddFigureDecision keeps a decision. What was decided before stays; where somebody else has
// decided since, it is a conflict.
func (t *Tx) AddFigureDecision(d FigureDecision) error {
	if !keepable(d.Note) {
		return fault.New(fault.Invalid, "store.text")
	}
	n, err := t.c.exec(`INSERT INTO figure_decisions (register, year, case_id, doubt, version, verdict, note, at, person, role) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (register, year, case_id, doubt, version) DO NOTHING`,
		t.r.id, d.Year, d.Case, d.Doubt, d.Version, d.Verdict, d.Note, writeTime(d.At), d.Person, d.Role)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "indicator.decided_meanwhile")
	}
	return err
}

// FigureDecisions gives everything that was decided of a year's cases, oldest first.
func (t *Tx) FigureDecisions(year int) ([]FigureDecision, error) {
	return t.figureDecisionsWhere(`year = ?`, year)
}

// FigureDecisionsOf gives everything that was decided of a case, oldest first.
func (t *Tx) FigureDecisionsOf(id string) ([]FigureDecision, error) {
	return t.figureDecisionsWhere(`case_id = ?`, id)
}

func (t *Tx) figureDecisionsWhere(which string, arg any) (all []FigureDecision, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var d FigureDecision
		var at string
		err := rows.Scan(&d.Year, &d.Case, &d.Doubt, &d.Version, &d.Verdict, &d.Note, &at, &d.Person, &d.Role)
		d.At = readTime(at)
		all = append(all, d)
		return err
	}, `SELECT year, case_id, doubt, version, verdict, note, at, person, role FROM figure_decisions WHERE register = ? AND `+which+` ORDER BY year, case_id, doubt, version`, t.r.id, arg)
	return all, err
}

// FigureReturn is what was returned of a year's key figures, for one municipality or district.
// It holds no count of 1 to 4: an [indicator.Count] cannot. The file itself is not kept.
type FigureReturn struct {
	ID       string
	Year     int
	Unit     string
	Edition  int // 1, 2, 3 … of the unit and year
	At       time.Time
	Person   string
	Role     string
	Scope    int
	Reading  string // of when the goal is reached
	Codebook string
	Counts   [3]indicator.Count
	Hash     string // SHA-256 of the file, hexadecimal
	Sent     FigureSent
}

// FigureSent is how a return got to where it was going; the zero value says that it has not.
type FigureSent struct {
	At     time.Time
	Person string
	Role   string
	Way    string
}

// AddFigureReturn keeps a return. Where somebody else has made that edition, it is a conflict.
func (t *Tx) AddFigureReturn(r FigureReturn) error {
	counts, err := json.Marshal(r.Counts)
	if err != nil {
		return fault.Wrap(err, fault.Internal, "store.failed")
	}
	n, err := t.c.exec(`INSERT INTO figure_returns (register, year, unit, edition, id, at, person, role, scope, reading, codebook, counts, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (register, year, unit, edition) DO NOTHING`,
		t.r.id, r.Year, r.Unit, r.Edition, r.ID, writeTime(r.At), r.Person, r.Role, r.Scope, r.Reading, r.Codebook, string(counts), r.Hash)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "indicator.returned_meanwhile")
	}
	return err
}

// MarkFigureSent says that a return has got to where it was going. The first who says it is
// the one who did it.
func (t *Tx) MarkFigureSent(id string, s FigureSent) error {
	n, err := t.c.exec(`INSERT INTO figure_sent (register, id, at, person, role, way) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (register, id) DO NOTHING`,
		t.r.id, id, writeTime(s.At), s.Person, s.Role, s.Way)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "indicator.sent_meanwhile")
	}
	return err
}

// FigureReturns gives every return of the register, the latest year and edition first.
func (t *Tx) FigureReturns() (all []FigureReturn, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var r FigureReturn
		var at, counts, sent string
		err := rows.Scan(&r.ID, &r.Year, &r.Unit, &r.Edition, &at, &r.Person, &r.Role, &r.Scope, &r.Reading, &r.Codebook, &counts, &r.Hash,
			&sent, &r.Sent.Person, &r.Sent.Role, &r.Sent.Way)
		if err == nil && json.Unmarshal([]byte(counts), &r.Counts) != nil {
			err = fault.New(fault.Internal, "store.damaged")
		}
		r.At, r.Sent.At = readTime(at), readTime(sent)
		all = append(all, r)
		return err
	}, `SELECT r.id, r.year, r.unit, r.edition, r.at, r.person, r.role, r.scope, r.reading, r.codebook, r.counts, r.hash,
			coalesce(s.at, ''), coalesce(s.person, ''), coalesce(s.role, ''), coalesce(s.way, '')
		FROM figure_returns r LEFT JOIN figure_sent s ON s.register = r.register AND s.id = r.id
		WHERE r.register = ? ORDER BY r.year DESC, r.unit, r.edition DESC`, t.r.id)
	return all, err
}
