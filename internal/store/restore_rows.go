package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"foljsam/internal/fault"
)

// loader puts a backup's rows into tables, many at a time.
type loader struct {
	x         *restoration
	registers map[string]*Register
	at        *Register
	c         *conn
	into      tableLine
	values    []any
	one       []any
	n         int // rows that wait
	since     int // rows since the transaction began
}

// How many rows go in one statement, and in one transaction.
const (
	rowsAtOnce      = 50
	rowsTransaction = 20_000
)

func (l *loader) register(id string) (*Register, error) {
	if r := l.registers[id]; r != nil {
		return r, nil
	}
	if !slices.Contains(l.x.from.First.Registers, id) {
		return nil, fault.New(fault.Invalid, "backup.damaged")
	}
	l.x.store.opening.Lock()
	defer l.x.store.opening.Unlock()
	r, err := l.x.store.openRegister(l.x.ctx, id, true)
	if err == nil {
		l.x.store.keep(r)
		l.registers[id] = r
	}
	return r, err
}

// table begins a table.
func (l *loader) table(t tableLine) error {
	if err := l.flush(); err != nil {
		return err
	}
	if !plainName.MatchString(t.Table) || slices.ContainsFunc(t.Columns, func(c string) bool { return !plainName.MatchString(c) }) || len(t.Columns) == 0 {
		return fault.New(fault.Invalid, "backup.damaged")
	}
	l.into = t
	r, err := l.register(t.Register)
	if err != nil || r == l.at {
		return err
	}
	if err := l.commit(); err != nil {
		return err
	}
	l.at = r
	return nil
}

// row takes one row.
func (l *loader) row(line []byte) (err error) {
	if l.one, err = readRow(line, l.one); err != nil || len(l.one) != len(l.into.Columns) || l.at == nil {
		return fault.New(fault.Invalid, "backup.damaged")
	}
	l.values = append(l.values, l.one...)
	if l.n++; l.n < rowsAtOnce {
		return nil
	}
	if err := l.flush(); err != nil {
		return err
	}
	if l.since < rowsTransaction {
		return nil
	}
	return firstOf(l.x.ctx.Err(), l.commit())
}

// flush writes the rows that wait.
func (l *loader) flush() error {
	if l.n == 0 {
		return nil
	}
	if err := l.begin(); err != nil {
		return err
	}
	marks := "(" + strings.Repeat("?, ", len(l.into.Columns)-1) + "?)"
	statement := `INSERT INTO ` + l.into.Table + ` (` + strings.Join(l.into.Columns, ", ") + `) VALUES ` + strings.Repeat(marks+", ", l.n-1) + marks
	_, err := l.c.exec(statement, l.values...)
	l.since += l.n
	l.values, l.n = l.values[:0], 0
	return l.c.translate(err)
}

// begin begins a transaction of the register, where none is open.
func (l *loader) begin() (err error) {
	if l.c != nil {
		return nil
	}
	if l.c, err = l.at.lines.writes.take(l.x.ctx); err != nil {
		l.c = nil
		return err
	}
	l.c.reading = false
	return l.c.translate(l.c.bound(l.c.d.begin(l.at.id)))
}

func (l *loader) commit() error {
	if l.c == nil {
		return nil
	}
	err := l.c.translate(l.c.bound("COMMIT"))
	l.give(err != nil)
	return err
}

func (l *loader) give(undo bool) {
	if undo {
		l.c.undo()
	}
	l.at.lines.writes.give(l.c)
	l.c, l.since = nil, 0
}

func (l *loader) abort() {
	if l.c != nil {
		l.give(true)
	}
}

// end writes what is left, and waits for the disk.
func (l *loader) end() error {
	if err := firstOf(l.flush(), l.commit()); err != nil {
		return err
	}
	return l.x.store.Settle(l.x.ctx)
}

// same reads everything back and compares it with what the backup says there is.
func (l *loader) same(want []TableCount) error {
	var have []TableCount
	for _, id := range append([]string{NodeID}, l.x.from.First.Registers...) {
		r, err := l.register(id)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(have, func(t TableCount) bool { return t.Register == id }) {
			continue
		}
		err = r.Read(l.x.ctx, func(t *Tx) error {
			counts, err := view{Tx: t}.counts()
			have = append(have, counts...)
			return err
		})
		if err != nil {
			return err
		}
	}
	for _, w := range want {
		if !slices.Contains(have, w) {
			return fault.Wrap(fmt.Errorf("%s, %s: %d rows were written", w.Register, w.Table, w.Rows), fault.Invalid, "backup.not_same")
		}
	}
	if len(have) != len(want) {
		return fault.New(fault.Invalid, "backup.not_same")
	}
	return nil
}

// unfinished is a table that is there while a PostgreSQL database is being restored, and only
// then.
const unfinished = "half_restored"

// onServer does something on one connection of a PostgreSQL database.
func onServer(ctx context.Context, address string, do func(*conn) error) error {
	s, err := dialServer(address)
	if err != nil {
		return err
	}
	defer s.db.Close()
	c, err := s.dial(ctx)
	if err != nil {
		return err
	}
	defer c.close()
	return c.translate(do(c))
}

// emptyServer refuses a database where there are tables, unless a restoration left them.
func emptyServer(ctx context.Context, address string) error {
	return onServer(ctx, address, func(c *conn) error {
		var tables int
		var half bool
		err := c.asks(`SELECT count(*), coalesce(bool_or(relname = '`+unfinished+`'), false) FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace`, &tables, &half)
		switch {
		case err != nil:
			return said{err}
		case half:
			return c.clear()
		case tables > 0:
			return fault.New(fault.Invalid, "backup.database_not_empty")
		}
		return nil
	})
}

func markServer(ctx context.Context, address string) error {
	return onServer(ctx, address, func(c *conn) error { return c.do(`CREATE TABLE ` + unfinished + ` (one integer PRIMARY KEY)`) })
}

func unmarkServer(ctx context.Context, address string) error {
	return onServer(ctx, address, func(c *conn) error { return c.do(`DROP TABLE ` + unfinished) })
}

// clearServer takes away what a restoration that failed has made, and nothing else.
func clearServer(ctx context.Context, address string) error {
	return onServer(ctx, address, func(c *conn) error {
		var half bool
		if err := c.asks(`SELECT to_regclass('`+unfinished+`') IS NOT NULL`, &half); err != nil || !half {
			return err
		}
		return c.clear()
	})
}

// clear drops the tables and roles of a half restored installation, the mark last.
func (c *conn) clear() error {
	var roles string
	if c.asks(`SELECT roles FROM installation`, &roles) == nil && roles != "" {
		if err := c.dropRoles(roles); err != nil {
			return err
		}
	}
	names, err := c.list(`SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND relname <> '` + unfinished + `'`)
	for _, name := range names {
		if err == nil {
			err = c.do(`DROP TABLE "` + name + `" CASCADE`)
		}
	}
	functions, asked := c.list(`SELECT proname::text FROM pg_proc WHERE pronamespace = current_schema()::regnamespace`)
	err = firstOf(err, asked)
	for _, name := range functions {
		if err == nil {
			err = c.do(`DROP FUNCTION "` + name + `" CASCADE`)
		}
	}
	if err != nil {
		return err
	}
	return c.do(`DROP TABLE ` + unfinished)
}

func (c *conn) dropRoles(roles string) error {
	names, err := c.list(`SELECT rolname::text FROM pg_roles WHERE rolname = '` + roles + `' OR starts_with(rolname, '` + roles + `_') ORDER BY rolname DESC`)
	for _, name := range names {
		if err == nil {
			err = c.do(`DROP OWNED BY "` + name + `"`)
		}
		if err == nil {
			err = c.do(`DROP ROLE "` + name + `"`)
		}
	}
	return err
}

func (c *conn) do(statement string) error {
	if _, err := c.db.ExecContext(background, statement); err != nil {
		return said{err}
	}
	return nil
}

func (c *conn) list(ask string) (all []string, err error) {
	rows, err := c.db.QueryContext(background, ask)
	if err != nil {
		return nil, said{err}
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		all = append(all, name)
	}
	return all, rows.Err()
}

// checkWhole refuses a database that is being restored, or that a restoration left half made.
func (c *conn) checkWhole(o Options) error {
	var half bool
	if err := c.asks(`SELECT to_regclass('`+unfinished+`') IS NOT NULL`, &half); err != nil {
		return c.translate(said{err})
	}
	if half && !o.restoring {
		return fault.New(fault.Invalid, "backup.half_restored")
	}
	return nil
}
