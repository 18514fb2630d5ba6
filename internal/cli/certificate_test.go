package cli

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// writeCertificate makes a certificate for this machine that ends on a day.
func writeCertificate(t *testing.T, cert, key string, until time.Time) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{SerialNumber: big.NewInt(until.Unix()), Subject: pkix.Name{CommonName: "prov"}, NotBefore: until.AddDate(-2, 0, 0), NotAfter: until,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, about, about, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	writePEM(t, cert, "CERTIFICATE", der)
	writePEM(t, key, "PRIVATE KEY", secret)
}

func writePEM(t *testing.T, name, kind string, b []byte) {
	t.Helper()
	if err := os.WriteFile(name, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: b}), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestARenewedCertificateIsUsedWithoutRestart(t *testing.T) {
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "c.pem"), filepath.Join(dir, "k.pem")
	first, second := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC)
	writeCertificate(t, cert, key, first)
	clock := time.Date(2029, 12, 1, 0, 0, 0, 0, time.UTC)
	c, err := readCertificate(cert, key, func() time.Time { return clock })
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	c.log = slog.New(slog.NewTextHandler(&said, nil))
	wants := func(what string, want time.Time) {
		t.Helper()
		clock = clock.Add(time.Minute)
		if got := c.until(); !got.Equal(want) {
			t.Errorf("%s: ends %s, want %s", what, got, want)
		}
	}
	wants("as read", first)

	old, err := os.ReadFile(key)
	if err != nil {
		t.Fatal(err)
	}
	writeCertificate(t, cert, key, second)
	renewed, err := os.ReadFile(key)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(key, append(old, '\n'), 0o600); err != nil {
		t.Fatal(err)
	}
	wants("in the middle of the renewal", first)
	if !strings.Contains(said.String(), "certificate kept") {
		t.Error("nobody was told:", said.String())
	}
	if err := os.WriteFile(key, append(renewed, '\n', '\n'), 0o600); err != nil {
		t.Fatal(err)
	}
	wants("renewed", second)
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	wants("the key is gone", second)
}

func TestOldTLSIsRefusedAndNewIsServed(t *testing.T) {
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "c.pem"), filepath.Join(dir, "k.pem")
	writeCertificate(t, cert, key, time.Now().AddDate(1, 0, 0))
	c, err := readCertificate(cert, key, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	l, err := tls.Listen("tcp", "127.0.0.1:0", c.config())
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: http.NotFoundHandler(), ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug)}
	go server.Serve(l)
	defer server.Close()
	trusted := x509.NewCertPool()
	trusted.AddCert(c.current().Leaf)
	for version, want := range map[uint16]bool{tls.VersionTLS10: false, tls.VersionTLS11: false, tls.VersionTLS12: true, tls.VersionTLS13: true} {
		conn, err := tls.Dial("tcp", l.Addr().String(), &tls.Config{RootCAs: trusted, MinVersion: version, MaxVersion: version})
		if (err == nil) != want {
			t.Errorf("%s: %v", tls.VersionName(version), err)
		}
		if err == nil {
			_ = conn.Close()
		}
	}
}
