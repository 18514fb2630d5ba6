// Command tally reads what go test -json prints and tells a person what they need to
// know: the packages as they finish, everything that a failed test wrote, the tests that
// were skipped and why, and at the end one line with the counts. It ends with status 1
// when anything failed. It never runs a test itself.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
)

// event is one line of go test -json (see go doc cmd/test2json).
type event struct {
	Action  string
	Package string
	Test    string
	Output  string
	Elapsed float64
}

// tally is what has been seen so far.
type tally struct {
	out                     io.Writer
	passed, failed, skipped int
	broken                  int // packages that failed outside any test
	said                    map[string][]string
	failedIn                map[string]bool
	why                     []string
}

func main() {
	t := &tally{out: os.Stdout, said: map[string][]string{}, failedIn: map[string]bool{}}
	if err := t.read(os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, "tally:", err)
		os.Exit(1)
	}
	if !t.finish() {
		os.Exit(1)
	}
}

// read follows the events to the end. A line that is no event is shown as it is.
func (t *tally) read(r io.Reader) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) != nil || e.Action == "" {
			fmt.Fprintln(t.out, lines.Text())
			continue
		}
		t.add(e)
	}
	return lines.Err()
}

func (t *tally) add(e event) {
	key := e.Package + " " + e.Test
	switch e.Action {
	case "output":
		t.said[key] = append(t.said[key], e.Output)
	case "build-output":
		fmt.Fprint(t.out, e.Output)
	case "pass", "fail", "skip":
		if e.Test == "" {
			t.endPackage(e, key)
		} else {
			t.endTest(e, key)
		}
		delete(t.said, key)
	}
}

// endTest counts whole tests only: a test with a hundred parts is one test. A part that
// failed or was skipped is shown all the same.
func (t *tally) endTest(e event, key string) {
	one := 1
	if strings.Contains(e.Test, "/") {
		one = 0
	}
	switch e.Action {
	case "pass":
		t.passed += one
	case "fail":
		t.failed += one
		t.failedIn[e.Package] = true
		fmt.Fprintf(t.out, "FAIL  %s  %s\n%s", e.Package, e.Test, strings.Join(t.said[key], ""))
	case "skip":
		t.skipped += one
		t.why = append(t.why, fmt.Sprintf("%s  %s: %s", e.Package, e.Test, reason(t.said[key])))
	}
}

// endPackage says how a package went; one that fails without a failed test (it did not
// compile, or its test program died) counts as a failure of its own.
func (t *tally) endPackage(e event, key string) {
	if e.Action == "skip" {
		return // no test files
	}
	if e.Action == "fail" && !t.failedIn[e.Package] {
		t.broken++
		fmt.Fprint(t.out, strings.Join(t.said[key], ""))
	}
	fmt.Fprintf(t.out, "%-5s %s  %.1fs\n", e.Action, e.Package, e.Elapsed)
}

// reason picks the words of t.Skip out of what the test wrote.
func reason(lines []string) string {
	for _, l := range lines {
		l = strings.TrimSpace(l)
		if l != "" && !strings.HasPrefix(l, "=== ") && !strings.HasPrefix(l, "--- ") {
			return l
		}
	}
	return "no reason given"
}

// finish writes the skipped tests and the counts, and tells whether all went well.
func (t *tally) finish() bool {
	for _, w := range t.why {
		fmt.Fprintln(t.out, "skip ", w)
	}
	fmt.Fprintf(t.out, "%d passed, %d failed, %d skipped\n", t.passed, t.failed+t.broken, t.skipped)
	return t.failed+t.broken == 0 && t.passed > 0
}
