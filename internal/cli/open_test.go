package cli

import (
	"os"
	"testing"

	"foljsam/internal/fault"
)

// What is no plain file is refused before it is opened: a pipe would never answer.
func TestOnlyPlainFilesAreOpened(t *testing.T) {
	for _, name := range []string{os.DevNull, t.TempDir(), "there/is/none"} {
		f, err := openNamed(name)
		if err == nil {
			f.Close()
		}
		if fault.KindOf(err) != fault.Usage {
			t.Errorf("%s: %v", name, err)
		}
	}
	f, err := openNamed("open_test.go")
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
}
