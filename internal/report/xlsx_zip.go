package report

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// steadyZip writes a workbook's parts so that the same parts give the same bytes: in
// order of name, with one fixed time. The library lists the content types in the order
// of a map, so that one part is sorted too.
type steadyZip struct {
	w       io.Writer
	instead map[string]string // parts to be written in place of the library's
	parts   map[string]*bytes.Buffer
}

// Create begins a part.
func (z *steadyZip) Create(name string) (io.Writer, error) {
	if z.parts == nil {
		z.parts = map[string]*bytes.Buffer{}
	}
	z.parts[name] = &bytes.Buffer{}
	return z.parts[name], nil
}

// AddFS is not used by a workbook.
func (z *steadyZip) AddFS(fs.FS) error { return fs.ErrInvalid }

const contentTypes = "[Content_Types].xml"

// Close writes all parts, the content types first as readers expect.
func (z *steadyZip) Close() error {
	out := zip.NewWriter(z.w)
	names := slices.Sorted(maps.Keys(z.parts))
	slices.SortStableFunc(names, func(a, b string) int {
		switch {
		case a == contentTypes && b != contentTypes:
			return -1
		case b == contentTypes && a != contentTypes:
			return 1
		}
		return 0
	})
	for _, name := range names {
		if err := z.write(out, name); err != nil {
			return err
		}
	}
	return out.Close()
}

func (z *steadyZip) write(out *zip.Writer, name string) error {
	body := z.parts[name].Bytes()
	if ours, ok := z.instead[name]; ok {
		body = []byte(ours)
	}
	if name == contentTypes {
		body = sortTypes(body)
	}
	part, err := out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		return err
	}
	_, err = part.Write(body)
	return err
}

var typeElement = regexp.MustCompile(`<(Default|Override) [^>]*?(/>|></(Default|Override)>)`)

// sortTypes puts the elements of the content types in order of their text.
func sortTypes(b []byte) []byte {
	s := string(b)
	at := typeElement.FindAllStringIndex(s, -1)
	if at == nil {
		return b
	}
	all := typeElement.FindAllString(s, -1)
	slices.Sort(all)
	return []byte(s[:at[0][0]] + strings.Join(all, "") + s[at[len(at)-1][1]:])
}
