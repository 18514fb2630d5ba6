package store

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"foljsam/internal/fault"
)

// Keys are the keys of an installation: for each register three secrets, for its data, for its
// local codes, and for its pseudonyms; the two last in versions, since they can be changed for
// others. Whoever has them and the data can read everything; whoever lacks them can read
// nothing. They are kept apart from the data.
type Keys struct {
	place keyPlace
	path  string // of the file that they are in; empty where they are in none
	mu    sync.Mutex
	kept
}

// kept is what the keys' file says.
type kept struct {
	all     map[string]registerKeys
	holders []Holder
}

// Purposes of keys, as the keys' file and the register name them.
const (
	dataKey      = "data"
	codeKey      = "koder"
	pseudonymKey = "pseudonymer"
)

// registerKeys are 32 random bytes for each purpose: the newest of each, and all versions.
type registerKeys struct {
	Data, Codes, Pseudonyms []byte
	versions                map[string]map[int][]byte // purpose → version → key
}

// OpenKeys reads the keys of a place (see KeyPath). A file that is not there begins with the
// first key that is made; [Open] refuses to make one where there is data already.
func OpenKeys(where string) (*Keys, error) { return OpenKeysAsking(where, nil) }

// read reads the keys anew: another process may have added a register to them.
func (k *Keys) read() error {
	text, err := k.place.read()
	if errors.Is(err, fs.ErrNotExist) {
		return k.replace(kept{all: map[string]registerKeys{}})
	}
	if err != nil {
		return toldOr(err, "store.keys_unreadable")
	}
	now, err := readKeyFile(text)
	if err != nil {
		return err
	}
	return k.replace(now)
}

func toldOr(err error, key string) error {
	if isTold(err) {
		return err
	}
	return fault.Wrap(err, fault.Invalid, key)
}

// replace takes what the file says now, unless a key that is in use is gone from it or is
// another: going on would lose that key when the file is written.
func (k *Keys) replace(now kept) error {
	for _, id := range slices.SortedFunc(maps.Keys(k.all), registersFirst) {
		if x, ok := now.all[id]; !ok || !x.has(k.all[id]) {
			return aboutRegister(fault.Invalid, "store.keys_changed", "store.keys_changed_node", id)
		}
	}
	k.kept = now
	return nil
}

// registersFirst orders ids of registers, and last the installation's own part.
func registersFirst(a, b string) int {
	if (a == NodeID) != (b == NodeID) {
		return cmp.Compare(number(a == NodeID), number(b == NodeID))
	}
	return cmp.Compare(a, b)
}

// has tells whether all keys of another are among them.
func (k registerKeys) has(b registerKeys) bool {
	for purpose, versions := range b.versions {
		for version, key := range versions {
			if !bytes.Equal(k.versions[purpose][version], key) {
				return false
			}
		}
	}
	return true
}

// with gives the keys with one more.
func (k registerKeys) with(purpose string, version int, key []byte) registerKeys {
	now := registerKeys{versions: map[string]map[int][]byte{}}
	for p, versions := range k.versions {
		now.versions[p] = maps.Clone(versions)
	}
	if now.versions[purpose] == nil {
		now.versions[purpose] = map[int][]byte{}
	}
	now.versions[purpose][version] = key
	newest := func(p string) []byte { return now.versions[p][now.last(p)] }
	now.Data, now.Codes, now.Pseudonyms = newest(dataKey), newest(codeKey), newest(pseudonymKey)
	return now
}

// last gives the newest version for a purpose; 0 where there is none.
func (k registerKeys) last(purpose string) int {
	all := slices.Sorted(maps.Keys(k.versions[purpose]))
	if len(all) == 0 {
		return 0
	}
	return all[len(all)-1]
}

func (k registerKeys) whole() bool {
	return len(k.Data) > 0 && len(k.Codes) > 0 && len(k.Pseudonyms) > 0
}

// Of gives the keys of a register.
func (k *Keys) Of(register string) (registerKeys, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if x, ok := k.all[register]; ok && x.whole() {
		return x, nil
	}
	if err := k.read(); err != nil {
		return registerKeys{}, err
	}
	x := k.all[register]
	switch {
	case x.whole():
		return x, nil
	case len(x.Data) > 0:
		return x, fault.New(fault.Invalid, "keeping.code_keys_missing", "register", register)
	}
	return x, aboutRegister(fault.Invalid, "store.keys_missing", "store.keys_missing_node", register)
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
	return k.change(func() error {
		for _, id := range k.without(registers) { // another process may have been first
			var x registerKeys
			for _, purpose := range []string{dataKey, codeKey, pseudonymKey} {
				x = x.with(purpose, 1, random(32))
			}
			k.all[id] = x
		}
		return nil
	})
}

// change changes what the file says, while no other process does.
func (k *Keys) change(how func() error) error {
	release, err := k.place.hold()
	if err != nil {
		return toldOr(err, "store.keys_unwritable")
	}
	defer release()
	if err := k.read(); err != nil {
		return err
	}
	if err := how(); err != nil {
		return err
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

// write replaces the file in one step, and waits for the disk. Beside it the same is kept,
// sealed to those who hold recovery keys.
func (k *Keys) write() error {
	text := k.text()
	if err := k.place.write(text); err != nil {
		k.all = nil // what is not on disk is not used
		return toldOr(err, "store.keys_unwritable")
	}
	return k.keepSealed(text)
}

// add makes a further version for some purposes of a register, and gives the register's keys.
func (k *Keys) add(register string, version int, purposes ...string) (registerKeys, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	err := k.change(func() error {
		x := k.all[register]
		for _, purpose := range purposes {
			if _, taken := x.versions[purpose][version]; taken {
				return aboutRegister(fault.Conflict, "store.keys_changed", "store.keys_changed_node", register)
			}
			x = x.with(purpose, version, random(32))
		}
		k.all[register] = x
		return nil
	})
	return k.all[register], err
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails: it ends the program instead
	return b
}

// KeyedRegister is a register that there are keys of.
type KeyedRegister struct {
	ID      string
	Version int // the newest of the keys of its key register
}

// Registers gives the registers that there are keys of, by id.
func (k *Keys) Registers() (all []KeyedRegister) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(k.all)) {
		all = append(all, KeyedRegister{id, max(k.all[id].last(codeKey), k.all[id].last(pseudonymKey))})
	}
	return all
}
