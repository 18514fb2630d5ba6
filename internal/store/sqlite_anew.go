package store

import (
	"errors"
	"io/fs"
	"os"

	"foljsam/internal/fault"
)

// vacuum makes a file anew. What SQLite writes beside it meanwhile is as large as the file, and no
// connection has so much memory: it is a file of its own, encrypted under a key that nobody
// keeps; memory, where none can be made. Where that is not enough either the library gives up by
// a panic, which must not take the program with it.
func vacuum(c *conn) (err error) {
	for _, beside := range []string{"file", "memory"} {
		err = guarded(func() error {
			if _, err := c.db.ExecContext(background, "PRAGMA temp_store="+beside); err != nil {
				return said{err}
			}
			if _, err := c.db.ExecContext(background, "VACUUM"); err != nil {
				return said{err}
			}
			return nil
		})
		if err == nil {
			break
		}
	}
	_, failed := c.db.ExecContext(background, "PRAGMA temp_store=memory")
	return firstOf(err, failed)
}

// scrub makes a register's file anew, so that nothing deleted is left in free pages. The copy
// from before the last upgrade goes: it has what was deleted.
func (f *folder) scrub(c *conn, register string) error {
	if err := vacuum(c); err != nil {
		return err
	}
	err := os.Remove(f.file(register) + ".fore-uppgradering")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fault.Wrap(err, fault.Invalid, "store.disk")
	}
	return nil
}
