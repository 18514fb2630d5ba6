package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// backupCommand writes everything to one encrypted file, makes the key that it is encrypted
// to, and takes away files whose time is out.
type backupCommand struct {
	Data       string   `placeholder:"dir"`
	Keys       string   `placeholder:"file"`
	Database   string   `placeholder:"address" env:"FOLJSAM_DATABASE"`
	Out        string   `placeholder:"file"`
	To         []string `placeholder:"recipient"`
	Passphrase string   `placeholder:"file"`
	Days       int      `placeholder:"days" default:"30"`
	NewKey     string   `placeholder:"file"`
	Prune      string   `placeholder:"dir"`
}

// Run does one of the three.
func (c *backupCommand) Run(s *session) error {
	switch {
	case c.NewKey != "":
		return s.makeKey(c.NewKey)
	case c.Prune != "":
		return s.prune(c.Prune)
	case c.Out == "":
		return fault.New(fault.Usage, "cli.backup_out")
	case c.Days < 0:
		return fault.New(fault.Usage, "cli.backup_days")
	case exists(c.Out):
		return fault.New(fault.Invalid, "cli.backup_there", "file", c.Out)
	}
	to := app.BackupTo{Recipients: c.To, Days: c.Days, Program: version()}
	with, err := c.check(s, &to)
	if err != nil {
		return err
	}
	p := placeOf(c.Data, c.Keys, c.Database)
	err = replaceFile(c.Out, func(w io.Writer) error { return onDisk(w, s.backUp(p, w, to)) })
	if err != nil {
		return err
	}
	b, err := readBack(s.ctx, c.Out, with)
	if err != nil {
		return err
	}
	s.tellBackup(c.Out, b)
	return nil
}

// onDisk waits for the disk after a file was written.
func onDisk(w io.Writer, err error) error {
	if f, ok := w.(*os.File); ok && err == nil {
		err = f.Sync()
	}
	return err
}

// check gives what opens the file that is going to be written, for reading it back: a key
// that is thrown away afterwards, or the passphrase.
func (c *backupCommand) check(s *session, to *app.BackupTo) ([]store.Identity, error) {
	if c.Passphrase != "" {
		words, err := readSecret(c.Passphrase)
		if err != nil {
			return nil, err
		}
		to.Passphrase = words
		return store.ByPassphrase(words)
	}
	return checkKey(to)
}

func checkKey(to *app.BackupTo) ([]store.Identity, error) {
	identity, recipient, err := store.NewRecoveryKey()
	if err != nil {
		return nil, err
	}
	to.Check = recipient
	return store.Identities(identity)
}

// readSecret reads the first line of a file.
func readSecret(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", fault.Wrap(err, fault.Invalid, "cli.secret_unread", "file", name)
	}
	defer f.Close()
	line, err := bufio.NewReader(io.LimitReader(f, 1<<16)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fault.Wrap(err, fault.Invalid, "cli.secret_unread", "file", name)
	}
	return strings.TrimRight(line, "\r\n"), nil
}

// installation is where one is.
type installation struct{ data, keys, database string }

func placeOf(data, keys, database string) installation {
	data = orElse(data, dataFolder)
	return installation{data, orElse(keys, filepath.Clean(data)+keysSuffix), database}
}

// there refuses a place where there is no installation: opening one would begin it.
func (p installation) there() error {
	if path := store.KeyPath(p.keys); path != "" && !isThere(path) || p.database == "" && !isThere(p.data) {
		return fault.New(fault.Invalid, "cli.nothing_there", "data", p.data, "keys", p.keys)
	}
	return nil
}

// backUp writes a backup: of an installation that nobody has open, by itself; of a data folder
// that a server holds, by asking it.
func (s *session) backUp(p installation, w io.Writer, to app.BackupTo) error {
	if err := p.there(); err != nil {
		return err
	}
	keys, err := s.openKeys(p.keys)
	if err != nil {
		return err
	}
	st, err := store.Open(s.ctx, store.Options{Folder: p.data, Address: p.database, Keys: keys, AsIs: true})
	if isInUse(err) {
		from, err := knock(s.ctx, p.data, keys, doorBackup, doorAsk{To: to})
		if err != nil {
			return err
		}
		defer from.Close()
		if _, err := io.Copy(w, from); err != nil {
			return fault.Wrap(err, fault.Invalid, "cli.door_cut")
		}
		return nil
	}
	if err != nil {
		return err
	}
	a := app.New(app.Options{Store: st, Now: swedishNow})
	_, err = a.BackUp(s.ctx, w, to)
	if closed := st.Close(); err == nil {
		err = closed
	}
	return err
}

func isInUse(err error) bool {
	e := new(fault.Error)
	return errors.As(err, &e) && e.Key == "store.in_use"
}

// readBack reads a backup that was written, and proves that it is whole.
func readBack(ctx context.Context, name string, with []store.Identity) (b store.Backup, err error) {
	f, err := os.Open(name)
	if err != nil {
		return b, cannotWrite(name, err)
	}
	defer f.Close()
	return store.CheckBackup(ctx, f, with)
}

func (s *session) tellBackup(name string, b store.Backup) {
	s.line("cli.backup_done", "file", absolute(name), "cases", s.text.Int(b.Rows("cases")), "lines", s.text.Int(b.Rows("audit")), "mb", s.text.Number(float64(b.Bytes)/1e6, 1))
	if !b.Expires.IsZero() {
		s.line("cli.backup_till", "date", b.Expires.Format(time.DateOnly))
	}
}

// makeKey makes a recovery key. It is shown nowhere: it is in the file.
func (s *session) makeKey(name string) error {
	if exists(name) {
		return fault.New(fault.Invalid, "cli.backup_there", "file", name)
	}
	identity, recipient, err := store.NewRecoveryKey()
	if err != nil {
		return err
	}
	err = replaceFile(name, func(w io.Writer) error {
		_, err := io.WriteString(w, "# "+recipient+"\n"+identity+"\n")
		return err
	})
	if err == nil {
		s.line("cli.backup_key", "file", absolute(name), "recipient", recipient)
	}
	return err
}

// prune takes away the backups in a folder whose time is out, never the newest.
func (s *session) prune(dir string) error {
	gone, err := pruneBackups(dir, time.Now())
	if err == nil {
		s.line("cli.backup_pruned", "n", len(gone))
	}
	return err
}

// pruneBackups removes the backups in a folder whose time is out, and gives their names. The
// newest is kept however old it is; what is no backup is left alone.
func pruneBackups(dir string, now time.Time) (gone []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "cli.backup_dir", "folder", dir)
	}
	heads := map[string]store.ArchiveHead{}
	newest := ""
	for _, e := range entries {
		if !e.Type().IsRegular() {
			continue
		}
		h, err := headOfFile(filepath.Join(dir, e.Name()))
		if err != nil {
			continue
		}
		if heads[e.Name()] = h; newest == "" || h.Made.After(heads[newest].Made) {
			newest = e.Name()
		}
	}
	for name, h := range heads {
		if name == newest || h.Expires.IsZero() || now.Before(h.Expires) {
			continue
		}
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			return gone, cannotWrite(filepath.Join(dir, name), err)
		}
		gone = append(gone, name)
	}
	return gone, nil
}

func headOfFile(name string) (store.ArchiveHead, error) {
	f, err := os.Open(name)
	if err != nil {
		return store.ArchiveHead{}, err
	}
	defer f.Close()
	return store.HeadOfBackup(f)
}
