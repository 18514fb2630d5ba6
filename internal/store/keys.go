package store

import (
	"bufio"
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"maps"
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

// OpenKeys reads a key file. One that is not there begins with the first key that is made;
// [Open] refuses to make one where there is data already.
func OpenKeys(path string) (*Keys, error) {
	k := &Keys{path: path}
	return k, k.read()
}

// read reads the file anew: another process may have added a register to it.
func (k *Keys) read() error {
	all := map[string]registerKeys{}
	f, err := os.Open(k.path)
	if errors.Is(err, fs.ErrNotExist) {
		return k.replace(all)
	}
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "store.keys_unreadable")
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	if headed := lines.Scan() && lines.Text() == keyFileHead; !headed && lines.Err() == nil {
		return fault.New(fault.Invalid, "store.keys_form")
	}
	for lines.Scan() {
		id, keys, err := readKeys(lines.Text())
		if _, twice := all[id]; err != nil || twice {
			return fault.New(fault.Invalid, "store.keys_form")
		}
		all[id] = keys
	}
	if err := lines.Err(); err != nil {
		return fault.Wrap(err, fault.Invalid, "store.keys_unreadable")
	}
	return k.replace(all)
}

// replace takes what the file says now, unless a key that is in use is gone from it or is
// another: going on would lose that key when the file is written.
func (k *Keys) replace(all map[string]registerKeys) error {
	for id, was := range k.all {
		if now, ok := all[id]; !ok || !now.same(was) {
			return fault.New(fault.Invalid, "store.keys_changed", "register", id)
		}
	}
	k.all = all
	return nil
}

func (k registerKeys) same(b registerKeys) bool {
	return bytes.Equal(k.Data, b.Data) && bytes.Equal(k.Codes, b.Codes) && bytes.Equal(k.Pseudonyms, b.Pseudonyms)
}

var errKeyLine = errors.New("not a line of keys")

func readKeys(line string) (id string, keys registerKeys, err error) {
	words := strings.Fields(line)
	if len(words) != 4 || !validID(words[0]) {
		return "", keys, errKeyLine
	}
	for i, to := range []*[]byte{&keys.Data, &keys.Codes, &keys.Pseudonyms} {
		b, err := hex.DecodeString(words[i+1])
		if err != nil || len(b) != 32 {
			return "", keys, errKeyLine
		}
		*to = b
	}
	return words[0], keys, nil
}

// Of gives the keys of a register.
func (k *Keys) Of(register string) (registerKeys, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if x, ok := k.all[register]; ok {
		return x, nil
	}
	if err := k.read(); err != nil {
		return registerKeys{}, err
	}
	if x, ok := k.all[register]; ok {
		return x, nil
	}
	return registerKeys{}, fault.New(fault.Invalid, "store.keys_missing", "register", register)
}

// onlyNode tells whether no register has keys yet.
func (k *Keys) onlyNode() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	_, node := k.all[NodeID]
	return len(k.all) == 0 || node && len(k.all) == 1
}

// Ensure makes keys for some registers that have none, and writes the file before it
// returns.
func (k *Keys) Ensure(registers ...string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.read(); err != nil || len(k.without(registers)) == 0 {
		return err
	}
	release, err := lockFile(k.path)
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "store.keys_unwritable")
	}
	defer release()
	if err := k.read(); err != nil { // another process may have been first
		return err
	}
	for _, id := range k.without(registers) {
		k.all[id] = registerKeys{random(32), random(32), random(32)}
	}
	if err := k.write(); err != nil {
		return err
	}
	return k.read() // what is not in the file now is not used
}

// without gives those of some registers that have no keys.
func (k *Keys) without(registers []string) (all []string) {
	for _, id := range registers {
		if _, ok := k.all[id]; !ok {
			all = append(all, id)
		}
	}
	return all
}

// write replaces the file in one step, and waits for the disk.
func (k *Keys) write() error {
	var b strings.Builder
	b.WriteString(keyFileHead + "\n")
	for _, id := range slices.Sorted(maps.Keys(k.all)) {
		x := k.all[id]
		b.WriteString(strings.Join([]string{id, hex.EncodeToString(x.Data), hex.EncodeToString(x.Codes), hex.EncodeToString(x.Pseudonyms)}, " ") + "\n")
	}
	if err := writeWhole(k.path, []byte(b.String())); err != nil {
		k.all = nil // what is not on disk is not used
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

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "store.disk")
	}
	if err := firstOf(f.Sync(), f.Close()); err != nil {
		return fault.Wrap(err, fault.Invalid, "store.disk")
	}
	return nil
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails: it ends the program instead
	return b
}

// secrets are a register's keys made ready for use.
type secrets struct {
	seal       cipher.AEAD               // AES-256-GCM with random nonces, which holds for some four billion codes a key
	pseudonyms map[record.Purpose][]byte // a key for each purpose (HKDF, RFC 5869)
}

func (k registerKeys) secrets() (s secrets, err error) {
	b, err := aes.NewCipher(k.Codes)
	if err == nil {
		s.seal, err = cipher.NewGCMWithRandomNonce(b)
	}
	s.pseudonyms = map[record.Purpose][]byte{}
	for _, p := range []record.Purpose{record.OfTheCase, record.OfTheClient, record.OfTheCaseworker} {
		if err == nil {
			s.pseudonyms[p], err = hkdf.Key(sha256.New, k.Pseudonyms, nil, "foljsam pseudonym "+string(p), 32)
		}
	}
	if err != nil {
		err = fault.Wrap(err, fault.Internal, "store.failed")
	}
	return s, err
}

// proof gives what is kept with a register's data to tell whether its keys are the right
// ones: with others, local codes would not open, and one person would get two pseudonyms.
func (k registerKeys) proof(register string) string {
	h := hmac.New(sha256.New, k.Pseudonyms)
	for _, part := range [][]byte{[]byte("foljsam key proof"), []byte(register), k.Codes} {
		h.Write(part)
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))
}
