package exchange

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"sync/atomic"

	"foljsam/internal/exchange/csvscan"
	"foljsam/internal/record"
)

// delivered is a package on its way from a path to a Batch.
type delivered struct {
	Package
	from     string // the whole path
	src      source
	desc     *description
	problems problems
	unusable bool
	replaced bool
	bytes    int64 // about how many there are to read; 0 when nobody wants to know
	alone    bool  // no other package is of the same register

	out      *idTable     // cases that were left out, by pseudonym
	lost     []bool       // cases that a later package has; nil: none
	rowsSeen int          // cases, kept or left out
	left     atomic.Int64 // problems that may still be named, for those who read chunks
	workers  int
	opt      Options
	ctx      context.Context // of the one call of Read that this lives in
	progress *progress
}

// open finds out what a package is and says of itself.
func open(path string, opt Options) *delivered {
	p := &delivered{opt: opt, out: &idTable{}}
	p.Path, p.from = packageName(path), path
	if whole, err := filepath.Abs(path); err == nil {
		p.from = whole
	}
	p.problems = problems{pack: p.Path, limit: opt.MaxProblems}
	if p.src = openSource(path, opt, &p.problems); p.src == nil {
		p.unusable = true
		return p
	}
	defer p.src.close()
	if p.desc = describe(p.src, &p.problems); p.desc == nil {
		p.unusable = true
		return p
	}
	p.desc.fill(&p.Package, &p.problems)
	if opt.Progress != nil {
		p.bytes = p.size()
	}
	return p
}

func (p *delivered) used() bool { return !p.unusable && !p.replaced }

// size is about how many bytes there are to read.
func (p *delivered) size() (n int64) {
	for _, name := range []string{casesFile, supportFile, riskFile, localFile} {
		if r, size, err := p.src.open(name); err == nil {
			n += size
			r.Close()
		}
	}
	return n
}

// markReplaced keeps the last of the packages that are the same. What was wrong with the
// others is of no interest any more.
func markReplaced(all []*delivered) {
	last := map[string]*delivered{}
	for i := len(all) - 1; i >= 0; i-- {
		p := all[i]
		if p.desc == nil {
			continue
		}
		id := p.identity()
		if by := last[id]; by != nil {
			p.replaced = true
			p.problems = problems{pack: p.Path, limit: p.opt.MaxProblems}
			p.problems.warn(descriptionFile, "exchange.package_replaced", "by", by.Path)
			continue
		}
		last[id] = p
	}
}

// read reads the package's files. When it turns out that the package cannot be used, what
// was named of its rows is dropped: none of them is in use.
func (p *delivered) read(ctx context.Context, opt Options, progress *progress) {
	if !p.used() {
		return
	}
	p.ctx, p.progress, p.workers = ctx, progress, opt.Workers
	defer p.src.close()
	p.Batch, p.ids = &record.Batch{Layout: opt.Layout}, idTables.Get().(*idTable)
	opened := p.openFiles()
	rows := len(p.problems.list)
	for _, f := range opened {
		if p.unusable {
			break
		}
		f.read()
		if !p.unusable {
			p.problems.sortRows(f.from)
		}
	}
	for _, f := range opened {
		f.closer.Close()
	}
	if p.unusable {
		p.dropRows(rows)
	}
	if p.alone && !opt.IDs {
		p.forgetIDs()
	}
}

// dropRows takes back what was named of rows, from the n-th problem on.
func (p *delivered) dropRows(n int) {
	kept := p.problems.list[:n:n]
	for _, x := range p.problems.list[n:] {
		if x.Row <= 1 {
			kept = append(kept, x)
		}
	}
	p.problems.list, p.problems.more = kept, 0
	p.Batch, p.Spans = nil, nil
}

// table is a file of rows that has been opened.
type table struct {
	name   string
	scan   *csvscan.Scanner
	closer io.Closer
	size   int64
	plan   *plan
	from   int // problems named before its rows
	read   func()
}

// openFiles opens the package's files as far as their headers. The package is unusable
// when one of them has no header that can be used.
func (p *delivered) openFiles() (all []*table) {
	for _, f := range []struct {
		name string
		read func(*table) error
	}{{casesFile, p.readCases}, {supportFile, p.readSupport}, {riskFile, p.readRisk}, {localFile, p.readLocals}} {
		t := p.openTable(f.name)
		if t == nil {
			continue
		}
		t.read = func() {
			t.from = len(p.problems.list)
			p.failed(t.name, f.read(t))
		}
		all = append(all, t)
	}
	return all
}

func (p *delivered) openTable(name string) *table {
	r, size, err := p.src.open(name)
	if err != nil {
		p.noFile(name, err)
		return nil
	}
	t := &table{name: name, closer: r, size: size}
	t.scan, err = csvscan.Open(counted{r, p.progress}, csvscan.Options{Reopen: func() (io.ReadCloser, error) { return p.src.again(name) }})
	if err == nil {
		var ok bool
		t.plan, ok = makePlan(name, t.scan.Header(), p.columns(name), p.opt.Layout, &p.problems)
		p.unusable = p.unusable || !ok
		return t
	}
	r.Close()
	if errors.Is(err, csvscan.ErrEmpty) {
		p.empty(name)
	} else {
		p.failed(name, err)
	}
	return nil
}

func (p *delivered) columns(name string) []column {
	if name == localFile {
		return p.localColumns()
	}
	return columnsOf(p.opt.Layout.Book, name)
}

// noFile names a file that is not there. Without cases there is no package.
func (p *delivered) noFile(name string, err error) {
	switch missing := errors.Is(err, fs.ErrNotExist); {
	case errors.Is(err, errNamed):
		p.unusable = p.unusable || name == casesFile
	case missing && name == casesFile:
		p.problems.say(name, "exchange.cases_missing")
		p.unusable = true
	case missing && name != localFile:
		p.problems.warn(name, "exchange.file_missing")
	case !missing:
		p.failed(name, err)
	}
}

// empty names a file without a header.
func (p *delivered) empty(name string) {
	if name == casesFile {
		p.problems.say(name, "exchange.cases_empty")
		p.unusable = true
		return
	}
	p.problems.warn(name, "exchange.file_empty")
}

// failed names what kept a file from being read to its end. Half a file is not used, and
// neither is a package with half a file.
func (p *delivered) failed(name string, err error) {
	switch {
	case err == nil:
		return
	case errors.Is(err, errTooLarge):
		p.problems.forced("", "exchange.too_large", "limit", p.opt.MaxUnpacked)
	case errors.Is(err, csvscan.ErrUTF16):
		p.problems.forced(name, "exchange.file_utf16")
	case errors.Is(err, csvscan.ErrHeader):
		p.problems.forced(name, "exchange.header_unreadable")
	default:
		p.problems.forced(name, "exchange.file_unreadable")
	}
	p.unusable = true
}

// parts reads a table's chunks, each into a part, and takes the parts in order.
func parts[T any](p *delivered, t *table, parse func(*csvscan.Chunk) T, take func(T, int) error) error {
	p.left.Store(int64(p.problems.room()))
	return csvscan.Each(p.ctx, t.scan, p.workers, parse, func(part T, before int) error {
		defer func() { p.left.Store(int64(p.problems.room())) }()
		return take(part, before)
	})
}

// room is how many more problems are named, as far as a chunk that is read beside others
// can know: at least so many.
func (p *delivered) room() int { return int(p.left.Load()) }

// idList is pseudonyms one after another, with their hashes.
type idList struct {
	text   []byte
	ends   []uint32
	hashes []uint32
}

func (l *idList) reset() { l.text, l.ends, l.hashes = l.text[:0], l.ends[:0], l.hashes[:0] }

func (l *idList) add(id []byte) {
	l.text = append(l.text, id...)
	l.ends = append(l.ends, uint32(len(l.text)))
	l.hashes = append(l.hashes, hashOf(id))
}

func (l *idList) at(i int) []byte {
	from := uint32(0)
	if i > 0 {
		from = l.ends[i-1]
	}
	return l.text[from:l.ends[i]]
}

// addTo adds all to a table of pseudonyms.
func (l *idList) addTo(t *idTable) error {
	for i := range l.ends {
		if t.full(len(l.at(i))) {
			return errTooLarge
		}
		t.add(l.hashes[i], l.at(i))
	}
	return nil
}

// finder finds the cases of rows. Rows mostly come in the order of the cases, so it
// looks at the case it found last and the next few first.
type finder struct {
	p    *delivered
	last int32
}

// ahead is how many cases without rows are passed over before a row's case is looked up.
const ahead = 4

// find gives a row's case, -1 when it is in none; out tells that the case is one that
// was left out.
func (f *finder) find(id []byte) (i int32, out bool) {
	ids := f.p.ids
	for i := f.last; i <= f.last+ahead && int(i) < ids.len(); i++ {
		if bytes.Equal(ids.at(i), id) {
			f.last = i
			return i, false
		}
	}
	h := hashOf(id)
	if i := ids.find(h, id); i >= 0 {
		f.last = i
		return i, false
	}
	return -1, f.p.out.find(h, id) >= 0
}

// owner gives the case that a row belongs to, -1 when it is left out; a row of a case that
// was never there is named.
func (f *finder) owner(r *rowReader) int32 {
	if r.left || r.found >= 0 {
		return r.found
	}
	i, out := f.find(r.id)
	if i < 0 && !out {
		r.say(caseColumn, r.id, "exchange.case_unknown")
	}
	return i
}

// rowProblems is a part that is nothing but problems.
func (p *delivered) takeProblems(part found, before int) error {
	p.problems.addRows(part, before)
	return nil
}
