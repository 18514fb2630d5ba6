package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"

	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/store"
	"foljsam/internal/store/storetest"
)

// onPostgres opens two servers' stores on one database, with one key file.
func onPostgres(t *testing.T) (p *storetest.Postgres, address string, w *storetest.World, other *store.Store) {
	p = storetest.StartPostgres(t)
	_, address = p.Database()
	keys := filepath.Join(t.TempDir(), "nycklar")
	w = storetest.NewWorld(t, storetest.Open(t, store.Options{Address: address}, keys))
	return p, address, w, storetest.Open(t, store.Options{Address: address}, keys)
}

func TestTwoServersOnOneDatabaseLoseNothing(t *testing.T) {
	_, _, w, second := onPostgres(t)
	theirs, err := second.Register(t.Context(), "nora")
	if err != nil {
		t.Fatal(err)
	}
	w.Write(w.Nora, func(tx *store.Tx) error { return storetest.File(tx, w.CB, "shared", "kod", "K", nil) })
	var all sync.WaitGroup
	const clients, saves = 4, 15
	for server, r := range []*store.Register{w.Nora, theirs} {
		for g := range clients {
			all.Go(func() {
				for i := range saves {
					id := fmt.Sprintf("c%d-%d-%d", server, g, i)
					err := r.Write(context.Background(), func(tx *store.Tx) error {
						return errors.Join(storetest.File(tx, w.CB, id, id, "K", nil),
							storetest.Answer(tx, w.CB, "shared", map[string]record.Answer{"14": storetest.Text(id)}))
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
	}
	all.Wait()
	w.Read(w.Nora, func(tx *store.Tx) error {
		n, err := tx.CountCovers(store.Find{})
		revisions, _ := tx.Revisions("shared")
		head, _ := tx.AuditHead()
		if want := 2 * clients * saves; n != want+1 || len(revisions) != want+1 || head.Seq != int64(2*want+1) {
			t.Errorf("%d cases, %d revisions, %d lines", n, len(revisions), head.Seq)
		}
		return err
	})
	storetest.Whole(t, w.Nora)
}

func TestARegistersRoleReadsNothingElse(t *testing.T) {
	p, address, w, _ := onPostgres(t)
	for _, r := range []*store.Register{w.Nora, w.Ale} {
		w.Write(r, func(tx *store.Tx) error {
			return errors.Join(storetest.File(tx, w.CB, "c1", "24-017", "K", nil), tx.PutSetting("a", "b"))
		})
	}
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	var roles string
	if err := db.QueryRow(`SELECT roles FROM installation`).Scan(&roles); err != nil {
		t.Fatal(err)
	}
	tables := []string{"settings", "units", "cases", "revisions", "local_codes", "audit", "audit_heads", "key_proofs"}
	count := func(table string) (n int) {
		t.Helper()
		if err := db.QueryRow(`SELECT count(*) FROM ` + table).Scan(&n); err != nil {
			t.Errorf("%s: %v", table, err)
		}
		return n
	}
	for _, table := range append(tables, "people", "registers") {
		if n := count(table); n != 0 {
			t.Errorf("the login itself, which owns %s, sees %d rows", table, n)
		}
	}
	if _, err := db.Exec(`SET ROLE "` + roles + `_nora"`); err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		var others int
		if err := db.QueryRow(`SELECT count(*) FROM ` + table + ` WHERE register <> 'nora'`).Scan(&others); err != nil || others != 0 {
			t.Errorf("Nora's role sees %d rows of others in %s (%v)", others, table, err)
		}
		if count(table) == 0 {
			t.Errorf("Nora's role sees nothing in %s", table)
		}
	}
	for _, forbidden := range []string{
		`SELECT * FROM people`, `SELECT * FROM sessions`, `SELECT * FROM grants`, `SELECT * FROM registers`,
		`INSERT INTO settings (register, name, value) VALUES ('ale', 'x', 'y')`, `UPDATE settings SET register = 'ale'`,
		`DELETE FROM cases`, `DELETE FROM revisions`, `DELETE FROM local_codes`, `UPDATE audit SET body = ''`, `UPDATE revisions SET changes = ''`, `UPDATE local_codes SET version = 0`, `DELETE FROM audit`, `UPDATE key_proofs SET proof = ''`,
	} {
		if done, err := db.Exec(forbidden); err == nil {
			if n, _ := done.RowsAffected(); n > 0 || !strings.HasPrefix(forbidden, "DELETE") { // of what may be deleted only what is proposed
				t.Errorf("Nora's role may %s", forbidden)
			}
		}
	}
	if done, err := db.Exec(`UPDATE cases SET worker = 'x' WHERE register = 'ale'`); err == nil {
		if n, _ := done.RowsAffected(); n != 0 {
			t.Error("Nora's role changed Ale's case")
		}
	}
	p.Query("postgres", "SELECT 1")
}

func TestALostConnectionIsOpenedAgain(t *testing.T) {
	p, _, w, _ := onPostgres(t)
	file := func(id string) error {
		return w.Nora.Write(t.Context(), func(tx *store.Tx) error { return storetest.File(tx, w.CB, id, id, "K", nil) })
	}
	if err := file("before"); err != nil {
		t.Fatal(err)
	}
	p.Query("postgres", `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'foljsam'`)
	if err := file("after the connections were cut"); err != nil {
		t.Error(err)
	}
	p.Stop()
	back := make(chan struct{})
	go func() { time.Sleep(300 * time.Millisecond); p.Start(); close(back) }()
	if err := file("while the server was started again"); err != nil {
		t.Error(err)
	}
	<-back
	if err := w.Nora.Read(t.Context(), func(tx *store.Tx) error { _, err := tx.Case("before"); return err }); err != nil {
		t.Error(err)
	}
	cut := w.Nora.Write(t.Context(), func(tx *store.Tx) error { // in the middle: begun again, and kept once
		err := storetest.File(tx, w.CB, "cut", "cut", "K", nil)
		select {
		case <-back:
			back = nil
			p.Query("postgres", `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'foljsam'`)
		default:
		}
		return err
	})
	if cut != nil {
		t.Error(cut)
	}
	storetest.Whole(t, w.Nora)
}

func TestAnUnreachableServerIsToldOf(t *testing.T) {
	p, address, w, _ := onPostgres(t)
	p.Stop()
	err := w.Nora.Write(t.Context(), func(tx *store.Tx) error { return nil })
	storetest.Wants(t, err, fault.Internal, "store.unreachable")
	keys, _ := store.OpenKeys(filepath.Join(t.TempDir(), "nycklar"))
	_, err = store.Open(t.Context(), store.Options{Address: address, Keys: keys})
	storetest.Wants(t, err, fault.Internal, "store.unreachable")
}

func TestPostgresSaysWhatIsWrong(t *testing.T) {
	p := storetest.StartPostgres(t)
	name, address := p.Database()
	open := func(address string, keyFile string) error {
		keys, err := store.OpenKeys(keyFile)
		if err != nil {
			t.Fatal(err)
		}
		s, err := store.Open(t.Context(), store.Options{Address: address, Keys: keys})
		if err == nil {
			err = s.Close()
		}
		return err
	}
	keys, others := filepath.Join(t.TempDir(), "nycklar"), filepath.Join(t.TempDir(), "nycklar")
	if err := open(address, keys); err != nil {
		t.Fatal(err)
	}
	storetest.Wants(t, open(address, others), fault.Invalid, "store.keys_missing_node")
	k, _ := store.OpenKeys(others)
	if err := k.Ensure(store.NodeID); err != nil {
		t.Fatal(err)
	}
	storetest.Wants(t, open(address, others), fault.Invalid, "store.wrong_key")
	storetest.Wants(t, open(strings.Replace(address, "/"+name, "/finnsinte", 1), keys), fault.Invalid, "store.postgres_database")
	storetest.Wants(t, open(strings.Replace(address, "foljsam@", "ingen:hemligt@", 1), keys), fault.Invalid, "store.postgres_login")
	err := open("postgres://a:hemligt@[::1/x", keys)
	storetest.Wants(t, err, fault.Invalid, "store.address")
	if strings.Contains(fmt.Sprint(err), "hemligt") {
		t.Error("the error holds the password")
	}
	p.Query(name, `UPDATE schema_version SET version = 99`)
	storetest.Wants(t, open(address, keys), fault.Invalid, "store.newer")
	p.Query("postgres", `ALTER ROLE foljsam NOCREATEROLE`)
	p.Query("postgres", `CREATE DATABASE ny OWNER foljsam`)
	storetest.Wants(t, open(strings.Replace(address, "/"+name, "/ny", 1), keys), fault.Invalid, "store.postgres_rights")
}

func TestPostgresIsMigratedWhenACopyIsTaken(t *testing.T) {
	p := storetest.StartPostgres(t)
	name, address := p.Database()
	keys := filepath.Join(t.TempDir(), "nycklar")
	s := storetest.Open(t, store.Options{Address: address}, keys)
	w := storetest.NewWorld(t, s)
	w.Write(w.Nora, func(tx *store.Tx) error { return storetest.File(tx, w.CB, "c1", "24-017", "K", nil) })
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	next := store.WithStep(store.Options{Address: address}, fstest.MapFS{
		"schema/postgres/9999_mer.sql": {Data: []byte("CREATE TABLE more (register text PRIMARY KEY);\nALTER TABLE cases ADD COLUMN more text NOT NULL DEFAULT '?';\n")},
	})
	next.Keys, _ = store.OpenKeys(keys)
	_, err := store.Open(t.Context(), next)
	storetest.Wants(t, err, fault.Invalid, "store.backup_first")
	next.BackedUp = true
	var both sync.WaitGroup
	for range 2 { // two servers that are started at the same time
		both.Go(func() {
			s, err := store.Open(t.Context(), next)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			r, err := s.Register(t.Context(), "nora")
			if err != nil {
				t.Error(err)
				return
			}
			storetest.Whole(t, r)
		})
	}
	both.Wait()
	p.Query(name, `SELECT more FROM cases`)
	next.Keys, _ = store.OpenKeys(keys)
	_, err = store.Open(t.Context(), store.Options{Address: address, Keys: next.Keys})
	storetest.Wants(t, err, fault.Invalid, "store.newer")
}
