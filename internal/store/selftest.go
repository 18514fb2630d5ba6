package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
)

// SelfTestResult says what a self-test did.
type SelfTestResult struct {
	Writes, Reads int
	Took          time.Duration
	Shared        bool // one may read while another writes: the system can share the log's index
}

// SelfTest finds out whether registers can be kept on a machine's disk: for some seconds
// eight writers and eight readers use a new register in an empty folder under dir, which
// is then checked, opened again and compared with what was acknowledged. Nothing is left.
func SelfTest(ctx context.Context, dir string) (SelfTestResult, error) {
	scratch, err := os.MkdirTemp(dir, "foljsam-prov-")
	if err != nil {
		return SelfTestResult{}, tellFolder(err, dir)
	}
	defer os.RemoveAll(scratch)
	t := &selfTest{cb: codebook.Default(), dir: scratch}
	for _, step := range []func(context.Context) error{t.begin, t.use, t.check, t.end, t.begin, t.compare, t.check, t.end} {
		if err = step(ctx); err != nil {
			break
		}
	}
	if t.store != nil {
		err = firstOf(err, t.store.Close())
	}
	return t.did, err
}

type selfTest struct {
	cb    *codebook.Codebook
	dir   string
	store *Store
	r     *Register
	did   SelfTestResult
	saved [8]int // the last version that each writer was told is on disk
}

const selfTestTime = 4 * time.Second

func (t *selfTest) begin(ctx context.Context) error {
	keys, err := OpenKeys(filepath.Join(t.dir, "nycklar"))
	if err != nil {
		return err
	}
	if t.store, err = Open(ctx, Options{Folder: filepath.Join(t.dir, "data"), Keys: keys}); err != nil {
		return err
	}
	t.r, err = t.store.Register(ctx, "prov")
	if fault.KindOf(err) == fault.NotFound {
		err = t.store.AddRegister(ctx, place.Register{ID: "prov", Name: "Prov", Unit: "0180", Synthetic: true, Created: time.Now()}, nil)
		if err == nil {
			t.r, err = t.store.Register(ctx, "prov")
		}
	}
	if err == nil {
		t.did.Shared = t.r.lines.reads != nil
	}
	return err
}

func (t *selfTest) end(context.Context) error {
	err := t.store.Close()
	t.store = nil
	return err
}

// use lets eight write and eight read until the time is out.
func (t *selfTest) use(ctx context.Context) error {
	began := time.Now()
	ctx, stop := context.WithTimeout(ctx, selfTestTime)
	defer stop()
	var all sync.WaitGroup
	var reads, writes atomic.Int64
	faults := make(chan error, 2*len(t.saved))
	for i := range t.saved {
		all.Go(func() { faults <- t.write(ctx, i, &writes) })
		all.Go(func() { faults <- t.read(ctx, i, &reads) })
	}
	all.Wait()
	close(faults)
	t.did.Writes, t.did.Reads, t.did.Took = int(writes.Load()), int(reads.Load()), time.Since(began)
	var first error
	for err := range faults {
		if !errors.Is(err, context.DeadlineExceeded) {
			first = firstOf(first, err)
		}
	}
	return first
}

// write files a case and saves it again and again.
func (t *selfTest) write(ctx context.Context, i int, writes *atomic.Int64) error {
	c := &record.Filed{ID: strconv.Itoa(i), Created: time.Now(), Changed: time.Now(), Form: record.NewForm()}
	age := t.cb.Role(codebook.Age).Key()
	for n := 0; ctx.Err() == nil; n++ {
		changes, err := c.Form.Set(t.cb, map[string]record.Answer{age: {Value: strconv.Itoa(n)}})
		if err != nil {
			return err
		}
		rev := Revision{Version: c.Form.Version, At: time.Now(), Act: audit.Changed, Changes: changes}
		err = t.r.Write(context.WithoutCancel(ctx), func(tx *Tx) error {
			tx.Audit(audit.Line{At: rev.At, Act: audit.Changed, Case: c.ID})
			if n > 0 {
				return tx.SaveCase(t.cb, c, rev)
			}
			if err := tx.PutCodes(c, c.ID, c.ID); err != nil {
				return err
			}
			return tx.AddCase(t.cb, c, rev)
		})
		if err != nil {
			return err
		}
		t.saved[i] = c.Form.Version
		writes.Add(1)
	}
	return nil
}

// read reads a case that is being written, and its revisions: they must agree.
func (t *selfTest) read(ctx context.Context, i int, reads *atomic.Int64) error {
	for ctx.Err() == nil {
		err := t.r.Read(ctx, func(tx *Tx) error {
			c, err := tx.Case(strconv.Itoa(i))
			if fault.KindOf(err) == fault.NotFound {
				return nil
			}
			if err != nil {
				return err
			}
			all, err := tx.Revisions(c.ID)
			if err == nil && len(all) != c.Form.Version {
				err = fault.Wrap(fmt.Errorf("%d revisions at version %d", len(all), c.Form.Version), fault.Internal, "store.damaged")
			}
			return err
		})
		if err != nil {
			return err
		}
		reads.Add(1)
		time.Sleep(time.Millisecond)
	}
	return nil
}

// check lets SQLite look through the whole file, and follows the log.
func (t *selfTest) check(ctx context.Context) error {
	err := t.r.Read(ctx, func(tx *Tx) error {
		var said string
		if _, err := tx.c.one([]any{&said}, "PRAGMA integrity_check"); err != nil {
			return err
		}
		if said != "ok" {
			return fault.New(fault.Internal, "store.damaged")
		}
		return nil
	})
	if err == nil {
		_, err = t.r.VerifyAudit(ctx)
	}
	return err
}

// compare compares what is there after opening again with what was acknowledged.
func (t *selfTest) compare(ctx context.Context) error {
	return t.r.Read(ctx, func(tx *Tx) error {
		for i, version := range t.saved {
			c, err := tx.Case(strconv.Itoa(i))
			if err == nil && c.Form.Version != version {
				err = fault.Wrap(fmt.Errorf("version %d, acknowledged %d", c.Form.Version, version), fault.Internal, "store.damaged")
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}
