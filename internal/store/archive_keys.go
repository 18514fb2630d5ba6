package store

import (
	"strings"

	"filippo.io/age"

	"foljsam/internal/fault"
)

// Recipient is who can open a backup, and Identity what opens it.
type (
	Recipient = age.Recipient
	Identity  = age.Identity
)

// NewRecoveryKey makes a key that backups are encrypted to: identity is kept by whoever may
// open them, apart from everything else; recipient may be known to anybody.
func NewRecoveryKey() (identity, recipient string, err error) {
	x, err := age.GenerateX25519Identity()
	if err != nil {
		return "", "", fault.Wrap(err, fault.Internal, "store.failed")
	}
	return x.String(), x.Recipient().String(), nil
}

// Recipients reads the keys that a backup is encrypted to ("age1…").
func Recipients(texts []string) (all []age.Recipient, err error) {
	for _, text := range texts {
		x, err := age.ParseX25519Recipient(strings.TrimSpace(text))
		if err != nil {
			return nil, fault.New(fault.Invalid, "backup.recipient")
		}
		all = append(all, x)
	}
	return all, nil
}

// passwordWork is how much work a passphrase costs (a power of two); a test asks for less.
var passwordWork = 18

// Passphrase gives who can open a backup by a passphrase: nobody else can be named with it.
func Passphrase(words string) ([]age.Recipient, error) {
	x, err := age.NewScryptRecipient(words)
	if err != nil {
		return nil, fault.New(fault.Invalid, "backup.passphrase")
	}
	x.SetWorkFactor(passwordWork)
	return []age.Recipient{x}, nil
}

// Identities reads recovery keys, a line each, as age writes them ("AGE-SECRET-KEY-1…") or as
// they stand on paper (in groups, in any case); a line that begins with # is a remark. One key
// may go on over several lines.
func Identities(text string) ([]age.Identity, error) {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	if one, err := ReadRecovery(strings.Join(lines, "")); err == nil {
		lines = []string{one}
	}
	for i, line := range lines {
		if plain, err := ReadRecovery(line); err == nil {
			lines[i] = plain
		}
	}
	all, err := age.ParseIdentities(strings.NewReader(strings.Join(lines, "\n")))
	if err != nil {
		return nil, fault.New(fault.Invalid, "backup.identity") // the cause quotes the key
	}
	return all, nil
}

// ByPassphrase gives what opens a backup by its passphrase.
func ByPassphrase(words string) ([]age.Identity, error) {
	x, err := age.NewScryptIdentity(words)
	if err != nil {
		return nil, fault.New(fault.Invalid, "backup.passphrase")
	}
	return []age.Identity{x}, nil
}
