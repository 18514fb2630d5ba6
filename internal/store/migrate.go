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
// the program wrote is refused.
func migrate(c *conn, backup func() error) error {
	steps, err := fs.Glob(schemas, path.Join("schema", c.d.name, "*.sql"))
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
		text, err := schemas.ReadFile(steps[i])
		if err != nil {
			return fault.Wrap(err, fault.Internal, "store.failed")
		}
		if err := c.step(string(text), i+1); err != nil {
			return c.translate(err)
		}
	}
	return nil
}

// version gives the number of steps that the database has taken.
func (c *conn) version() (n int, err error) {
	if _, err := c.db.ExecContext(background, `CREATE TABLE IF NOT EXISTS schema_version (version bigint NOT NULL)`); err != nil {
		return 0, err
	}
	err = c.db.QueryRowContext(background, `SELECT coalesce(max(version), 0) FROM schema_version`).Scan(&n)
	return n, err
}

func (c *conn) step(text string, version int) error {
	if _, err := c.db.ExecContext(background, c.d.begin); err != nil {
		return err
	}
	err := c.statements(text)
	if err == nil {
		_, err = c.db.ExecContext(background, c.d.query(`INSERT INTO schema_version (version) VALUES (?)`), version)
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
	for _, s := range strings.Split(text, ";\n") {
		if strings.TrimSpace(s) == "" {
			continue
		}
		if _, err := c.db.ExecContext(background, s); err != nil {
			return err
		}
	}
	return nil
}
