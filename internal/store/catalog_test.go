package store

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"foljsam/internal/codebook"
	"foljsam/internal/place"
	"foljsam/internal/record"
)

// written is what a catalog says of a case, without what differs from one reading to another.
type written struct {
	code, client         uint32
	intake, next         record.Day
	unit, worker, places string
	standing, marks      uint8
}

func (k *catalog) said() map[uint32]written {
	names := map[uint32]string{}
	for name, n := range k.names {
		names[n] = name
	}
	all := map[uint32]written{}
	for row, e := range k.rows {
		if e.standing == 0 {
			continue
		}
		found := fmt.Sprint(k.ofCodeNow(e.code), k.ofClientNow(e.client))
		all[uint32(row)] = written{e.code, e.client, e.intake, e.next, names[e.unit], names[e.worker], found, e.standing, e.marks}
	}
	return all
}

func (k *catalog) ofCodeNow(h uint32) (rows []uint32) {
	k.codes.each(h, func(row uint32) bool {
		if k.rows[row].code == h {
			rows = append(rows, row)
		}
		return true
	})
	return rows
}

func (k *catalog) ofClientNow(h uint32) (rows []uint32) {
	for row := range k.rows {
		if k.rows[row].client == h && k.rows[row].standing != 0 {
			rows = append(rows, uint32(row))
		}
	}
	var chain []uint32
	k.clients.each(h, func(row uint32) bool {
		if k.rows[row].client != h {
			return true
		}
		for ; row != 0; row = k.rows[row].before {
			chain = append(chain, row)
		}
		return false
	})
	slices.Reverse(chain)
	if !slices.Equal(chain, rows) {
		return append(chain, 0)
	}
	return rows
}

// Whatever is filed, saved, renamed and deleted, together and apart, what fails among it: the
// catalog has what it would have if it were read anew.
func TestTheCatalogFollowsEverySave(t *testing.T) {
	r, cb := aRegister(t), codebook.Default()
	random := rand.New(rand.NewPCG(2, 7))
	errNo := errors.New("no")
	for round := range 30 {
		var all sync.WaitGroup
		for range 12 {
			act, which, fails, client, day := random.IntN(8), random.IntN(200), random.IntN(4) == 0, fmt.Sprint("K", random.IntN(9)), fmt.Sprintf("2025-01-%02d", 1+random.IntN(28))
			all.Go(func() {
				_ = r.Write(t.Context(), func(tx *Tx) error {
					if err := someAct(tx, cb, act, fmt.Sprintf("c%03d", which), client, day); err != nil {
						return err
					}
					if fails {
						return errNo
					}
					return nil
				})
			})
		}
		all.Wait()
		followed := r.catalog.said()
		if err := r.send(t.Context(), &write{done: make(chan struct{}), alone: r.catalogue}); err != nil {
			t.Fatal(err)
		}
		if anew := r.catalog.said(); !maps.Equal(followed, anew) || round > 20 && len(anew) < 20 {
			t.Fatalf("round %d: %d cases, and %d when it is read anew\n%v\n%v", round, len(followed), len(anew), followed, anew)
		}
	}
}

// someAct does something to a case; what cannot be done is an error.
func someAct(tx *Tx, cb *codebook.Codebook, act int, id, client, day string) error {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	if act < 4 {
		c := &record.Filed{ID: id, Unit: "a", Worker: "p" + id[3:], Code: "code " + id, Client: client, Codebook: "x/1", Created: now, Changed: now, Form: record.NewForm()}
		if _, err := c.Form.Set(cb, map[string]record.Answer{"14": {Value: "30"}, "5": {Value: day}}); err != nil {
			return err
		}
		return tx.AddCase(cb, c, Revision{Version: c.Form.Version, At: now})
	}
	c, err := tx.Case(id)
	if err != nil {
		return err
	}
	switch act {
	case 4, 5:
		c.Unit = "b"
		if changes, err := c.Form.Set(cb, map[string]record.Answer{"5": {Value: day}, codebook.Discuss: {Value: "ja"}}); err != nil || len(changes) == 0 {
			return err
		}
		return tx.SaveCase(cb, c, Revision{Version: c.Form.Version, At: now})
	case 6:
		c.Code, c.Client = "code anew "+id, client
		return tx.Recode(c)
	}
	p := Retention{ID: "g" + id + day, Proposed: now, ProposedBy: "p", State: RetentionProposed}
	if err := tx.ProposeRetention(p, []string{id}); err != nil {
		return err
	}
	if _, err := tx.DeleteCase(id); err != nil {
		return err
	}
	p.State = RetentionDone
	return tx.EndRetention(p)
}

// A table of look-ups finds everything that was put in, however full it was and whatever was
// the same.
func TestLookupsGrow(t *testing.T) {
	k := newCatalog()
	random := rand.New(rand.NewPCG(1, 1))
	var all []move
	for row := uint32(1); row < 5000; row++ {
		all = append(all, move{row, entry{code: random.Uint32(), client: random.Uint32N(700), standing: 1}})
	}
	for len(all) > 0 {
		n := min(len(all), 1+random.IntN(90))
		k.follow(all[:n])
		all = all[n:]
	}
	for row := range k.rows {
		if e := k.rows[row]; e.standing != 0 && (!slices.Contains(k.ofCodeNow(e.code), uint32(row)) || slices.Contains(k.ofClientNow(e.client), 0)) {
			t.Fatalf("row %d is not found: %v %v", row, k.ofCodeNow(e.code), k.ofClientNow(e.client))
		}
	}
}

// aRegister gives an empty register in a file.
func aRegister(t *testing.T) *Register {
	t.Helper()
	dir := t.TempDir()
	keys, err := OpenKeys(filepath.Join(dir, "nycklar"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), Options{Folder: filepath.Join(dir, "data"), Keys: keys, Quick: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.AddRegister(t.Context(), place.Register{ID: "nora", Name: "Nora", Unit: "1884", Created: time.Now()}, nil); err != nil {
		t.Fatal(err)
	}
	r, err := s.Register(t.Context(), "nora")
	if err != nil {
		t.Fatal(err)
	}
	return r
}
