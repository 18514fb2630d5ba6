package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"

	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/store"
	"foljsam/internal/store/storetest"
)

// A disk that fails in the middle: whoever writes is told what is wrong and gets no
// acknowledgement, whoever reads goes on reading, and when the disk is well again so is
// everything.
func TestADiskThatFailsAcknowledgesNothingAndDamagesNothing(t *testing.T) {
	for name, c := range map[string]struct {
		write, sync error
		key         string
	}{
		"full":           {write: sqlite3.FULL, key: "store.disk_full"},
		"read-only":      {write: sqlite3.READONLY, key: "store.read_only"},
		"a bad write":    {write: sqlite3.IOERR_WRITE, key: "store.disk"},
		"a bad wait":     {sync: sqlite3.IOERR_FSYNC, key: "store.disk"},
		"full at a wait": {sync: sqlite3.FULL, key: "store.disk_full"},
	} {
		t.Run(name, func(t *testing.T) {
			h, d := newHouse(t), newDisk(t)
			s, r, err := h.nora(store.WithVFS(store.Options{}, d.name))
			if err != nil {
				t.Fatal(err)
			}
			w := &storetest.World{T: t, CB: cb, Store: s}
			file := func(id string) error {
				return r.Write(context.Background(), func(tx *store.Tx) error { return storetest.File(tx, cb, id, id, "K", nil) })
			}
			if err := file("before"); err != nil {
				t.Fatal(err)
			}
			d.fails(c.write, c.sync)
			var all sync.WaitGroup
			for i := range 8 {
				all.Go(func() { storetest.Wants(t, file("meanwhile"+strconv.Itoa(i)), fault.Invalid, c.key) })
			}
			all.Wait()
			w.Read(r, func(tx *store.Tx) error { _, err := tx.Case("before"); return err })
			d.fails(nil, nil)
			if err := file("after"); err != nil {
				t.Error(err)
			}
			storetest.Whole(t, r)
			w.Read(r, func(tx *store.Tx) error {
				n, err := tx.CountCovers(store.Find{})
				if n != 3 {
					t.Errorf("%d cases: what was not acknowledged is there", n)
				}
				return err
			})
			d.fails(c.write, c.sync)
			_ = s.Close() // may say that the log could not be folded in
			d.fails(nil, nil)
			h.undamaged()
		})
	}
}

// A power cut loses nothing that was acknowledged, whatever the disk did with the rest.
func TestAPowerCutLosesNothingAcknowledged(t *testing.T) {
	powerCuts(t, 1, few())
}

func TestSoakPowerCut(t *testing.T) {
	if os.Getenv("FOLJSAM_SOAK") == "" {
		t.Skip("FOLJSAM_SOAK is not set: many power cuts are for make soak")
	}
	for seed := range uint64(30) { // each its own: what the disk remembers is in memory, and ends with it
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) { powerCuts(t, seed, 10) })
	}
}

func powerCuts(t *testing.T, seed uint64, rounds int) {
	d := newDisk(t)
	h := killHouse(t, store.WithVFS(store.Options{}, d.name))
	s, r, err := h.nora(store.WithVFS(store.Options{}, d.name))
	if err != nil {
		t.Fatal(err)
	}
	over, stop := context.WithCancel(t.Context())
	var acknowledged sync.Map // case id → version
	var all sync.WaitGroup
	for g := range savers {
		all.Go(func() {
			for i := 1; over.Err() == nil; i++ {
				id, version := "c"+strconv.Itoa(g), 0
				err := r.Write(context.Background(), func(tx *store.Tx) error {
					c, err := tx.Case(id)
					if err != nil {
						return err
					}
					err = storetest.Save(tx, cb, c, map[string]record.Answer{"14": {Value: strconv.Itoa(i), Comment: strings.Repeat("x", 50*i%3000)}})
					version = c.Form.Version
					return err
				})
				if err != nil {
					t.Error(err)
				}
				acknowledged.Store(id, version)
			}
		})
	}
	luck := rand.New(rand.NewPCG(seed, uint64(rounds)))
	for round := range rounds {
		time.Sleep(time.Duration(luck.IntN(20)) * time.Millisecond)
		said := map[string]int{}
		acknowledged.Range(func(id, version any) bool { said[id.(string)] = version.(int); return true })
		left := d.cut(luck)
		after := house{t, filepath.Join(t.TempDir(), "data"), h.keys}
		putFiles(t, after.folder, left)
		after.stands(round, said)
		if err := os.RemoveAll(after.folder); err != nil { // many rounds would fill the disk
			t.Error(err)
		}
		if t.Failed() {
			break
		}
	}
	stop()
	all.Wait()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// stands checks that cases stand at no earlier version than was acknowledged.
func (h house) stands(round int, said map[string]int) {
	h.t.Helper()
	s, r, err := h.nora(store.Options{})
	if err != nil {
		h.t.Errorf("round %d: %v", round, err)
		return
	}
	defer s.Close()
	for id, version := range said {
		err := r.Read(context.Background(), func(tx *store.Tx) error {
			c, err := tx.Case(id)
			if err == nil && c.Form.Version < version {
				err = fmt.Errorf("acknowledged at %d, stands at %d", version, c.Form.Version)
			}
			return err
		})
		if err != nil {
			h.t.Errorf("round %d, %s: %v", round, id, err)
		}
	}
	if round%5 == 2 {
		storetest.Whole(h.t, r)
	} else if _, err := r.VerifyAudit(context.Background()); err != nil {
		h.t.Errorf("round %d: %v", round, err)
	}
}

// Where the log's index cannot be shared (an old Windows), one connection holds the file
// alone, and everything works all the same.
func TestWithoutSharedMemoryOneConnectionDoesAll(t *testing.T) {
	storetest.Run(t, func(t testing.TB) *store.Store {
		d := newDisk(t)
		d.noShared = true
		dir := t.TempDir()
		return storetest.Open(t, store.WithVFS(store.Options{Folder: filepath.Join(dir, "data")}, d.name), filepath.Join(dir, "nycklar"))
	})
}
