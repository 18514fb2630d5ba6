package store

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"foljsam/internal/audit"
	"foljsam/internal/place"
)

// A backup of a database of an older version is put in as it was, and then brought up to date.
func TestABackupOfAnOlderVersionIsBroughtUpToDate(t *testing.T) {
	dir := t.TempDir()
	keys, err := OpenKeys(filepath.Join(dir, "nycklar"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), Options{Folder: filepath.Join(dir, "gammal"), Keys: keys, raw: true, steps: stepsUpTo{schemas, "0002_layout.sql"}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.AddRegister(t.Context(), place.Register{ID: "nora", Name: "Nora", Controller: "Nämnden", Unit: "1884", Created: time.Now()}, nil)
	all, _ := s.AllRegisters(t.Context())
	for _, r := range all { // each was proved with its keys when it began
		k, missing := keys.Of(r.id)
		begun := r.Write(t.Context(), func(tx *Tx) error {
			if r.id == "nora" {
				if err := Exec(tx, `INSERT INTO units (register, id, name, area, from_day, till_day) VALUES ('nora', 'vuxen', 'Vuxen', '1884', '', '')`); err != nil {
					return err
				}
			}
			return Exec(tx, `INSERT INTO key_proofs (register, proof) VALUES ('`+r.id+`', '`+firstProof(r.id, k.Codes, k.Pseudonyms)+`')`)
		})
		err = firstOf(err, firstOf(missing, begun))
	}
	if err == nil {
		err = s.node.Write(t.Context(), func(tx *Tx) error {
			tx.before = nil // such a version did not bind tables
			tx.Audit(audit.Line{At: time.Now(), Act: audit.Created})
			return nil
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	identity, recipient, err := NewRecoveryKey()
	if err != nil {
		t.Fatal(err)
	}
	to, _ := Recipients([]string{recipient})
	with, _ := Identities(identity)
	sealed, err := s.SealedKeys([]string{recipient})
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if _, err := s.BackUp(t.Context(), &file, BackupOptions{To: to, Keys: sealed, Now: time.Now()}); err != nil {
		t.Fatal(err)
	}
	o := RestoreOptions{Folder: filepath.Join(dir, "ny"), KeyFile: filepath.Join(dir, "nya-nycklar"), With: with}
	done, err := Restore(t.Context(), &file, o)
	if err != nil || !Whole(done.Proofs) {
		t.Fatalf("%+v %v", done, err)
	}
	if left, _ := filepath.Glob(filepath.Join(o.Folder, "*.fore-uppgradering")); len(left) > 0 {
		t.Error("copies from before the steps are left:", left)
	}
	keys, err = OpenKeys(o.KeyFile)
	if err != nil {
		t.Fatal(err)
	}
	if s, err = Open(t.Context(), Options{Folder: o.Folder, Keys: keys}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r, err := s.Register(t.Context(), "nora")
	if err != nil {
		t.Fatal(err)
	}
	if units, err := r.Units(t.Context()); err != nil || len(units) != 1 || units[0].Name != "Vuxen" {
		t.Error(units, err)
	}
}
