package cli

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// hidden are values that must be nowhere in a support bundle.
var hidden = []string{"PLANTERAD-ARENDEKOD-71", "PLANTERAD-KLIENTKOD-72", "PLANTERAD-FRITEXT-73", "PLANTERAT-NAMN-74", "planterad-inloggning-75", "PLANTERAT-LOSENORD-76",
	"PLANTERAD-ENHET-77", "PLANTERAT-REGISTER-78", "PLANTERAD-MAPP-79", "PLANTERAD-LOGGRAD-80", "PLANTERAD-NAMND-81", "PLANTERAD-HEMLIGHET-82"}

// fullOfSecrets makes an installation in which all of them are, and three cases.
func fullOfSecrets(t *testing.T, dir string) (data, keys string) {
	t.Helper()
	data, keys = filepath.Join(dir, "data"), filepath.Join(dir, "nycklar")
	k, err := store.OpenKeys(keys)
	if err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(t.Context(), store.Options{Folder: data, Keys: k, Quick: true})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	a := app.New(app.Options{Store: st, Codebook: codebook.Default()})
	code, err := a.FirstCode(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	secret, err := a.Begin(t.Context(), app.First{Code: code, Name: hidden[3], Login: hidden[4], Password: hidden[5], Register: hidden[7], Controller: hidden[10], Area: "1884", Unit: hidden[6]})
	if err != nil {
		t.Fatal(err)
	}
	who, err := a.Who(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	cb := codebook.Default()
	for i := range 3 {
		_, err := a.OpenCase(t.Context(), who.Actor, app.NewCase{Unit: who.Units[0].ID, Case: hidden[0] + fmt.Sprint(i), Client: hidden[1],
			Answers: map[string]record.Answer{cb.Role(codebook.Intake).Key(): {Value: "2026-11-01"}, "217": {Value: hidden[2]}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	if who.Role != access.Caseworker {
		t.Fatal(who.Role)
	}
	return data, keys
}

// writeLog writes a log in which every value is planted in turn, in lines of ours and others.
func writeLog(t *testing.T, path string) {
	t.Helper()
	var b strings.Builder
	for _, line := range []map[string]any{
		{"time": "2026-11-22T09:00:00.123456Z", "level": "ERROR", "msg": "failed", "route": "GET /arenden/{id}", "error": "store.disk_full [folder " + hidden[9] + "]: " + hidden[9]},
		{"time": hidden[9], "level": "INFO", "msg": "started", "version": hidden[9]},
		{"time": "2026-11-22T09:00:01Z", "level": "DEBUG", "msg": "request", "route": "GET /arenden/" + hidden[9], "status": 200, "ms": 1.5, hidden[9]: hidden[9]},
		{"time": "2026-11-22T09:00:01Z", "level": "ERROR", "msg": "panic", "route": hidden[9], "at": hidden[9] + " < foljsam/internal/web/start.Help < foljsam/" + hidden[9]},
		{"time": "2026-11-22T09:00:01Z", "level": "INFO", "msg": hidden[9]},
		{"time": "2026-11-22T09:00:01Z", "level": hidden[9], "msg": "started", "status": hidden[9]},
	} {
		x, err := json.Marshal(line)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(x, '\n'))
	}
	b.WriteString(hidden[9] + "\n")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

func unzipped(t *testing.T, path string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(b)
	}
	return parts
}

func searchHidden(t *testing.T, where, text string) {
	t.Helper()
	for _, h := range hidden {
		if strings.Contains(strings.ToLower(text), strings.ToLower(h)) {
			t.Errorf("%s holds %s", where, h)
		}
	}
}

func TestTheSupportBundleHoldsNothingAboutAnybody(t *testing.T) {
	dir := filepath.Join(t.TempDir(), hidden[8])
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	data, keys := fullOfSecrets(t, dir)
	writeLog(t, filepath.Join(dir, "logg"))
	t.Setenv("FOLJSAM_DEBUG", hidden[11])
	out := filepath.Join(t.TempDir(), "stod.zip")
	flags := []string{"support", "--data", data, "--keys", keys, "--log", filepath.Join(dir, "logg"), "--no-test"}
	status, said := try(append(flags, "--out", out)...)
	if status != done {
		t.Fatal(status, said)
	}
	searchHidden(t, "what was said", strings.ReplaceAll(said, out, ""))
	parts := unzipped(t, out)
	for name, text := range parts {
		searchHidden(t, name, text)
		if !strings.Contains(said, name) {
			t.Errorf("%s was not told of", name)
		}
	}
	for name, want := range map[string]string{
		"program.json": `"codebook"`, "setting.json": `"env_foljsam_debug": true`, "size.json": `"cases": "0–9"`, "selftest.json": `"run": false`,
		"log.txt": `{"error":"store.disk_full","level":"ERROR","msg":"failed","route":"GET /arenden/{id}","time":"2026-11-22T09:00:00Z"}`,
	} {
		if !strings.Contains(parts[name], want) {
			t.Errorf("%s does not say %s: %s", name, want, parts[name])
		}
	}
	if !strings.Contains(parts["log.txt"], `"at":"foljsam/internal/web/start.Help"`) || strings.Count(parts["log.txt"], "\n") != 4 {
		t.Error(parts["log.txt"])
	}
	for _, exact := range []string{`"3"`, ": 3\n", ": 3,"} {
		if strings.Contains(parts["size.json"], exact) {
			t.Error("an exact number:", parts["size.json"])
		}
	}
	b, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	searchHidden(t, "the file's own bytes", string(b))

	status, shown := try(append(flags, "--show")...)
	for name, text := range parts {
		if status != done || !strings.Contains(shown, "== "+name+" ==\n"+text) {
			t.Errorf("%s is not shown as it is: %s", name, shown)
		}
	}
}

// Support is asked for when something is wrong: then it says what, and still is a bundle.
func TestSupportWorksWhereNothingElseDoes(t *testing.T) {
	dir := t.TempDir()
	data, keys := fullOfSecrets(t, dir)
	k, err := store.OpenKeys(keys)
	if err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(context.Background(), store.Options{Folder: data, Keys: k})
	if err != nil {
		t.Fatal(err)
	}
	says := func(what, want string, flags ...string) {
		t.Helper()
		if status, said := try(append([]string{"support", "--show", "--no-test"}, flags...)...); status != done || !strings.Contains(said, want) {
			t.Errorf("%s: %d %s", what, status, said)
		}
	}
	says("it runs", `"fault": "store.in_use"`, "--data", data, "--keys", keys)
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	says("no keys", `"fault": "store.keys_missing_node"`, "--data", data, "--keys", filepath.Join(dir, "inga"))
	says("nothing is there", `"opened": false`, "--data", filepath.Join(dir, "inget"))
	if isThere(filepath.Join(dir, "inget")) || isThere(filepath.Join(dir, "inga")) {
		t.Error("something was begun")
	}
	if status, said := try("support"); status != misusage || !strings.Contains(said, "--out") {
		t.Error(status, said)
	}
}

// What the program says in its log is all in the list of what may be handed on: else whoever
// looks for a fault would miss it.
func TestEveryMessageOfTheLogIsKnown(t *testing.T) {
	said := regexp.MustCompile(`\b[lL]og\.(?:Info|Error|Warn|Debug)\("([^"]+)"`)
	n := 0
	for _, folder := range []string{".", "../web", "../app", "../store"} {
		files, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range said.FindAllStringSubmatch(string(b), -1) {
				if n++; !slices.Contains(messages, m[1]) && !strings.HasSuffix(name, "_test.go") {
					t.Errorf("%s logs %q, which support does not hand on", name, m[1])
				}
			}
		}
	}
	if n < len(messages)-1 {
		t.Error("only", n, "messages were found")
	}
}

func TestNumbersAreToldInPowersOfTen(t *testing.T) {
	for n, want := range map[int64]string{-1: "?", 0: "0–9", 4: "0–9", 9: "0–9", 10: "10–99", 99: "10–99", 100: "100–999", 3070: "1000–9999", 1 << 62: "1000000000000000000–9999999999999999999"} {
		if got := powers(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}
