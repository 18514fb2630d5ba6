package exchange

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
)

const (
	maxMembers   = 10_000
	maxDirectory = 8 << 20 // bytes of a zip's list of members
)

// zipped is a package in a zip. Members are read where they are: nothing is written.
type zipped struct {
	at      *fileAt
	members map[string]*zip.File
	named   map[string]bool // unusable, and said so
	left    int64           // bytes that may still be unpacked
	limit   int64
}

var errTooLarge = errors.New("exchange: a package unpacks to more than the limit")

// fileAt is a file that can be let go of and opened again, so that a thousand packages
// do not need a thousand open files.
type fileAt struct {
	path   string
	file   *os.File
	budget int64 // bytes that may be read; negative: any number
}

func (f *fileAt) ReadAt(b []byte, off int64) (int, error) {
	if f.budget >= 0 {
		if f.budget -= int64(len(b)); f.budget < 0 {
			return 0, errTooLarge
		}
	}
	if f.file == nil {
		if err := f.open(); err != nil {
			return 0, err
		}
	}
	return f.file.ReadAt(b, off)
}

func (f *fileAt) open() (err error) {
	f.file, err = os.Open(f.path)
	return err
}

func (f *fileAt) close() {
	if f.file != nil {
		f.file.Close() // it was only read
		f.file = nil
	}
}

// openZip reads the list of members and names those that cannot be used; nil when the
// package cannot.
func openZip(path string, size int64, opt Options, say *problems) *zipped {
	z := &zipped{at: &fileAt{path: path, budget: maxDirectory}, members: map[string]*zip.File{}, named: map[string]bool{}, left: opt.MaxUnpacked, limit: opt.MaxUnpacked}
	r, err := zip.NewReader(z.at, size)
	z.at.budget = -1
	switch {
	case errors.Is(err, errTooLarge) || err == nil && len(r.File) > maxMembers:
		say.say("", "exchange.zip_members", "limit", maxMembers)
		return nil
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		say.say("", "exchange.zip_broken")
		return nil
	case unpacked(r.File) > uint64(opt.MaxUnpacked):
		say.say("", "exchange.too_large", "limit", opt.MaxUnpacked)
		return nil
	}
	z.choose(r.File, say)
	return z
}

// unpacked is what the zip says that it unpacks to; what it really does is counted later.
func unpacked(members []*zip.File) (sum uint64) {
	for _, m := range members {
		if sum += m.UncompressedSize64; sum < m.UncompressedSize64 {
			return ^uint64(0)
		}
	}
	return sum
}

// choose finds the uttag's files, in the zip's root or in the one folder around them.
func (z *zipped) choose(members []*zip.File, say *problems) {
	type member struct {
		name string
		*zip.File
	}
	var safe []member
	for _, m := range members {
		if name, ok := safeName(m.Name); ok {
			safe = append(safe, member{name, m})
		} else {
			say.say(clip(m.Name), "exchange.member_path")
		}
	}
	names := make([]string, len(safe))
	for i, m := range safe {
		names[i] = m.name
	}
	top := topFolder(names)
	for _, m := range safe {
		if name, ok := strings.CutPrefix(m.name, top); ok && isOurs(name) {
			z.take(name, m.File, say)
		}
	}
}

func (z *zipped) take(name string, m *zip.File, say *problems) {
	switch {
	case z.members[name] != nil || z.named[name]:
		say.say(name, "exchange.member_twice")
		return
	case m.Mode()&fs.ModeSymlink != 0:
		say.say(name, "exchange.file_link")
	case !m.Mode().IsRegular():
		say.say(name, "exchange.file_kind")
	case m.Flags&1 != 0:
		say.say(name, "exchange.member_encrypted")
	default:
		z.members[name] = m
		return
	}
	z.named[name] = true
}

func isOurs(name string) bool {
	for _, f := range files {
		if f == name {
			return true
		}
	}
	return false
}

// safeName gives a member's name with forward slashes; ok is false for one that leads
// out of the package: a step upwards, an absolute path, a drive letter.
func safeName(name string) (string, bool) {
	name = strings.ReplaceAll(name, `\`, "/")
	if strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':' {
		return "", false
	}
	for step := range strings.SplitSeq(name, "/") {
		if step == ".." {
			return "", false
		}
	}
	return strings.TrimPrefix(name, "./"), true
}

// topFolder gives "folder/" when the uttag stands in one folder, "" when it stands in
// the root.
func topFolder(names []string) string {
	top, found := "", false
	for _, n := range names {
		folder, name, in := strings.Cut(n, "/")
		switch {
		case !in && isOurs(n):
			return ""
		case !in || !isOurs(name) || folder == "__MACOSX":
		case found && top != folder+"/":
			return ""
		default:
			top, found = folder+"/", true
		}
	}
	return top
}

func (z *zipped) open(name string) (io.ReadCloser, int64, error) {
	if z.named[name] {
		return nil, 0, errNamed
	}
	m := z.members[name]
	if m == nil {
		return nil, 0, fs.ErrNotExist
	}
	r, err := m.Open()
	if err != nil {
		return nil, 0, err
	}
	return &metered{r, z}, int64(min(m.UncompressedSize64, defaultUnpacked)), nil
}

// again is not counted: what is unpacked twice is held once.
func (z *zipped) again(name string) (io.ReadCloser, error) {
	r, err := z.members[name].Open()
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(r, z.limit), r}, nil
}

func (z *zipped) close() { z.at.close() }

// metered counts what is really unpacked.
type metered struct {
	io.ReadCloser
	z *zipped
}

func (m *metered) Read(b []byte) (int, error) {
	n, err := m.ReadCloser.Read(b)
	if m.z.left -= int64(n); m.z.left < 0 {
		return n, errTooLarge
	}
	return n, err
}
