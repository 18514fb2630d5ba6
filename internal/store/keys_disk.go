package store

import (
	"os"
	"path/filepath"

	"foljsam/internal/fault"
)

// writeWhole puts a file in place so that a reader sees the old or the new, never a part.
func writeWhole(path string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".ny-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(content)
	err = firstOf(err, f.Chmod(0o600))
	err = firstOf(err, f.Sync())
	err = firstOf(err, f.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	defer d.Close()
	_ = d.Sync() // Windows cannot, and need not
	return nil
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "store.disk")
	}
	if err := firstOf(f.Sync(), f.Close()); err != nil {
		return fault.Wrap(err, fault.Invalid, "store.disk")
	}
	return nil
}
