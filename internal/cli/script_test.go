package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		program: func() { os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv)) },
	})
}

// The scripts in testdata/script read like a terminal. Besides what testscript has,
// "status N foljsam …" runs the program and demands its exit status.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:   filepath.Join("testdata", "script"),
		Setup: func(e *testscript.Env) error { e.Setenv("LANG", "sv_SE.UTF-8"); return nil },
		Cmds:  map[string]func(*testscript.TestScript, bool, []string){"status": status, "samefiles": sameFiles, "waitfor": waitFor},
	})
}

// status runs a command that must end with an exit status.
func status(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		if _, scan := fmt.Sscanf(err.Error(), "exit status %d", &got); scan != nil {
			ts.Fatalf("%v", err)
		}
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// waitFor waits until a file is there.
func waitFor(ts *testscript.TestScript, _ bool, args []string) {
	for range 1000 {
		if exists(ts.MkAbs(args[0])) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	ts.Fatalf("%s never came", args[0])
}

// sameFiles demands that two folders hold the same files.
func sameFiles(ts *testscript.TestScript, neg bool, args []string) {
	a, b := ts.MkAbs(args[0]), ts.MkAbs(args[1])
	differ := ""
	for _, pair := range [][2]string{{a, b}, {b, a}} {
		err := filepath.WalkDir(pair[0], func(name string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			inside, _ := filepath.Rel(pair[0], name)
			one, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			other, err := os.ReadFile(filepath.Join(pair[1], inside))
			if err != nil || string(one) != string(other) {
				differ = inside
			}
			return nil
		})
		ts.Check(err)
	}
	if same := differ == ""; same == neg {
		ts.Fatalf("%s and %s: %q differs", args[0], args[1], differ)
	}
}
