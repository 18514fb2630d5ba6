package csvscan

import (
	"bytes"
	"encoding/csv"
	"io"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzCSV holds the scanner against encoding/csv on what both call valid, and against
// itself with other chunks and workers on anything.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{
		"a,b\n1,2\n", "a;b\r\n\"x\"\"y\";2\r\n", "a,b\n\"1\n2\",3\n", "a\n\n\n\"\n", "a,b\n\"x\"y,1\nz,\"", "\ufeffa\n\xe5\n", "a\r1\r2",
		"a,b\n1,\"2\"\r\n\"\",\"\"\n", "a\n\"\"\"\"\n\"\n\"\n",
	} {
		f.Add([]byte(s), uint8(3))
	}
	f.Fuzz(func(t *testing.T, text []byte, size uint8) {
		opt := Options{ChunkSize: 1 << 16, MaxRecord: 1 << 16}
		s, err := Open(bytes.NewReader(text), opt)
		if err != nil {
			return
		}
		rows, err := collect(s, 1)
		if err != nil {
			t.Fatal(err)
		}
		agreeWithItself(t, text, rows, int(size)+1)
		agreeWithStandard(t, text, s, rows)
	})
}

// agreeWithItself reads in small chunks: the same records, wherever the chunks end. (With
// CR alone the file's first chunk decides, and small chunks may not show it.)
func agreeWithItself(t *testing.T, text []byte, want []row, size int) {
	if !utf8.Valid(text) || bytes.IndexByte(text, '\r') >= 0 || len(text) > 4096 {
		return
	}
	s, err := Open(bytes.NewReader(text), Options{ChunkSize: size, MaxRecord: 1 << 16})
	if err != nil {
		t.Fatal(err)
	}
	if rows, err := collect(s, 3); err != nil || show(rows) != show(want) {
		t.Errorf("chunks of %d: %v\n%swant\n%s", size, err, show(rows), show(want))
	}
}

func agreeWithStandard(t *testing.T, text []byte, s *Scanner, rows []row) {
	text = bytes.TrimPrefix(text, mark)
	if !utf8.Valid(text) || s.newline != '\n' || strings.Contains(string(text), "\r\n") && bytes.IndexByte(text, '"') >= 0 {
		return // encoding/csv makes \n of \r\n inside quotes; we keep what was written
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord = rune(s.comma), -1
	var want [][]string
	for {
		rec, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return
		}
		want = append(want, rec)
	}
	var got [][]string
	for _, r := range rows {
		got = append(got, r.Cells)
	}
	if len(want) > 0 && !reflect.DeepEqual(got, append([][]string(nil), want[1:]...)) {
		t.Errorf("%q:\n%q\nwant\n%q", text, got, want[1:])
	}
}
