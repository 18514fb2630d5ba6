package cli

import (
	"os"
	"path/filepath"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// demoServe is the register with made-up municipalities, people and cases.
type demoServe struct {
	Data    string `placeholder:"dir"`
	Listen  string `placeholder:"address"`
	Verbose bool
}

// demoData is where the demonstration is kept when nobody says: the next start finds it
// again. Its key file lies in it, since there is nothing to protect.
const (
	demoData = "foljsam-demo"
	demoKeys = "nycklar"
	demoDB   = "data"
	halfMade = ".halvfardig"
)

// Run makes the demonstration if it is not there, and serves it on this machine only.
func (c *demoServe) Run(s *session) error {
	dir := filepath.Clean(orElse(c.Data, demoData))
	serve := &serveCommand{Listen: c.Listen, Verbose: c.Verbose, demo: true}
	at, err := serve.open()
	if err != nil {
		return err
	}
	defer at.Close()
	if !isThere(dir) {
		s.line("cli.demo_filling")
		if err := s.makeDemo(dir); err != nil {
			return err
		}
	}
	if !isThere(filepath.Join(dir, demoKeys)) {
		return fault.New(fault.Invalid, "cli.demo_not_one", "folder", dir)
	}
	h, err := s.openHouse(filepath.Join(dir, demoDB), filepath.Join(dir, demoKeys), "", app.Options{Demo: true})
	if err != nil {
		return err
	}
	defer h.close(s)
	if err := serve.setPublic(s, h, at); err != nil {
		return err
	}
	s.line("cli.demo_at", "address", "http://"+reachedAt(c.Listen, at.pages.Addr())+"/", "folder", dir)
	return s.serve(at, h, serve)
}

// makeDemo fills a folder beside the right one and then renames it, so that a half-made
// demonstration is never taken for a whole one.
func (s *session) makeDemo(dir string) error {
	half := dir + halfMade
	if err := clearHalf(half); err != nil {
		return err
	}
	if err := os.MkdirAll(half, 0o700); err != nil {
		return fault.Wrap(err, fault.Invalid, "store.folder", "folder", half)
	}
	if err := s.fillDemo(half); err != nil {
		return err
	}
	if err := os.Rename(half, dir); err != nil {
		return fault.Wrap(err, fault.Invalid, "store.folder", "folder", dir)
	}
	return nil
}

// clearHalf takes away what an interrupted start left: only under our own name for it.
func clearHalf(half string) error {
	if !strings.HasSuffix(half, halfMade) {
		return nil
	}
	if err := os.RemoveAll(half); err != nil {
		return fault.Wrap(err, fault.Invalid, "store.folder", "folder", half)
	}
	return nil
}

func (s *session) fillDemo(half string) error {
	keys, err := store.OpenKeys(filepath.Join(half, demoKeys))
	if err != nil {
		return err
	}
	st, err := store.Open(s.ctx, store.Options{Folder: filepath.Join(half, demoDB), Keys: keys, Quick: true})
	if err != nil {
		return err
	}
	a := app.New(app.Options{Store: st, Codebook: codebook.Default(), Now: swedishNow, Demo: true})
	err = a.FillDemo(s.ctx)
	if closed := st.Close(); err == nil {
		err = closed
	}
	return err
}
