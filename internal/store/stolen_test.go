package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/note"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
	"foljsam/internal/store/storetest"

	"github.com/ncruces/go-sqlite3/driver"
	_ "github.com/ncruces/go-sqlite3/vfs/adiantum"
)

// plant fills a register with what a thief looks for, in everything that is kept of a person.
func plant(t *testing.T, s *store.Store) {
	t.Helper()
	w, cb := storetest.NewWorld(t, s), codebook.Default()
	free := ""
	for _, v := range cb.Variables {
		if v.Kind == codebook.Free {
			free = v.Key()
		}
	}
	intake := cb.Role(codebook.Intake).Key()
	w.Write(w.Nora, func(tx *store.Tx) error {
		tx.Audit(audit.Line{At: storetest.Now, Person: "p1", Act: audit.Read, Case: "c1"})
		return errors.Join(
			storetest.File(tx, cb, "c1", planted[0], planted[1], map[string]record.Answer{free: {Value: planted[3]}, intake: {Value: "2018-01-01", Comment: planted[4]},
				cb.Role(codebook.Closing).Key(): {Value: "2018-02-01"}}),
			tx.AddDoubleNote(store.DoubleNote{Cases: "c1 c2", At: storetest.Now, Note: planted[5]}), tx.PutUnit(place.Unit{ID: "u", Name: planted[6], Area: "1884"}))
	})
	w.Write(w.Nora, func(tx *store.Tx) error {
		return storetest.Answer(tx, cb, "c1", map[string]record.Answer{intake: {Value: "2018-01-02", Comment: planted[4] + " igen"}})
	})
	w.Write(w.Nora, func(tx *store.Tx) error {
		return errors.Join(
			tx.AddSurvey(store.Survey{ID: "e", Case: "c1", Mode: store.ByPaper, State: store.SurveyEntered, Given: storetest.Now, First: planted[7]}),
			tx.AddFigureDecision(store.FigureDecision{Year: 2018, Case: "c1", Doubt: "mal", Version: 1, Note: planted[8], At: storetest.Now}),
			tx.AddSurveyTag(store.SurveyTag{Case: "c1", Field: free, Tag: planted[9], At: storetest.Now}),
			tx.AddNote(note.Note{ID: "n", Kind: note.Reflection, Text: planted[10], Made: storetest.Now}),
			tx.AddReceiver(store.Receiver{ID: "m", Name: planted[11], Key: planted[11], Added: storetest.Now}))
	})
	w.Write(s.Node(), func(tx *store.Tx) error {
		return errors.Join(
			tx.AddPerson(access.Person{ID: "p1", Login: planted[2], Name: planted[2], Created: storetest.Now}),
			store.ExecWatched(tx, `INSERT INTO sign_codes (person, hash, made_by, made, ends) VALUES ('p1', ?, '', '', '')`, planted[12]))
	})
}

// stays are those of what was planted that are about no client.
var stays = []string{planted[2], planted[6], planted[10], planted[11], planted[12]}

func TestAStolenDataFolderSaysNothing(t *testing.T) {
	dir := t.TempDir()
	p := testPlace(dir)
	s, err := store.Open(t.Context(), p.options(t))
	if err != nil {
		t.Fatal(err)
	}
	plant(t, s)
	if found := findPlanted(t, p.Folder); len(found) > 0 { // while it is used, its log among the files
		t.Error(found)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if found := findPlanted(t, p.Folder); len(found) > 0 {
		t.Error(found)
	}
	if err := os.Rename(p.keys, p.keys+".borta"); err != nil {
		t.Fatal(err)
	}
	if s, err := store.Open(t.Context(), p.options(t)); err == nil {
		_ = s.Close()
		t.Error("it opens without its keys")
	}
}

func testPlace(dir string) installation {
	return installation{store.Options{Folder: filepath.Join(dir, "data")}, filepath.Join(dir, "nycklar")}
}

// Whoever has the database and the key to its data, but not the key register's, has no code.
func TestADatabaseWithoutTheKeyRegistersKeyHasNoCodes(t *testing.T) {
	dir := t.TempDir()
	p := testPlace(dir)
	p.with(t, func(s *store.Store) { plant(t, s) })
	text, err := os.ReadFile(p.keys)
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "nyckel nora data 1 ")
	key, _, _ := strings.Cut(after, "\n")
	db, err := driver.Open("file:" + filepath.ToSlash(filepath.Join(p.Folder, "nora.db")) + "?vfs=adiantum&hexkey=" + key)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var answers string
	if err := db.QueryRow(`SELECT answers FROM cases`).Scan(&answers); err != nil || !strings.Contains(answers, planted[3]) {
		t.Fatal("the thief cannot read the data at all, so the test says nothing:", err)
	}
	plain := filepath.Join(dir, "klartext")
	if err := os.Mkdir(plain, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`VACUUM INTO ?`, "file:"+filepath.ToSlash(filepath.Join(plain, "nora.db"))+"?vfs=os"); err != nil {
		t.Fatal(err)
	}
	for i := range 2 { // findPlanted wants some files
		if err := os.WriteFile(filepath.Join(plain, string(rune('a'+i))), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found := strings.Join(findPlanted(t, plain), " ")
	if !strings.Contains(found, planted[3]) || strings.Contains(found, planted[0]) || strings.Contains(found, planted[1]) {
		t.Error(found)
	}
}

// What was deleted is in no free page and no log of the file, also for whoever has its key.
func TestWhatWasDeletedIsInNoFile(t *testing.T) {
	p := testPlace(t.TempDir())
	p.Options = store.WithVFS(p.Options, "os") // not encrypted, so that it can be searched
	p.with(t, func(s *store.Store) {
		plant(t, s)
		r, w := nora(t, s), &storetest.World{T: t, Store: s}
		if found := strings.Join(findPlanted(t, p.Folder), " "); !strings.Contains(found, planted[3]) || !strings.Contains(found, planted[5]) || !strings.Contains(found, planted[7]) || !strings.Contains(found, planted[9]) {
			t.Fatal("what was planted is not found, so the test says nothing:", found)
		}
		w.Write(r, func(tx *store.Tx) error {
			return tx.ProposeRetention(store.Retention{ID: "g", Years: 5, Proposed: storetest.Now}, []string{"c1"})
		})
		w.Write(r, func(tx *store.Tx) error { _, err := tx.DeleteCase("c1"); return err })
		if err := r.Scrub(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, x := range findPlanted(t, p.Folder) {
			if !slices.ContainsFunc(stays, func(s string) bool { return strings.HasSuffix(x, s) }) {
				t.Error(x)
			}
		}
	})
}
