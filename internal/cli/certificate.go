package cli

import (
	"crypto/tls"
	"log/slog"
	"os"
	"sync"
	"time"

	"foljsam/internal/fault"
)

// certificate is the server's own. Its files are looked at again now and then, so that a
// renewed one is used without a restart; one that cannot be read changes nothing.
type certificate struct {
	cert, key string
	now       func() time.Time
	log       *slog.Logger // nil: nobody is told

	mu   sync.Mutex
	held *tls.Certificate
	seen [2]fileSeen
	next time.Time // when the files are looked at again
}

// fileSeen is how a file was when it was read.
type fileSeen struct {
	changed time.Time
	size    int64
}

// certificateRest is how long a certificate is used before its files are looked at again.
const certificateRest = 10 * time.Second

// readCertificate reads a certificate and its key.
func readCertificate(cert, key string, now func() time.Time) (*certificate, error) {
	c := &certificate{cert: cert, key: key, now: now}
	seen := c.look()
	if err := c.read(); err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "cli.cert_bad", "cert", cert, "key", key)
	}
	c.seen, c.next = seen, now().Add(certificateRest)
	return c, nil
}

func (c *certificate) look() (seen [2]fileSeen) {
	for i, name := range []string{c.cert, c.key} {
		if about, err := os.Stat(name); err == nil {
			seen[i] = fileSeen{about.ModTime(), about.Size()}
		}
	}
	return seen
}

func (c *certificate) read() error {
	pair, err := tls.LoadX509KeyPair(c.cert, c.key)
	if err == nil {
		c.held = &pair
	}
	return err
}

// current gives the certificate as its files are now. Files that were changed and do not
// belong together, as in the middle of a renewal, wait until they are changed again.
func (c *certificate) current() *tls.Certificate {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := c.now(); !now.Before(c.next) {
		c.next = now.Add(certificateRest)
		if seen := c.look(); seen != c.seen {
			c.seen = seen
			c.tell(c.read())
		}
	}
	return c.held
}

func (c *certificate) tell(err error) {
	switch {
	case c.log == nil:
	case err != nil:
		c.log.Error("certificate kept", "error", "cli.cert_bad")
	default:
		c.log.Info("certificate read", "until", c.held.Leaf.NotAfter.UTC().Format(time.DateOnly))
	}
}

// until gives when the certificate ends.
func (c *certificate) until() time.Time { return c.current().Leaf.NotAfter }

// config gives how connections are encrypted: TLS 1.2 at least, with Go's own choice of
// ciphers, which holds none that are known to be weak.
func (c *certificate) config() *tls.Config {
	return &tls.Config{
		MinVersion:     tls.VersionTLS12,
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return c.current(), nil },
	}
}
