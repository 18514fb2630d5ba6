package store

import (
	"os"
	"strings"
	"time"

	"filippo.io/age"

	"foljsam/internal/fault"
)

// Holder is somebody who holds a recovery key: by it alone the keys can be had back from what
// is kept sealed. A key counts when its holder has typed it back from what they wrote down.
type Holder struct {
	Name      string
	Recipient string // "age1…": may be known to anybody
	Added     time.Time
	Confirmed time.Time // zero: not yet
}

// sealedEnd is how the name of the sealed keys ends: it lies beside the keys' file.
const sealedEnd = ".age"

// SealedPath gives the file in which the keys are kept sealed; empty where there is none.
func (k *Keys) SealedPath() string {
	if k.path == "" {
		return ""
	}
	return k.path + sealedEnd
}

// Holders gives who holds recovery keys.
func (k *Keys) Holders() ([]Holder, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	err := k.read()
	return k.holders, err
}

// KeyHolders gives who holds recovery keys.
func (s *Store) KeyHolders() ([]Holder, error) { return s.options.Keys.Holders() }

// AddHolder makes a recovery key for somebody, and gives it: it is nowhere else. It counts
// when it has been confirmed. One who is there already but has not confirmed gets another.
func (k *Keys) AddHolder(name string, at time.Time) (identity string, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	name = strings.TrimSpace(name)
	if name == "" || len(name) > 100 || !keepable(name) {
		return "", fault.New(fault.Invalid, "keeping.holder_name")
	}
	identity, recipient, err := NewRecoveryKey()
	if err != nil {
		return "", err
	}
	return identity, k.change(func() error {
		for i, h := range k.holders {
			if h.Name != name {
				continue
			}
			if !h.Confirmed.IsZero() {
				return fault.New(fault.Conflict, "keeping.holder_taken", "name", name)
			}
			k.holders[i] = Holder{Name: name, Recipient: recipient, Added: at}
			return nil
		}
		k.holders = append(k.holders, Holder{Name: name, Recipient: recipient, Added: at})
		return nil
	})
}

// ConfirmHolder notes that somebody has typed their recovery key back. From then on the keys
// are sealed to it too.
func (k *Keys) ConfirmHolder(name, typed string, at time.Time) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	recipient, err := recipientOf(typed)
	if err != nil {
		return err
	}
	return k.change(func() error {
		for i, h := range k.holders {
			if h.Name != strings.TrimSpace(name) {
				continue
			}
			if h.Recipient != recipient {
				return fault.New(fault.Invalid, "keeping.holder_other_key", "name", h.Name)
			}
			k.holders[i].Confirmed = at
			return nil
		}
		return fault.New(fault.NotFound, "keeping.no_holder", "name", strings.TrimSpace(name))
	})
}

// RemoveHolder makes somebody's recovery key worth nothing for what is sealed from now on.
// What was sealed before, in old backups, it opens still.
func (k *Keys) RemoveHolder(name string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.change(func() error {
		for i, h := range k.holders {
			if h.Name == strings.TrimSpace(name) {
				k.holders = append(k.holders[:i:i], k.holders[i+1:]...)
				return nil
			}
		}
		return fault.New(fault.NotFound, "keeping.no_holder", "name", strings.TrimSpace(name))
	})
}

// confirmed gives the recipients of the recovery keys that count.
func (k kept) confirmed() (all []string) {
	for _, h := range k.holders {
		if !h.Confirmed.IsZero() {
			all = append(all, h.Recipient)
		}
	}
	return all
}

// keepSealed keeps the keys sealed beside their file, where somebody has confirmed a recovery
// key.
func (k *Keys) keepSealed(text []byte) error {
	to := k.confirmed()
	if len(to) == 0 || k.path == "" {
		return nil
	}
	recipients, err := Recipients(to)
	if err != nil {
		return err
	}
	sealed, err := sealedTo(text, recipients)
	if err == nil {
		err = writeWhole(k.SealedPath(), sealed)
	}
	if err != nil {
		return toldOr(err, "store.keys_unwritable")
	}
	return nil
}

// Sealed gives the keys sealed to recovery keys; to those that are confirmed where none are
// named, and nothing where there are none of them.
func (k *Keys) Sealed(recipients []string) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.read(); err != nil {
		return nil, err
	}
	if recipients == nil {
		recipients = k.confirmed()
	}
	to, err := Recipients(recipients)
	if err != nil || len(to) == 0 {
		return nil, err
	}
	return sealedTo(k.text(), to)
}

// SealedKeys gives the installation's keys sealed to recovery keys; to the confirmed ones of
// the holders where none are named.
func (s *Store) SealedKeys(recipients []string) ([]byte, error) {
	return s.options.Keys.Sealed(recipients)
}

// recoveryBegins is how every recovery key begins, as it is typed without its dashes.
const recoveryBegins = "AGESECRETKEY1"

// RecoveryGroups writes a recovery key as it is read and typed: four letters at a time.
func RecoveryGroups(identity string) string {
	plain, groups := plainRecovery(identity), []string{}
	for ; len(plain) > 4; plain = plain[4:] {
		groups = append(groups, plain[:4])
	}
	return strings.Join(append(groups, plain), " ")
}

func plainRecovery(typed string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "\t", "", "\r", "", "\n", "", "\u00a0", "").Replace(typed))
}

// ReadRecovery reads a recovery key as it was typed: spaces, dashes and case mean nothing.
func ReadRecovery(typed string) (identity string, err error) {
	rest, ok := strings.CutPrefix(plainRecovery(typed), recoveryBegins)
	if !ok {
		return "", fault.New(fault.Invalid, "keeping.not_a_recovery_key")
	}
	identity = "AGE-SECRET-KEY-1" + rest
	if _, err := age.ParseX25519Identity(identity); err != nil {
		return "", fault.New(fault.Invalid, "keeping.not_a_recovery_key")
	}
	return identity, nil
}

func recipientOf(typed string) (string, error) {
	identity, err := ReadRecovery(typed)
	if err != nil {
		return "", err
	}
	x, err := age.ParseX25519Identity(identity)
	if err != nil {
		return "", fault.New(fault.Invalid, "keeping.not_a_recovery_key")
	}
	return x.Recipient().String(), nil
}

// Recover opens sealed keys by one recovery key, and gives the text of the keys' file.
func Recover(sealed []byte, typed string) ([]byte, error) {
	identity, err := ReadRecovery(typed)
	if err != nil {
		return nil, err
	}
	with, err := Identities(identity)
	if err != nil {
		return nil, err
	}
	text, err := opened(sealed, with, "keeping.recovery_opens_not")
	if err != nil {
		return nil, err
	}
	if _, err := readKeyFile(text); err != nil {
		return nil, err
	}
	return text, nil
}

// PutKeys writes recovered keys where there are none: it writes over no key.
func PutKeys(path string, text []byte) error {
	if about, err := os.Lstat(path); err == nil && about.Size() > 0 {
		return fault.New(fault.Conflict, "keeping.keys_there", "file", path)
	}
	if err := writeWhole(path, text); err != nil {
		return fault.Wrap(err, fault.Invalid, "store.keys_unwritable")
	}
	return nil
}
