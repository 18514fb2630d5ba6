package store

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"filippo.io/age"

	"foljsam/internal/audit"
	"foljsam/internal/fault"
)

// RestoreOptions say where a backup is restored, and with what it is opened.
type RestoreOptions struct {
	Folder  string // of the SQLite files; must be empty or not there
	Address string // postgres://…: an empty database
	KeyFile string // place of the keys: used where they are there; otherwise written, where the backup has them
	With    []age.Identity
}

// Restored is what a restoration proved.
type Restored struct {
	Head   ArchiveHead
	Tables []TableCount // as the backup says, and as they were read back
	Proofs []Proof
	Keys   bool // the key file was in the backup, and is written
}

// Restore makes an installation of a backup, in an empty place: all of it, proved, or nothing.
func Restore(ctx context.Context, from io.Reader, o RestoreOptions) (done Restored, err error) {
	if err := o.empty(ctx); err != nil {
		return done, err
	}
	a, err := openArchive(from, o.With)
	if err != nil {
		return done, err
	}
	x := &restoration{ctx: ctx, o: o, from: a, done: &done}
	x.done.Head = a.Head
	err = x.run()
	if err != nil && !isTold(err) {
		err = fault.Wrap(err, fault.Invalid, "backup.not_restored")
	}
	return done, err
}

// restoration is one under way.
type restoration struct {
	ctx   context.Context
	o     RestoreOptions
	from  *archiveReader
	done  *Restored
	half  string // folder that is being filled; renamed when all is proved
	keys  string // file of the keys while it is
	store *Store
}

// run fills a place beside the right one, proves it, and puts it in place.
func (x *restoration) run() error {
	beside := x.o.Folder
	if beside == "" {
		beside = KeyPath(x.o.KeyFile)
	}
	dir, err := os.MkdirTemp(filepath.Dir(filepath.Clean(beside)), ".foljsam-aterstaller-")
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "store.folder", "folder", filepath.Dir(beside))
	}
	defer os.RemoveAll(dir)
	x.half, x.keys = filepath.Join(dir, "data"), filepath.Join(dir, "nycklar")
	steps := []func() error{x.takeKeys, x.fill, x.prove, x.place}
	for _, do := range steps {
		if err = firstOf(x.ctx.Err(), err); err == nil {
			err = do()
		}
	}
	if x.store != nil {
		err = firstOf(err, x.store.Close())
	}
	if err != nil && x.o.Address != "" {
		_ = clearServer(background, x.o.Address) // what cannot be cleared now is at the next try
	}
	return err
}

// options are those under which the place is opened. Of an older schema only the steps that
// the rows are in are taken while it is filled.
func (x *restoration) options(upTo string, raw bool) (Options, error) {
	keys, err := OpenKeys(x.keys)
	o := Options{Address: x.o.Address, Keys: keys, Quick: raw, BackedUp: true, raw: raw, restoring: true}
	if o.Address == "" {
		o.Folder = x.half
	}
	if upTo != "" {
		o.steps = stepsUpTo{schemas, upTo}
	}
	return o, err
}

// takeKeys puts a copy of the key file where it is used meanwhile: that which is there, or
// that which is in the backup.
func (x *restoration) takeKeys() error {
	text, err := keysAt(x.o.KeyFile)
	if errors.Is(err, fs.ErrNotExist) {
		if x.from.First.Keys == nil {
			return fault.New(fault.Invalid, "backup.keys_needed", "file", x.o.KeyFile)
		}
		text, err = openKeys(x.from.First.Keys, x.o.With)
		x.done.Keys = true
	}
	if err != nil {
		if !isTold(err) {
			err = fault.Wrap(err, fault.Invalid, "store.keys_unreadable")
		}
		return err
	}
	if err := os.WriteFile(x.keys, text, 0o600); err != nil {
		return fault.Wrap(err, fault.Invalid, "store.keys_unwritable")
	}
	keys, err := OpenKeys(x.keys)
	for _, id := range x.from.First.Registers {
		if err == nil {
			_, err = keys.Of(id)
		}
	}
	return err
}

// fill makes the tables and puts the rows in them.
func (x *restoration) fill() error {
	last, err := x.lastStep()
	if err != nil {
		return err
	}
	o, err := x.options(last, true)
	if err != nil {
		return err
	}
	if o.Address != "" {
		if err := markServer(x.ctx, o.Address); err != nil {
			return err
		}
	}
	if x.store, err = Open(x.ctx, o); err != nil {
		return err
	}
	l := &loader{x: x, registers: map[string]*Register{NodeID: x.store.node}}
	defer l.abort()
	e, err := x.from.rows(l.table, l.row)
	err = firstOf(err, l.end())
	if err != nil {
		return err
	}
	x.done.Tables = e.Tables
	if err := x.signed(e); err != nil {
		return err
	}
	for _, id := range x.from.First.Registers {
		if _, err := l.register(id); err != nil {
			return err
		}
	}
	if err := l.same(e.Tables); err != nil {
		return err
	}
	err = x.store.Close()
	x.store = nil
	return err
}

// signed tells whether the backup was signed by the installation whose keys these are.
func (x *restoration) signed(e ending) error {
	public, err := x.store.PublicKey()
	if err != nil {
		return err
	}
	signature, err := base64.StdEncoding.DecodeString(e.Signature)
	if err != nil || e.Key != audit.PublicText(public) || !ed25519.Verify(public, []byte(endSigned+e.Lines), signature) {
		return fault.New(fault.Invalid, "backup.not_signed")
	}
	return nil
}

// lastStep gives the last step of the schema that the rows are in, where the program has the
// same steps.
func (x *restoration) lastStep() (string, error) {
	all := x.from.First.Steps
	if len(all) == 0 || !slices.Contains([]string{"sqlite", "postgres"}, x.from.First.Dialect) {
		return "", fault.New(fault.Invalid, "backup.damaged")
	}
	for _, s := range all {
		text, err := fs.ReadFile(schemas, path.Join("schema", x.from.First.Dialect, path.Base(s.Name)))
		if err != nil {
			return "", fault.New(fault.Invalid, "backup.newer")
		}
		if strings.TrimSpace(hashesOf([]string{string(text)})) != s.Hash {
			return "", fault.New(fault.Invalid, "store.other_schema")
		}
	}
	return all[len(all)-1].Name, nil
}

// prove opens what was filled as it will be opened, brings it up to date, and goes through all
// of it; the logs must end where the backup says.
func (x *restoration) prove() (err error) {
	o, err := x.options("", false)
	if err != nil {
		return err
	}
	if x.store, err = Open(x.ctx, o); err != nil {
		return err
	}
	if x.done.Proofs, err = x.store.Verify(x.ctx, x.from.Head.Heads); err != nil {
		return err
	}
	for _, p := range x.done.Proofs {
		if len(p.Faults) > 0 {
			return p.Faults[0]
		}
		if !slices.ContainsFunc(x.from.Head.Heads, func(h audit.SignedHead) bool {
			return h.Register == p.Register && h.Seq == p.Head.Seq && h.Hash == p.Head.Hash
		}) {
			return fault.New(fault.Invalid, "backup.other_log", "register", p.Register, "nr", p.Head.Seq)
		}
	}
	err = x.store.Close()
	x.store = nil
	return err
}

// place gives what was proved its name. The keys come first: data without keys is worth
// nothing, and keys without data harm nobody.
func (x *restoration) place() error {
	if x.done.Keys {
		text, err := os.ReadFile(x.keys)
		if err == nil {
			err = putKeysAt(x.o.KeyFile, text)
		}
		if err != nil {
			return toldOr(err, "store.keys_unwritable")
		}
	}
	if x.o.Address != "" {
		return unmarkServer(x.ctx, x.o.Address)
	}
	for _, old := range []string{lockName, "*.fore-uppgradering"} {
		names, _ := filepath.Glob(filepath.Join(x.half, old))
		for _, name := range names {
			_ = os.Remove(name) // a copy from before a step; there is the backup
		}
	}
	_ = os.Remove(x.o.Folder) // an empty one; where it is not, the next fails
	if err := os.Rename(x.half, x.o.Folder); err != nil {
		return fault.Wrap(err, fault.Invalid, "store.folder", "folder", x.o.Folder)
	}
	return syncFolder(filepath.Dir(filepath.Clean(x.o.Folder)))
}

// empty refuses a place where there is something.
func (o RestoreOptions) empty(ctx context.Context) error {
	if o.Address != "" {
		return emptyServer(ctx, o.Address)
	}
	there, err := os.ReadDir(o.Folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return tellFolder(err, o.Folder)
	}
	if len(there) > 0 {
		return fault.New(fault.Invalid, "backup.not_empty", "folder", o.Folder)
	}
	return nil
}

// stepsUpTo are the steps of the schema up to one of them.
type stepsUpTo struct {
	fs.FS
	last string
}

// Glob gives the steps that there are.
func (s stepsUpTo) Glob(pattern string) ([]string, error) {
	all, err := fs.Glob(s.FS, pattern)
	return slices.DeleteFunc(all, func(name string) bool { return path.Base(name) > s.last }), err
}

// ReadFile gives a step's text.
func (s stepsUpTo) ReadFile(name string) ([]byte, error) { return fs.ReadFile(s.FS, name) }

// keysAt gives the text of the keys at a place, where there are any.
func keysAt(where string) ([]byte, error) {
	if path := KeyPath(where); path != "" {
		if _, err := os.Stat(path); err != nil {
			return nil, err
		}
	}
	keys, err := OpenKeys(where)
	if err != nil {
		return nil, err
	}
	return keys.text(), nil
}

// putKeysAt writes keys at a place where there are none.
func putKeysAt(where string, text []byte) error {
	keys, err := OpenKeys(where)
	if err != nil {
		return err
	}
	return keys.place.write(text)
}

// openKeys opens the key file that is in a backup.
func openKeys(sealed []byte, with []age.Identity) ([]byte, error) {
	r, err := age.Decrypt(strings.NewReader(string(sealed)), with...)
	if err != nil {
		return nil, fault.New(fault.Invalid, "backup.keys_sealed")
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fault.New(fault.Invalid, "backup.damaged")
	}
	return text, nil
}
