package store_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/store"
	"foljsam/internal/store/storetest"
)

// house is a data folder and a key file, with one case in Nora's register.
type house struct {
	t            *testing.T
	folder, keys string
}

func newHouse(t *testing.T) house {
	t.Helper()
	dir := t.TempDir()
	h := house{t, filepath.Join(dir, "data"), filepath.Join(dir, "nycklar")}
	w := storetest.NewWorld(t, h.must(store.Options{}))
	w.Write(w.Nora, func(tx *store.Tx) error { return storetest.File(tx, w.CB, "c1", "24-017", "K", nil) })
	if err := w.Store.Close(); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h house) open(o store.Options) (*store.Store, error) {
	keys, err := store.OpenKeys(h.keys)
	if err != nil {
		return nil, err
	}
	o.Folder, o.Keys = h.folder, keys
	s, err := store.Open(context.Background(), o)
	if err == nil {
		h.t.Cleanup(func() { _ = s.Close() }) // most tests close it themselves
	}
	return s, err
}

func (h house) must(o store.Options) *store.Store {
	h.t.Helper()
	s, err := h.open(o)
	if err != nil {
		h.t.Fatal(err)
	}
	return s
}

// nora opens the installation and Nora's register.
func (h house) nora(o store.Options) (*store.Store, *store.Register, error) {
	s, err := h.open(o)
	if err != nil {
		return nil, nil, err
	}
	r, err := s.Register(context.Background(), "nora")
	if err != nil {
		_ = s.Close()
	}
	return s, r, err
}

// refuses fails the test unless opening says key, and changes no file.
func (h house) refuses(o store.Options, key string) {
	h.t.Helper()
	before := h.files()
	_, _, err := h.nora(o)
	storetest.Wants(h.t, err, fault.Invalid, key)
	if after := h.files(); after != before {
		h.t.Errorf("%s: files were changed:\n%s\n%s", key, before, after)
	}
}

// files gives the names and sums of the files, without those that SQLite makes anew.
func (h house) files() string {
	var b strings.Builder
	all, _ := filepath.Glob(filepath.Join(h.folder, "*"))
	for _, name := range append(all, h.keys) {
		content, err := os.ReadFile(name)
		if err == nil && !strings.HasSuffix(name, "-shm") && !strings.HasSuffix(name, "-wal") && filepath.Base(name) != "las.db" {
			fmt.Fprintf(&b, "%s %x\n", filepath.Base(name), sha256.Sum256(content))
		}
	}
	return b.String()
}

// undamaged opens the installation and checks that all is there, and that it can be written.
func (h house) undamaged() {
	h.t.Helper()
	s, r, err := h.nora(store.Options{})
	if err != nil {
		h.t.Fatal(err)
	}
	defer s.Close()
	storetest.Whole(h.t, r)
	w := &storetest.World{T: h.t, CB: cb, Store: s}
	w.Read(r, func(tx *store.Tx) error { _, err := tx.Case("c1"); return err })
	w.Write(r, func(tx *store.Tx) error { return tx.PutSetting("går", "att skriva") })
}

func (h house) edit(name string, change func([]byte) []byte) {
	h.t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		h.t.Fatal(err)
	}
	if err := os.WriteFile(name, change(b), 0o600); err != nil {
		h.t.Fatal(err)
	}
}

func TestTheKeyFileIsNeverReplacedInSilence(t *testing.T) {
	h := newHouse(t)
	whole, err := os.ReadFile(h.keys)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(whole, []byte("\n")) // head; then data, codes and pseudonyms of ale, nod, nora
	head, ale, nod, nora := lines[:1], lines[1:4], lines[4:7], lines[7:10]
	file := func(parts ...[][]byte) []byte { return bytes.Join(slices.Concat(parts...), nil) }
	if err := os.Remove(h.keys); err != nil {
		t.Fatal(err)
	}
	h.refuses(store.Options{}, "store.keys_missing_node")
	if _, err := os.Stat(h.keys); err == nil {
		t.Error("a new key file was made")
	}
	for name, c := range map[string]struct {
		text []byte
		key  string
	}{
		"another file":          {[]byte("hej\n"), "store.keys_form"},
		"nothing":               {nil, "store.keys_form"},
		"cut":                   {whole[:len(whole)-20], "store.keys_form"},
		"a line twice":          {append(bytes.Clone(whole), nora[1]...), "store.keys_form"},
		"another version":       {bytes.Replace(whole, []byte("2\n"), []byte("3\n"), 1), "store.keys_form"},
		"without Nora's lines":  {file(head, ale, nod), "store.keys_missing"},
		"without one of Nora's": {file(head, ale, nod, nora[:2]), "keeping.code_keys_missing"},
		"without the node's":    {file(head, ale, nora), "store.keys_missing_node"},
		"Ale's key for Nora":    {file(head, ale, nod, [][]byte{swapWord(nora[0], ale[0], 4)}, nora[1:]), "store.wrong_key"},
		"another pseudonymkey":  {file(head, ale, nod, nora[:2], [][]byte{swapWord(nora[2], ale[2], 4)}), "store.wrong_key"},
		"another key of codes":  {file(head, ale, nod, nora[:1], [][]byte{swapWord(nora[1], ale[1], 4)}, nora[2:]), "store.wrong_key"},
	} {
		if err := os.WriteFile(h.keys, c.text, 0o600); err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { h.t = t; h.refuses(store.Options{}, c.key) })
	}
	h.t = t
	if err := os.WriteFile(h.keys, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	h.undamaged()
	if err := os.Remove(h.keys); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(h.keys, 0o700); err != nil { // there, and cannot be read, whoever asks
		t.Fatal(err)
	}
	h.refuses(store.Options{}, "store.keys_unreadable")
}

func swapWord(line, from []byte, n int) []byte {
	a, b := bytes.Fields(line), bytes.Fields(from)
	a[n] = b[n]
	return append(bytes.Join(a, []byte(" ")), '\n')
}

func TestAKeyFileThatVanishesWhileRunningIsNotWrittenOver(t *testing.T) {
	h := newHouse(t)
	s := h.must(store.Options{})
	add := func() error {
		return s.AddRegister(t.Context(), place.Register{ID: "lerum", Name: "Lerum", Unit: "1441", Created: storetest.Now}, nil)
	}
	whole, _ := os.ReadFile(h.keys)
	if err := os.Remove(h.keys); err != nil {
		t.Fatal(err)
	}
	storetest.Wants(t, add(), fault.Invalid, "store.keys_changed")
	if err := os.WriteFile(h.keys, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := add(); err != nil {
		t.Error(err)
	}
	if mode, err := os.Stat(h.keys); err != nil || mode.Mode().Perm() != 0o600 {
		t.Error("others may read the key file", err)
	}
}

func TestNewerVersionsDataIsRefused(t *testing.T) {
	h := newHouse(t)
	s, _, err := h.nora(store.WithStep(store.Options{}, fstest.MapFS{"schema/sqlite/9999_mer.sql": {Data: []byte("CREATE TABLE more (a TEXT) STRICT;\n")}}))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	h.refuses(store.Options{}, "store.newer")
}

func TestDataOfAnUnfinishedVersionIsRefused(t *testing.T) {
	h := newHouse(t)
	const begin = "schema/sqlite/0001_begin.sql"
	text, err := os.ReadFile(begin)
	if err != nil {
		t.Fatal(err)
	}
	edited := fstest.MapFS{begin: {Data: append(text, "\nCREATE TABLE more (a TEXT) STRICT;\n"...)}}
	_, _, err = h.nora(store.WithStep(store.Options{}, edited))
	storetest.Wants(t, err, fault.Invalid, "store.other_schema")
	h.undamaged()
	before := fstest.MapFS{"schema/sqlite/9999_mer.sql": {Data: []byte("ALTER TABLE schema_version DROP COLUMN hashes;\n")}} // as they were without hashes
	if s, _, err := h.nora(store.WithStep(store.Options{}, before)); err == nil {
		_ = s.Close() // the data is what matters
	}
	_, _, err = h.nora(store.WithStep(store.Options{}, before))
	storetest.Wants(t, err, fault.Invalid, "store.other_schema")
}

func TestMigrationTakesAnEncryptedCopyFirst(t *testing.T) {
	h := newHouse(t)
	failing := fstest.MapFS{"schema/sqlite/9999_mer.sql": {Data: []byte("ALTER TABLE cases ADD COLUMN more TEXT NOT NULL DEFAULT '';\nCREATE TABLE cases (a TEXT) STRICT;\n")}}
	_, _, err := h.nora(store.WithStep(store.Options{}, failing))
	storetest.Wants(t, err, fault.Internal, "store.failed")
	h.undamaged() // nothing of the step was kept
	step := fstest.MapFS{"schema/sqlite/9999_mer.sql": {Data: []byte("ALTER TABLE cases ADD COLUMN more TEXT NOT NULL DEFAULT '';\n")}}
	s, r, err := h.nora(store.WithStep(store.Options{}, step))
	if err != nil {
		t.Fatal(err)
	}
	storetest.Whole(t, r)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"nora", "nod"} { // the copy is what was there, and opens with the same key
		copied := filepath.Join(h.folder, name+".db.fore-uppgradering")
		b, err := os.ReadFile(copied)
		if err != nil || len(b) < 4096 || bytes.Contains(b, []byte("SQLite")) || bytes.Contains(b, []byte("cases")) {
			t.Fatalf("%s: %d bytes, %v", copied, len(b), err)
		}
		if err := os.Rename(copied, filepath.Join(h.folder, name+".db")); err != nil {
			t.Fatal(err)
		}
	}
	h.undamaged()
}

func TestDamagedFileIsToldOf(t *testing.T) {
	h := newHouse(t)
	file := filepath.Join(h.folder, "nora.db")
	whole, _ := os.ReadFile(file)
	h.edit(file, func(b []byte) []byte { b[100] ^= 1; return b }) // the first page
	h.refuses(store.Options{}, "store.wrong_key")
	h.edit(file, func(b []byte) []byte {
		return []byte("not a database, but something as long as the head of one, and some more of that")
	})
	h.refuses(store.Options{}, "store.wrong_key")
	h.edit(file, func([]byte) []byte { return nil }) // emptied: SQLite would begin anew in it
	h.refuses(store.Options{}, "store.gone")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	h.refuses(store.Options{}, "store.gone")
	broken := append([]byte{}, whole...)
	for page := 4096; page < len(broken); page += 4096 {
		broken[page] ^= 1
	}
	if err := os.WriteFile(file, broken, 0o600); err != nil {
		t.Fatal(err)
	}
	_, r, err := h.nora(store.Options{})
	if err == nil {
		err = r.Read(t.Context(), func(tx *store.Tx) error { _, err := tx.Case("c1"); return err })
	}
	storetest.Wants(t, err, fault.Invalid, "store.damaged")
	if strings.Contains(fmt.Sprint(err), "24-017") {
		t.Error("the error holds a code")
	}
}

func TestAnotherFolderIsNotBegunWithTheOldKeys(t *testing.T) {
	h := newHouse(t)
	h.folder = filepath.Join(t.TempDir(), "fel")
	_, err := h.open(store.Options{})
	storetest.Wants(t, err, fault.Invalid, "store.gone_node")
}

func TestFolderInUseIsToldOf(t *testing.T) {
	h := newHouse(t)
	s := h.must(store.Options{})
	_, err := h.open(store.Options{})
	storetest.Wants(t, err, fault.Invalid, "store.in_use")
	child := helper(t, "open", h)
	out, _ := child.CombinedOutput()
	if !strings.Contains(string(out), "store.in_use") {
		t.Errorf("another process was told %s", out)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	h.undamaged()
}

func TestReadOnlyFolderIsToldOf(t *testing.T) {
	h := newHouse(t)
	child := helper(t, "open", h)
	if os.Geteuid() == 0 { // root may write anywhere: somebody else is asked
		child = asNobody(t, child, h)
	} else if err := os.Chmod(h.folder, 0o500); err != nil {
		t.Fatal(err)
	}
	out, _ := child.CombinedOutput()
	if !strings.Contains(string(out), "store.read_only") {
		t.Errorf("told %s", out)
	}
	_ = os.Chmod(h.folder, 0o700)
	h.undamaged()
}

// asNobody lets a command be run by somebody who may read everything in a house and write
// nothing.
func asNobody(t *testing.T, c *exec.Cmd, h house) *exec.Cmd {
	if _, err := exec.LookPath("setpriv"); err != nil {
		t.Skip("setpriv is not installed: root cannot find out what a read-only folder is")
	}
	bin := filepath.Join(t.TempDir(), "test")
	b, err := os.ReadFile(c.Path)
	if err == nil {
		err = os.WriteFile(bin, b, 0o755)
	}
	for _, path := range []string{bin, h.keys, h.folder} {
		for dir := path; dir != os.TempDir() && dir != "/" && err == nil; dir = filepath.Dir(dir) {
			about, e := os.Stat(dir)
			if err = e; err == nil {
				err = os.Chmod(dir, about.Mode().Perm()|0o055)
			}
		}
	}
	all, _ := filepath.Glob(filepath.Join(h.folder, "*"))
	for _, name := range all {
		err = errors.Join(err, os.Chmod(name, 0o644))
	}
	if err != nil {
		t.Fatal(err)
	}
	args := append([]string{"--reuid=65534", "--regid=65534", "--clear-groups", bin}, c.Args[1:]...)
	as := exec.Command("setpriv", args...)
	as.Env = c.Env
	return as
}

// helper gives this test program as another process, which does one thing; see TestMain.
func helper(t *testing.T, what string, h house, more ...string) *exec.Cmd {
	t.Helper()
	c := exec.Command(os.Args[0], "-test.run=^$")
	c.Env = append(os.Environ(), "FOLJSAM_HELPER="+what, "FOLJSAM_FOLDER="+h.folder, "FOLJSAM_KEYS="+h.keys, "FOLJSAM_ARGS="+strings.Join(more, " "))
	return c
}

func TestMain(m *testing.M) {
	switch os.Getenv("FOLJSAM_HELPER") {
	case "":
		os.Exit(m.Run())
	case "open":
		keys, err := store.OpenKeys(os.Getenv("FOLJSAM_KEYS"))
		if err == nil {
			_, err = store.Open(context.Background(), store.Options{Folder: os.Getenv("FOLJSAM_FOLDER"), Keys: keys})
		}
		fmt.Println(err)
	case "save":
		saveForever()
	}
	os.Exit(0)
}
