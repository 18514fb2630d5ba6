package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"syscall"

	"foljsam/internal/fault"
)

// output is one file to be written, by its name in the folder, with slashes.
type output struct {
	name  string
	write func(io.Writer) error
}

// staging is where files lie inside the folder until all of them are written.
const staging = ".foljsam-ofardigt"

// writeFiles writes files to a folder, several at once, the first begun first. Nothing is
// replaced before all are written; then each is, one by one. Other files are left alone.
func writeFiles(ctx context.Context, dir string, files []output) error {
	stage := filepath.Join(dir, staging)
	if err := os.RemoveAll(stage); err != nil { // what an interrupted run left
		return cannotWrite(stage, err)
	}
	if err := checkNames(dir, files); err != nil {
		return err
	}
	for _, f := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(stage, f.name)), 0o777); err != nil {
			return cannotWrite(dir, err)
		}
	}
	defer os.RemoveAll(stage)
	err := inParallel(ctx, len(files), func(i int) error {
		err := writeFile(filepath.Join(stage, files[i].name), 0o666, files[i].write)
		return cannotWrite(filepath.Join(dir, files[i].name), err)
	})
	if err != nil {
		return err
	}
	for _, f := range files {
		to := filepath.Join(dir, f.name)
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			return cannotWrite(to, err)
		}
		if err := os.Rename(filepath.Join(stage, f.name), to); err != nil {
			return cannotWrite(to, err)
		}
	}
	return nil
}

// checkNames refuses names that would lead out of the folder, and folders in it that are
// links to somewhere else.
func checkNames(dir string, files []output) error {
	for _, f := range files {
		if !filepath.IsLocal(filepath.FromSlash(f.name)) {
			return fault.New(fault.Internal, "fault.internal")
		}
		for at := path.Dir(f.name); at != "."; at = path.Dir(at) {
			info, err := os.Lstat(filepath.Join(dir, at))
			if err == nil && !info.IsDir() {
				return fault.New(fault.Usage, "cli.folder_is_link", "path", filepath.Join(dir, at))
			}
		}
	}
	return nil
}

// inParallel does work for 0 … n-1 on all cores, until the first error.
func inParallel(ctx context.Context, n int, work func(i int) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	next := make(chan int)
	var all sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		all.Go(func() {
			for i := range next {
				if err := work(i); err != nil {
					stop(err)
				}
			}
		})
	}
	for i := 0; i < n && ctx.Err() == nil; i++ {
		next <- i
	}
	close(next)
	all.Wait()
	return context.Cause(ctx)
}

// writeFile writes a file; what writes it does so in large pieces.
func writeFile(name string, mode os.FileMode, write func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	err = write(f)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

// replaceFile writes a file beside the one that it replaces, for its owner only. A link of
// that name is replaced, not followed.
func replaceFile(name string, write func(io.Writer) error) error {
	beside := filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+staging)
	defer os.Remove(beside)
	os.Remove(beside)
	err := writeFile(beside, 0o600, write)
	if err == nil {
		err = os.Rename(beside, name)
	}
	return cannotWrite(name, err)
}

// cannotWrite says why a file cannot be written, as far as a person can do something
// about it. What is no fault of the file system stays what it is.
func cannotWrite(name string, cause error) error {
	var path *os.PathError
	var link *os.LinkError
	switch {
	case !errors.As(cause, &path) && !errors.As(cause, &link):
		return cause
	case errors.Is(cause, os.ErrPermission):
		return fault.Wrap(cause, fault.Invalid, "cli.write_permission", "path", name)
	case errors.Is(cause, syscall.ENOSPC):
		return fault.Wrap(cause, fault.Invalid, "cli.write_full", "path", name)
	case errors.Is(cause, os.ErrNotExist):
		return fault.Wrap(cause, fault.Invalid, "cli.write_missing", "path", name)
	}
	return fault.Wrap(cause, fault.Invalid, "cli.write_failed", "path", name)
}

// removeStale removes the files that names tells are ours and that were not written now,
// and the folder if nothing is left in it.
func removeStale(dir string, written []output, under string, ours func(name string) bool) error {
	entries, err := os.ReadDir(filepath.Join(dir, under))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return cannotWrite(filepath.Join(dir, under), err)
	}
	for _, e := range entries {
		name := filepath.ToSlash(filepath.Join(under, e.Name()))
		if e.IsDir() || !ours(e.Name()) || slices.ContainsFunc(written, func(o output) bool { return o.name == name }) {
			continue
		}
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			return cannotWrite(filepath.Join(dir, name), err)
		}
	}
	if under != "" {
		os.Remove(filepath.Join(dir, under)) // fails, as it should, when something is left
	}
	return nil
}
