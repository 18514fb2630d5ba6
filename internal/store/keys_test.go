package store_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/store"
	"foljsam/internal/store/storetest"
)

// installation is an installation that is opened and closed again, and its key file.
type installation struct {
	store.Options
	keys string
}

// onBoth runs a test on both databases.
func onBoth(t *testing.T, do func(*testing.T, installation)) {
	t.Run("SQLite", func(t *testing.T) {
		dir := t.TempDir()
		do(t, installation{store.Options{Folder: filepath.Join(dir, "data")}, filepath.Join(dir, "nycklar")})
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		_, address := storetest.StartPostgres(t).Database()
		do(t, installation{store.Options{Address: address}, filepath.Join(t.TempDir(), "nycklar")})
	})
}

func (p installation) options(t *testing.T) store.Options {
	t.Helper()
	keys, err := store.OpenKeys(p.keys)
	if err != nil {
		t.Fatal(err)
	}
	o := p.Options
	o.Keys = keys
	return o
}

// with opens the installation, and closes it again.
func (p installation) with(t *testing.T, do func(*store.Store)) {
	t.Helper()
	s, err := store.Open(t.Context(), p.options(t))
	if err != nil {
		t.Fatal(err)
	}
	do(s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func nora(t *testing.T, s *store.Store) *store.Register {
	t.Helper()
	r, err := s.Register(t.Context(), "nora")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// begin makes the registers and two cases in Nora's; the second has had its codes corrected.
func (p installation) begin(t *testing.T) {
	p.with(t, func(s *store.Store) {
		w := storetest.NewWorld(t, s)
		w.Write(w.Nora, func(tx *store.Tx) error { return storetest.File(tx, w.CB, "c1", "24-017", "K1", nil) })
		w.Write(w.Nora, func(tx *store.Tx) error { return storetest.File(tx, w.CB, "c2", "24-081", "K2", nil) })
		w.Write(w.Nora, func(tx *store.Tx) error {
			c, err := tx.Case("c2")
			if err != nil {
				return err
			}
			c.Form.Version++
			if err := tx.PutCodes(c, "24-018", "K1"); err != nil {
				return err
			}
			return tx.Recode(c)
		})
	})
}

// codesAre fails unless a case has some codes and is found by them.
func codesAre(t *testing.T, r *store.Register, id, wantCase, wantClient string) {
	t.Helper()
	err := r.Read(t.Context(), func(tx *store.Tx) error {
		code, client, err := tx.Codes(id)
		if err != nil || code != wantCase || client != wantClient {
			t.Errorf("%s: %q %q %v", id, code, client, err)
		}
		c, err := tx.CaseByCode(r.PseudonymOf(record.OfTheCase, wantCase))
		if err != nil || c.ID != id || c.Client != r.PseudonymOf(record.OfTheClient, wantClient) {
			t.Errorf("%s is not found by its code: %v", id, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestKeysAreRotated(t *testing.T) {
	onBoth(t, func(t *testing.T, p installation) {
		p.begin(t)
		var was string
		p.with(t, func(s *store.Store) {
			was = nora(t, s).PseudonymOf(record.OfTheClient, "K1")
			n, err := s.RotateKeys(t.Context(), "nora", storetest.Now)
			if err != nil || n != 2 {
				t.Fatal(n, err)
			}
			codesAre(t, nora(t, s), "c1", "24-017", "K1")
		})
		p.with(t, func(s *store.Store) {
			r := nora(t, s)
			codesAre(t, r, "c1", "24-017", "K1")
			codesAre(t, r, "c2", "24-018", "K1")
			if r.PseudonymOf(record.OfTheClient, "K1") == was {
				t.Error("the pseudonyms are the same")
			}
			isVersion(t, r, 2, store.KeyRotated)
			storetest.Wants(t, rotate(t, s, store.NodeID), fault.Usage, "keeping.not_the_node")
			if err := rotate(t, s, "nora"); err != nil {
				t.Error("a second time:", err)
			}
			isVersion(t, nora(t, s), 3, store.KeyRotated)
			if _, err := nora(t, s).VerifyAudit(t.Context()); err != nil {
				t.Error(err)
			}
		})
	})
}

func rotate(t *testing.T, s *store.Store, id string) error {
	_, err := s.RotateKeys(t.Context(), id, storetest.Now)
	return err
}

// isVersion fails unless a version of both keys is in use and the others ended for a reason.
func isVersion(t *testing.T, r *store.Register, version int, reason string) {
	t.Helper()
	err := r.Read(t.Context(), func(tx *store.Tx) error {
		all, err := tx.KeyVersions()
		for _, v := range all {
			if inUse := v.Version == version; inUse != v.Ended.IsZero() || !inUse && v.Reason != reason {
				t.Errorf("%+v", v)
			}
		}
		if len(all) != 2*version {
			t.Errorf("%+v", all)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A rotation that stops after the keys are on disk, and before the register has them, changes
// nothing; one that fails in the middle neither.
func TestARotationThatStopsChangesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, p installation) {
		p.begin(t)
		text, err := os.ReadFile(p.keys)
		if err != nil {
			t.Fatal(err)
		}
		more := string(text) + "nyckel nora koder 2 " + strings.Repeat("ab", 32) + "\nnyckel nora pseudonymer 2 " + strings.Repeat("cd", 32) + "\n"
		if err := os.WriteFile(p.keys, []byte(more), 0o600); err != nil {
			t.Fatal(err)
		}
		p.with(t, func(s *store.Store) {
			codesAre(t, nora(t, s), "c1", "24-017", "K1")
			if err := rotate(t, s, "nora"); err != nil {
				t.Fatal(err)
			}
		})
		p.with(t, func(s *store.Store) { codesAre(t, nora(t, s), "c2", "24-018", "K1") })
	})
}

// without writes the key file without the lines that begin with some words.
func (p installation) without(t *testing.T, begins ...string) {
	t.Helper()
	text, err := os.ReadFile(p.keys)
	if err != nil {
		t.Fatal(err)
	}
	var left []byte
	for l := range bytes.Lines(text) {
		gone := false
		for _, b := range begins {
			gone = gone || bytes.HasPrefix(l, []byte(b))
		}
		if !gone {
			left = append(left, l...)
		}
	}
	if err := os.WriteFile(p.keys, left, 0o600); err != nil || len(left) == len(text) {
		t.Fatal("nothing was taken away", err)
	}
}

func TestALostCodeKeyIsSurvived(t *testing.T) {
	onBoth(t, func(t *testing.T, p installation) {
		p.begin(t)
		storetest.Wants(t, store.LoseKeys(t.Context(), p.options(t), "nora", storetest.Now), fault.Conflict, "keeping.not_lost")
		p.without(t, "nyckel nora koder", "nyckel nora pseudonymer")
		p.with(t, func(s *store.Store) {
			_, err := s.Register(t.Context(), "nora")
			storetest.Wants(t, err, fault.Invalid, "keeping.code_keys_missing")
		})
		if err := store.LoseKeys(t.Context(), p.options(t), "nora", storetest.Now); err != nil {
			t.Fatal(err)
		}
		p.with(t, func(s *store.Store) {
			r, w := nora(t, s), &storetest.World{T: t, Store: s}
			isVersion(t, r, 2, store.KeyLost)
			w.Read(r, func(tx *store.Tx) error {
				code, client, err := tx.Codes("c1")
				if err != nil || !store.IsLostCode(code) || !store.IsLostCode(client) || !tx.CodesBroken().Equal(storetest.Now.Truncate(time.Microsecond)) {
					t.Errorf("%q %q %v %v", code, client, tx.CodesBroken(), err)
				}
				return err
			})
			cb := codebook.Default()
			w.Write(r, func(tx *store.Tx) error { return storetest.File(tx, cb, "c3", "26-001", "K3", nil) })
			codesAre(t, r, "c3", "26-001", "K3")
			w.Write(r, func(tx *store.Tx) error { // the codes of an old case are written anew
				c, err := tx.Case("c1")
				if err != nil {
					return err
				}
				c.Form.Version++
				if err := tx.PutCodes(c, "24-017", "K1"); err != nil {
					return err
				}
				return tx.Recode(c)
			})
			codesAre(t, r, "c1", "24-017", "K1")
			if err := rotate(t, s, "nora"); err != nil { // what is lost stays as it is
				t.Fatal(err)
			}
			codesAre(t, nora(t, s), "c1", "24-017", "K1")
			w.Read(nora(t, s), func(tx *store.Tx) error {
				code, _, err := tx.Codes("c2")
				if !store.IsLostCode(code) || tx.CodesBroken().IsZero() {
					t.Error(code)
				}
				return err
			})
		})
	})
}

// On a server the whole key file can be lost, and the data still be read.
func TestALostKeyFileIsSurvivedOnAServer(t *testing.T) {
	_, address := storetest.StartPostgres(t).Database()
	p := installation{store.Options{Address: address}, filepath.Join(t.TempDir(), "nycklar")}
	p.begin(t)
	if err := os.Remove(p.keys); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"nora", "ale"} {
		if err := store.LoseKeys(t.Context(), p.options(t), id, storetest.Now); err != nil {
			t.Fatal(err)
		}
	}
	p.with(t, func(s *store.Store) {
		w := &storetest.World{T: t, Store: s}
		w.Read(nora(t, s), func(tx *store.Tx) error { _, err := tx.Case("c1"); return err })
	})
}

func TestTheFirstFormOfTheKeyFileIsRead(t *testing.T) {
	onBoth(t, func(t *testing.T, p installation) {
		p.begin(t)
		text, err := os.ReadFile(p.keys)
		if err != nil {
			t.Fatal(err)
		}
		keys := map[string][]string{}
		for l := range strings.Lines(string(text)) {
			if w := strings.Fields(l); len(w) == 5 {
				keys[w[1]] = append(keys[w[1]], w[4])
			}
		}
		first := "foljsam-nycklar 1\n"
		for id, three := range keys {
			first += id + " " + strings.Join(three, " ") + "\n"
		}
		if err := os.WriteFile(p.keys, []byte(first), 0o600); err != nil {
			t.Fatal(err)
		}
		p.with(t, func(s *store.Store) {
			codesAre(t, nora(t, s), "c1", "24-017", "K1")
			if err := rotate(t, s, "nora"); err != nil {
				t.Fatal(err)
			}
		})
		p.with(t, func(s *store.Store) { codesAre(t, nora(t, s), "c2", "24-018", "K1") })
	})
}

// planted is what a thief looks for.
var planted = []string{"PLANTERAD-ARENDEKOD-81", "PLANTERAD-KLIENTKOD-82", "PLANTERAT-NAMN-83", "PLANTERAD-FRITEXT-84", "PLANTERAD-KOMMENTAR-85", "PLANTERAD-ANTECKNING-86", "PLANTERAD-ENHET-87",
	"PLANTERAD-PAPPERSENKAT-88", "PLANTERAT-BESLUT-89", "PLANTERAD-TAGG-90", "PLANTERAD-TANKE-91", "PLANTERAD-MOTTAGARE-92", "PLANTERAD-ENGANGSKOD-93"}

// findPlanted looks through every file of a folder, byte by byte, for what was planted, as
// UTF-8 and as UTF-16.
func findPlanted(t *testing.T, folder string) (found []string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		b, err := os.ReadFile(path)
		for _, x := range planted {
			wide := []byte(strings.Join(strings.Split(x, ""), "\x00"))
			if bytes.Contains(b, []byte(x)) || bytes.Contains(bytes.ToLower(b), bytes.ToLower([]byte(x))) || bytes.Contains(b, wide) {
				found = append(found, filepath.Base(path)+": "+x)
			}
		}
		return err
	})
	if err != nil || files < 3 {
		t.Fatal(files, "files", err)
	}
	return found
}
