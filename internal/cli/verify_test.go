package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A register with a fault is never said to agree, and each fault is told once.
func TestADamagedRegisterIsSaidToBeDamaged(t *testing.T) {
	data, keys := keyed(t)
	at := []string{"--data", data, "--keys", keys, "--lang", "sv"}
	name := filepath.Join(data, "nora.db")
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for page := 4096; page < len(whole); page += 4096 {
		flipped := append([]byte{}, whole...)
		flipped[page+2000] ^= 1
		if err := os.WriteFile(name, flipped, 0o600); err != nil {
			t.Fatal(err)
		}
		status, said := asked(t, "", nil, append([]string{"verify"}, at...)...)
		if status != failed {
			t.Errorf("byte %d: %s", page+2000, said)
		}
		if !strings.Contains(said, "SKADAT") {
			continue // it could not even be opened
		}
		tried++
		seen := map[string]bool{}
		for line := range strings.Lines(said) {
			if strings.HasPrefix(strings.TrimSpace(line), "nora:") && strings.Contains(line, "stämmer") || seen[line] {
				t.Errorf("byte %d: %s", page+2000, said)
				break
			}
			seen[line] = true
		}
	}
	if tried == 0 {
		t.Error("no page was found to be damaged")
	}
}

func TestTheEndsAreSavedWhileTheServerRuns(t *testing.T) {
	dir := t.TempDir()
	data, keys, file := filepath.Join(dir, "data"), filepath.Join(dir, "nycklar"), filepath.Join(dir, "slut")
	h := begunHouse(t, data, keys)
	defer h.close(&session{ctx: t.Context(), stderr: os.Stderr})
	shut, err := openDoor(data, h.keys, h.app)
	if err != nil {
		t.Fatal(err)
	}
	defer shut()
	typed(t, done, "verify", "--save-head", file, "--data", data, "--keys", keys)
	typed(t, done, "verify", "--head", file, "--data", data, "--keys", keys)
}
