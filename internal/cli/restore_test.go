package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"foljsam/internal/audit"
	"foljsam/internal/store"
)

// papered is an installation with a backup, and the recovery key as it stands on paper.
func papered(t *testing.T) (backup, paper string) {
	t.Helper()
	data, keys := keyed(t)
	backup = filepath.Join(t.TempDir(), "kopia")
	identity, recipient, err := store.NewRecoveryKey()
	if err != nil {
		t.Fatal(err)
	}
	typed(t, done, "backup", "--out", backup, "--to", recipient, "--data", data, "--keys", keys)
	return backup, store.RecoveryGroups(identity)
}

func TestABackupIsOpenedByWhatStandsOnPaper(t *testing.T) {
	backup, paper := papered(t)
	wrapped := paper[:40] + "\n" + paper[40:]
	for what, text := range map[string]string{"as shown": paper, "small, no spaces": strings.ToLower(strings.ReplaceAll(paper, " ", "")), "with a remark": "# Anna\n\n" + paper + "\n", "over two lines": wrapped} {
		file := filepath.Join(t.TempDir(), "nyckel")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if status, said := asked(t, "", nil, "verify", backup, "--recovery", file, "--lang", "sv"); status != done {
			t.Errorf("%s: %d %s", what, status, said)
		}
	}
}

func TestARestorationAsksForTheKeyAndIsNoted(t *testing.T) {
	backup, paper := papered(t)
	dir := t.TempDir()
	at := []string{"--data", filepath.Join(dir, "data"), "--keys", filepath.Join(dir, "nycklar"), "--lang", "sv"}
	restore := func(typed string) (int, string) {
		return asked(t, typed, nil, append([]string{"restore", backup}, at...)...)
	}
	if status, said := restore("\n"); status != misusage || !strings.Contains(said, "--passphrase") {
		t.Error("no key:", status, said)
	}
	if status, said := restore(paper[:30] + "\n"); status != failed || !strings.Contains(said, "avskrivet") || strings.Contains(said, paper[15:30]) {
		t.Error("half a key:", status, said)
	}
	if status, said := restore(strings.ToLower(paper) + "\n"); status != done || !strings.Contains(said, "prövad") {
		t.Fatal(status, said)
	}
	if status, said := asked(t, "", nil, append([]string{"verify", "--head", backup}, at...)...); status != done {
		t.Error(status, said)
	}
	head, err := headOfFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	wantsNoted(t, at[1], at[3], head.Made)
}

// wantsNoted wants every log to end with the restoration, and verify's line after it in the
// installation's own.
func wantsNoted(t *testing.T, data, keyFile string, made time.Time) {
	t.Helper()
	keys, err := store.OpenKeys(keyFile)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Options{Folder: data, Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	all, err := s.AllRegisters(t.Context())
	if err != nil || len(all) != 2 {
		t.Fatal(len(all), err)
	}
	for _, r := range all {
		err := r.Read(t.Context(), func(tx *store.Tx) error {
			lines, err := tx.AuditLines(0, 100)
			found := 0
			for _, sealed := range lines {
				if l, err := sealed.Read(); err == nil && l.Act == audit.Restored && l.About == made.UTC().Format(time.RFC3339) {
					found++
				}
			}
			if found != 1 {
				t.Errorf("%s: %d lines say that it was restored", r.ID(), found)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}
