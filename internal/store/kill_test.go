package store_test

import (
	"bufio"
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

	"foljsam/internal/codebook"
	"foljsam/internal/record"
	"foljsam/internal/store"
	"foljsam/internal/store/storetest"
)

var cb = codebook.Default()

const savers = 8

// saveForever is the process that is killed: eight goroutines, each with a case of its own,
// save one field after another and print what was acknowledged; one more case is everybody's.
func saveForever() {
	o := store.Options{Folder: os.Getenv("FOLJSAM_FOLDER"), Address: os.Getenv("FOLJSAM_ARGS")}
	keys, err := store.OpenKeys(os.Getenv("FOLJSAM_KEYS"))
	if err != nil {
		fmt.Println("failed", err)
		os.Exit(1)
	}
	o.Keys = keys
	s, err := store.Open(context.Background(), o)
	if err != nil {
		fmt.Println("failed", err)
		os.Exit(1)
	}
	r, err := s.Register(context.Background(), "nora")
	if err != nil {
		fmt.Println("failed", err)
		os.Exit(1)
	}
	var all sync.WaitGroup
	for g := range savers {
		all.Go(func() {
			for i := 1; ; i++ {
				saveOnce(r, g, i)
			}
		})
	}
	all.Wait()
}

func saveOnce(r *store.Register, g, i int) {
	id, version := "c"+strconv.Itoa(g), 0
	err := r.Write(context.Background(), func(tx *store.Tx) error {
		c, err := tx.Case(id)
		if err != nil {
			return err
		}
		if err := storetest.Save(tx, cb, c, map[string]record.Answer{"14": {Value: fmt.Sprint(i), Comment: strings.Repeat("x", i%500)}}); err != nil {
			return err
		}
		version = c.Form.Version
		if i%5 == 0 {
			return storetest.Answer(tx, cb, "shared", map[string]record.Answer{"14": {Value: fmt.Sprint(g, i)}})
		}
		return nil
	})
	if err != nil {
		fmt.Println("failed", err)
		return
	}
	fmt.Printf("%s %d %d\n", id, version, i) // one write: whole, or not at all
}

// killed starts the process, kills it at a random moment, and gives the last version and
// value that was acknowledged of each case.
func killed(t *testing.T, h house, address string, luck *rand.Rand) map[string][2]int {
	t.Helper()
	c := helper(t, "save", h, address)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	said := map[string][2]int{}
	lines := bufio.NewScanner(out)
	wait := time.Duration(luck.IntN(150)) * time.Millisecond
	first := true
	for lines.Scan() {
		if first { // the moment is counted from the first save, not from the start
			time.AfterFunc(wait, func() { _ = c.Process.Kill() })
			first = false
		}
		words := strings.Fields(lines.Text())
		if len(words) != 3 || words[0] == "failed" {
			t.Errorf("the process said %q", lines.Text())
			_ = c.Process.Kill()
			continue
		}
		version, _ := strconv.Atoi(words[1])
		value, _ := strconv.Atoi(words[2])
		said[words[0]] = [2]int{version, value}
	}
	_ = c.Wait() // it was killed
	return said
}

// kills runs the rounds. open opens the installation as the killed process left it.
func kills(t *testing.T, h house, address string, rounds int) {
	luck := rand.New(rand.NewPCG(uint64(rounds), 2))
	open := func() (*store.Store, *store.Register) {
		t.Helper()
		keys, err := store.OpenKeys(h.keys)
		if err != nil {
			t.Fatal(err)
		}
		s, err := store.Open(t.Context(), store.Options{Folder: h.folder, Address: address, Keys: keys})
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.Register(t.Context(), "nora")
		if err != nil {
			t.Fatal(err)
		}
		return s, r
	}
	for round := range rounds {
		said := killed(t, h, address, luck)
		s, r := open()
		for id, last := range said {
			err := r.Read(t.Context(), func(tx *store.Tx) error {
				c, err := tx.Case(id)
				if err != nil {
					return err
				}
				value, _ := strconv.Atoi(c.Form.Get("14").Value)
				if c.Form.Version < last[0] || c.Form.Version == last[0] && value != last[1] {
					t.Errorf("round %d: %s was acknowledged at version %d with %d, and stands at %d with %d", round, id, last[0], last[1], c.Form.Version, value)
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		}
		if round%10 == 9 || round == rounds-1 {
			storetest.Whole(t, r)
		} else if _, err := r.VerifyAudit(t.Context()); err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			return
		}
	}
}

func killHouse(t *testing.T, o store.Options) house {
	dir := t.TempDir()
	h := house{t, filepath.Join(dir, "data"), filepath.Join(dir, "nycklar")}
	o.Folder = h.folder
	s := storetest.Open(t, o, h.keys)
	w := storetest.NewWorld(t, s)
	for _, id := range []string{"c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "shared"} {
		w.Write(w.Nora, func(tx *store.Tx) error { return storetest.File(tx, w.CB, id, id, "K", nil) })
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return h
}

func killOnPostgres(t *testing.T, rounds int) {
	p := storetest.StartPostgres(t)
	_, address := p.Database()
	kills(t, killHouse(t, store.Options{Address: address}), address, rounds)
}

func TestNothingAcknowledgedIsLostByKill(t *testing.T) {
	kills(t, killHouse(t, store.Options{}), "", few())
}

func TestNothingAcknowledgedIsLostByKillOnPostgres(t *testing.T) { killOnPostgres(t, few()) }

// few is how many rounds the ordinary tests run.
func few() int {
	if testing.Short() {
		return 3
	}
	return 10
}

func TestSoakKill(t *testing.T) {
	if os.Getenv("FOLJSAM_SOAK") == "" {
		t.Skip("FOLJSAM_SOAK is not set: 200 rounds are for make soak")
	}
	t.Run("SQLite", func(t *testing.T) { kills(t, killHouse(t, store.Options{}), "", 200) })
	t.Run("PostgreSQL", func(t *testing.T) { killOnPostgres(t, 200) })
}
