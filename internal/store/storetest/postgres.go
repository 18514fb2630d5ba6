package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// Postgres is a PostgreSQL server of a test's own. It listens on a socket in its folder
// only, and ends with the test, or with the process if that is killed.
type Postgres struct {
	t      testing.TB
	bin    string
	folder string
	ending *os.File // closed when the server should end
	server *exec.Cmd
	made   atomic.Int32
}

// StartPostgres starts a server, and skips the test where PostgreSQL is not installed;
// where CI is set that is a failure.
func StartPostgres(t testing.TB) *Postgres {
	t.Helper()
	bin := findPostgres()
	if bin == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("PostgreSQL is not installed; scripts/setup installs it")
		}
		t.Skip("PostgreSQL is not installed (scripts/setup installs it): nothing is tested on it here")
	}
	folder, err := os.MkdirTemp("", "foljsam-pg-")
	if err != nil {
		t.Fatal(err)
	}
	p := &Postgres{t: t, bin: bin, folder: folder}
	t.Cleanup(func() { p.Stop(); _ = os.RemoveAll(folder) })
	p.giveFolder()
	p.must(p.command("initdb", "--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "-D", p.data()))
	p.Start()
	p.superuser("CREATE ROLE foljsam LOGIN CREATEROLE")
	return p
}

// findPostgres gives the folder of PostgreSQL's programs, the newest where there are many.
func findPostgres() string {
	all, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	slices.Reverse(all)
	if onPath, err := exec.LookPath("initdb"); err == nil {
		all = append(all, onPath)
	}
	for _, initdb := range all {
		if _, err := os.Stat(filepath.Join(filepath.Dir(initdb), "postgres")); err == nil {
			return filepath.Dir(initdb)
		}
	}
	return ""
}

func (p *Postgres) data() string { return filepath.Join(p.folder, "data") }

// unprivileged gives somebody who is not root: PostgreSQL refuses to be run by root.
func unprivileged() *user.User {
	if os.Geteuid() != 0 {
		return nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			return u
		}
	}
	return nil
}

func (p *Postgres) giveFolder() {
	if u := unprivileged(); u != nil {
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		if err := os.Chown(p.folder, uid, gid); err != nil {
			p.t.Fatal(err)
		}
	}
}

func (p *Postgres) command(name string, args ...string) *exec.Cmd {
	return p.asSomebody(append([]string{filepath.Join(p.bin, name)}, args...))
}

func (p *Postgres) asSomebody(words []string) *exec.Cmd {
	if u := unprivileged(); u != nil {
		words = append([]string{"setpriv", "--reuid", u.Uid, "--regid", u.Gid, "--clear-groups"}, words...)
	}
	c := exec.Command(words[0], words[1:]...)
	c.Dir = p.folder
	return c
}

func (p *Postgres) must(c *exec.Cmd) {
	p.t.Helper()
	if out, err := c.CombinedOutput(); err != nil {
		p.t.Fatalf("%v: %v\n%s", c.Args, err, out)
	}
}

// Start starts the server and waits until it answers.
func (p *Postgres) Start() {
	p.t.Helper()
	// The shell ends the server when nobody holds its input any longer.
	const script = `"$0" "$@" >>server.log 2>&1 & s=$!; cat >/dev/null; kill -QUIT $s; wait $s`
	p.server = p.asSomebody([]string{"sh", "-c", script, filepath.Join(p.bin, "postgres"), "-D", p.data(), "-k", p.folder,
		"-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=200"})
	input, ending, err := os.Pipe()
	if err != nil {
		p.t.Fatal(err)
	}
	p.server.Stdin, p.ending = input, ending
	if err := p.server.Start(); err != nil {
		p.t.Fatal(err)
	}
	_ = input.Close()
	for range 400 {
		if p.tryQuery("postgres", "SELECT 1") == nil {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	log, _ := os.ReadFile(filepath.Join(p.folder, "server.log"))
	p.t.Fatalf("PostgreSQL did not start:\n%s", log)
}

// Stop ends the server at once, as a power cut would.
func (p *Postgres) Stop() {
	if p.server != nil {
		_ = p.ending.Close()
		_ = p.server.Wait() // ended by a signal
		p.server = nil
	}
}

func (p *Postgres) address(user, database string) string {
	return fmt.Sprintf("postgres://%s@/%s?host=%s", user, database, p.folder)
}

func (p *Postgres) tryQuery(database, query string) error {
	db, err := sql.Open("pgx", p.address("postgres", database))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(context.Background(), query)
	return err
}

func (p *Postgres) superuser(query string) {
	p.t.Helper()
	if err := p.tryQuery("postgres", query); err != nil {
		p.t.Fatalf("%s: %v", query, err)
	}
}

// Query runs something as the server's superuser.
func (p *Postgres) Query(database, query string) {
	p.t.Helper()
	if err := p.tryQuery(database, query); err != nil {
		p.t.Fatalf("%s: %v", query, err)
	}
}

// Database makes an empty database and gives its name and its address.
func (p *Postgres) Database() (name, address string) {
	p.t.Helper()
	name = "d" + strconv.Itoa(int(p.made.Add(1)))
	p.superuser("CREATE DATABASE " + name + " OWNER foljsam")
	return name, p.address("foljsam", name)
}
