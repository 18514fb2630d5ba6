package cli

import (
	"bytes"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"foljsam/internal/fault"
)

// try runs a command that should not start anything, and gives its status and what it said.
func try(args ...string) (int, string) {
	var out, errs bytes.Buffer
	status := Main(append(args, "--lang", "sv"), nil, &out, &errs, func(string) string { return "" })
	return status, out.String() + errs.String()
}

func TestARegisterIsNotStartedUnsafely(t *testing.T) {
	dir := t.TempDir()
	demo := filepath.Join(dir, "demo")
	for _, name := range []string{demoDB, demoKeys} {
		if err := os.MkdirAll(filepath.Join(demo, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	data := filepath.Join(dir, "data")
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(data, filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	const free = "127.0.0.1:0"
	for what, x := range map[string]struct {
		args []string
		says string
	}{
		"in the clear":             {[]string{"serve", "--data", data, "--listen", "0.0.0.0:0"}, "TLS"},
		"half a certificate":       {[]string{"serve", "--data", data, "--cert", "a.pem"}, "--cert-key"},
		"a certificate not there":  {[]string{"serve", "--data", data, "--listen", free, "--cert", "a.pem", "--cert-key", "b.pem"}, "a.pem"},
		"a proxy and TLS":          {[]string{"serve", "--data", data, "--listen", free, "--cert", "a.pem", "--cert-key", "b.pem", "--proxy", "127.0.0.1"}, "inte båda"},
		"anybody is the proxy":     {[]string{"serve", "--data", data, "--listen", free, "--proxy", "0.0.0.0/0"}, "0.0.0.0/0"},
		"the proxy has a name":     {[]string{"serve", "--data", data, "--listen", free, "--proxy", "proxy.kommunen"}, "proxy.kommunen"},
		"in a demonstration":       {[]string{"serve", "--data", demo, "--listen", free}, "demo"},
		"keys with the data":       {[]string{"serve", "--data", data, "--listen", free, "--keys", filepath.Join(data, "k")}, "Nyckelfilen"},
		"keys through a link":      {[]string{"serve", "--data", data, "--listen", free, "--keys", filepath.Join(dir, "link", "k")}, "Nyckelfilen"},
		"a demonstration for all":  {[]string{"demo", "--data", filepath.Join(dir, "d"), "--listen", "0.0.0.0:0"}, "bara"},
		"a demonstration in a map": {[]string{"demo", "--data", data, "--listen", free}, "ingen demo"},
	} {
		if status, said := try(x.args...); status == done || !strings.Contains(said, x.says) {
			t.Errorf("%s: %d %s", what, status, said)
		}
	}
	left, err := os.ReadDir(data)
	if err != nil || len(left) > 0 {
		t.Error("something was begun:", left, err)
	}
}

// What to do differs: another port, a right, another address.
func TestWhyOneCannotListenIsTold(t *testing.T) {
	taken, err := listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	_, err = listen(taken.Addr().String())
	rights := &net.OpError{Op: "listen", Err: os.NewSyscallError("bind", syscall.EACCES)}
	for want, err := range map[string]error{
		"cli.listen_taken":     err,
		"cli.listen_rights":    tellListen(rights, "0.0.0.0:443"),
		"cli.listen_elsewhere": tellListen(&net.OpError{Op: "listen", Err: os.NewSyscallError("bind", syscall.EADDRNOTAVAIL)}, "10.9.9.9:8417"),
		"cli.listen":           tellListen(errors.New("else"), "127.0.0.1:8417"),
	} {
		var e *fault.Error
		if !errors.As(err, &e) || e.Key != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// Passkeys work only at the name that the browser was given.
func TestTheHostThatWasAskedForIsShown(t *testing.T) {
	name, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	one := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8417}
	for asked, want := range map[string]string{"": "localhost:8417", "localhost:0": "localhost:8417", "127.0.0.1:8417": "127.0.0.1:8417", "register.example:8417": "register.example:8417"} {
		if got := reachedAt(asked, one); got != want {
			t.Errorf("%q: %s, want %s", asked, got, want)
		}
	}
	if got := reachedAt("0.0.0.0:443", &net.TCPAddr{IP: net.IPv4zero, Port: 443}); got != name+":443" {
		t.Error(got)
	}
	if got := reachedAt("[::1]:443", &net.TCPAddr{IP: net.IPv6loopback, Port: 443}); got != "[::1]:443" {
		t.Error(got)
	}
}

// Whoever has several installations is told which one could not be opened.
func TestWhatCouldNotBeOpenedIsNamed(t *testing.T) {
	dir := t.TempDir()
	data, keys := filepath.Join(dir, "data"), filepath.Join(dir, "nycklar")
	if err := os.WriteFile(keys, []byte("hej\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	status, told := try("serve", "--data", data, "--keys", keys, "--listen", "127.0.0.1:0")
	if status != failed {
		t.Errorf("status %d", status)
	}
	for _, words := range []string{"Nyckelfilen är skadad", "Inget är ändrat", data, keys} {
		if !strings.Contains(told, words) {
			t.Errorf("does not say %q: %s", words, told)
		}
	}
}

// endedOnce ends this process as a manager of services does, as soon as the address is told.
type endedOnce struct {
	bytes.Buffer
	t *testing.T
}

func (a *endedOnce) Write(b []byte) (int, error) {
	if bytes.Contains(b, []byte("http://")) {
		me, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = me.Signal(syscall.SIGTERM)
		}
		if err != nil {
			a.t.Error(err)
		}
		time.Sleep(50 * time.Millisecond) // the signal is here before the next step is taken
	}
	return a.Buffer.Write(b)
}

func TestARegisterThatIsEndedAtOnceHasEndedWell(t *testing.T) {
	for _, args := range [][]string{
		{"serve", "--data", filepath.Join(t.TempDir(), "data"), "--listen", "127.0.0.1:0"},
		{"demo", "--data", filepath.Join(t.TempDir(), "demo"), "--listen", "127.0.0.1:0"},
	} {
		out, errs := &endedOnce{t: t}, &bytes.Buffer{}
		if status := Main(append(args, "--lang", "sv"), nil, out, errs, func(string) string { return "" }); status != done {
			t.Errorf("%s: %d %s", args[0], status, errs)
		}
	}
}
