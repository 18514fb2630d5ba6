package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"time"

	"foljsam/internal/audit"
)

// Rows that are no part of a case are bound to the log a table at a time. Whoever changes such a
// table through the program leaves on the log what the sum of its rows was before and after. The
// sum before must be the one that was left last, and the sum now as well: so a row that was
// changed, taken away or put there behind the program is found, also after the program has
// changed the table again.

// boundTable is a table whose rows the log is bound to.
type boundTable struct {
	// name is the table's name in the log. Where columns are added or a step of the schema
	// rewrites rows, the name gets a number ("grants.2"): what the log says of the old rows
	// counts no more.
	name    string
	columns string // those that are bound, in an order that never changes
	node    bool   // stands with the installation
	of      string // rows that are bound, where not all are
}

// boundTables are those that say who may do what, what somebody has decided, and what has left.
// Not among them are cases, which have sums of their own, and what tells of no decision: counts,
// sessions, drafts, lists of where in the log something is; nor versions of keys, which have proofs.
var boundTables = map[string]boundTable{
	"registers":      {name: "registers", columns: "id, name, controller, area, synthetic, created", node: true},
	"people":         {name: "people", columns: "id, login, name, password, created, ended", node: true},
	"grants":         {name: "grants", columns: "person, register, unit, role, from_time, till_time, given_by, approved_by", node: true},
	"proposals":      {name: "proposals", columns: "id, person, register, role, made_by, made, ends, outcome, decided, decided_by", node: true},
	"sign_codes":     {name: "sign_codes", columns: "person, hash, made_by, made, ends", node: true},
	"one_time_codes": {name: "one_time_codes", columns: "person, secret, begun, confirmed", node: true},
	"recovery_codes": {name: "recovery_codes", columns: "person, hash, used", node: true},
	"passkeys":       {name: "passkeys", columns: "id, person, name, host, credential, created", node: true},

	"settings":           {name: "settings", columns: "name, value", of: settingsBound},
	"units":              {name: "units", columns: "id, name, area, from_day, till_day, was"},
	"books":              {name: "books", columns: "version, content, hash, note, at, person"},
	"recipients":         {name: "recipients", columns: "id, name, folded, key_name, added, person"},
	"doubles":            {name: "doubles", columns: "cases, at, person, role, verdict, note"},
	"retentions":         {name: "retentions", columns: "id, state, years, before_day, proposed, proposed_by, proposed_role, cases, excluded, oldest, newest, decided, decided_by, decided_role, deleted, hashes, scrubbed"},
	"deliveries":         {name: "deliveries", columns: "id, at, person, role, recipient, from_day, till_day, scope, coverage, codebook, cases, texts, hash"},
	"figure_decisions":   {name: "figure_decisions", columns: "year, case_id, doubt, version, verdict, note, at, person, role"},
	"figure_returns":     {name: "figure_returns", columns: "year, unit, edition, id, at, person, role, scope, reading, codebook, counts, hash"},
	"figure_sent":        {name: "figure_sent", columns: "id, at, person, role, way"},
	"figure_accepted":    {name: "figure_accepted", columns: "year, unit, about, version, reason, state, at, person, role"},
	"nation_collections": {name: "nation_collections", columns: "year, deadline, opened, opened_by, closed"},
	"nation_population":  {name: "nation_population", columns: "unit, year, edition, adults, inhabitants, source, source_table, method, taken, reason, at, person"},
	"nation_returns":     {name: "nation_returns", columns: "unit, year, edition, opened, supported, goal_met, scope, how, at, person, role"},
	"nation_kolada":      {name: "nation_kolada", columns: "figure, edition, kpi, title, at, person"},
	// A publication's hash stands for its body.
	"nation_publications": {name: "nation_publications", columns: "year, edition, at, person, reason, hash"},
	"survey_texts":        {name: "survey_texts", columns: "lang, version, content, at, person, role"},
	"survey_reviews":      {name: "survey_reviews", columns: "lang, hash, at, person, role, note"},
	"notes":               {name: "notes", columns: "id, kind, unit, about, title, text, again, made, person, ended, ended_by"},
	"codings":             {name: "codings", columns: "id, content, till, made, person, closed, closed_by"},
	"orders":              {name: "orders", columns: "id, unit, about, title, text, wanted, made, person, ended, ended_by, answer_about, answer"},
	"log_checks":          {name: "log_checks", columns: "id, at, person, role, from_time, till_time, first_seq, last_seq, seed, sample"},
	"log_marks":           {name: "log_marks", columns: "check_id, seq, at, person, mark, note"},
}

// Settings that are no decision: where somebody was last, where a log ended when it was signed.
var looseSettings = []string{"senast.", lastHead, "sakerhetskopia_provad"}

var settingsBound = func() string {
	var all []string
	for _, prefix := range looseSettings {
		all = append(all, "name NOT LIKE '"+strings.ReplaceAll(prefix, "_", "!_")+"%' ESCAPE '!'")
	}
	return strings.Join(all, " AND ")
}()

func isLoose(setting string) bool {
	return slices.ContainsFunc(looseSettings, func(prefix string) bool { return strings.HasPrefix(setting, prefix) })
}

// binding remembers the sums of tables that a transaction is about to change.
type binding map[string]string

// watch lets the first change of each bound table be noted. Settings are noted when they are
// written: see flushSettings.
func (t *Tx) watch() {
	if t.r.older {
		return
	}
	t.before = binding{}
	t.c.changing = func(statement string) error {
		if table := tableOf(statement); table != "settings" {
			return t.changes(table)
		}
		return nil
	}
}

// changes notes the sum of a bound table before it is changed.
func (t *Tx) changes(table string) (err error) {
	b, bound := boundTables[table]
	if _, noted := t.before[table]; noted || !bound || t.before == nil {
		return nil
	}
	t.before[table], err = t.tableSum(table, b)
	return err
}

// tableOf gives the table that a statement changes.
func tableOf(statement string) string {
	for _, verb := range []string{"INSERT INTO ", "UPDATE ", "DELETE FROM "} {
		if rest, is := strings.CutPrefix(statement, verb); is {
			name, _, _ := strings.Cut(rest, " ")
			return name
		}
	}
	return ""
}

// bindTables puts the sums of the tables that were changed on the last line of the log that the
// batch leaves, or on a line of its own where it leaves none. The first line of a log has those
// of all tables: what a register began with is bound too.
func (t *Tx) bindTables(first bool) error {
	if t.before == nil || first && len(t.lines) == 0 {
		return nil
	}
	all := map[string]audit.Span{}
	for table, b := range boundTables {
		was, changed := t.before[table]
		if !changed && (!first || b.node && t.r.id != NodeID) {
			continue
		}
		now, err := t.tableSum(table, b)
		if err != nil {
			return err
		}
		if was != now {
			all[b.name] = audit.Span{was, now}
		}
	}
	t.before = nil
	if len(all) == 0 {
		return nil
	}
	if len(t.lines) == 0 {
		t.Audit(audit.Line{At: time.Now(), Act: audit.Bound})
	}
	t.lines[len(t.lines)-1].Tables = all
	return nil
}

// tableSum gives the sum of a table's rows under the register's key: HMAC-SHA256 over the sum of
// the rows' own, in which their order means nothing (databases sort text each in their way).
func (t *Tx) tableSum(table string, b boundTable) (string, error) {
	ask, args := `SELECT `+b.columns+` FROM `+table, []any{}
	if !b.node {
		ask, args = ask+` WHERE register = ?`, append(args, t.r.id)
	}
	if b.of != "" {
		ask += ` AND ` + b.of
	}
	var sum rowSum
	var reader *rowReader
	var line []byte
	row := hmac.New(sha256.New, t.r.secrets.sums)
	err := t.c.each(func(rows *sql.Rows) (err error) {
		if reader == nil {
			if reader, err = newRowReader(rows); err != nil {
				return err
			}
		}
		if line, err = reader.append(append(line[:0], b.name+"\x00"...), rows); err != nil {
			return err
		}
		row.Reset()
		row.Write(line)
		sum.addHash(row.Sum(nil))
		return nil
	}, ask, args...)
	row.Reset()
	row.Write([]byte("sum of " + b.name + "\x00"))
	for _, w := range append(sum.sum[:], uint64(sum.n)) {
		row.Write(binary.LittleEndian.AppendUint64(nil, w))
	}
	return hex.EncodeToString(row.Sum(nil)[:16]), err
}

// tablesBound follows what lines of the log say of tables: each begins where the one before
// ended. Where the key of the sums itself was lost, what they said before is not known any more.
func (v *verifier) tablesBound(l audit.Line) {
	if l.Act == audit.KeysLost && slices.Contains(l.Fields, dataKey) {
		v.tables, v.changed = map[string]string{}, nil
	}
	for _, name := range slices.Sorted(maps.Keys(l.Tables)) {
		span := l.Tables[name]
		if last, known := v.tables[name]; known && last != span[0] {
			v.changed = append(v.changed, v.fault("store.table_changed_before", "table", name, "nr", l.Seq))
		}
		v.tables[name] = span[1]
	}
}

// tablesNow compares the tables with what the log said last. Of a table that was not changed
// since a time when sums were not kept, the log says nothing.
func (v *verifier) tablesNow(t *Tx) error {
	for _, table := range slices.Sorted(maps.Keys(boundTables)) {
		b := boundTables[table]
		last, known := v.tables[b.name]
		if !known {
			continue
		}
		switch now, err := t.tableSum(table, b); {
		case err != nil:
			return err
		case now != last:
			v.say("store.table_changed", "table", b.name)
		}
	}
	return nil
}
