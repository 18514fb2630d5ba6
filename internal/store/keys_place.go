package store

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"foljsam/internal/fault"
)

// keyPlace is where keys are kept.
type keyPlace interface {
	read() ([]byte, error) // fs.ErrNotExist: there are none yet
	write([]byte) error    // in one step, on disk
	hold() (release func(), err error)
}

// Places of keys, as they are written before a colon.
const (
	inFile       = "file:"
	inSystemd    = "systemd:"
	inDPAPI      = "dpapi:"
	byPassphrase = "passphrase:"
)

// KeyPath gives the file that keys are in: what stands after "file:", "dpapi:" and
// "passphrase:", or the whole where none of them does; empty for a credential of systemd's.
func KeyPath(where string) string {
	if strings.HasPrefix(where, inSystemd) {
		return ""
	}
	for _, kind := range []string{inFile, inDPAPI, byPassphrase} {
		if path, ok := strings.CutPrefix(where, kind); ok {
			return path
		}
	}
	return where
}

// OpenKeysAsking reads the keys of a place: a file ("file:PATH", or a path alone), a
// credential that systemd has opened ("systemd:NAME"), a file that Windows protects
// ("dpapi:PATH"), or one under a passphrase ("passphrase:PATH"), which is asked for.
func OpenKeysAsking(where string, ask func() (string, error)) (*Keys, error) {
	k := &Keys{path: KeyPath(where)}
	file := keyFile{k.path}
	switch {
	case strings.HasPrefix(where, inSystemd):
		folder := os.Getenv("CREDENTIALS_DIRECTORY")
		name := strings.TrimPrefix(where, inSystemd)
		if folder == "" || name == "" || filepath.Base(name) != name {
			return nil, fault.New(fault.Invalid, "keeping.keys_no_credential", "name", name)
		}
		k.place = credential{filepath.Join(folder, name)}
	case strings.HasPrefix(where, inDPAPI):
		k.place = wrapped{file, protect, unprotect}
	case strings.HasPrefix(where, byPassphrase):
		words, err := askedFor(ask)
		if err != nil {
			return nil, err
		}
		k.place = wrapped{file, locked(words), unlocked(words)}
	default:
		k.place = file
	}
	return k, k.read()
}

func askedFor(ask func() (string, error)) (string, error) {
	if ask == nil {
		return "", fault.New(fault.Invalid, "keeping.keys_no_passphrase")
	}
	words, err := ask()
	if err == nil && words == "" {
		err = fault.New(fault.Invalid, "keeping.keys_no_passphrase")
	}
	return words, err
}

// keyFile is a file of the owner's alone.
type keyFile struct{ path string }

func (f keyFile) read() ([]byte, error)             { return os.ReadFile(f.path) }
func (f keyFile) write(text []byte) error           { return writeWhole(f.path, text) }
func (f keyFile) hold() (release func(), err error) { return lockFile(f.path) }

// credential is what systemd has decrypted for the service alone. It cannot be written to.
type credential struct{ path string }

func (c credential) read() ([]byte, error) {
	b, err := os.ReadFile(c.path)
	if os.IsNotExist(err) {
		return nil, fault.New(fault.Invalid, "keeping.keys_no_credential", "name", filepath.Base(c.path))
	}
	return b, err
}

func (c credential) write([]byte) error { return fault.New(fault.Invalid, "keeping.keys_read_only") }

func (c credential) hold() (release func(), err error) {
	return nil, fault.New(fault.Invalid, "keeping.keys_read_only")
}

// wrapped is a file whose content is protected by something else than who may read it.
type wrapped struct {
	keyFile
	in, out func([]byte) ([]byte, error)
}

func (w wrapped) read() ([]byte, error) {
	b, err := w.keyFile.read()
	if err != nil {
		return nil, err
	}
	return w.out(b)
}

func (w wrapped) write(text []byte) error {
	b, err := w.in(text)
	if err != nil {
		return err
	}
	return w.keyFile.write(b)
}

// locked encrypts by a passphrase (scrypt and ChaCha20-Poly1305, as age does it).
func locked(words string) func([]byte) ([]byte, error) {
	return func(text []byte) ([]byte, error) {
		to, err := Passphrase(words)
		if err != nil {
			return nil, err
		}
		return sealedTo(text, to)
	}
}

func unlocked(words string) func([]byte) ([]byte, error) {
	return func(b []byte) ([]byte, error) {
		with, err := ByPassphrase(words)
		if err != nil {
			return nil, err
		}
		return opened(b, with, "keeping.keys_wrong_passphrase")
	}
}

// sealedTo encrypts to recipients.
func sealedTo(text []byte, to []age.Recipient) ([]byte, error) {
	var b bytes.Buffer
	w, err := age.Encrypt(&b, to...)
	if err == nil {
		_, err = w.Write(text)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "store.failed")
	}
	return b.Bytes(), nil
}

// opened decrypts; what cannot be is told by a text key.
func opened(b []byte, with []age.Identity, key string) ([]byte, error) {
	r, err := age.Decrypt(bytes.NewReader(b), with...)
	if err != nil {
		return nil, fault.New(fault.Invalid, key)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fault.New(fault.Invalid, key)
	}
	return text, nil
}
