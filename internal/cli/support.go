package cli

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// supportCommand collects what somebody needs who is to find out what is wrong, and nothing
// about a person: every value is out of a list of ours, a version, or a size in powers of
// ten.
type supportCommand struct {
	Data     string `placeholder:"dir"`
	Keys     string `placeholder:"file"`
	Database string `placeholder:"address" env:"FOLJSAM_DATABASE"`
	Log      string `placeholder:"file"`
	Out      string `placeholder:"file"`
	Show     bool
	NoTest   bool
}

// supportPart is one file of the bundle.
type supportPart struct {
	name string
	body []byte
}

// Run says what the bundle holds, and writes it; with --show it shows all of it and writes
// nothing.
func (c *supportCommand) Run(s *session) error {
	if c.Out == "" && !c.Show {
		return fault.New(fault.Usage, "cli.support_where")
	}
	parts, err := c.collect(s)
	if err != nil {
		return err
	}
	s.line("cli.support_holds")
	for _, p := range parts {
		s.line("cli.support_part_"+strings.TrimSuffix(p.name, filepath.Ext(p.name)), "name", p.name)
	}
	if c.Show {
		for _, p := range parts {
			fmt.Fprintf(s.stdout, "\n== %s ==\n%s", p.name, p.body)
		}
		return nil
	}
	if err := writeFile(c.Out, 0o600, func(w io.Writer) error { return zipParts(w, parts) }); err != nil {
		return err
	}
	s.line("cli.support_done", "path", c.Out)
	return nil
}

// collect gives the files of the bundle.
func (c *supportCommand) collect(s *session) ([]supportPart, error) {
	log, err := c.logLines()
	if err != nil {
		return nil, err
	}
	var parts []supportPart
	for _, p := range []struct {
		name string
		says any
	}{{"program.json", c.about(s)}, {"setting.json", c.setting()}, {"size.json", c.sizes(s.ctx)}, {"selftest.json", c.test(s)}} {
		b, err := json.MarshalIndent(p.says, "", "  ")
		if err != nil {
			return nil, fault.Wrap(err, fault.Internal, "fault.internal")
		}
		parts = append(parts, supportPart{p.name, append(b, '\n')})
	}
	return append(parts, supportPart{"log.txt", log}), nil
}

func zipParts(w io.Writer, parts []supportPart) error {
	z := zip.NewWriter(w)
	for _, p := range parts {
		f, err := z.Create(p.name)
		if err != nil {
			return err
		}
		if _, err := f.Write(p.body); err != nil {
			return err
		}
	}
	return z.Close()
}

// about is which program this is, and on what.
func (c *supportCommand) about(s *session) map[string]any {
	cb := codebook.Default()
	return map[string]any{
		"version": orElse(version(), s.text.T("cli.unreleased")), "go": runtime.Version(), "system": runtime.GOOS + "/" + runtime.GOARCH, "processors": runtime.NumCPU(),
		"codebook": cb.ID + " " + cb.Version, "day": time.Now().UTC().Format(time.DateOnly),
	}
}

// setting is how the program was told to run: which things were said, never what was said.
func (c *supportCommand) setting() map[string]any {
	data := orElse(c.Data, dataFolder)
	said := map[string]any{
		"data_default": c.Data == "", "keys_default": c.Keys == "", "postgres": c.Database != "", "data_there": isThere(data), "keys_there": isThere(store.KeyPath(c.keys())),
		"keys_apart": keysApart(data, store.KeyPath(c.keys())) == nil, "data_rights": rightsOf(data), "keys_rights": rightsOf(store.KeyPath(c.keys())),
	}
	for _, name := range []string{"FOLJSAM_DATABASE", "FOLJSAM_DEBUG", "GOMEMLIMIT", "GOGC"} {
		_, is := os.LookupEnv(name)
		said["env_"+strings.ToLower(name)] = is
	}
	return said
}

func (c *supportCommand) keys() string {
	return orElse(c.Keys, filepath.Clean(orElse(c.Data, dataFolder))+keysSuffix)
}

// rightsOf gives who may read a file: 0600.
func rightsOf(path string) string {
	about, err := os.Stat(path)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%04o", about.Mode().Perm())
}

// test tries the disk as selftest does.
func (c *supportCommand) test(s *session) map[string]any {
	if c.NoTest {
		return map[string]any{"run": false}
	}
	dir := orElse(c.Data, dataFolder)
	if !isThere(dir) {
		dir = "."
	}
	r, err := store.SelfTest(s.ctx, filepath.Dir(filepath.Clean(dir)))
	return map[string]any{"run": true, "fault": keyOf(err), "writes": powers(int64(r.Writes)), "reads": powers(int64(r.Reads)), "shared": r.Shared}
}

// sizes is how much there is: powers of ten, so that no small number is ever told.
func (c *supportCommand) sizes(ctx context.Context) map[string]any {
	if c.Database == "" && !isThere(orElse(c.Data, dataFolder)) {
		return map[string]any{"opened": false}
	}
	keys, err := store.OpenKeysAsking(c.keys(), nil)
	if err != nil {
		return map[string]any{"opened": false, "fault": keyOf(err)}
	}
	st, err := store.Open(ctx, store.Options{Folder: orElse(c.Data, dataFolder), Address: c.Database, Keys: keys, AsIs: true})
	if err != nil {
		return map[string]any{"opened": false, "fault": keyOf(err)}
	}
	defer st.Close()
	said := map[string]any{"opened": true, "database": st.Database(), "steps": st.Steps()}
	said["fault"] = keyOf(count(ctx, st, said))
	return said
}

// count adds up the registers, and says how many there are of each thing together.
func count(ctx context.Context, st *store.Store, said map[string]any) error {
	room, err := st.Room(ctx)
	if err != nil {
		return err
	}
	said["bytes"], said["bytes_free"] = powers(room.Used), powers(room.Free)
	n, err := st.Headcount(ctx, time.Now())
	if err != nil {
		return err
	}
	said["people"], said["sessions"] = powers(n.People), powers(n.Sessions)
	var ids []string
	err = st.Node().Read(ctx, func(t *store.Tx) error {
		all, err := t.Registers()
		for _, r := range all {
			ids = append(ids, r.ID)
		}
		return err
	})
	if err != nil {
		return err
	}
	var sum store.Size
	for _, id := range ids {
		r, err := st.Register(ctx, id)
		if err != nil {
			return err
		}
		size, err := r.Size(ctx)
		if err != nil {
			return err
		}
		sum.Cases, sum.Revisions, sum.Lines = sum.Cases+size.Cases, sum.Revisions+size.Revisions, sum.Lines+size.Lines
	}
	said["registers"], said["cases"], said["revisions"], said["audit_lines"] = powers(int64(len(ids))), powers(sum.Cases), powers(sum.Revisions), powers(sum.Lines)
	return nil
}
