package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

// Nothing is replaced before everything is written, whether a file fails or somebody
// interrupts, and nothing half done is left.
func TestAFolderIsReplacedWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	if err := writeFiles(context.Background(), dir, []output{{"a", text("1")}, {"t/b", text("1")}}); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	err := writeFiles(context.Background(), dir, []output{{"a", text("2")}, {"t/b", func(io.Writer) error { return broken }}})
	if !errors.Is(err, broken) {
		t.Errorf("%v, want %v", err, broken)
	}
	interrupted, stop := context.WithCancel(context.Background())
	stop()
	if err := writeFiles(interrupted, dir, []output{{"a", text("2")}}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want %v", err, context.Canceled)
	}
	for _, name := range []string{"a", "t/b"} {
		if b, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(b) != "1" {
			t.Errorf("%s: %q, %v", name, b, err)
		}
	}
	if exists(filepath.Join(dir, staging)) {
		t.Error("unfinished files are left")
	}
}
