package store

import (
	"path/filepath"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/place"
	"foljsam/internal/record"
)

func TestACaseIsThereAfterAnotherStart(t *testing.T) {
	dir := t.TempDir()
	cb := codebook.Default()
	open := func() *Store {
		keys, err := OpenKeys(filepath.Join(dir, "nycklar"))
		if err != nil {
			t.Fatal(err)
		}
		s, err := Open(t.Context(), Options{Folder: filepath.Join(dir, "data"), Keys: keys})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := open()
	now := time.Date(2026, 11, 22, 14, 2, 0, 0, time.UTC)
	err := s.AddRegister(t.Context(), place.Register{ID: "nora", Name: "Nora", Unit: "1884", Created: now}, []place.Unit{{ID: "vuxen", Name: "Enhet Vuxen", Area: "1884", From: now}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Register(t.Context(), "nora")
	if err != nil {
		t.Fatal(err)
	}
	form := record.NewForm()
	changes, err := form.Set(cb, map[string]record.Answer{"5": {Value: "2026-11-01"}, "insats.1.118": {Value: "1|3"}})
	if err != nil || len(changes) != 3 {
		t.Fatal(err, changes)
	}
	err = r.Write(t.Context(), func(tx *Tx) error {
		c := &record.Filed{ID: "c1", Unit: "vuxen", Worker: "p1", Created: now, Changed: now, By: "p1", Form: form}
		if err := tx.PutCodes(c, "24-017", "K-1"); err != nil {
			return err
		}
		tx.Audit(audit.Line{At: now, Person: "p1", Role: string(access.Caseworker), Act: audit.Opened, Case: "c1"})
		return tx.AddCase(cb, c, Revision{Version: 1, At: now, Person: "p1", Act: audit.Opened, Changes: changes})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open()
	defer s.Close()
	r, err = s.Register(t.Context(), "nora")
	if err != nil {
		t.Fatal(err)
	}
	err = r.Read(t.Context(), func(tx *Tx) error {
		c, err := tx.Case("c1")
		if err != nil {
			return err
		}
		code, _, err := tx.Codes("c1")
		if err != nil || code != "24-017" || c.Form.Get("insats.1.118").Value != "1|3" {
			t.Error(code, err, c.Form)
		}
		covers, err := tx.Covers(Find{Worker: "p1"})
		if err != nil || len(covers) != 1 || covers[0].Intake.String() != "2026-11-01" {
			t.Error(covers, err)
		}
		lines, err := tx.AuditLines(0, 10)
		if err != nil || len(lines) != 1 {
			t.Error(lines, err)
		}
		head, err := audit.Verify(audit.Head{}, lines)
		if at, _ := tx.AuditHead(); err != nil || at != head {
			t.Error(err, at, head)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
