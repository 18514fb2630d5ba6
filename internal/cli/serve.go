package cli

import (
	"context"
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
	Data     string   `placeholder:"dir"`
	Keys     string   `placeholder:"file"`
	Database string   `placeholder:"address" env:"FOLJSAM_DATABASE"`
	Listen   string   `placeholder:"address"`
	Cert     string   `placeholder:"file"`
	CertKey  string   `placeholder:"file"`
	Proxy    machines `placeholder:"machines"`
	Public   string   `placeholder:"address"`
	Metrics  string   `placeholder:"address"`
	Log      string   `placeholder:"file"`
	Verbose  bool
	// PublicChange says that another public name than before is meant.
	PublicChange bool
	Backups      backupFlags `embed:""`
	Ask          askFlags    `embed:""`
	demo         bool        // this machine only, whatever is asked for
}

// Where the data and its keys are when nobody says: beside each other, never the one in
// the other.
const (
	dataFolder = "foljsam-data"
	keysSuffix = "-nycklar"
	listenAt   = "127.0.0.1:8417"
)

// Run serves until it is interrupted, or until the system's manager of services says so.
func (c *serveCommand) Run(s *session) error { return s.underManager(c.run) }

func (c *serveCommand) run(s *session) error {
	data := orElse(c.Data, dataFolder)
	if err := c.Backups.check(); err != nil {
		return err
	}
	services, err := c.Ask.services()
	if err != nil {
		return err
	}
	at, err := c.open()
	if err != nil {
		return err
	}
	defer at.Close()
	if isThere(filepath.Join(data, demoKeys)) && isThere(filepath.Join(data, demoDB)) {
		return fault.New(fault.Usage, "cli.is_a_demo", "folder", data)
	}
	began := !isThere(data)
	keysPath := orElse(c.Keys, filepath.Clean(data)+keysSuffix)
	if err := keysApart(data, keysPath); err != nil {
		return err
	}
	h, err := s.openHouse(data, keysPath, c.Database, app.Options{Services: services})
	if err != nil {
		return placed{err, data, keysPath, c.Database != ""}
	}
	defer h.close(s)
	if c.Database == "" {
		shut, err := openDoor(data, h.keys, h.app)
		if err != nil {
			return err
		}
		defer shut()
	}
	code, err := h.app.FirstCode(s.ctx)
	if err != nil {
		return err
	}
	if err := c.setPublic(s, h, at); err != nil {
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
	if len(c.Proxy) > 0 {
		s.line("cli.serve_behind", "address", at.pages.Addr().String())
	} else {
		s.line("cli.serve_at", "address", c.scheme()+"://"+reachedAt(c.Listen, at.pages.Addr())+"/")
	}
	if at.numbers != nil {
		s.line("cli.serve_numbers", "address", "http://"+at.numbers.Addr().String()+numbersAddress)
	}
	if code != "" {
		s.line("cli.serve_first", "code", code)
	}
	return s.serve(at, h, c)
}

// setPublic says where browsers reach the register: as is asked, as before, or on this
// machine.
func (c *serveCommand) setPublic(s *session, h *house, at *doors) error {
	p := app.PublicName{Address: c.Public, Change: c.PublicChange}
	if c.Cert == "" && len(c.Proxy) == 0 {
		if _, port, err := net.SplitHostPort(at.pages.Addr().String()); err == nil {
			p.Local = "http://localhost:" + port
		}
	}
	return h.app.SetPublic(s.ctx, p)
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
	if keys = store.KeyPath(keys); keys == "" { // systemd has them
		return nil
	}
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
	keys  *store.Keys
}

// openHouse opens an installation and refuses one of the other kind.
func (s *session) openHouse(data, keysPath, database string, o app.Options) (*house, error) {
	keys, err := s.openKeys(keysPath)
	if err != nil {
		return nil, err
	}
	st, err := store.Open(s.ctx, store.Options{Folder: data, Address: database, Keys: keys})
	if err != nil {
		return nil, err
	}
	o.Store, o.Codebook, o.Now = st, codebook.Default(), swedishNow
	h := &house{st, app.New(o), keys}
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

// serve answers until it is interrupted. The address has been told by now: whoever ends us
// from here on ends a register in service, which is no fault.
func (s *session) serve(at *doors, h *house, c *serveCommand) error {
	log, closed, err := s.logTo(c.Log, c.Verbose)
	if err != nil {
		return err
	}
	defer closed()
	o := web.Options{App: h.app, Log: log, Secure: c.Cert != "" || len(c.Proxy) > 0, Proxies: c.Proxy, Version: version()}
	pages := newServer(log)
	if at.tls != nil {
		at.tls.log = log
		o.Certificate, pages.TLSConfig = at.tls.until, at.tls.config()
	}
	servers := []*http.Server{pages}
	ended := make(chan error, 2)
	if at.numbers != nil {
		o.Meter = web.NewMeter(o)
		numbers := newServer(log)
		numbers.Handler = numbersOnly(o.Meter)
		servers = append(servers, numbers)
		go func() { ended <- numbers.Serve(at.numbers) }()
	}
	pages.Handler = web.New(o)
	go func() {
		if at.tls != nil {
			ended <- pages.ServeTLS(at.pages, "", "")
			return
		}
		ended <- pages.Serve(at.pages)
	}()
	log.Info("started", "version", o.Version)
	go keepTidy(s.ctx)
	tended := h.tend(s.ctx, c.Backups, o.Version, log)
	select {
	case err := <-ended:
		return fault.Wrap(err, fault.Internal, "cli.serve_failed")
	case <-s.ctx.Done():
	}
	s.line("cli.serve_ending")
	log.Info("ending")
	endAll(servers)
	<-tended
	return nil
}

func newServer(log *slog.Logger) *http.Server {
	return &http.Server{ReadHeaderTimeout: readTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug)}
}

// numbersAddress is where a machine that watches over this one asks.
const numbersAddress = "/matt"

// numbersOnly answers with numbers and with nothing else.
func numbersOnly(m http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET "+numbersAddress, m)
	return mux
}

// endAll waits for what is under way; those that do not end in time are cut. What they saved
// is saved.
func endAll(servers []*http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), endTime)
	defer cancel()
	for _, x := range servers {
		if err := x.Shutdown(ctx); err != nil {
			_ = x.Close()
		}
	}
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
