// Package csvscan reads CSV files in chunks of whole records, several chunks at once.
//
// It reads what people save: comma or semicolon, LF, CRLF or CR, a byte order mark,
// UTF-8 or Windows-1252, quotes as in RFC 4180 with line breaks in them. It never gives
// up on a file: a record with broken quotes, or one that is too long, is marked and
// reading goes on with the next line. It holds a bounded number of bounded chunks, and
// never says what a cell means.
//
//	s, err := csvscan.Open(file, csvscan.Options{})
//	err = csvscan.Each(ctx, s, workers, func(c *csvscan.Chunk) int {
//		n := 0
//		for c.Next() { n++ }
//		return n
//	}, func(n, before int) error { total += n; return nil })
package csvscan

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"sync"
)

// Options say how to read. The zero value is fine.
type Options struct {
	Comma     byte // the delimiter; 0: comma or semicolon, as the header has more of
	ChunkSize int  // bytes read at a time; 0: 256 KiB
	MaxRecord int  // bytes of the longest record; 0: 1 MiB
	// Reopen reads the file once more from its start. It is called when a file turns out
	// to have more than ASCII, to find whether all of it is UTF-8. Without it the first
	// chunk that has more than ASCII decides for the file.
	Reopen func() (io.ReadCloser, error)
}

const usualChunk = 256 << 10

// buffers and chunks are used again by the next file: a delivery has hundreds.
var (
	buffers = sync.Pool{New: func() any { return new([]byte) }}
	chunks  = sync.Pool{New: func() any { return &Chunk{} }}
)

// ErrEmpty is the error of a file without a header: no bytes, or only empty lines.
var ErrEmpty = errors.New("csvscan: no header")

// ErrHeader is the error of a file whose first record cannot be read as one.
var ErrHeader = errors.New("csvscan: no record begins the file")

// ErrUTF16 is the error of a file that its first bytes say is UTF-16.
var ErrUTF16 = errors.New("csvscan: the file is UTF-16")

// IsUTF16 tells whether a text begins with the byte order mark of UTF-16.
func IsUTF16(d []byte) bool {
	return bytes.HasPrefix(d, []byte{0xff, 0xfe}) || bytes.HasPrefix(d, []byte{0xfe, 0xff})
}

// Scanner is a CSV file that is being read.
type Scanner struct {
	opt     Options
	comma   byte
	newline byte
	header  []string
	before  int // rows up to and with the header

	mu      sync.Mutex // guards what follows: one worker at a time reads
	r       io.Reader
	carry   []byte // read, but not handed out: begins at a record
	eof     bool
	failed  error
	chunks  int
	discard bool // in the middle of a record that is too long

	latin func(chunk []byte) bool
}

// Open reads the header.
func Open(r io.Reader, opt Options) (*Scanner, error) {
	if opt.ChunkSize <= 0 {
		opt.ChunkSize = usualChunk
	}
	if opt.MaxRecord <= 0 {
		opt.MaxRecord = 1 << 20
	}
	s := &Scanner{opt: opt, r: r, newline: '\n', comma: opt.Comma}
	s.latin = s.decideEncoding()
	if err := s.readHeader(); err != nil {
		return nil, err
	}
	return s, nil
}

// Header gives the names of the columns, without surrounding blanks.
func (s *Scanner) Header() []string { return s.header }

// Comma gives the delimiter.
func (s *Scanner) Comma() byte { return s.comma }

// HeaderRow gives the row that the header stands on; 1 when nothing stands before it.
func (s *Scanner) HeaderRow() int { return s.before }

var mark = []byte("\xef\xbb\xbf")

// readHeader reads until the first record is whole. The delimiter is not known yet, and
// need not be to find where that record ends: quotes are.
func (s *Scanner) readHeader() error {
	d, err := s.more((*buffers.Get().(*[]byte))[:0])
	if err != nil {
		return err
	}
	if IsUTF16(d) {
		return ErrUTF16
	}
	d = bytes.TrimPrefix(d, mark)
	if bytes.IndexByte(d, '\n') < 0 && bytes.IndexByte(d, '\r') >= 0 && bytes.IndexByte(d, '\r') < len(d)-1 {
		s.newline = '\r'
	}
	for {
		first := firstRecord(d, s.newline, s.eof)
		if first.end > 0 {
			return s.takeHeader(d, first)
		}
		switch {
		case s.eof && len(bytes.Trim(d, "\r\n")) == 0:
			return ErrEmpty
		case s.eof || len(d) > s.opt.MaxRecord:
			return ErrHeader
		}
		if d, err = s.more(d); err != nil {
			return err
		}
	}
}

func (s *Scanner) takeHeader(d []byte, h extent) error {
	line := d[h.start:h.end]
	if s.comma == 0 {
		s.comma = commaOf(line)
	}
	c := Chunk{data: s.decode(bytes.Clone(line)), comma: s.comma, newline: s.newline, quotes: true}
	if !c.Next() || c.fault != Whole {
		return ErrHeader
	}
	for i := range c.Len() {
		s.header = append(s.header, strings.TrimSpace(string(c.Field(i))))
	}
	s.before = h.row
	s.carry = d[h.end:]
	return nil
}

// maxUsualHeader is added to a buffer, so that it still holds a chunk when a header has been
// cut off its beginning.
const maxUsualHeader = 4 << 10

// more reads up to a chunk more to the end of d; when d is larger, as much again, so that
// what has no end is not looked through too often.
func (s *Scanner) more(d []byte) ([]byte, error) {
	n := len(d)
	want := n + max(s.opt.ChunkSize, min(n, s.opt.MaxRecord-n))
	if cap(d) < want {
		d = append(make([]byte, 0, max(want+n/4, usualChunk)+maxUsualHeader), d...)
	}
	m, err := io.ReadFull(s.r, d[n:want])
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		s.eof, err = true, nil
	}
	return d[:n+m], err
}

// commaOf gives the delimiter that stands oftener outside quotes.
func commaOf(line []byte) byte {
	commas, semicolons, quoted := 0, 0, false
	for _, b := range line {
		switch {
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == ',':
			commas++
		case b == ';':
			semicolons++
		}
	}
	if semicolons > commas {
		return ';'
	}
	return ','
}

// begin takes over what has been read already. What came with the header is the first
// chunk, and changes its place with the chunk's buffer.
func (s *Scanner) begin(c *Chunk) (d []byte) {
	if s.chunks == 0 {
		c.data, s.carry = s.carry, c.data[:0]
		return c.data
	}
	d = append(c.data[:0], s.carry...)
	s.carry = s.carry[:0]
	return d
}

// fill reads the next chunk; ok is false at the end of the file.
func (s *Scanner) fill(c *Chunk) (ok bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed != nil {
		return false, s.failed
	}
	c.reset(s)
	d := s.begin(c)
	for try := 0; ; try++ {
		if try > 0 || len(d) < s.opt.ChunkSize {
			d, err = s.top(d)
		}
		if err != nil {
			s.failed = err
			return false, err
		}
		if len(d) == 0 && s.eof {
			return false, nil
		}
		n, quotes := cut(d, s.comma, s.newline, s.eof)
		if n == 0 && len(d) < s.opt.MaxRecord {
			continue
		}
		if n == 0 {
			n, quotes = s.tooLong(d, c), true
		}
		s.carry = append(s.carry, d[n:]...)
		c.data, c.quotes, c.Index = d[:n], quotes, s.chunks
		s.chunks++
		return true, nil
	}
}

// top fills d up to a chunk, or by a chunk where it is full already.
func (s *Scanner) top(d []byte) ([]byte, error) {
	var err error
	for !s.eof {
		if d, err = s.more(d); err != nil || !s.discard {
			return d, err
		}
		d = s.skipLong(d)
		if !s.discard {
			return d, nil
		}
	}
	if s.discard {
		return d[:0], nil
	}
	return d, nil
}

// tooLong hands out what there is of a record that has no end in sight. When it opens a
// quote on a line that ends, the quote is what is wrong: only that line is given up.
func (s *Scanner) tooLong(d []byte, c *Chunk) int {
	if nl := bytes.IndexByte(d, s.newline); nl >= 0 {
		return nl + 1
	}
	c.long = true
	s.discard = true
	return len(d)
}

// skipLong drops what is left of a record that is too long.
func (s *Scanner) skipLong(d []byte) []byte {
	nl := bytes.IndexByte(d, s.newline)
	if nl < 0 {
		return d[:0]
	}
	s.discard = false
	return d[nl+1:]
}
