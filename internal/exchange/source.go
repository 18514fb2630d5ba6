package exchange

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// The files of an uttag. Nothing else in a package is read.
const (
	descriptionFile = "datapackage.json"
	casesFile       = "arenden.csv"
	supportFile     = "insatser.csv"
	riskFile        = "risk.csv"
	localFile       = "lokala.csv"
	textFile        = "fritext.csv"
)

var files = []string{descriptionFile, casesFile, supportFile, riskFile, localFile}

// source is where a package's files are: a folder or a zip.
type source interface {
	// open gives a file and about how many bytes it has; fs.ErrNotExist when the package
	// has no such file, errNamed when it has one that has been named as unusable.
	open(name string) (io.ReadCloser, int64, error)
	// again opens a file that is open already, for another look at it.
	again(name string) (io.ReadCloser, error)
	// close lets go of what is open; the source may be used again.
	close()
}

// errNamed means that a problem has been named already.
var errNamed = errors.New("exchange: a file that cannot be used")

// openSource finds out what a path is.
func openSource(path string, opt Options, say *problems) source {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		say.say("", "exchange.package_missing")
	case err != nil:
		say.say("", "exchange.package_unreadable")
	case info.IsDir():
		return &folder{path: path, say: say}
	case info.Mode().IsRegular():
		if z := openZip(path, info.Size(), opt, say); z != nil {
			return z
		}
	default:
		say.say("", "exchange.package_kind")
	}
	return nil
}

// packageName is the last element of the path as given.
func packageName(path string) string { return filepath.Base(path) }

// folder is a package that is not zipped.
type folder struct {
	path  string
	say   *problems
	named map[string]bool
}

func (f *folder) open(name string) (io.ReadCloser, int64, error) {
	if f.named[name] {
		return nil, 0, errNamed
	}
	root, err := os.OpenRoot(f.path)
	if err != nil {
		return nil, 0, err
	}
	defer root.Close()
	info, err := root.Lstat(name)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, f.refuse(name, info.Mode())
	}
	file, err := root.Open(name)
	return file, info.Size(), err
}

// refuse names what is not a plain file. A link is not followed: it may lead out.
func (f *folder) refuse(name string, mode fs.FileMode) error {
	key := "exchange.file_kind"
	if mode&fs.ModeSymlink != 0 {
		key = "exchange.file_link"
	}
	f.say.say(name, key)
	if f.named == nil {
		f.named = map[string]bool{}
	}
	f.named[name] = true
	return errNamed
}

func (f *folder) again(name string) (io.ReadCloser, error) {
	r, _, err := f.open(name)
	return r, err
}

func (f *folder) close() {}

// progress tells how far the reading of all packages has come.
type progress struct {
	mu          sync.Mutex
	done, total int64
	tell        func(done, total int64)
}

func newProgress(all []*delivered, tell func(done, total int64)) *progress {
	p := &progress{tell: tell}
	if tell == nil {
		return p
	}
	for _, d := range all {
		if d.used() {
			p.total += d.bytes
		}
	}
	return p
}

func (p *progress) add(n int) {
	if p.tell == nil || n == 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done += int64(n)
	p.total = max(p.total, p.done)
	p.tell(p.done, p.total)
}

// counted tells the progress what is read through it.
type counted struct {
	io.Reader
	progress *progress
}

func (c counted) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.progress.add(n)
	return n, err
}
