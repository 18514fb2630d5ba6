package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// isInside tells whether a file is, or would be, inside a folder, whatever the two are
// called: through links, .. or other case. A folder that is there decides by being the
// same folder; one that is not, by its name, and then case is no difference.
func isInside(file, dir string) bool {
	file, dir = resolve(file, 0), resolve(dir, 0)
	folder, err := os.Stat(dir)
	for at := filepath.Dir(file); ; at = filepath.Dir(at) {
		if here, missing := os.Stat(at); err == nil && missing == nil && os.SameFile(here, folder) {
			return true
		}
		if err != nil && strings.EqualFold(at, dir) {
			return true
		}
		if at == filepath.Dir(at) {
			return strings.EqualFold(file, dir)
		}
	}
}

// resolve gives the real path of what need not be there: every link that is there is
// followed, also one that leads to nothing.
func resolve(name string, links int) string {
	full, err := filepath.Abs(name)
	if err != nil {
		return name
	}
	if real, err := filepath.EvalSymlinks(full); err == nil {
		return real
	}
	if to, err := os.Readlink(full); err == nil && links < 40 {
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(full), to)
		}
		return resolve(to, links+1)
	}
	if parent := filepath.Dir(full); parent != full {
		return filepath.Join(resolve(parent, links), filepath.Base(full))
	}
	return full
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return !errors.Is(err, fs.ErrNotExist)
}
