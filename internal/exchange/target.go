package exchange

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"hash"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"
)

// target is where a package is written to.
type target interface {
	describe(text []byte) error
	create(name string) (io.WriteCloser, error)
	finish() error
	abandon()
}

// unfinished is what a file is called until all of the package is written.
const unfinished = ".ofardig"

// folderTarget writes plain files.
type folderTarget struct {
	dir   string
	names []string
}

func newFolder(dir string) (target, error) {
	return &folderTarget{dir: dir}, os.MkdirAll(dir, 0o700)
}

func (f *folderTarget) create(name string) (io.WriteCloser, error) {
	f.names = append(f.names, name)
	return os.OpenFile(filepath.Join(f.dir, name+unfinished), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
}

func (f *folderTarget) describe(text []byte) error {
	f.names = append(f.names, descriptionFile)
	return os.WriteFile(filepath.Join(f.dir, descriptionFile+unfinished), text, 0o600)
}

func (f *folderTarget) finish() error {
	for _, name := range f.names {
		path := filepath.Join(f.dir, name)
		if err := os.Rename(path+unfinished, path); err != nil {
			return err
		}
	}
	return nil
}

func (f *folderTarget) abandon() {
	for _, name := range f.names {
		os.Remove(filepath.Join(f.dir, name+unfinished))
	}
}

// zipTarget writes a zip. The first file goes straight into it; the others, whose rows
// come at the same time, wait in memory, compressed.
type zipTarget struct {
	path    string
	file    *os.File // nil: whoever asked for it has the rest
	w       *zip.Writer
	created time.Time
	first   bool
	waiting []*zipMember
}

func newZip(path string, created time.Time) (target, error) {
	file, err := os.OpenFile(path+unfinished, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	return &zipTarget{path: path, file: file, w: zip.NewWriter(file), created: created, first: true}, nil
}

// zipTo writes a zip to somebody who keeps it.
func zipTo(w io.Writer, created time.Time) target {
	return &zipTarget{w: zip.NewWriter(w), created: created, first: true}
}

func (z *zipTarget) header(name string) *zip.FileHeader {
	h := &zip.FileHeader{Name: name, Method: zip.Deflate}
	if !z.created.IsZero() {
		h.Modified = z.created.UTC()
	}
	return h
}

func (z *zipTarget) describe(text []byte) error {
	w, err := z.w.CreateHeader(z.header(descriptionFile))
	if err == nil {
		_, err = w.Write(text)
	}
	return err
}

func (z *zipTarget) create(name string) (io.WriteCloser, error) {
	if z.first {
		z.first = false
		w, err := z.w.CreateHeader(z.header(name))
		return nopCloser{w}, err
	}
	m := &zipMember{name: name, sum: crc32.NewIEEE()}
	m.w, _ = flate.NewWriter(&m.packed, flate.DefaultCompression) // errs only on an unknown level
	z.waiting = append(z.waiting, m)
	return m, nil
}

func (z *zipTarget) finish() error {
	for _, m := range z.waiting {
		h := z.header(m.name)
		h.CRC32, h.UncompressedSize64, h.CompressedSize64 = m.sum.Sum32(), m.size, uint64(m.packed.Len())
		w, err := z.w.CreateRaw(h)
		if err != nil {
			return err
		}
		if _, err := m.packed.WriteTo(w); err != nil {
			return err
		}
	}
	if err := z.w.Close(); err != nil {
		return err
	}
	if z.file == nil {
		return nil
	}
	if err := z.file.Close(); err != nil {
		return err
	}
	return os.Rename(z.path+unfinished, z.path)
}

func (z *zipTarget) abandon() {
	if z.file == nil {
		return
	}
	z.file.Close() // it is removed
	os.Remove(z.path + unfinished)
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

// zipMember is a file that waits for its turn in the zip.
type zipMember struct {
	name   string
	packed bytes.Buffer
	w      *flate.Writer
	sum    hash.Hash32
	size   uint64
}

func (m *zipMember) Write(b []byte) (int, error) {
	m.sum.Write(b) // never fails
	m.size += uint64(len(b))
	return m.w.Write(b)
}

func (m *zipMember) Close() error { return m.w.Close() }

// blockSize is how many bytes of rows are handed over at a time.
const blockSize = 64 << 10

// blocks writes a file beside the others: rows are gathered in row, and written by a
// goroutine of the file's own.
type blocks struct {
	row  []byte
	full chan []byte
	free chan []byte
	done chan error
	bad  atomic.Bool
}

func startBlocks(w io.WriteCloser) *blocks {
	b := &blocks{full: make(chan []byte, 2), free: make(chan []byte, 4), done: make(chan error, 1)}
	go func() {
		var failed error
		for block := range b.full {
			if failed == nil {
				_, failed = w.Write(block)
				b.bad.Store(failed != nil)
			}
			select {
			case b.free <- block[:0]:
			default:
			}
		}
		if err := w.Close(); failed == nil {
			failed = err
		}
		b.done <- failed
	}()
	return b
}

// flush hands over the rows when there are many.
func (b *blocks) flush() {
	if len(b.row) < blockSize {
		return
	}
	b.full <- b.row
	select {
	case b.row = <-b.free:
	default:
		b.row = make([]byte, 0, blockSize+4096)
	}
}

func (b *blocks) failed() bool { return b.bad.Load() }

func (b *blocks) end() error {
	b.full <- b.row
	close(b.full)
	return <-b.done
}
