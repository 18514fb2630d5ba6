package store

import (
	"bufio"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"foljsam/internal/fault"
	"foljsam/internal/record"
)

// Keys is the key file of an installation: one line for each register with three secrets,
// for its data, for its local codes, and for its pseudonyms. Whoever has the file and the
// data can read everything; whoever lacks it can read nothing. It is kept apart from the
// data.
type Keys struct {
	path string
	mu   sync.Mutex
	all  map[string]registerKeys
}

// registerKeys are 32 random bytes for each purpose.
type registerKeys struct {
	Data, Codes, Pseudonyms []byte
}

const keyFileHead = "foljsam-nycklar 1"

// OpenKeys reads a key file, or begins one that is not there.
func OpenKeys(path string) (*Keys, error) {
	k := &Keys{path: path, all: map[string]registerKeys{}}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return k, nil
	}
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "store.keys_unreadable")
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	if !lines.Scan() || lines.Text() != keyFileHead {
		return nil, fault.New(fault.Invalid, "store.keys_form")
	}
	for lines.Scan() {
		if err := k.readLine(lines.Text()); err != nil {
			return nil, err
		}
	}
	return k, lines.Err()
}

func (k *Keys) readLine(line string) error {
	words := strings.Fields(line)
	if len(words) != 4 || !validID(words[0]) {
		return fault.New(fault.Invalid, "store.keys_form")
	}
	var keys [3][]byte
	for i := range keys {
		b, err := hex.DecodeString(words[i+1])
		if err != nil || len(b) != 32 {
			return fault.New(fault.Invalid, "store.keys_form")
		}
		keys[i] = b
	}
	k.all[words[0]] = registerKeys{keys[0], keys[1], keys[2]}
	return nil
}

// Of gives the keys of a register. The installation's own are made when it begins.
func (k *Keys) Of(register string) (registerKeys, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if x, ok := k.all[register]; ok {
		return x, nil
	}
	return registerKeys{}, fault.New(fault.Invalid, "store.no_key", "register", register)
}

// Ensure makes keys for some registers that have none, and writes the file before it
// returns.
func (k *Keys) Ensure(registers ...string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	made := false
	for _, id := range registers {
		if _, ok := k.all[id]; ok {
			continue
		}
		k.all[id], made = registerKeys{random(32), random(32), random(32)}, true
	}
	if !made {
		return nil
	}
	return k.write()
}

// write replaces the file in one step, and waits for the disk.
func (k *Keys) write() error {
	var b strings.Builder
	b.WriteString(keyFileHead + "\n")
	for _, id := range slices.Sorted(mapKeys(k.all)) {
		x := k.all[id]
		b.WriteString(strings.Join([]string{id, hex.EncodeToString(x.Data), hex.EncodeToString(x.Codes), hex.EncodeToString(x.Pseudonyms)}, " ") + "\n")
	}
	if err := writeWhole(k.path, []byte(b.String())); err != nil {
		return fault.Wrap(err, fault.Invalid, "store.keys_unwritable")
	}
	return nil
}

// writeWhole puts a file in place so that a reader sees the old or the new, never a part.
func writeWhole(path string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".ny-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(content)
	err = firstOf(err, f.Chmod(0o600))
	err = firstOf(err, f.Sync())
	err = firstOf(err, f.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	defer d.Close()
	_ = d.Sync() // Windows cannot, and need not
	return nil
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails: it ends the program instead
	return b
}

// pseudonymKey gives the key under which pseudonyms of a purpose are made (RFC 5869).
func (k registerKeys) pseudonymKey(p record.Purpose) []byte {
	key, err := hkdf.Key(sha256.New, k.Pseudonyms, nil, "foljsam pseudonym "+string(p), 32)
	if err != nil {
		panic(err) // only for lengths that are not ours
	}
	return key
}
