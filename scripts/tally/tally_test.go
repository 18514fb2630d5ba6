package main

import (
	"strings"
	"testing"
)

func count(t *testing.T, events string) (string, bool) {
	t.Helper()
	var out strings.Builder
	c := &tally{out: &out, said: map[string][]string{}, failedIn: map[string]bool{}}
	if err := c.read(strings.NewReader(events)); err != nil {
		t.Fatal(err)
	}
	ok := c.finish()
	return out.String(), ok
}

const passed = `{"Action":"output","Package":"p","Test":"TestA","Output":"=== RUN   TestA\n"}
{"Action":"pass","Package":"p","Test":"TestA"}
`

func TestSkippedTestsAreNamedWithTheirReason(t *testing.T) {
	out, ok := count(t, passed+`{"Action":"output","Package":"p","Test":"TestB","Output":"=== RUN   TestB\n"}
{"Action":"output","Package":"p","Test":"TestB","Output":"    b_test.go:7: no browser here\n"}
{"Action":"skip","Package":"p","Test":"TestB"}
{"Action":"pass","Package":"p","Elapsed":0.1}
`)
	if want := "skip  p  TestB: b_test.go:7: no browser here\n1 passed, 0 failed, 1 skipped\n"; !strings.HasSuffix(out, want) || !ok {
		t.Errorf("got %v\n%s", ok, out)
	}
}

func TestFailuresShowWhatWasWritten(t *testing.T) {
	out, ok := count(t, passed+`{"Action":"output","Package":"p","Test":"TestB","Output":"    b_test.go:9: 3, want 4\n"}
{"Action":"fail","Package":"p","Test":"TestB"}
{"Action":"fail","Package":"p"}
`)
	if ok || !strings.Contains(out, "3, want 4") || !strings.Contains(out, "1 passed, 1 failed, 0 skipped") {
		t.Errorf("got %v\n%s", ok, out)
	}
}

func TestPackageThatDoesNotCompileIsAFailure(t *testing.T) {
	out, ok := count(t, passed+`{"ImportPath":"q","Action":"build-output","Output":"q.go:1:1: undefined: x\n"}
{"ImportPath":"q","Action":"build-fail"}
{"Action":"fail","Package":"q","FailedBuild":"q"}
`)
	if ok || !strings.Contains(out, "undefined: x") || !strings.Contains(out, "1 passed, 1 failed") {
		t.Errorf("got %v\n%s", ok, out)
	}
}

func TestPartsOfATestAreNotCounted(t *testing.T) {
	out, ok := count(t, `{"Action":"fail","Package":"p","Test":"TestA/sv"}
{"Action":"pass","Package":"p","Test":"TestA/en"}
{"Action":"fail","Package":"p","Test":"TestA"}
{"Action":"fail","Package":"p"}
`)
	if ok || !strings.Contains(out, "FAIL  p  TestA/sv\n") || !strings.HasSuffix(out, "0 passed, 1 failed, 0 skipped\n") {
		t.Errorf("got %v\n%s", ok, out)
	}
}

func TestNothingAtAllIsNoSuccess(t *testing.T) {
	if _, ok := count(t, ""); ok {
		t.Error("no test ran, and that was called success")
	}
}
