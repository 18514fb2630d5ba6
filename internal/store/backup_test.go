package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"filippo.io/age"

	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/record"
	"foljsam/internal/store"
	"foljsam/internal/store/storetest"
)

// recovery is a recovery key, and who can open what is encrypted to it.
func recovery(t testing.TB) ([]age.Identity, []age.Recipient) {
	t.Helper()
	identity, recipient, err := store.NewRecoveryKey()
	if err != nil {
		t.Fatal(err)
	}
	with, err := store.Identities("# Annas\n" + identity + "\n")
	if err != nil {
		t.Fatal(err)
	}
	to, err := store.Recipients([]string{recipient})
	if err != nil {
		t.Fatal(err)
	}
	return with, to
}

// named gives recovery keys as they are written.
func named(to []age.Recipient) (all []string) {
	for _, x := range to {
		all = append(all, fmt.Sprint(x))
	}
	return all
}

// backedUp makes a backup with its keys.
func backedUp(t testing.TB, s *store.Store, to []age.Recipient) ([]byte, store.Backup) {
	t.Helper()
	keys, err := s.SealedKeys(named(to))
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	b, err := s.BackUp(t.Context(), &file, store.BackupOptions{To: to, Keys: keys, Days: 30, Program: "test", Now: storetest.Now})
	if err != nil {
		t.Fatal(err)
	}
	return file.Bytes(), b
}

// withCases gives an installation with cases, among them one that was changed, in two registers.
func withCases(t testing.TB, s *store.Store, n int) *storetest.World {
	t.Helper()
	w := storetest.NewWorld(t, s)
	for _, r := range []*store.Register{w.Nora, w.Ale} {
		for i := range n {
			id := fmt.Sprintf("%s-%04d", r.ID(), i)
			w.Write(r, func(tx *store.Tx) error { return storetest.File(tx, w.CB, id, "K"+id, "P"+id, nil) })
			w.Write(r, func(tx *store.Tx) error {
				return storetest.Answer(tx, w.CB, id, map[string]record.Answer{"14": storetest.Text("41"), "217": storetest.Text("Fri text: å <\"> \\ 🙂")})
			})
		}
		w.Write(r, func(tx *store.Tx) error { return returned(tx, r.ID()) })
	}
	return w
}

// returned keeps what was decided of a case, and a return of key figures that was sent.
func returned(tx *store.Tx, register string) error {
	tx.Audit(audit.Line{At: storetest.Now, Person: "p1", Act: audit.FigureReturned, Fields: []string{"lamning", "hash"}})
	tx.Audit(audit.Line{At: storetest.Now, Person: "p1", Act: audit.FigureSent, Fields: []string{"lamning"}})
	return errors.Join(
		tx.AddFigureDecision(store.FigureDecision{Year: 2024, Case: register + "-0000", Doubt: "mal", Version: 1, Verdict: "raknas", Note: "Fri text: å \"", At: storetest.Now, Person: "p1"}),
		tx.AddFigureReturn(store.FigureReturn{ID: "lamning", Year: 2024, Unit: "1884", Edition: 1, At: storetest.Now, Person: "p1", Hash: "hash", Counts: [3]indicator.Count{indicator.CountOf(12), indicator.CountOf(2), indicator.NoCount()}}),
		tx.MarkFigureSent("lamning", store.FigureSent{At: storetest.Now, Person: "p1", Way: "fil"}))
}

// elsewhere is where something is restored: a folder or a database, and a key file.
type elsewhere func(t testing.TB) (store.RestoreOptions, store.Options)

func folderPlace(t testing.TB) (store.RestoreOptions, store.Options) {
	dir := t.TempDir()
	o := store.RestoreOptions{Folder: filepath.Join(dir, "annan", "data"), KeyFile: filepath.Join(dir, "andra-nycklar")}
	if err := os.Mkdir(filepath.Join(dir, "annan"), 0o700); err != nil {
		t.Fatal(err)
	}
	return o, store.Options{Folder: o.Folder}
}

func databasePlace(p *storetest.Postgres) elsewhere {
	return func(t testing.TB) (store.RestoreOptions, store.Options) {
		_, address := p.Database()
		o := store.RestoreOptions{Address: address, KeyFile: filepath.Join(t.TempDir(), "andra-nycklar")}
		return o, store.Options{Address: address}
	}
}

func TestBackupUnderLoadIsRestoredElsewhere(t *testing.T) {
	p := storetest.StartPostgres(t)
	database := databasePlace(p)
	begin := map[string]func(testing.TB) *store.Store{
		"sqlite": storetest.Folder,
		"postgres": func(t testing.TB) *store.Store {
			_, address := p.Database()
			return storetest.Open(t, store.Options{Address: address}, filepath.Join(t.TempDir(), "nycklar"))
		},
	}
	for from, open := range begin {
		for to, where := range map[string]elsewhere{"sqlite": folderPlace, "postgres": database} {
			t.Run(from+" to "+to, func(t *testing.T) { underLoad(t, open(t), where) })
		}
	}
}

func underLoad(t *testing.T, s *store.Store, where elsewhere) {
	w := withCases(t, s, 30)
	with, to := recovery(t)
	stop, written := keepWriting(t, w)
	waitFor(written, 20)
	during := written.Load()
	file, b := backedUp(t, s, to)
	during = written.Load() - during
	stop()
	if during < 1 {
		t.Log("nothing was written during this backup")
	}
	ro, o := where(t)
	ro.With = with
	done, err := store.Restore(t.Context(), bytes.NewReader(file), ro)
	if err != nil {
		t.Fatal(err)
	}
	if !store.Whole(done.Proofs) || len(done.Proofs) != 3 || !done.Keys || !slices.Equal(done.Tables, b.Tables) {
		t.Errorf("%+v", done)
	}
	other := storetest.Open(t, o, ro.KeyFile)
	proofs, err := other.Verify(t.Context(), b.Heads)
	if err != nil || !store.Whole(proofs) {
		t.Fatal(err, proofs)
	}
	for _, p := range proofs {
		h := headOf(b.Heads, p.Register)
		if p.Head.Seq != h.Seq || p.Head.Hash != h.Hash {
			t.Errorf("%s: the log ends at %v, in the backup at %v", p.Register, p.Head, h)
		}
	}
	if cases := proofs[0].Cases + proofs[1].Cases; cases != b.Rows("cases") || cases < 60 {
		t.Errorf("%d cases of %d", cases, b.Rows("cases"))
	}
	r, err := other.Register(t.Context(), "nora")
	if err != nil {
		t.Fatal(err)
	}
	err = r.Read(t.Context(), func(tx *store.Tx) error {
		code, client, err := tx.Codes("nora-0007")
		c, read := tx.Case("nora-0007")
		if code != "Knora-0007" || client != "Pnora-0007" || c.Form.Get("217").Value != "Fri text: å <\"> \\ 🙂" {
			t.Error("a case is not as it was", code, client)
		}
		return firstOf(err, read)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Write(t.Context(), func(tx *store.Tx) error { return storetest.File(tx, w.CB, "ny", "ny", "ny", nil) }); err != nil {
		t.Error("the restored installation cannot be used:", err)
	}
}

func firstOf(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

func headOf(heads []audit.SignedHead, register string) audit.SignedHead {
	for _, h := range heads {
		if h.Register == register {
			return h
		}
	}
	return audit.SignedHead{}
}

// keepWriting writes to both registers until it is told to stop.
func keepWriting(t *testing.T, w *storetest.World) (stop func(), written *atomic.Int64) {
	ctx, cancel := context.WithCancel(t.Context())
	written = new(atomic.Int64)
	var all sync.WaitGroup
	for i, r := range []*store.Register{w.Nora, w.Ale, w.Nora, w.Ale} {
		all.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				id := fmt.Sprintf("z%d-%05d", i, n)
				err := r.Write(t.Context(), func(tx *store.Tx) error { return storetest.File(tx, w.CB, id, id, id, nil) })
				if err != nil {
					t.Error(err)
					return
				}
				written.Add(1)
			}
		})
	}
	return func() { cancel(); all.Wait() }, written
}

func waitFor(written *atomic.Int64, n int64) {
	for written.Load() < n {
	}
}

func TestADamagedBackupIsToldAndLeavesNothing(t *testing.T) {
	s := storetest.Folder(t)
	withCases(t, s, 5)
	with, to := recovery(t)
	file, _ := backedUp(t, s, to)
	strangers, _ := recovery(t)
	newer := bytes.Replace(file, []byte("foljsam-backup 1\n"), []byte("foljsam-backup 2\n"), 1)
	later := bytes.Replace(file, []byte(`"expires":"2026`), []byte(`"expires":"2036`), 1)
	if bytes.Equal(later, file) {
		t.Fatal("the backup says not till when it is kept")
	}
	for name, x := range map[string]struct {
		file []byte
		with []age.Identity
		key  string
	}{
		"another key":      {file, strangers, "backup.wrong_key"},
		"a newer format":   {newer, with, "backup.newer"},
		"another lifetime": {later, with, "backup.damaged"},
		"something else":   {[]byte("något annat"), with, "backup.not_one"},
		"nothing":          {nil, with, "backup.not_one"},
		"cut in half":      {file[:len(file)/2], with, "backup.damaged"},
		"cut by a byte":    {file[:len(file)-1], with, "backup.damaged"},
		"a byte more":      {append(bytes.Clone(file), 'x'), with, "backup.damaged"},
	} {
		o, _ := folderPlace(t)
		o.With = x.with
		_, err := store.Restore(t.Context(), bytes.NewReader(x.file), o)
		t.Run(name, func(t *testing.T) { storetest.Wants(t, err, fault.Invalid, x.key); nothingAt(t, o) })
	}
}

// nothingAt fails the test where anything is left of a restoration.
func nothingAt(t *testing.T, o store.RestoreOptions) {
	t.Helper()
	for _, dir := range []string{filepath.Dir(o.Folder), filepath.Dir(o.KeyFile)} {
		left, err := os.ReadDir(dir)
		for _, x := range left {
			if name := x.Name(); name != "annan" {
				t.Errorf("%s is left %v", name, err)
			}
		}
	}
}

// Every byte of a backup is of consequence: its beginning is in the clear and repeated inside,
// and the rest is authenticated.
func TestAFlippedByteInABackupIsNoticed(t *testing.T) {
	s := storetest.Folder(t)
	withCases(t, s, 3)
	with, to := recovery(t)
	file, _ := backedUp(t, s, to)
	places := []int{0, 8, 15, 16, 17, 20, 40, len(file) - 1, len(file) - 17}
	for at := 30; at < len(file); at += len(file) / 60 {
		places = append(places, at)
	}
	for _, at := range places {
		bad := bytes.Clone(file)
		bad[at] ^= 0x10
		o, _ := folderPlace(t)
		o.With = with
		if _, err := store.Restore(t.Context(), bytes.NewReader(bad), o); fault.KindOf(err) != fault.Invalid || err == nil {
			t.Errorf("byte %d of %d: %v", at, len(file), err)
		}
	}
}

func TestABackupIsRestoredOnlyWhereThereIsNothing(t *testing.T) {
	s := storetest.Folder(t)
	withCases(t, s, 1)
	with, to := recovery(t)
	file, _ := backedUp(t, s, to)
	o, _ := folderPlace(t)
	o.With = with
	if err := os.MkdirAll(filepath.Join(o.Folder, "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := store.Restore(t.Context(), bytes.NewReader(file), o)
	storetest.Wants(t, err, fault.Invalid, "backup.not_empty")

	var without bytes.Buffer
	if _, err := s.BackUp(t.Context(), &without, store.BackupOptions{To: to, Now: storetest.Now}); err != nil {
		t.Fatal(err)
	}
	o, _ = folderPlace(t)
	o.With = with
	_, err = store.Restore(t.Context(), bytes.NewReader(without.Bytes()), o)
	storetest.Wants(t, err, fault.Invalid, "backup.keys_needed")

	other := storetest.Folder(t) // with keys of its own
	withCases(t, other, 1)
	if sealed, err := other.SealedKeys(named(to)); err == nil {
		putKeys(t, o.KeyFile, sealed, with)
	}
	_, err = store.Restore(t.Context(), bytes.NewReader(file), o)
	storetest.Wants(t, err, fault.Invalid, "backup.not_signed")
}

func putKeys(t *testing.T, path string, sealed []byte, with []age.Identity) {
	t.Helper()
	text, err := store.OpenSealedKeys(sealed, with)
	if err == nil {
		err = os.WriteFile(path, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Whatever happens to a restoration into a database, it can be begun again, and what was never
// finished is never used.
func TestAFailedRestorationLeavesADatabaseEmpty(t *testing.T) {
	p := storetest.StartPostgres(t)
	s := storetest.Folder(t)
	withCases(t, s, 5)
	with, to := recovery(t)
	file, _ := backedUp(t, s, to)
	o, at := databasePlace(p)(t)
	o.With = with
	_, err := store.Restore(t.Context(), bytes.NewReader(file[:len(file)-1]), o)
	storetest.Wants(t, err, fault.Invalid, "backup.damaged")
	name := "d1"
	p.Query(name, `CREATE TABLE half_restored (one integer PRIMARY KEY)`)
	p.Query(name, `ALTER TABLE half_restored OWNER TO foljsam`)
	keys, err := store.OpenKeys(filepath.Join(t.TempDir(), "nycklar"))
	if err != nil {
		t.Fatal(err)
	}
	at.Keys = keys
	_, err = store.Open(t.Context(), at)
	storetest.Wants(t, err, fault.Invalid, "backup.half_restored")
	done, err := store.Restore(t.Context(), bytes.NewReader(file), o)
	if err != nil || !store.Whole(done.Proofs) {
		t.Fatal(err)
	}
	_, err = store.Restore(t.Context(), bytes.NewReader(file), o)
	storetest.Wants(t, err, fault.Invalid, "backup.database_not_empty")
}

// A backup under another installation's keys would be worth nothing.
func TestABackupWithOtherKeysIsRefused(t *testing.T) {
	dir := t.TempDir()
	s := storetest.Open(t, store.Options{Folder: filepath.Join(dir, "data")}, filepath.Join(dir, "nycklar"))
	withCases(t, s, 1)
	closed(t, s)
	text, err := os.ReadFile(filepath.Join(dir, "nycklar"))
	if err != nil {
		t.Fatal(err)
	}
	keys, err := store.OpenKeys(filepath.Join(dir, "andra"))
	if err == nil {
		err = keys.Ensure(store.NodeID, "nora", "ale")
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), store.Options{Folder: filepath.Join(dir, "data"), Keys: keys, AsIs: true}); err == nil {
		t.Error("other keys were taken")
	}
	if now, _ := os.ReadFile(filepath.Join(dir, "nycklar")); !bytes.Equal(now, text) {
		t.Error("the key file was changed")
	}
}
