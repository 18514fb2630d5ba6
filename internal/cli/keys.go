package cli

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// keysCommand looks after the keys: who can recover them, and other ones in place of those
// that may have been seen or are lost.
type keysCommand struct {
	Status   keysStatus   `cmd:""`
	Recovery keysRecovery `cmd:""`
	Recover  keysRecover  `cmd:""`
	Rotate   keysRotate   `cmd:""`
	Lost     keysLost     `cmd:""`
}

// keysAt is where the keys and what they belong to are.
type keysAt struct {
	Data     string `placeholder:"dir"`
	Keys     string `placeholder:"file"`
	Database string `placeholder:"address" env:"FOLJSAM_DATABASE"`
}

type (
	keysStatus struct{ keysAt }

	keysRecovery struct {
		Add     holderAdd     `cmd:""`
		Confirm holderConfirm `cmd:""`
		Remove  holderRemove  `cmd:""`
	}

	holderAdd struct {
		keysAt
		Holder string `arg:"" name:"holder"`
	}

	holderConfirm struct {
		keysAt
		Holder string `arg:"" name:"holder"`
	}

	holderRemove struct {
		keysAt
		Holder string `arg:"" name:"holder"`
	}

	keysRecover struct {
		File string `arg:"" name:"file"`
		Out  string `required:"" placeholder:"file"`
	}

	keysRotate struct {
		keysAt
		Register string `required:"" placeholder:"register"`
	}

	keysLost struct {
		keysAt
		Register string `required:"" placeholder:"register"`
	}
)

// open reads the keys of an installation that is there.
func (c *keysAt) open(s *session) (*store.Keys, error) {
	p := placeOf(c.Data, c.Keys, c.Database)
	if path := store.KeyPath(p.keys); path != "" && !isThere(path) {
		return nil, fault.New(fault.Invalid, "cli.nothing_there", "data", p.data, "keys", path)
	}
	return s.openKeys(p.keys)
}

// options give the installation with its keys, for what changes both.
func (c *keysAt) options(s *session) (o store.Options, err error) {
	p := placeOf(c.Data, c.Keys, c.Database)
	if p.database == "" && !isThere(p.data) {
		return o, fault.New(fault.Invalid, "cli.nothing_there", "data", p.data, "keys", p.keys)
	}
	keys, err := s.openKeys(p.keys)
	return store.Options{Folder: p.data, Address: p.database, Keys: keys}, err
}

// passphraseFile names the file whose first line is the passphrase of the keys; where it is not
// named, a credential of systemd's of this name, and where there is none, who sits at the
// terminal.
const (
	passphraseFile       = "FOLJSAM_PASSPHRASE_FILE"
	passphraseCredential = "foljsam-losenfras"
)

// openKeys opens the keys of a place, and asks for a passphrase where they are under one.
func (s *session) openKeys(where string) (*store.Keys, error) {
	return store.OpenKeysAsking(where, func() (string, error) {
		if name := s.getenv(passphraseFile); name != "" {
			return readSecret(name)
		}
		if folder := s.getenv("CREDENTIALS_DIRECTORY"); folder != "" && isThere(filepath.Join(folder, passphraseCredential)) {
			return readSecret(filepath.Join(folder, passphraseCredential))
		}
		return s.askSecret("cli.keys_passphrase")
	})
}

// askSecret asks at the terminal without showing what is typed; from elsewhere it reads a line.
func (s *session) askSecret(key string) (string, error) {
	_, _ = s.stderr.Write([]byte(s.text.T(key) + " "))
	if f, ok := s.stdin.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		b, err := term.ReadPassword(int(f.Fd()))
		_, _ = s.stderr.Write([]byte("\n"))
		if err != nil {
			return "", fault.Wrap(err, fault.Invalid, "cli.keys_unread")
		}
		return string(b), nil
	}
	return s.askLine("")
}

// askLine reads a line of what is typed.
func (s *session) askLine(key string) (string, error) {
	if key != "" {
		_, _ = s.stderr.Write([]byte(s.text.T(key) + "\n"))
	}
	if s.typed == nil {
		s.typed = bufio.NewReader(s.stdin)
	}
	line, err := s.typed.ReadString('\n')
	if err != nil && line == "" {
		return "", fault.New(fault.Invalid, "cli.keys_unread")
	}
	return strings.TrimRight(line, "\r\n"), nil
}

// Run says which keys there are, and who can recover them.
func (c *keysStatus) Run(s *session) error {
	keys, err := c.open(s)
	if err != nil {
		return err
	}
	for _, r := range keys.Registers() {
		name := r.ID
		if name == store.NodeID {
			name = s.text.T("cli.verify_node")
		}
		s.line("cli.keys_register", "register", name, "n", r.Version)
	}
	holders, err := keys.Holders()
	if err != nil {
		return err
	}
	confirmed := 0
	for _, h := range holders {
		if h.Confirmed.IsZero() {
			s.line("cli.keys_holder_not", "name", h.Name)
			continue
		}
		confirmed++
		s.line("cli.keys_holder", "name", h.Name, "date", s.text.Date(h.Confirmed))
	}
	if confirmed < 2 {
		s.line("cli.keys_few", "n", confirmed)
	}
	return nil
}

// Run makes a recovery key for somebody, shows it once, and has them type it back.
func (c *holderAdd) Run(s *session) error {
	keys, err := c.open(s)
	if err != nil {
		return err
	}
	identity, err := keys.AddHolder(c.Holder, swedishNow())
	if err != nil {
		return err
	}
	s.line("cli.keys_made", "name", c.Holder, "key", store.RecoveryGroups(identity))
	_, _ = s.stdout.Write([]byte("\n")) // said is said
	return s.confirm(keys, c.Holder)
}

// Run has somebody type their recovery key back.
func (c *holderConfirm) Run(s *session) error {
	keys, err := c.open(s)
	if err != nil {
		return err
	}
	return s.confirm(keys, c.Holder)
}

func (s *session) confirm(keys *store.Keys, name string) error {
	typed, err := s.askLine("cli.keys_type_back")
	if err == nil && strings.TrimSpace(typed) == "" {
		err = fault.New(fault.Invalid, "cli.keys_not_confirmed", "name", name)
	}
	if err != nil {
		return err
	}
	if err := keys.ConfirmHolder(name, typed, swedishNow()); err != nil {
		return err
	}
	s.line("cli.keys_confirmed", "name", name, "file", keys.SealedPath())
	return nil
}

// Run makes a recovery key worth nothing from now on.
func (c *holderRemove) Run(s *session) error {
	keys, err := c.open(s)
	if err == nil {
		err = keys.RemoveHolder(c.Holder)
	}
	if err == nil {
		s.line("cli.keys_removed", "name", c.Holder)
	}
	return err
}

// Run gives the keys back out of what was sealed, by one recovery key.
func (c *keysRecover) Run(s *session) error {
	sealed, err := os.ReadFile(c.File)
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "cli.secret_unread", "file", c.File)
	}
	typed, err := s.askLine("cli.keys_type_recovery")
	if err != nil {
		return err
	}
	text, err := store.Recover(sealed, typed)
	if err == nil {
		err = store.PutKeys(c.Out, text)
	}
	if err == nil {
		s.line("cli.keys_recovered", "file", c.Out)
	}
	return err
}

// Run gives a register other keys. Nobody may be using it.
func (c *keysRotate) Run(s *session) error {
	o, err := c.options(s)
	if err != nil {
		return err
	}
	st, err := store.Open(s.ctx, o)
	if err != nil {
		return err
	}
	n, err := st.RotateKeys(s.ctx, c.Register, swedishNow())
	if closed := st.Close(); err == nil {
		err = closed
	}
	if err == nil {
		s.line("cli.keys_rotated", "n", n, "register", c.Register)
	}
	return err
}

// Run begins other keys in place of those that are gone.
func (c *keysLost) Run(s *session) error {
	o, err := c.options(s)
	if err != nil {
		return err
	}
	if err := store.LoseKeys(s.ctx, o, c.Register, swedishNow()); err != nil {
		return err
	}
	s.line("cli.keys_lost", "register", c.Register, "date", s.text.Date(swedishNow()))
	return nil
}
