package cli

import (
	"os"
	"path/filepath"
	"strings"

	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// restoreCommand makes an installation of a backup, where there is nothing.
type restoreCommand struct {
	File       string `arg:"" name:"backup"`
	Data       string `placeholder:"dir"`
	Keys       string `placeholder:"file"`
	Database   string `placeholder:"address" env:"FOLJSAM_DATABASE"`
	Recovery   string `placeholder:"file"`
	Passphrase string `placeholder:"file"`
}

// Run restores, and says what was proved.
func (c *restoreCommand) Run(s *session) error {
	p := placeOf(c.Data, c.Keys, c.Database)
	if err := keysApart(p.data, p.keys); err != nil {
		return err
	}
	with, err := s.opens(c.Recovery, c.Passphrase)
	if err != nil {
		return err
	}
	o := store.RestoreOptions{Address: p.database, KeyFile: p.keys, With: with}
	if p.database == "" {
		o.Folder = p.data
	}
	done, err := s.restore(c.File, o)
	if err != nil {
		return err
	}
	s.tellRestored(done, p)
	return s.noteRestored(done, p)
}

// noteRestored has the logs say that they were restored. It is done when all is proved: till
// then the logs end where the backup says.
func (s *session) noteRestored(done store.Restored, p installation) error {
	keys, err := s.openKeys(p.keys)
	if err != nil {
		return err
	}
	o := store.Options{Address: p.database, Keys: keys}
	if p.database == "" {
		o.Folder = p.data
	}
	return store.NoteRestored(s.ctx, o, done.Head.Made, swedishNow())
}

func (s *session) restore(name string, o store.RestoreOptions) (done store.Restored, err error) {
	f, err := os.Open(name)
	if err != nil {
		return done, fault.Wrap(err, fault.Invalid, "cli.backup_unread", "file", name)
	}
	defer f.Close()
	return store.Restore(s.ctx, f, o)
}

// opens gives what opens a backup; a recovery key that is in no file is asked for.
func (s *session) opens(recovery, passphrase string) ([]store.Identity, error) {
	switch {
	case recovery != "" && passphrase != "":
		return nil, fault.New(fault.Usage, "backup.one_way")
	case passphrase != "":
		words, err := readSecret(passphrase)
		if err != nil {
			return nil, err
		}
		return store.ByPassphrase(words)
	case recovery != "":
		text, err := os.ReadFile(recovery)
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "cli.secret_unread", "file", recovery)
		}
		return store.Identities(string(text))
	}
	return s.typedRecovery()
}

// typedRecovery asks for a recovery key as it stands on paper. Where nobody answers, it says
// what else opens a backup.
func (s *session) typedRecovery() ([]store.Identity, error) {
	if s.stdin == nil {
		return nil, fault.New(fault.Usage, "cli.restore_with")
	}
	typed, err := s.askLine("cli.restore_type")
	if err != nil || strings.TrimSpace(typed) == "" {
		return nil, fault.New(fault.Usage, "cli.restore_with")
	}
	return store.Identities(typed)
}

func (s *session) tellRestored(done store.Restored, p installation) {
	to := absolute(p.data)
	if p.database != "" {
		to = "PostgreSQL" // the address may hold a password
	}
	s.line("cli.restored", "date", s.text.Date(done.Head.Made), "data", to)
	s.tellProofs(sayProofs(done.Proofs))
	if done.Keys {
		s.line("cli.restored_keys", "keys", absolute(p.keys))
	}
	s.line("cli.restored_next")
}

// tryBackup restores a backup in a place of its own, which goes away again: nothing else
// proves as much of it.
func (s *session) tryBackup(name, keys string, with []store.Identity) (done store.Restored, err error) {
	dir, err := os.MkdirTemp("", "foljsam-prov-")
	if err != nil {
		return done, fault.Wrap(err, fault.Invalid, "store.folder", "folder", os.TempDir())
	}
	defer os.RemoveAll(dir)
	o := store.RestoreOptions{Folder: filepath.Join(dir, "data"), KeyFile: orElse(keys, filepath.Join(dir, "nycklar")), With: with}
	return s.restore(name, o)
}
