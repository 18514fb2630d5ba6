package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"foljsam/internal/place"
	"foljsam/internal/store"
)

// keyed is an installation with a register, and where it is.
func keyed(t *testing.T) (data, keys string) {
	t.Helper()
	dir := t.TempDir()
	data, keys = filepath.Join(dir, "data"), filepath.Join(dir, "nycklar")
	k, err := store.OpenKeys(keys)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(context.Background(), store.Options{Folder: data, Keys: k})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.AddRegister(context.Background(), place.Register{ID: "nora", Name: "Nora", Unit: "1884", Created: swedishNow()}, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return data, keys
}

// asked runs a command with something typed at it.
func asked(t *testing.T, typed string, env map[string]string, args ...string) (status int, said string) {
	t.Helper()
	var out, errs bytes.Buffer
	status = Main(args, strings.NewReader(typed), &out, &errs, func(name string) string { return env[name] })
	return status, out.String() + errs.String()
}

var shownKey = regexp.MustCompile(`AGES ECRE TKEY [A-Z0-9 ]+`)

func TestKeysComeBackByARecoveryKey(t *testing.T) {
	data, keys := keyed(t)
	at := []string{"--data", data, "--keys", keys, "--lang", "sv"}
	run := func(typed string, words ...string) (int, string) {
		return asked(t, typed, nil, append(words, at...)...)
	}
	status, said := run("\n", "keys", "recovery", "add", "Anna")
	paper := strings.TrimSpace(shownKey.FindString(said))
	if status != failed || paper == "" || !strings.Contains(said, "inte bekräftad") {
		t.Fatal(status, said)
	}
	if exists(keys + ".age") {
		t.Error("the keys are sealed to a key that nobody has confirmed")
	}
	if status, said := run(strings.Replace(paper, " ", "x", 1)+"\n", "keys", "recovery", "confirm", "Anna"); status != failed || strings.Contains(said, paper[20:30]) {
		t.Error(status, said)
	}
	if status, said := run(strings.ToLower(paper)+"\n", "keys", "recovery", "confirm", "Anna"); status != done {
		t.Fatal(status, said)
	}
	if status, said := run("", "keys", "status"); status != done || !strings.Contains(said, "nora: nyckelversion 1") || !strings.Contains(said, "installationen: nyckelversion 1") || strings.Contains(said, "nod:") || !strings.Contains(said, "Minst två") {
		t.Error(status, said)
	}
	if status, said := asked(t, "", nil, "keys", "--data="+data, "--keys", keys, "status", "--lang", "sv"); status != done || !strings.Contains(said, "nora: nyckelversion 1") {
		t.Error("the place before the word:", status, said)
	}
	if status, said := run("", "keys", "rotate", "--register", "nora"); status != done {
		t.Error(status, said)
	}
	was, err := os.ReadFile(keys)
	if err != nil {
		t.Fatal(err)
	}
	if status, said := asked(t, paper+"\n", nil, "keys", "recover", keys+".age", "--out", keys, "--lang", "sv"); status != failed || !strings.Contains(said, "redan en nyckelfil") {
		t.Error("it writes over keys:", status, said)
	}
	if err := os.Remove(keys); err != nil {
		t.Fatal(err)
	}
	if status, said := asked(t, paper+"\n", nil, "keys", "recover", keys+".age", "--out", keys, "--lang", "sv"); status != done {
		t.Fatal(status, said)
	}
	if now, err := os.ReadFile(keys); err != nil || !bytes.Equal(now, was) {
		t.Error("the keys are not what they were", err)
	}
	if about, err := os.Stat(keys); err != nil || about.Mode().Perm() != 0o600 {
		t.Error(about.Mode(), err)
	}
}

// Whoever reads the help of keys must see where the keys are said to be.
func TestTheHelpOfKeysNamesTheirPlace(t *testing.T) {
	for _, lang := range []string{"sv", "en"} {
		status, said := asked(t, "", nil, "keys", "--help", "--lang", lang)
		for _, flag := range []string{"--data", "--keys", "--database"} {
			if status != done || !strings.Contains(said, flag) {
				t.Errorf("%s: does not name %s: %s", lang, flag, said)
			}
		}
	}
}

func TestKeysUnderAPassphraseAreAskedFor(t *testing.T) {
	dir := t.TempDir()
	words := filepath.Join(dir, "losenfras")
	if err := os.WriteFile(words, []byte("häst batteri klammer\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	where := "passphrase:" + filepath.Join(dir, "nycklar")
	k, err := store.OpenKeysAsking(where, func() (string, error) { return "häst batteri klammer", nil })
	if err == nil {
		err = k.Ensure("nora")
	}
	if err != nil {
		t.Fatal(err)
	}
	status := func(typed string, env map[string]string) (int, string) {
		return asked(t, typed, env, "keys", "status", "--keys", where, "--lang", "sv")
	}
	if got, said := status("häst batteri klammer\n", nil); got != done || !strings.Contains(said, "nora: nyckelversion 1") {
		t.Error(got, said)
	}
	if got, said := status("", map[string]string{passphraseFile: words}); got != done {
		t.Error(got, said)
	}
	if got, said := status("fel\n", nil); got != failed || !strings.Contains(said, "Lösenfrasen öppnar inte") {
		t.Error(got, said)
	}
	text, err := os.ReadFile(filepath.Join(dir, "nycklar"))
	if err != nil || bytes.Contains(text, []byte("nora")) {
		t.Error("the file is not locked", err)
	}
}
