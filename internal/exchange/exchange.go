// Package exchange reads and writes the files that go between this program and others:
// the uttag (an extract of pseudonymised cases, as a Data Package), tables as JSON-stat
// and CSV, and lists of problems.
//
// A reader names every fault of what it is given, in the place where it stands, and
// loses nothing else because of it. It works in bounded memory, writes nothing to disk
// and follows no path out of the package. It never decides what may be published:
// tables come to it as disclosure.Released.
package exchange

import (
	"context"
	"runtime"
	"sync"
	"time"

	"foljsam/internal/fault"
	"foljsam/internal/record"
)

// Options say how packages are read. Only Layout is needed.
type Options struct {
	Layout      *record.Layout
	Spans       bool                    // keep when each support began and ended, see [Package.Spans]
	IDs         bool                    // keep the cases' pseudonyms, see [Package.CaseID]
	MaxUnpacked int64                   // bytes that a zip may unpack to; 0: 1 GiB
	MaxProblems int                     // problems named of one package, the rest are counted; 0: 250 000
	Workers     int                     // 0: as many as there are processors
	Progress    func(done, total int64) // bytes; called by one goroutine at a time
}

// Delivery is what several packages hold together.
type Delivery struct {
	Packages []*Package // those that are used, as they were given
	Problems []fault.Problem
}

// Package is one uttag that was read.
type Package struct {
	Path                        string // the last element of the path as given
	ID, Name, Title             string
	Created                     time.Time // when the data was read; zero when not said
	NoTime                      bool      // Created is not said: no time-to-event from this package
	Register                    string    // the sending register; its name where it says none
	From, Till                  string    // the period, as written
	CodebookID, CodebookVersion string
	Coverage                    int // 1-4; 0 not stated
	Scope                       int // 1-3; 0 not stated
	Synthetic                   bool
	Batch                       *record.Batch
	Spans                       []Span // in the order of the file; only with Options.Spans

	ids *idTable
}

// Span is one support row with a code and a day of beginning.
type Span struct {
	Case  int32 // index into the Batch
	Began record.Day
	Ended record.Day // NoDay: with the case
}

// CaseID gives a case's pseudonym; only with Options.IDs.
func (p *Package) CaseID(i int) string { return string(p.ids.at(int32(i))) }

const (
	defaultUnpacked = 1 << 30
	defaultProblems = 250_000
)

// Read reads the packages at the paths, folders or zips. What is wrong with them is in
// the delivery's Problems; the error is only that ctx ended, or that there is no Layout.
func Read(ctx context.Context, paths []string, opt Options) (*Delivery, error) {
	if opt.Layout == nil {
		return nil, fault.New(fault.Internal, "fault.internal")
	}
	opt = opt.filled()
	all := make([]*delivered, len(paths))
	eachOf(len(paths), opt.Workers, func(i int) { all[i] = open(paths[i], opt) })
	markReplaced(all)
	markAlone(all)
	progress := newProgress(all, opt.Progress)
	eachOf(len(paths), opt.Workers, func(i int) { all[i].read(ctx, opt, progress) })
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	joinRegisters(all)
	return gather(all, opt), nil
}

func (o Options) filled() Options {
	if o.MaxUnpacked <= 0 {
		o.MaxUnpacked = defaultUnpacked
	}
	if o.MaxProblems <= 0 {
		o.MaxProblems = defaultProblems
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	return o
}

// eachOf does work for 0 … n-1, several at once.
func eachOf(n, workers int, work func(i int)) {
	var all sync.WaitGroup
	next := make(chan int)
	for range min(n, workers) {
		all.Go(func() {
			for i := range next {
				work(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	all.Wait()
}

// settleIDs keeps the pseudonyms of the cases that are left, if anybody wants them.
func (p *delivered) settleIDs(opt Options) {
	switch {
	case !opt.IDs:
		p.forgetIDs()
	case p.lost != nil:
		p.ids.keep(func(i int) bool { return !p.lost[i] })
	}
}

func gather(all []*delivered, opt Options) *Delivery {
	d := &Delivery{}
	for _, p := range all {
		d.Problems = append(d.Problems, p.problems.all()...)
		if !p.used() {
			continue
		}
		p.settleIDs(opt)
		d.Packages = append(d.Packages, &p.Package)
	}
	return d
}
