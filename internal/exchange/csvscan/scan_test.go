package csvscan

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

// A record as a test sees it.
type row struct {
	At    int
	Cells []string
	Fate  Fate
}

// readAll reads a text in chunks of a few bytes with several workers.
func readAll(t testing.TB, text string, opt Options, workers int) (header []string, rows []row) {
	t.Helper()
	s, err := Open(strings.NewReader(text), opt)
	if err != nil {
		t.Fatal(err)
	}
	rows, err = collect(s, workers)
	if err != nil {
		t.Fatal(err)
	}
	return s.Header(), rows
}

func collect(s *Scanner, workers int) (rows []row, err error) {
	err = Each(context.Background(), s, workers, func(c *Chunk) (part []row) {
		for c.Next() {
			r := row{At: c.Row(), Fate: c.Fate()}
			for i := range c.Len() {
				r.Cells = append(r.Cells, string(c.Field(i)))
			}
			part = append(part, r)
		}
		return part
	}, func(part []row, before int) error {
		for _, r := range part {
			r.At += before
			rows = append(rows, r)
		}
		return nil
	})
	return rows, err
}

func show(rows []row) string {
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "%d%s %q\n", r.At, [...]string{"", "!", "?"}[r.Fate], r.Cells)
	}
	return b.String()
}

func TestRecords(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"comma and LF", "a,b\n1,2\n3,4\n", "2 [\"1\" \"2\"]\n3 [\"3\" \"4\"]\n"},
		{"semicolon and CRLF, no last line end", "a;b\r\n1;2,5\r\n3;", "2 [\"1\" \"2,5\"]\n3 [\"3\" \"\"]\n"},
		{"CR alone", "a,b\r1,\"2\"\r3,4", "2 [\"1\" \"2\"]\n3 [\"3\" \"4\"]\n"},
		{"mark", "\ufeffa,b\n1,2\n", "2 [\"1\" \"2\"]\n"},
		{"quotes", "a,b\n\"1,1\",\"2 \"\"x\"\"\"\n\"\",5\"\n", "2 [\"1,1\" \"2 \\\"x\\\"\"]\n3 [\"\" \"5\\\"\"]\n"},
		{"a record with line breaks is one row", "a,b\n\"1\n\n1\",2\r\n3,\"4\"\r\n", "2 [\"1\\n\\n1\" \"2\"]\n3 [\"3\" \"4\"]\n"},
		{"empty lines count as rows", "\n\na,b\n\n1,2\n\r\n3,4\n\n", "5 [\"1\" \"2\"]\n7 [\"3\" \"4\"]\n"},
		{"too few, too many", "a,b\n1\n1,2,3\n,\n", "2 [\"1\"]\n3 [\"1\" \"2\" \"3\"]\n4 [\"\" \"\"]\n"},
		{"a quote that never ends costs its line", "a,b\n1,\"x\n3,4\n5,6\n", "2! [\"1\" \"\\\"x\"]\n3 [\"3\" \"4\"]\n4 [\"5\" \"6\"]\n"},
		{"a quote that ends wrongly costs its line", "a,b\n\"1\"1,2\n3,\"4\"\n", "2! [\"\\\"1\\\"1\" \"2\"]\n3 [\"3\" \"4\"]\n"},
		{"a stray quote before a good one", "a,b\n\"1,2\n\"3\",4\n", "2! [\"\\\"1\" \"2\"]\n3 [\"3\" \"4\"]\n"},
		{"NUL", "a,b\n\x00,2\n", "2 [\"\\x00\" \"2\"]\n"},
		{"Windows-1252", "a,b\n\xe5\xe4\xf6,\x80\n", "2 [\"åäö\" \"€\"]\n"},
		{"UTF-8", "a,b\nåäö,€\n", "2 [\"åäö\" \"€\"]\n"},
	} {
		for _, size := range []int{1, 2, 3, 5, 7, 64} {
			if c.name == "CR alone" && size < 5 {
				continue // the header's chunk must show a CR that no LF follows
			}
			for _, workers := range []int{1, 3} {
				_, rows := readAll(t, c.text, Options{ChunkSize: size}, workers)
				if got := show(rows); got != c.want {
					t.Errorf("%s, chunks of %d, %d workers:\n%swant\n%s", c.name, size, workers, got, c.want)
				}
			}
		}
	}
}

func TestHeader(t *testing.T) {
	for text, want := range map[string][]string{
		"a,b\n":                     {"a", "b"},
		" a ; b\r\n":                {"a", "b"},
		"\"a,1\",b;c,d\n":           {"a,1", "b;c", "d"},
		"\ufeff\"a\nb\",c":          {"a\nb", "c"},
		"\xe5r,n\n1,2\n":            {"år", "n"},
		"ensam":                     {"ensam"},
		"\"a;b\";\"c\"\";d\"\n1;2":  {"a;b", "c\";d"},
		"a,b," + "\n":               {"a", "b", ""},
		"\r\n\r\na,b\r\n":           {"a", "b"},
		strings.Repeat("x", 5000):   {strings.Repeat("x", 5000)},
		"a,b\r1,2\r":                {"a", "b"},
		"a\tb\n":                    {"a\tb"},
		"\xef\xbb\xbfa;b;c\n1;2;3,": {"a", "b", "c"},
	} {
		s, err := Open(strings.NewReader(text), Options{})
		if err != nil {
			t.Errorf("%q: %v", text, err)
		} else if !slices.Equal(s.Header(), want) {
			t.Errorf("%q: %q", text, s.Header())
		}
	}
}

func TestNoHeader(t *testing.T) {
	for text, want := range map[string]error{
		"": ErrEmpty, "\ufeff": ErrEmpty, "\n\r\n\n": ErrEmpty, "\"a,b\n1,2\n": ErrHeader, "\"a\"b,c\n": ErrHeader,
	} {
		if _, err := Open(strings.NewReader(text), Options{}); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
	}
}

func TestEncodingIsTheWholeFiles(t *testing.T) {
	text := "a,b\n" + strings.Repeat("å,1\n", 50) + "\xe5,2\n"
	opt := Options{ChunkSize: 16, Reopen: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
	_, rows := readAll(t, text, opt, 2)
	if rows[0].Cells[0] != "Ã¥" || rows[50].Cells[0] != "å" {
		t.Error("one byte that is not UTF-8 makes all of the file Windows-1252", rows[0], rows[50])
	}
}

func TestTooLong(t *testing.T) {
	long := strings.Repeat("x", 10_000)
	opt := Options{ChunkSize: 64, MaxRecord: 1000}
	_, rows := readAll(t, "a,b\n1,2\n3,"+long+"\n5,6\n", opt, 2)
	if len(rows) != 3 || rows[1].Fate != TooLong || rows[1].At != 3 || rows[1].Cells[0] != "3" || rows[2].Cells[1] != "6" || rows[2].At != 4 {
		t.Error(len(rows), show(rows[len(rows)-1:]))
	}
	_, rows = readAll(t, "a,b\n1,2\n3,\"x\n"+strings.Repeat("5,6\n", 1000), opt, 2)
	if len(rows) != 1002 || rows[1].Fate != Broken || rows[2].Fate != Whole || rows[1001].At != 1003 {
		t.Error("an open quote may cost no more than its line", len(rows))
	}
	_, rows = readAll(t, "a,b\n1,"+long, opt, 1)
	if len(rows) != 1 || rows[0].Fate != TooLong {
		t.Error(len(rows))
	}
}

type failing struct{ io.Reader }

func (f failing) Read(p []byte) (int, error) {
	n, err := f.Reader.Read(p)
	if err == io.EOF {
		err = io.ErrClosedPipe
	}
	return n, err
}

func TestErrors(t *testing.T) {
	s, err := Open(failing{strings.NewReader("a,b\n" + strings.Repeat("1,2\n", 1000))}, Options{ChunkSize: 64})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := collect(s, 3); !errors.Is(err, io.ErrClosedPipe) {
		t.Error(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	s, _ = Open(strings.NewReader("a\n1\n"), Options{})
	if err := Each(ctx, s, 1, func(*Chunk) int { return 0 }, func(int, int) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	s, _ = Open(strings.NewReader("a\n"+strings.Repeat("1\n", 10_000)), Options{ChunkSize: 16})
	taken := 0
	err = Each(context.Background(), s, 3, func(*Chunk) int { return 0 }, func(int, int) error {
		if taken++; taken == 5 {
			return io.ErrShortWrite
		}
		return nil
	})
	if !errors.Is(err, io.ErrShortWrite) || taken != 5 {
		t.Error(err, taken)
	}
}

func TestLinesCanBeReadByHand(t *testing.T) {
	s, _ := Open(strings.NewReader("a,b\n1,2\n3,4\n5,6\n"), Options{})
	err := Each(context.Background(), s, 1, func(c *Chunk) string {
		if !c.Lines() {
			t.Error("every record is a line")
		}
		c.Skip(4, 1)
		c.Next()
		return fmt.Sprintf("%s %d %s", c.Field(0), c.Row(), c.Rest())
	}, func(got string, before int) error {
		if got != "3 2 5,6\n" || before != 1 {
			t.Errorf("%q %d", got, before)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
