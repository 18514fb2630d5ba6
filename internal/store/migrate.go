package store

import (
	"embed"
	"io/fs"
	"path"
	"strings"

	"foljsam/internal/fault"
)

// The schema grows forward only: schema/DIALECT/0001_….sql, 0002_….sql. A file is never
// changed once it has been released.
//
//go:embed schema
var schemas embed.FS

// migrate brings a database up to date, in one transaction for each step. backup is called
// once before the first step that changes data there already is. What a newer version of
// the program wrote is refused. Another process may be doing the same: whoever comes second
// to a step waits for the first, and finds it taken.
func migrate(c *conn, from fs.FS, backup func() error) error {
	steps, err := fs.Glob(from, path.Join("schema", c.d.name, "[0-9]*.sql"))
	if err != nil {
		return fault.Wrap(err, fault.Internal, "store.failed")
	}
	have, err := c.version()
	switch {
	case err != nil:
		return c.translate(err)
	case have > len(steps):
		return fault.New(fault.Invalid, "store.newer", "have", have, "know", len(steps))
	case have == len(steps):
		return nil
	case have > 0:
		if err := backup(); err != nil {
			return err
		}
	}
	for i := have; i < len(steps); i++ {
		text, err := fs.ReadFile(from, steps[i])
		if err != nil {
			return fault.Wrap(err, fault.Internal, "store.failed")
		}
		if err := c.translate(c.step(string(text), i+1)); err != nil {
			return err
		}
	}
	return nil
}

// version gives the number of steps that the database has taken. Its row is also what
// processes that bring a database up to date at the same time wait for.
func (c *conn) version() (n int, err error) {
	if c.asks(`SELECT version FROM schema_version`, &n) == nil {
		return n, nil
	}
	for _, q := range []string{
		`CREATE TABLE IF NOT EXISTS schema_version (one integer PRIMARY KEY, version integer NOT NULL)`,
		`INSERT INTO schema_version (one, version) VALUES (1, 0) ON CONFLICT (one) DO NOTHING`,
	} {
		if _, err := c.db.ExecContext(background, q); err != nil {
			return 0, err
		}
	}
	return n, c.asks(`SELECT version FROM schema_version`, &n)
}

func (c *conn) asks(query string, into any) error {
	return c.db.QueryRowContext(background, query).Scan(into)
}

// step takes one step, unless somebody else has.
func (c *conn) step(text string, version int) error {
	if _, err := c.db.ExecContext(background, "BEGIN"); err != nil {
		return err
	}
	done, err := c.db.ExecContext(background, c.d.query(`UPDATE schema_version SET version = ? WHERE version = ?`), version, version-1)
	var n int64
	if err == nil {
		n, err = done.RowsAffected()
	}
	if err == nil && n == 1 {
		err = c.statements(text)
	}
	if err == nil {
		_, err = c.db.ExecContext(background, "COMMIT")
	}
	if err != nil {
		_, _ = c.db.ExecContext(background, "ROLLBACK") // the first error is the one to tell of
	}
	return err
}

// statements runs the statements of a file; each ends with a semicolon at a line's end.
func (c *conn) statements(text string) error {
	for s := range strings.SplitSeq(text, ";\n") {
		if strings.TrimSpace(s) == "" {
			continue
		}
		if _, err := c.db.ExecContext(background, s); err != nil {
			return err
		}
	}
	return nil
}
