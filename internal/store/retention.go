package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"strings"
	"time"

	"foljsam/internal/fault"
	"foljsam/internal/record"
)

// Retention is a proposal to delete cases that are no longer to be kept, and once it is carried
// out the protocol of it. It holds no answer, no code and, once carried out, no id: only
// hashes, by which one who has an id can tell that the case was among them.
type Retention struct {
	ID             string
	State          RetentionState
	Years          int        // the rule: so many years after closing
	Before         record.Day // what was closed before this day
	Proposed       time.Time
	ProposedBy     string
	ProposedRole   string
	Cases          int // how many were proposed, the excluded ones among them
	Excluded       int // of them, cases that were excluded from what is counted
	Oldest, Newest record.Day
	Decided        time.Time
	DecidedBy      string
	DecidedRole    string
	Deleted        int
	Hashes         []string  // of the ids of the cases that were deleted (SHA-256)
	Scrubbed       time.Time // when what was left of them in free space was written over
}

// RetentionState is how far a proposal has come.
type RetentionState string

const (
	RetentionProposed  RetentionState = "foreslagen"
	RetentionWithdrawn RetentionState = "aterkallad"
	RetentionDone      RetentionState = "genomford"
)

// Old are the covers of the cases that a rule reaches.
type Old struct {
	Closed   []record.Cover
	Excluded []record.Cover
}

// OldCases gives the cases that were closed before a day, and apart from them those that were
// excluded and not changed since that day.
func (t *Tx) OldCases(before record.Day) (all Old, err error) {
	day := writeDay(before)
	if all.Closed, err = t.coversWhere(`state = ? AND closed <> '' AND closed < ? ORDER BY closed, id`, string(record.Shut), day); err != nil {
		return all, err
	}
	all.Excluded, err = t.coversWhere(`state = ? AND changed < ? ORDER BY changed, id`, string(record.Excluded), day)
	return all, err
}

// Reaches tells whether a proposal's rule still reaches a case: somebody may have opened it
// again since.
func (r Retention) Reaches(x record.Cover) bool {
	switch x.Standing {
	case record.Shut:
		return x.Closed != record.NoDay && x.Closed < r.Before
	case record.Excluded:
		return r.Excluded > 0 && writeTime(x.Changed) < writeDay(r.Before)
	}
	return false
}

// ProposeRetention keeps a proposal with the ids of its cases.
func (t *Tx) ProposeRetention(r Retention, cases []string) error {
	_, err := t.c.exec(`INSERT INTO retentions (register, id, state, years, before_day, proposed, proposed_by, proposed_role, cases, excluded, oldest, newest, decided, decided_by, decided_role, deleted, hashes, scrubbed)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', '', 0, '', '')`,
		t.r.id, r.ID, string(RetentionProposed), r.Years, writeDay(r.Before), writeTime(r.Proposed), r.ProposedBy, r.ProposedRole, len(cases), r.Excluded, writeDay(r.Oldest), writeDay(r.Newest))
	for _, id := range cases {
		if err == nil {
			_, err = t.c.exec(`INSERT INTO retention_cases (register, case_id, retention) VALUES (?, ?, ?)`, t.r.id, id, r.ID)
		}
	}
	return err
}

// RetentionCases gives the covers of a proposal's cases.
func (t *Tx) RetentionCases(id string) ([]record.Cover, error) {
	return t.coversWhere(`id IN (SELECT case_id FROM retention_cases WHERE register = ? AND retention = ?) ORDER BY closed, id`, t.r.id, id)
}

// EndRetention says what became of a proposal. Its list of cases is gone then. One that was
// ended by somebody else is a conflict.
func (t *Tx) EndRetention(r Retention) error {
	n, err := t.c.exec(`UPDATE retentions SET state = ?, decided = ?, decided_by = ?, decided_role = ?, deleted = ?, hashes = ? WHERE register = ? AND id = ? AND state = ?`,
		string(r.State), writeTime(r.Decided), r.DecidedBy, r.DecidedRole, r.Deleted, strings.Join(r.Hashes, " "), t.r.id, r.ID, string(RetentionProposed))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "keeping.retention_ended")
	}
	if err == nil {
		_, err = t.c.exec(`DELETE FROM retention_cases WHERE register = ? AND retention = ?`, t.r.id, r.ID)
	}
	return err
}

// MarkScrubbed says when free space was written over after a proposal was carried out.
func (t *Tx) MarkScrubbed(id string, at time.Time) error {
	_, err := t.c.exec(`UPDATE retentions SET scrubbed = ? WHERE register = ? AND id = ?`, writeTime(at), t.r.id, id)
	return err
}

// DeleteCase deletes a case that a proposal names, with all its revisions, its codes and what
// was noted of it, and gives the hash of its id. Of a case that no proposal names the database
// itself refuses.
func (t *Tx) DeleteCase(id string) (hash string, err error) {
	for _, q := range []string{
		`DELETE FROM doubles WHERE register = ? AND cases LIKE '%' || ? || '%'`,
		`DELETE FROM revisions WHERE register = ? AND case_id = ?`,
		`DELETE FROM local_codes WHERE register = ? AND case_id = ?`,
		`DELETE FROM figure_decisions WHERE register = ? AND case_id = ?`,
		`DELETE FROM surveys WHERE register = ? AND case_id = ?`,
		`DELETE FROM survey_tags WHERE register = ? AND case_id = ?`,
		`UPDATE cases SET previous = '' WHERE register = ? AND previous = ?`,
		`UPDATE settings SET value = '' WHERE register = ? AND value = ?`, // where somebody was last
	} {
		if _, err := t.c.exec(q, t.r.id, id); err != nil {
			return "", err
		}
	}
	row, err := t.rowGone(id)
	if err != nil {
		return "", err
	}
	n, err := t.c.exec(`DELETE FROM cases WHERE register = ? AND id = ?`, t.r.id, id)
	if err == nil && n != 1 {
		err = fault.New(fault.NotFound, "store.no_case")
	}
	if err == nil && row != 0 {
		t.moves = append(t.moves, move{row: row})
	}
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:]), err
}

// Retentions gives the proposals and protocols of the register, newest first.
func (t *Tx) Retentions() (all []Retention, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var r Retention
		var before, proposed, oldest, newest, decided, hashes, scrubbed string
		err := rows.Scan(&r.ID, &r.State, &r.Years, &before, &proposed, &r.ProposedBy, &r.ProposedRole, &r.Cases, &r.Excluded, &oldest, &newest,
			&decided, &r.DecidedBy, &r.DecidedRole, &r.Deleted, &hashes, &scrubbed)
		r.Before, r.Oldest, r.Newest = readDay(before), readDay(oldest), readDay(newest)
		r.Proposed, r.Decided, r.Scrubbed, r.Hashes = readTime(proposed), readTime(decided), readTime(scrubbed), strings.Fields(hashes)
		all = append(all, r)
		return err
	}, `SELECT id, state, years, before_day, proposed, proposed_by, proposed_role, cases, excluded, oldest, newest, decided, decided_by, decided_role, deleted, hashes, scrubbed
		FROM retentions WHERE register = ? ORDER BY proposed DESC, id DESC`, t.r.id)
	return all, err
}

// Scrub writes over what deleted rows have left in the register's files: free pages, the log,
// and the copy that was taken before an upgrade. Nobody writes meanwhile. Backups are not
// reached: they live out their time.
func (r *Register) Scrub(ctx context.Context) error {
	return r.send(ctx, &write{done: make(chan struct{}), alone: func() error {
		err := r.scrub()
		return firstOf(err, r.catalogue()) // rows may have other numbers now
	}})
}

func (r *Register) scrub() error {
	c, err := r.lines.writes.take(background)
	if err != nil {
		return err
	}
	defer r.lines.writes.give(c)
	if err := r.lines.scrub(c); err != nil {
		return c.translate(err)
	}
	return c.translate(r.lines.settle(c))
}
