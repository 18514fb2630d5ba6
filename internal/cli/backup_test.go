package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"foljsam/internal/app"
	"foljsam/internal/audit"
	"foljsam/internal/store"
)

// typed runs a command as it is typed, and gives what it said.
func typed(t *testing.T, want int, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	env := func(name string) string { return map[string]string{"LANG": "sv_SE.UTF-8"}[name] }
	if status := Main(args, nil, &out, &out, env); status != want {
		t.Fatalf("%v: %d, want %d: %s", args, status, want, out.String())
	}
	return out.String()
}

// begun makes an installation that somebody has begun to use.
func begunHouse(t *testing.T, data, keys string) *house {
	t.Helper()
	s := &session{ctx: t.Context()}
	h, err := s.openHouse(data, keys, "", app.Options{})
	if err != nil {
		t.Fatal(err)
	}
	code, err := h.app.FirstCode(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if code != "" {
		_, err = h.app.Begin(t.Context(), app.First{Code: code, Name: "Anna Alm", Login: "anna", Password: "en lång lösenfras", Register: "Nora", Controller: "Nora", Area: "1884", Unit: "Vuxen"})
	}
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestABackupIsTakenOfARunningServerAndRestoredElsewhere(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	h := begunHouse(t, in("data"), in("nycklar"))
	shut, err := openDoor(in("data"), h.keys, h.app)
	if err != nil {
		t.Fatal(err)
	}
	said := typed(t, done, "backup", "--new-key", in("annas"))
	recipient := strings.TrimSpace(said[strings.Index(said, "age1"):])
	stop := keepLogging(t, h)
	at := []string{"--data", in("data"), "--keys", in("nycklar")}
	said = typed(t, done, append([]string{"backup", "--out", in("kopia"), "--to", recipient}, at...)...)
	if !strings.Contains(said, "läst tillbaka") || strings.Contains(said, "AGE-SECRET") {
		t.Error(said)
	}
	typed(t, failed, append([]string{"backup", "--out", in("kopia"), "--to", recipient}, at...)...) // it is there
	if said = typed(t, done, append([]string{"verify"}, at...)...); !strings.Contains(said, "Allt stämmer") {
		t.Error(said)
	}
	stop()
	shut()
	h.close(&session{ctx: t.Context(), stderr: os.Stderr})

	typed(t, done, append([]string{"backup", "--out", in("kopia2"), "--to", recipient}, at...)...) // by itself, now that nobody has the folder
	said = typed(t, done, "restore", in("kopia"), "--recovery", in("annas"), "--data", in("data2"), "--keys", in("nycklar2"))
	if !strings.Contains(said, "prövad") {
		t.Error(said)
	}
	typed(t, done, "verify", in("kopia"), "--recovery", in("annas"))
	typed(t, done, "verify", "--data", in("data2"), "--keys", in("nycklar2"), "--head", in("kopia"))
	typed(t, failed, "restore", in("kopia"), "--recovery", in("annas"), "--data", in("data2"), "--keys", in("nycklar2"))
	typed(t, misusage, "restore", in("kopia"), "--data", in("data3"), "--keys", in("nycklar3"))
	typed(t, done, append([]string{"verify", "--save-head", in("slut")}, at...)...)
	said = typed(t, failed, "verify", "--data", in("data2"), "--keys", in("nycklar2"), "--head", in("slut"))
	if !strings.Contains(said, "Rader saknas") && !strings.Contains(said, "är en annan") {
		t.Error("the restored copy is earlier than the end that was saved:", said)
	}
	left, err := filepath.Glob(in("*"))
	if err != nil || len(left) != 8 { // data, nycklar, annas, kopia, kopia2, data2, nycklar2, slut
		t.Error(left, err)
	}
}

// keepLogging lets people work until it is told to stop.
func keepLogging(t *testing.T, h *house) (stop func()) {
	var r *store.Register
	err := h.store.Node().Read(t.Context(), func(tx *store.Tx) error {
		all, err := tx.Registers()
		if err == nil {
			r, err = h.store.Register(t.Context(), all[0].ID)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var all sync.WaitGroup
	all.Go(func() {
		for ctx.Err() == nil {
			err := r.Write(t.Context(), func(tx *store.Tx) error {
				tx.Audit(audit.Line{At: time.Now(), Person: "p1", Act: audit.Listed})
				return nil
			})
			if err != nil {
				t.Error(err)
				return
			}
		}
	})
	return func() { cancel(); all.Wait() }
}

// The door gives nothing to who has not the key file, and asks nothing of who cannot show it.
func TestTheDoorIsClosedToStrangers(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	h := begunHouse(t, data, filepath.Join(dir, "nycklar"))
	defer h.close(&session{ctx: t.Context(), stderr: os.Stderr})
	shut, err := openDoor(data, h.keys, h.app)
	if err != nil {
		t.Fatal(err)
	}
	defer shut()
	other, err := store.OpenKeys(filepath.Join(dir, "andra"))
	if err == nil {
		err = other.Ensure(store.NodeID)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := knock(t.Context(), data, other, doorBackup, doorAsk{}); err == nil || !strings.Contains(err.Error(), "cli.door_stranger") {
		t.Error("who has other keys:", err)
	}
	if _, err := knock(t.Context(), data, h.keys, doorBackup, doorAsk{}); err == nil || !strings.Contains(err.Error(), "backup.to_whom") {
		t.Error("who has the keys:", err)
	}
}

func TestBackupsWhoseTimeIsOutAreRemoved(t *testing.T) {
	dir := t.TempDir()
	h := begunHouse(t, filepath.Join(dir, "data"), filepath.Join(dir, "nycklar"))
	defer h.close(&session{ctx: t.Context(), stderr: os.Stderr})
	_, recipient, err := store.NewRecoveryKey()
	if err != nil {
		t.Fatal(err)
	}
	to, err := store.Recipients([]string{recipient})
	if err != nil {
		t.Fatal(err)
	}
	for i, made := range []time.Time{time.Now().AddDate(0, 0, -50), time.Now().AddDate(0, 0, -40), time.Now().AddDate(0, 0, -5), time.Now().AddDate(0, 0, -35)} {
		var b bytes.Buffer
		if _, err := h.store.BackUp(t.Context(), &b, store.BackupOptions{To: to, Days: 30, Now: made}); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("kopia-%d", i)), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if said := typed(t, done, "backup", "--prune", dir); !strings.HasPrefix(said, "3 ") {
		t.Error(said)
	}
	if !isThere(filepath.Join(dir, "kopia-2")) || isThere(filepath.Join(dir, "kopia-3")) || !isThere(filepath.Join(dir, "nycklar")) {
		t.Error("the wrong files went")
	}
	if _, err := pruneBackups(dir, time.Now().AddDate(1, 0, 0)); err != nil || !isThere(filepath.Join(dir, "kopia-2")) {
		t.Error("the newest went", err)
	}
}
