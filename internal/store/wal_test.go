package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/store"
	"foljsam/internal/store/storetest"
)

// cut is an installation as a power cut leaves it: some of what was written lies in logs beside
// the files.
type cut struct {
	data, keys string
	files      map[string][]byte
}

// cutOff copies a running installation's folder.
func cutOff(t *testing.T, from, keys string) cut {
	t.Helper()
	c := cut{filepath.Join(t.TempDir(), "data"), keys, map[string][]byte{}}
	names, err := filepath.Glob(filepath.Join(from, "*.db*"))
	for _, name := range names {
		if filepath.Ext(name) == ".db-shm" {
			continue
		}
		b, read := os.ReadFile(name)
		c.files[filepath.Base(name)], err = b, firstOf(err, read)
	}
	if err = firstOf(err, os.Mkdir(c.data, 0o700)); err != nil {
		t.Fatal(err)
	}
	return c
}

// with puts the files there anew, one of them with another content.
func (c cut) with(t *testing.T, name string, content []byte) {
	t.Helper()
	old, err := filepath.Glob(filepath.Join(c.data, "*"))
	for _, path := range old {
		err = firstOf(err, os.Remove(path))
	}
	if err != nil {
		t.Fatal(err)
	}
	for other, b := range c.files {
		if other == name {
			b = content
		}
		write(t, filepath.Join(c.data, other), b)
	}
}

// open opens it, and says what is the matter.
func (c cut) open(t *testing.T) (lines, cases int64, wrong error) {
	t.Helper()
	keys, err := store.OpenKeys(c.keys)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Options{Folder: c.data, Keys: keys})
	if err != nil {
		return 0, 0, err
	}
	defer s.Close()
	proofs, err := s.Verify(t.Context(), nil)
	for _, p := range proofs {
		for _, found := range p.Faults {
			err = firstOf(err, found)
		}
		if p.Register == "nora" {
			lines, cases = p.Lines, p.Cases
		}
	}
	return lines, cases, err
}

// SQLite leaves out what comes after a damaged part of the log: what was written last is gone,
// and what is left is whole. What a signed head is of is in the file by then.
func TestAFlippedByteInALogBesideAFileTakesNothingThatWasSigned(t *testing.T) {
	dir := t.TempDir()
	data, keys := filepath.Join(dir, "data"), filepath.Join(dir, "nycklar")
	s := storetest.Open(t, store.Options{Folder: data}, keys)
	w := signed(t, s)
	if n := bytesOf(t, filepath.Join(data, "nora.db-wal")); n != 0 {
		t.Errorf("%d bytes are in the log only when its end has been signed", n)
	}
	for i := range 6 {
		w.Write(w.Nora, func(tx *store.Tx) error {
			return storetest.Answer(tx, w.CB, "nora-0001", map[string]record.Answer{"14": storetest.Text(string(rune('1' + i)))})
		})
	}
	c := cutOff(t, data, keys)
	const log = "nora.db-wal"
	whole := c.files[log]
	c.with(t, log, whole)
	if lines, cases, err := c.open(t); err != nil || lines != 12 || cases != 2 || len(whole) < 20_000 {
		t.Fatalf("what was cut off is not whole: %d lines, %d cases, %d bytes: %v", lines, cases, len(whole), err)
	}
	lost := 0
	for at := 0; at < len(whole); at += 997 {
		flipped := bytes.Clone(whole)
		flipped[at] ^= 1
		c.with(t, log, flipped)
		lines, cases, err := c.open(t)
		if err == nil && (lines < 6 || cases < 2) {
			t.Errorf("byte %d of %d: %d lines, %d cases", at, len(whole), lines, cases)
		}
		if err == nil && lines < 12 {
			lost++
		}
	}
	if lost == 0 {
		t.Error("nothing was flipped that matters")
	}
}

func bytesOf(t *testing.T, path string) int64 {
	t.Helper()
	about, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return about.Size()
}

// A register that the installation has is never begun anew, whatever is left of its file.
func TestAnEmptiedRegisterIsRefused(t *testing.T) {
	dir := t.TempDir()
	data, keys := filepath.Join(dir, "data"), filepath.Join(dir, "nycklar")
	s := storetest.Open(t, store.Options{Folder: data, Quick: true}, keys)
	storetest.NewWorld(t, s)
	early := cutOff(t, data, keys) // nothing of it is in the register's own file yet
	if err := s.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := cutOff(t, data, keys)
	c.files["nora.db"] = early.files["nora.db"]
	const log = "nora.db-wal"
	unreadable := bytes.Repeat([]byte("nothing of this can be read "), 1000)
	c.with(t, log, unreadable)
	for range 2 { // the first time nothing was made
		_, _, err := c.open(t)
		storetest.Wants(t, err, fault.Invalid, "store.emptied")
	}
	if left, err := os.ReadFile(filepath.Join(c.data, log)); err != nil || !bytes.Equal(left, unreadable) {
		t.Error("what is left of the log was taken away:", err)
	}
}

// The installation knows where a register's log ended when that was last signed: an earlier
// file of the register alone is noticed without anything kept elsewhere, also later.
func TestAnEarlierFileOfARegisterIsNoticed(t *testing.T) {
	dir := t.TempDir()
	data, keys := filepath.Join(dir, "data"), filepath.Join(dir, "nycklar")
	s := storetest.Open(t, store.Options{Folder: data}, keys)
	w := withCases(t, s, 2)
	c := cutOff(t, data, keys)
	before := cut{c.data, keys, c.files}
	before.with(t, "", nil)
	if _, _, err := before.open(t); err != nil { // which closes it: all is in the files now
		t.Fatal(err)
	}
	earlier := filesIn(t, c.data)["nora.db"]
	w.Write(w.Nora, func(tx *store.Tx) error { return storetest.File(tx, w.CB, "ny", "ny", "ny", nil) })
	if _, err := s.SignHeads(t.Context(), storetest.Now); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	write(t, filepath.Join(data, "nora.db"), earlier)
	now := cut{data: data, keys: keys}
	_, _, err := now.open(t)
	storetest.Wants(t, err, fault.Invalid, "backup.rolled_back")

	s = storetest.Open(t, store.Options{Folder: data}, keys)
	if _, err := s.SignHeads(t.Context(), storetest.Now.AddDate(0, 0, 1)); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	_, _, err = now.open(t)
	storetest.Wants(t, err, fault.Invalid, "backup.rolled_back")
}
