package store

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"io/fs"
	"path"
	"strings"

	"foljsam/internal/fault"
)

// The schema grows forward only: schema/DIALECT/0001_….sql, 0002_….sql. A file is never
// changed once it has been released: a database keeps the hash of each step that it took,
// and is refused where the program's step of that number is another.
//
//go:embed schema
var schemas embed.FS

// errAsIs: the database is left as it is.
var errAsIs = errors.New("left as it is")

// migrate brings a database up to date, in one transaction for each step. backup is called
// once before the first step that changes data there already is. What a newer version of
// the program wrote is refused. Another process may be doing the same: whoever comes second
// to a step waits for the first, and finds it taken. stepped tells that there were steps to take.
func migrate(c *conn, from fs.FS, backup func() error) (stepped bool, err error) {
	texts, err := stepsIn(from, c.d.name)
	if err != nil {
		return false, fault.Wrap(err, fault.Internal, "store.failed")
	}
	have, taken, err := c.version()
	switch {
	case err != nil:
		return false, c.translate(err)
	case have > len(texts):
		return false, fault.New(fault.Invalid, "store.newer", "have", have, "know", len(texts))
	case taken != hashesOf(texts[:have]):
		return false, fault.New(fault.Invalid, "store.other_schema")
	case have == len(texts):
		return false, nil
	case have > 0:
		if err := backup(); err == errAsIs {
			return false, nil
		} else if err != nil {
			return false, err
		}
	}
	for i := have; i < len(texts); i++ {
		if err := c.translate(c.step(texts[i], i+1)); err != nil {
			return true, err
		}
	}
	return true, nil
}

// stepsIn gives the texts of a database's steps, in order.
func stepsIn(from fs.FS, database string) (texts []string, err error) {
	names, err := fs.Glob(from, path.Join("schema", database, "[0-9]*.sql"))
	for _, name := range names {
		text, failed := fs.ReadFile(from, name)
		texts, err = append(texts, string(text)), firstOf(err, failed)
	}
	return texts, err
}

// hashesOf gives the hashes of some steps, as they are kept. How lines end means nothing:
// that is up to whoever fetched the source.
func hashesOf(texts []string) string {
	all := ""
	for _, text := range texts {
		sum := sha256.Sum256([]byte(strings.ReplaceAll(text, "\r\n", "\n")))
		all += hex.EncodeToString(sum[:]) + " "
	}
	return all
}

// version gives the number of steps that the database has taken, and their hashes; no hashes
// where an unfinished version of the program took them. Its row is also what processes that
// bring a database up to date at the same time wait for.
func (c *conn) version() (n int, hashes string, err error) {
	const ask = `SELECT version, hashes FROM schema_version`
	if c.asks(ask, &n, &hashes) == nil || c.asks(`SELECT version FROM schema_version`, &n) == nil && n > 0 {
		return n, hashes, nil
	}
	for _, q := range []string{
		`CREATE TABLE IF NOT EXISTS schema_version (one integer PRIMARY KEY, version integer NOT NULL, hashes text NOT NULL)`,
		`INSERT INTO schema_version (one, version, hashes) VALUES (1, 0, '') ON CONFLICT (one) DO NOTHING`,
	} {
		if _, err := c.db.ExecContext(background, q); err != nil {
			return 0, "", err
		}
	}
	return n, hashes, c.asks(ask, &n, &hashes)
}

func (c *conn) asks(query string, into ...any) error {
	return c.db.QueryRowContext(background, query).Scan(into...)
}

// step takes one step, unless somebody else has.
func (c *conn) step(text string, version int) error {
	if _, err := c.db.ExecContext(background, "BEGIN"); err != nil {
		return err
	}
	done, err := c.db.ExecContext(background, c.d.query(`UPDATE schema_version SET version = ?, hashes = hashes || ? WHERE version = ?`), version, hashesOf([]string{text}), version-1)
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
