package store_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"foljsam/internal/store"
	"foljsam/internal/store/storetest"
)

func TestTwoThatMakeKeysAtOnceLoseNone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "nycklar")
	const each = 20
	var both sync.WaitGroup
	for _, name := range []string{"ale", "nora"} {
		keys, err := store.OpenKeys(path)
		if err != nil {
			t.Fatal(err)
		}
		both.Go(func() {
			for i := range each {
				if err := keys.Ensure(fmt.Sprintf("%s-%d", name, i)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	both.Wait()
	keys, err := store.OpenKeys(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range each {
		for _, name := range []string{"ale", "nora"} {
			if _, err := keys.Of(fmt.Sprintf("%s-%d", name, i)); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestALockThatWasLeftBehindStopsNobody(t *testing.T) {
	path := filepath.Join(t.TempDir(), "nycklar")
	if err := os.WriteFile(path+".las", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	long := time.Now().Add(-time.Hour)
	if err := os.Chtimes(path+".las", long, long); err != nil {
		t.Fatal(err)
	}
	keys, err := store.OpenKeys(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := keys.Ensure("nora"); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(path + ".las"); err == nil {
		t.Error("the lock was left behind again")
	}
}

func TestOthersOnTheMachineReadNothing(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("rights are the folder's there")
	}
	h := newHouse(t)
	s, r, err := h.nora(store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := &storetest.World{T: t, CB: cb, Store: s}
	w.Write(r, func(tx *store.Tx) error { return tx.PutSetting("log", "is there") })
	seen := 0
	err = filepath.WalkDir(filepath.Dir(h.keys), func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == filepath.Dir(h.keys) {
			return err
		}
		about, err := d.Info()
		if err == nil && about.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v", filepath.Base(path), about.Mode())
		}
		seen++
		return err
	})
	if err != nil || seen < 6 {
		t.Error(seen, err)
	}
}
