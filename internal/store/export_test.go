package store

import (
	"io/fs"
	"testing/fstest"

	"github.com/ncruces/go-sqlite3/vfs"
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
func Exec(t *Tx, statement string) error { _, err := t.c.exec(statement); return err }

// Number asks for a number.
func Number(t *Tx, ask string) (n int64, err error) { _, err = t.c.one([]any{&n}, ask); return n, err }

// UpTo gives options under which the database has no more migrations than up to one.
func UpTo(o Options, step string) Options { o.steps = stepsUpTo{schemas, step}; return o }

// Schemas are the schema's steps.
var Schemas fs.FS = schemas
