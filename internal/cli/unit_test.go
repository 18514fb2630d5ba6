package cli

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// printed gives what "service print" says.
func printed(t *testing.T, flags ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if status := Main(append([]string{"service", "print", "--lang", "sv"}, flags...), nil, &out, &errs, os.Getenv); status != done {
		t.Fatal(status, errs.String())
	}
	return out.String()
}

func TestTheUnitIsHardened(t *testing.T) {
	unit := printed(t)
	for _, line := range []string{"DynamicUser=yes", "ProtectSystem=strict", "NoNewPrivileges=yes", "StateDirectory=foljsam foljsam-nycklar", "PrivateUsers=yes", "CapabilityBoundingSet=\n",
		"MemoryDenyWriteExecute=yes", "LimitCORE=0", "SystemCallFilter=@system-service", " serve --data /var/lib/foljsam --keys /var/lib/foljsam-nycklar/foljsam --log /var/log/foljsam/foljsam.log\n"} {
		if !strings.Contains(unit, line) {
			t.Errorf("the unit has no %q", line)
		}
	}
	if strings.Contains(unit, "LoadCredential") || strings.Contains(unit, "CAP_NET_BIND_SERVICE") {
		t.Error("more than was asked for")
	}
	unit = printed(t, "--listen", "0.0.0.0:443", "--cert", "/etc/tls/kommun 1.pem", "--cert-key", "/etc/tls/kommun.key", "--metrics", "127.0.0.1:9417")
	for _, line := range []string{"LoadCredential=cert.pem:/etc/tls/kommun 1.pem\n", "LoadCredential=cert-key.pem:/etc/tls/kommun.key\n", "AmbientCapabilities=CAP_NET_BIND_SERVICE\n",
		" --listen 0.0.0.0:443 --cert ${CREDENTIALS_DIRECTORY}/cert.pem --cert-key ${CREDENTIALS_DIRECTORY}/cert-key.pem --metrics 127.0.0.1:9417\n"} {
		if !strings.Contains(unit, line) {
			t.Errorf("the unit has no %q", line)
		}
	}
	if strings.Contains(unit, "PrivateUsers") {
		t.Error("in a user namespace of its own the port could not be opened")
	}
	const to = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
	unit = printed(t, "--keys-credential", "/etc/foljsam/nycklar.cred", "--backup-to", to, "--public", "https://foljsam.kommunen.example")
	for _, line := range []string{"LoadCredentialEncrypted=foljsam-nycklar:/etc/foljsam/nycklar.cred\n", " --keys systemd:foljsam-nycklar ", "StateDirectory=foljsam foljsam-kopior\n",
		" --public https://foljsam.kommunen.example --backup /var/lib/foljsam-kopior --backup-to " + to + "\n"} {
		if !strings.Contains(unit, line) {
			t.Errorf("the unit has no %q: %s", line, unit)
		}
	}
	if unit := printed(t, "--listen", "10.1.2.3:8417", "--proxy", "10.1.2.4,10.9.0.0/16"); !strings.Contains(unit, " --proxy 10.1.2.4/32,10.9.0.0/16\n") {
		t.Error(unit)
	}
}

func TestAUnitIsNotWrittenForWhatWouldNotStart(t *testing.T) {
	for _, flags := range [][]string{{"--listen", "0.0.0.0:443"}, {"--cert", "a"}, {"--metrics", "9417"}, {"--backup-to", "nobody"}, {"--listen", "10.1.2.3:443", "--cert", "a\nExecStartPre=/bin/x", "--cert-key", "b"}} {
		if status, said := try(append([]string{"service", "print"}, flags...)...); status == done || strings.Contains(said, "[Unit]") {
			t.Errorf("%q: %d %s", flags, status, said)
		}
	}
}

func TestWordsOfACommandAreQuoted(t *testing.T) {
	for w, want := range map[string]string{"plain": "plain", "a b": `"a b"`, `a"b`: `"a\"b"`, "50%": "50%%", "$HOME": "$$HOME", `C:\x`: `"C:\\x"`} {
		if got := quoted(w); got != want {
			t.Errorf("%s: %s, want %s", w, got, want)
		}
	}
}

// What systemd itself says of the unit, where there is one that can be asked.
func TestSystemdTakesTheUnit(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("no systemd-analyze on this machine")
	}
	for name, flags := range map[string][]string{"own": nil, "tls": {"--listen", "0.0.0.0:443", "--cert", "/etc/a.pem", "--cert-key", "/etc/b.pem"},
		"credential": {"--keys-credential", "/etc/foljsam/nycklar.cred"}} {
		path := filepath.Join(t.TempDir(), "foljsam-"+name+".service")
		if err := os.WriteFile(path, []byte(printed(t, flags...)), 0o600); err != nil {
			t.Fatal(err)
		}
		if said, err := exec.Command(analyze, "verify", "--man=no", path).CombinedOutput(); err != nil || strings.Contains(string(said), path+":") {
			t.Errorf("%s: %v\n%s", name, err, said)
		}
		// From 0 (nothing is exposed) to 100: ours is 12, and 16 with a port below 1024.
		if said, err := exec.Command(analyze, "security", "--offline=true", "--threshold=20", path).CombinedOutput(); err != nil {
			t.Errorf("%s: exposed: %v\n%s", name, err, said)
		}
	}
}
