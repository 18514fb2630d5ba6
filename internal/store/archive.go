package store

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"strings"
	"time"

	"filippo.io/age"

	"foljsam/internal/audit"
	"foljsam/internal/fault"
)

// A backup is one file: a line that says what it is, a line in the clear that says when it
// was made, till when it is kept and where each log ended, and then an age file. In that is
// gzip, and in that lines of JSON: a contents line, for each table a line with its columns
// and a line for each row, and last a line with counts and sums, and its signature. Anybody
// with the recovery key can read it without this program:
//
//	tail -n +3 FILE | age -d -i KEY | gunzip
//
// It is the same from both databases.
const archiveMark = "foljsam-backup "

const archiveFormat = "1"

// ArchiveHead is what a backup says in the clear. It names nobody.
type ArchiveHead struct {
	Made    time.Time          `json:"made"`
	Expires time.Time          `json:"expires"` // zero: never said
	Heads   []audit.SignedHead `json:"heads"`
}

// contents is a backup's first line.
type contents struct {
	Head      string   `json:"head"` // SHA-256 of what stands in the clear
	Program   string   `json:"program"`
	Dialect   string   `json:"dialect"`
	Steps     []step   `json:"steps"` // of the schema that the rows are in
	Registers []string `json:"registers"`
	Keys      []byte   `json:"keys,omitempty"` // the key file, sealed with age
}

// step is one step of the schema.
type step struct {
	Name string `json:"name"` // 0001_begin.sql
	Hash string `json:"hash"`
}

// tableLine comes before a table's rows.
type tableLine struct {
	Register string   `json:"register"`
	Table    string   `json:"table"`
	Columns  []string `json:"columns"`
}

// TableCount is what there is of a table, in a backup or in an installation: how many rows,
// and a sum over them in which their order means nothing.
type TableCount struct {
	Register string `json:"register"`
	Table    string `json:"table"`
	Rows     int64  `json:"rows"`
	Sum      string `json:"sum"`
}

// ending is a backup's last line.
type ending struct {
	Tables    []TableCount `json:"tables"`
	Lines     string       `json:"lines"` // SHA-256 of all lines before this one
	Key       string       `json:"key"`
	Signature string       `json:"signature"` // of Lines
}

// archiveWriter writes a backup.
type archiveWriter struct {
	out    *bufio.Writer
	layers []io.Closer // the innermost first
	sum    hash.Hash
}

// startArchive writes what stands in the clear and opens the rest.
func startArchive(w io.Writer, head ArchiveHead, to []age.Recipient, c contents) (*archiveWriter, error) {
	said, err := json.Marshal(head)
	if err != nil {
		return nil, err
	}
	clear := []byte(archiveMark + archiveFormat + "\n" + string(said) + "\n")
	if _, err := w.Write(clear); err != nil {
		return nil, err
	}
	sealed, err := age.Encrypt(w, to...)
	if err != nil {
		return nil, err
	}
	zip, err := gzip.NewWriterLevel(sealed, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	a := &archiveWriter{out: bufio.NewWriterSize(zip, 1<<16), layers: []io.Closer{zip, sealed}, sum: sha256.New()}
	sum := sha256.Sum256(clear)
	c.Head = hex.EncodeToString(sum[:])
	return a, a.json(c)
}

func (a *archiveWriter) line(b []byte) error {
	a.sum.Write(b)
	_, err := a.out.Write(b)
	return err
}

func (a *archiveWriter) json(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return a.line(append(b, '\n'))
}

// end writes the last line, signed, and closes the layers.
func (a *archiveWriter) end(tables []TableCount, sign func(string) (key, signature string)) error {
	e := ending{Tables: tables, Lines: hex.EncodeToString(a.sum.Sum(nil))}
	e.Key, e.Signature = sign(e.Lines)
	err := firstOf(a.json(e), a.out.Flush())
	for _, l := range a.layers {
		err = firstOf(err, l.Close())
	}
	return err
}

// archiveReader reads a backup.
type archiveReader struct {
	Head  ArchiveHead
	First contents
	lines *bufio.Scanner
	zip   *gzip.Reader
	sum   hash.Hash
}

// longestRow is the longest line that is read.
const longestRow = 1 << 28

// readHead reads what a backup says in the clear.
func readHead(r *bufio.Reader) (h ArchiveHead, clear []byte, err error) {
	mark, err := readShort(r, 64)
	version, ours := strings.CutPrefix(strings.TrimSuffix(string(mark), "\n"), archiveMark)
	switch {
	case err != nil || !ours:
		return h, nil, fault.New(fault.Invalid, "backup.not_one")
	case version != archiveFormat && isNumber(version):
		return h, nil, fault.New(fault.Invalid, "backup.newer")
	case version != archiveFormat:
		return h, nil, fault.New(fault.Invalid, "backup.not_one")
	}
	said, err := readShort(r, 1<<22)
	if err != nil || json.Unmarshal(said, &h) != nil {
		return h, nil, fault.New(fault.Invalid, "backup.damaged")
	}
	return h, append(mark, said...), nil
}

// readShort reads a line that is not long.
func readShort(r *bufio.Reader, most int) (line []byte, err error) {
	for len(line) < most {
		b, err := r.ReadByte()
		if err != nil {
			return nil, err
		}
		if line = append(line, b); b == '\n' {
			return line, nil
		}
	}
	return nil, errors.New("a long line")
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// openArchive reads up to the contents line.
func openArchive(from io.Reader, with []age.Identity) (*archiveReader, error) {
	in := bufio.NewReaderSize(from, 1<<16)
	head, clear, err := readHead(in)
	if err != nil {
		return nil, err
	}
	opened, err := age.Decrypt(in, with...)
	if err != nil {
		if none := new(age.NoIdentityMatchError); errors.As(err, &none) {
			return nil, fault.New(fault.Invalid, "backup.wrong_key")
		}
		return nil, fault.New(fault.Invalid, "backup.damaged")
	}
	zip, err := gzip.NewReader(opened)
	if err != nil {
		return nil, fault.New(fault.Invalid, "backup.damaged")
	}
	a := &archiveReader{Head: head, lines: bufio.NewScanner(zip), zip: zip, sum: sha256.New()}
	a.lines.Buffer(make([]byte, 1<<16), longestRow)
	line, err := a.next()
	sum := sha256.Sum256(clear)
	if err != nil || json.Unmarshal(line, &a.First) != nil || a.First.Head != hex.EncodeToString(sum[:]) {
		return nil, fault.New(fault.Invalid, "backup.damaged")
	}
	return a, nil
}

// next gives a line, valid until the next is asked for. The last is not in the sum.
func (a *archiveReader) next() ([]byte, error) {
	if !a.lines.Scan() {
		return nil, fault.New(fault.Invalid, "backup.damaged") // cut, changed, or too long
	}
	line := a.lines.Bytes()
	if !bytes.HasPrefix(line, []byte(`{"tables":`)) {
		a.sum.Write(line)
		a.sum.Write([]byte{'\n'})
	}
	return line, nil
}

// rows gives every table and row to read, and what the last line says.
func (a *archiveReader) rows(table func(tableLine) error, row func([]byte) error) (e ending, err error) {
	for {
		line, err := a.next()
		if err != nil {
			return e, err
		}
		switch {
		case len(line) > 0 && line[0] == '[':
			err = row(line)
		case bytes.HasPrefix(line, []byte(`{"tables":`)):
			return e, a.last(line, &e)
		default:
			var t tableLine
			if json.Unmarshal(line, &t) != nil || t.Table == "" {
				return e, fault.New(fault.Invalid, "backup.damaged")
			}
			err = table(t)
		}
		if err != nil {
			return e, err
		}
	}
}

// last reads the last line: nothing comes after it, and what came before is what it says.
func (a *archiveReader) last(line []byte, e *ending) error {
	if json.Unmarshal(line, e) != nil || e.Lines != hex.EncodeToString(a.sum.Sum(nil)) {
		return fault.New(fault.Invalid, "backup.damaged")
	}
	if a.lines.Scan() || a.lines.Err() != nil || a.zip.Close() != nil {
		return fault.New(fault.Invalid, "backup.damaged")
	}
	return nil
}
