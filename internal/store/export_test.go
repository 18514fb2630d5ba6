package store

import (
	"context"
	"database/sql"
	"io/fs"
	"testing/fstest"

	"github.com/ncruces/go-sqlite3/vfs"

	"foljsam/internal/audit"
)

// WithStep gives options under which the database has more migrations than it has.
func WithStep(o Options, more fstest.MapFS) Options {
	all := fstest.MapFS{}
	err := fs.WalkDir(schemas, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := schemas.ReadFile(name)
		all[name] = &fstest.MapFile{Data: b}
		return err
	})
	if err != nil {
		panic(err)
	}
	for name, file := range more {
		all[name] = file
	}
	o.steps = all
	return o
}

// WithVFS gives options under which SQLite uses another file system.
func WithVFS(o Options, name string) Options { o.vfs = name; return o }

// Encrypted gives the layers that lie between SQLite and a disk.
func Encrypted(disk vfs.VFS) vfs.VFS { return encrypted(disk) }

// OpenSealedKeys opens the key file that is in a backup.
var OpenSealedKeys = openKeys

// Exec changes something behind the program's back.
func Exec(t *Tx, statement string) error {
	watched := t.c.changing
	t.c.changing = nil
	_, err := t.c.exec(statement)
	t.c.changing = watched
	return err
}

// Number asks for a number.
func Number(t *Tx, ask string) (n int64, err error) { _, err = t.c.one([]any{&n}, ask); return n, err }

// UpTo gives options under which the database has no more migrations than up to one.
func UpTo(o Options, step string) Options { o.steps = stepsUpTo{schemas, step}; return o }

// Schemas are the schema's steps.
var Schemas fs.FS = schemas

// ExecWatched changes something as the program does.
func ExecWatched(t *Tx, statement string, args ...any) error {
	_, err := t.c.exec(statement, args...)
	return err
}

// Bound gives the tables that the log is bound to, with their columns.
func Bound() map[string]string {
	all := map[string]string{}
	for table, b := range boundTables {
		all[table] = b.columns
	}
	return all
}

// StandsWithTheNode tells whether a bound table is the installation's.
func StandsWithTheNode(table string) bool { return boundTables[table].node }

// Column is a column of a table of SQLite's.
type Column struct{ Name, Kind string }

// Columns gives the columns of every table that there is.
func Columns(t *Tx) (map[string][]Column, error) {
	all := map[string][]Column{}
	err := t.c.each(func(rows *sql.Rows) error {
		var table string
		var c Column
		err := rows.Scan(&table, &c.Name, &c.Kind)
		all[table] = append(all[table], c)
		return err
	}, `SELECT m.name, c.name, c.type FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, c.cid`)
	return all, err
}

// ForgetTables makes a log such as it was before sums of tables were kept, with heads that are
// signed anew.
func ForgetTables(ctx context.Context, r *Register) error {
	return r.Write(ctx, func(t *Tx) error {
		t.c.changing, t.before = nil, nil
		lines, err := t.AuditLines(0, 1000)
		head := audit.Head{}
		for _, s := range lines {
			l, _ := s.Read()
			l.Tables = nil
			var sealed audit.Sealed
			if sealed, head, err = audit.Append(head, l); err == nil {
				_, err = t.c.exec(`UPDATE audit SET body = ?, hash = ? WHERE register = ? AND seq = ?`, string(sealed.Body), sealed.Hash, r.id, s.Seq)
			}
		}
		_, gone := t.c.exec(`DELETE FROM signed_heads WHERE register = ?`, r.id)
		_, moved := t.c.exec(`UPDATE audit_heads SET hash = ? WHERE register = ?`, head.Hash, r.id)
		return firstOf(firstOf(err, gone), moved)
	})
}
