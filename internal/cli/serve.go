package cli

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"
	_ "time/tzdata" // Swedish time also on a machine without a list of time zones

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/store"
	"foljsam/internal/web"
)

// serveCommand runs the register for those who use it.
type serveCommand struct {
	Data     string `placeholder:"dir"`
	Keys     string `placeholder:"file"`
	Database string `placeholder:"address" env:"FOLJSAM_DATABASE"`
	Listen   string `placeholder:"address"`
	Cert     string `placeholder:"file"`
	CertKey  string `placeholder:"file"`
	Proxy    bool
	Verbose  bool
	demo     bool // this machine only, whatever is asked for
}

// Where the data and its keys are when nobody says: beside each other, never the one in
// the other.
const (
	dataFolder = "foljsam-data"
	keysSuffix = "-nycklar"
	listenAt   = "127.0.0.1:8417"
)

// Run serves until it is interrupted.
func (c *serveCommand) Run(s *session) error {
	data := orElse(c.Data, dataFolder)
	at, err := c.open()
	if err != nil {
		return err
	}
	defer at.Close() // harmless after the server has closed it
	if isThere(filepath.Join(data, demoKeys)) && isThere(filepath.Join(data, demoDB)) {
		return fault.New(fault.Usage, "cli.is_a_demo", "folder", data)
	}
	began := !isThere(data)
	keysPath := orElse(c.Keys, filepath.Clean(data)+keysSuffix)
	if err := keysApart(data, keysPath); err != nil {
		return err
	}
	h, err := s.openHouse(data, keysPath, c.Database, false)
	if err != nil {
		return err
	}
	defer h.close(s)
	code, err := h.app.FirstCode(s.ctx)
	if err != nil {
		return err
	}
	if c.Database != "" {
		s.line("cli.serve_database", "keys", keysPath) // the address may hold a password
	} else {
		if began {
			s.line("cli.serve_began", "data", absolute(data))
		}
		s.line("cli.serve_data", "data", absolute(data), "keys", absolute(keysPath))
	}
	if c.Proxy {
		s.line("cli.serve_behind", "address", at.Addr().String())
	} else {
		s.line("cli.serve_at", "address", c.scheme()+"://"+at.Addr().String()+"/")
	}
	if code != "" {
		s.line("cli.serve_first", "code", code)
	}
	return s.serve(at, h, c)
}

// open listens. Beyond this machine only with TLS, ours or a proxy's: what is typed in here
// must not travel in the clear.
func (c *serveCommand) open() (net.Listener, error) {
	address := orElse(c.Listen, listenAt)
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fault.New(fault.Usage, "cli.listen_form", "address", address)
	}
	ip := net.ParseIP(host)
	loopback := host == "localhost" || ip != nil && ip.IsLoopback()
	if (c.Cert == "") != (c.CertKey == "") {
		return nil, fault.New(fault.Usage, "cli.cert_both")
	}
	if !loopback && c.demo {
		return nil, fault.New(fault.Usage, "cli.demo_beyond")
	}
	if !loopback && c.Cert == "" && !c.Proxy {
		return nil, fault.New(fault.Usage, "cli.listen_beyond", "address", address)
	}
	if c.Cert != "" {
		if _, err := tls.LoadX509KeyPair(c.Cert, c.CertKey); err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "cli.cert_bad", "cert", c.Cert, "key", c.CertKey)
		}
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "cli.listen", "address", address)
	}
	return l, nil
}

func (c *serveCommand) scheme() string {
	if c.Cert != "" {
		return "https"
	}
	return "http"
}

// keysApart refuses a key file inside the data folder: whoever copies the one would have
// the other.
func keysApart(data, keys string) error {
	d, k := realPath(data), filepath.Join(realPath(filepath.Dir(keys)), filepath.Base(keys))
	if rel, err := filepath.Rel(d, k); err == nil && filepath.IsLocal(rel) {
		return fault.New(fault.Usage, "cli.keys_apart")
	}
	return nil
}

// realPath gives where a path leads, through links as far as there is something.
func realPath(path string) string {
	path = absolute(path)
	if to, err := filepath.EvalSymlinks(path); err == nil {
		return to
	}
	if up := filepath.Dir(path); up != path {
		return filepath.Join(realPath(up), filepath.Base(path))
	}
	return path
}

// absolute gives a path from the root, for those who look for it later.
func absolute(path string) string {
	if p, err := filepath.Abs(path); err == nil {
		return p
	}
	return path
}

// house is an opened installation and its system.
type house struct {
	store *store.Store
	app   *app.App
}

// openHouse opens an installation and refuses one of the other kind.
func (s *session) openHouse(data, keysPath, database string, demo bool) (*house, error) {
	keys, err := store.OpenKeys(keysPath)
	if err != nil {
		return nil, err
	}
	st, err := store.Open(s.ctx, store.Options{Folder: data, Address: database, Keys: keys})
	if err != nil {
		return nil, err
	}
	h := &house{st, app.New(app.Options{Store: st, Codebook: codebook.Default(), Now: swedishNow, Demo: demo})}
	if err := h.app.CheckKind(s.ctx); err != nil {
		_ = st.Close() // the first error is the one to tell of
		return nil, err
	}
	return h, nil
}

func (h *house) close(s *session) {
	if err := h.store.Close(); err != nil {
		_ = s.fail(err, nil) // it is told; the exit status is the command's
	}
}

// swedishNow gives the time as it is where the registers are.
var swedishNow = func() func() time.Time {
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		panic(err) // the list of time zones is in the program
	}
	return func() time.Time { return time.Now().In(zone) }
}()

// How long a request may take to come in and be answered, and how long we wait for those
// that are under way when we are asked to end.
const (
	readTime  = 30 * time.Second
	writeTime = 60 * time.Second
	idleTime  = 2 * time.Minute
	endTime   = 10 * time.Second
)

func (s *session) serve(at net.Listener, h *house, c *serveCommand) error {
	level := slog.LevelInfo
	if c.Verbose {
		level = slog.LevelDebug
	}
	log := slog.New(slog.NewJSONHandler(s.stderr, &slog.HandlerOptions{Level: level}))
	go keepTidy(s.ctx)
	server := &http.Server{
		Handler:           web.New(web.Options{App: h.app, Log: log, Secure: c.Cert != "" || c.Proxy, Proxy: c.Proxy, Version: version(s)}),
		ReadHeaderTimeout: readTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	ended := make(chan error, 1)
	go func() {
		if c.Cert != "" {
			ended <- server.ServeTLS(at, c.Cert, c.CertKey)
			return
		}
		ended <- server.Serve(at)
	}()
	select {
	case err := <-ended:
		return fault.Wrap(err, fault.Internal, "cli.serve_failed")
	case <-s.ctx.Done():
	}
	s.line("cli.serve_ending")
	ctx, cancel := context.WithTimeout(context.Background(), endTime)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		_ = server.Close() // those that did not end in time are cut; what they saved is saved
	}
	return nil
}

func orElse(value, other string) string {
	if value == "" {
		return other
	}
	return value
}

// isThere tells whether there is something at a path.
func isThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
