package store

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"math/bits"
	"strconv"
	"strings"

	"foljsam/internal/record"
)

// A row is a JSON array in the order of the table's columns: text, whole numbers, and
// {"b":"base64"} for bytes. Nothing else is kept in any table.

// rowReader reads rows of a query and writes them as lines.
type rowReader struct {
	kinds []byte // of each column: 't' text, 'i' whole number, 'b' bytes
	texts []sql.RawBytes
	ints  []int64
	into  []any
}

var errKind = errors.New("a column of a kind that backups do not have")

func newRowReader(rows *sql.Rows) (*rowReader, error) {
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	r := &rowReader{texts: make([]sql.RawBytes, len(types)), ints: make([]int64, len(types))}
	for i, t := range types {
		switch name := strings.ToUpper(t.DatabaseTypeName()); {
		case name == "TEXT":
			r.kinds, r.into = append(r.kinds, 't'), append(r.into, &r.texts[i])
		case strings.HasPrefix(name, "INT"):
			r.kinds, r.into = append(r.kinds, 'i'), append(r.into, &r.ints[i])
		case name == "BLOB" || name == "BYTEA":
			r.kinds, r.into = append(r.kinds, 'b'), append(r.into, &r.texts[i])
		default:
			return nil, errKind
		}
	}
	return r, nil
}

// append appends the row that stands in turn, without a line feed.
func (r *rowReader) append(b []byte, rows *sql.Rows) ([]byte, error) {
	if err := rows.Scan(r.into...); err != nil {
		return nil, err
	}
	b = append(b, '[')
	for i, kind := range r.kinds {
		if i > 0 {
			b = append(b, ',')
		}
		switch kind {
		case 't':
			b = record.AppendText(b, string(r.texts[i]))
		case 'i':
			b = strconv.AppendInt(b, r.ints[i], 10)
		case 'b':
			b = append(b, `{"b":"`...)
			b = base64.StdEncoding.AppendEncode(b, r.texts[i])
			b = append(b, `"}`...)
		}
	}
	return append(b, ']'), nil
}

var errRow = errors.New("not a row")

// readRow reads a line of a backup.
func readRow(line []byte, into []any) ([]any, error) {
	into = into[:0]
	if len(line) < 2 || line[0] != '[' || line[len(line)-1] != ']' {
		return nil, errRow
	}
	for at := 1; at < len(line)-1; {
		value, end, err := readCell(line[:len(line)-1], at)
		if err != nil {
			return nil, err
		}
		into = append(into, value)
		if at = end; at < len(line)-1 {
			if line[at] != ',' {
				return nil, errRow
			}
			at++
		}
	}
	return into, nil
}

// readCell reads one value and gives where it ends.
func readCell(b []byte, at int) (value any, end int, err error) {
	switch {
	case b[at] == '"':
		if end = textEnd(b, at); end < 0 {
			return nil, 0, errRow
		}
		value, err = unquote(b[at:end])
		return value, end, err
	case b[at] == '{':
		end = at + bytes.IndexByte(b[at:], '}') + 1
		var x struct{ B []byte }
		if end <= at || json.Unmarshal(b[at:end], &x) != nil {
			return nil, 0, errRow
		}
		return x.B, end, nil
	}
	for end = at; end < len(b) && b[end] != ','; end++ {
	}
	n, err := strconv.ParseInt(string(b[at:end]), 10, 64)
	return n, end, err
}

// unquote gives a text that is nearly always written as it is.
func unquote(b []byte) (s string, err error) {
	if bytes.IndexByte(b, '\\') < 0 {
		return string(b[1 : len(b)-1]), nil
	}
	err = json.Unmarshal(b, &s)
	return s, err
}

// textEnd gives where a quoted text ends.
func textEnd(b []byte, at int) int {
	for i := at + 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}

// rowSum is a sum over rows in which their order means nothing: the sum of their SHA-256,
// modulo 2^256.
type rowSum struct {
	n   int64
	sum [4]uint64
}

func (s *rowSum) add(row []byte) {
	h := sha256.Sum256(row)
	s.addHash(h[:])
}

func (s *rowSum) addHash(h []byte) {
	var carry uint64
	for i := range s.sum {
		s.sum[i], carry = bits.Add64(s.sum[i], binary.LittleEndian.Uint64(h[8*i:]), carry)
	}
	s.n++
}

func (s *rowSum) of(register, table string) TableCount {
	var b []byte
	for _, w := range s.sum {
		b = binary.LittleEndian.AppendUint64(b, w)
	}
	return TableCount{register, table, s.n, hex.EncodeToString(b)}
}
