package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"io/fs"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"foljsam/internal/fault"
)

// server is an installation in a PostgreSQL database. Each register has a role of its own,
// under which its transactions run: row-level security lets the role see no other rows.
type server struct {
	db     *sql.DB
	d      *dialect
	roles  string // how the names of this installation's roles begin
	quick  atomic.Bool
	writes *pool // shared by the registers
	reads  *pool
	node   *lines // its own, so that a read of people inside one of cases never waits for itself
}

// How many connections one process holds at most.
const (
	serverWrites, serverReads = 8, 8
	nodeWrites, nodeReads     = 1, 4
)

func openPostgres(ctx context.Context, o Options) (engine, error) {
	s, err := dialServer(o.Address)
	if err != nil {
		return nil, err
	}
	s.quick.Store(o.Quick)
	s.writes, s.reads = newPool(serverWrites, s.dial), newPool(serverReads, s.dial)
	s.node = &lines{writes: newPool(nodeWrites, s.dial), reads: newPool(nodeReads, s.dial), settle: settleServer, scrub: scrubServer, between: func() {}, close: func() error { return nil }}
	if err := s.begin(ctx, o); err != nil {
		return nil, closing(err, s.close)
	}
	return s, nil
}

// dialServer gives a server that connections can be opened to.
func dialServer(address string) (*server, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, fault.New(fault.Invalid, "store.address") // the cause quotes the address, and so perhaps a password
	}
	config.RuntimeParams["application_name"] = "foljsam"
	config.RuntimeParams["synchronous_commit"] = "on" // whatever the server is set to: acknowledged is on disk
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 5 * time.Second
	}
	s := &server{db: stdlib.OpenDB(*config)}
	s.db.SetMaxIdleConns(0) // the pools keep what is kept
	s.d = s.dialect()
	return s, nil
}

func (s *server) dialect() *dialect {
	return &dialect{
		name: "postgres", remote: true,
		query: numbered,
		begin: func(r string) string {
			begin := `BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL ROLE ` + s.role(r)
			if s.quick.Load() {
				begin += `; SET LOCAL synchronous_commit = off`
			}
			return begin
		},
		snapshot: func(r string) string {
			return `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL ROLE ` + s.role(r)
		},
		again: againPostgres,
		idle:  func(*sql.Conn) bool { return false },
		tell:  tellPostgres,
		plain: plainPostgres,
	}
}

// role names a register's role, quoted. A register's id holds letters, digits and - only.
func (s *server) role(register string) string { return `"` + s.roles + `_` + register + `"` }

// How long a connection is tried for before somebody is told that there is none.
var dialWaits = []time.Duration{0, 50 * time.Millisecond, 100 * time.Millisecond, 250 * time.Millisecond, 500 * time.Millisecond, time.Second, 2 * time.Second}

// dial opens a connection. A server that is being started again is waited for.
func (s *server) dial(ctx context.Context) (*conn, error) {
	var last error
	for _, wait := range dialWaits {
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		one, err := s.db.Conn(ctx)
		if err == nil {
			return newConn(s.d, one, nil), nil
		}
		if last = err; !isAway(err) {
			break
		}
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return nil, (&conn{d: s.d}).translate(last)
}

// begin brings the database up to date. Roles and tables are the login's own here; no
// register's rows are seen.
func (s *server) begin(ctx context.Context, o Options) error {
	c, err := s.writes.take(ctx)
	if err != nil {
		return err
	}
	defer s.writes.give(c)
	if err := c.checkWhole(o); err != nil {
		return err
	}
	if s.roles, err = c.rolesOf(); err != nil {
		return c.translate(err)
	}
	for _, r := range []struct{ role, group string }{{s.roles, ""}, {s.roles + "_" + NodeID, s.roles}} {
		if err := c.ensureRole(r.role, r.group); err != nil {
			return c.translate(err)
		}
	}
	steps := placed{o.steps, s.roles}
	_, err = migrate(c, steps, func() error {
		if o.AsIs {
			return errAsIs
		}
		if o.BackedUp {
			return nil
		}
		return fault.New(fault.Invalid, "store.backup_first")
	})
	if err == nil {
		err = c.translate(s.giveRights(c, steps))
	}
	return err
}

// rolesOf gives how the names of the installation's roles begin, which is decided when it
// begins: roles are shared by all databases of a server.
func (c *conn) rolesOf() (roles string, err error) {
	const ask = `SELECT roles FROM installation`
	if c.asks(ask, &roles) == nil {
		return roles, nil
	}
	for range tries { // two that begin at once can meet
		_, err = c.db.ExecContext(background, `CREATE TABLE IF NOT EXISTS installation (one integer PRIMARY KEY, roles text NOT NULL)`)
		if err == nil {
			_, err = c.db.ExecContext(background, `INSERT INTO installation (one, roles) VALUES (1, $1) ON CONFLICT (one) DO NOTHING`, "foljsam_"+hex.EncodeToString(random(4)))
		}
		if err == nil {
			return roles, c.asks(ask, &roles)
		}
		time.Sleep(10 * time.Millisecond)
	}
	return "", err
}

// giveRights lets the roles use the tables, where they may not.
func (s *server) giveRights(c *conn, from fs.FS) error {
	var may bool
	err := c.asks(`SELECT has_table_privilege('`+s.roles+`', 'cases', 'INSERT') AND has_table_privilege('`+s.roles+`_nod', 'sessions', 'DELETE')`, &may)
	if err != nil || may {
		return err
	}
	text, err := fs.ReadFile(from, "schema/postgres/rights.sql")
	if err != nil {
		return err
	}
	return c.statements(string(text))
}

// ensureRole makes a role that cannot sign in, where it is not there, and lets the login
// act under it. Names are made of letters a-z, digits, _ and -.
func (c *conn) ensureRole(role, group string) error {
	belongs := ""
	if group != "" {
		belongs = ` AND pg_has_role(oid, '` + group + `', 'USAGE')`
	}
	var there bool
	err := c.asks(`SELECT coalesce((SELECT pg_has_role(CURRENT_USER, oid, 'MEMBER')`+belongs+` FROM pg_roles WHERE rolname = '`+role+`'), false)`, &there)
	if err != nil || there {
		return err
	}
	if _, err := c.db.ExecContext(background, `CREATE ROLE "`+role+`" NOLOGIN`); err != nil && !isThere(err) {
		return err
	}
	if group != "" {
		if _, err := c.db.ExecContext(background, `GRANT "`+group+`" TO "`+role+`"`); err != nil && !isThere(err) {
			return err
		}
	}
	if _, err := c.db.ExecContext(background, `GRANT "`+role+`" TO CURRENT_USER`); err != nil && !isThere(err) {
		return err
	}
	return nil
}

func (s *server) safely() { s.quick.Store(false) }

// holds tells whether a register has begun in the database, and sees to that it can.
func (s *server) holds(ctx context.Context, register string) (bool, error) {
	if err := s.ready(ctx, register); err != nil {
		return false, err
	}
	var proof string
	r, found := &Register{id: register}, false
	err := r.snapshot(ctx, s.writes, func(t *Tx) (err error) {
		found, err = t.c.one([]any{&proof}, `SELECT proof FROM key_proofs WHERE register = ?`, register)
		return err
	})
	return found, err
}

// ready makes a register's role where it is not there.
func (s *server) ready(ctx context.Context, register string) error {
	c, err := s.writes.take(ctx)
	if err != nil {
		return err
	}
	defer s.writes.give(c)
	return c.translate(c.ensureRole(s.roles+"_"+register, s.roles))
}

func (s *server) open(ctx context.Context, register string, _ registerKeys, _ bool) (*lines, error) {
	if err := s.ready(ctx, register); err != nil {
		return nil, err
	}
	if register == NodeID {
		return s.node, nil
	}
	return &lines{writes: s.writes, reads: s.reads, settle: settleServer, scrub: scrubServer, between: func() {}, close: func() error { return nil }}, nil
}

// settleServer commits something with waiting for the disk: everything before it is then
// there too.
func settleServer(c *conn) error {
	_, err := c.db.ExecContext(background, `BEGIN; SET LOCAL synchronous_commit = on; UPDATE schema_version SET version = version; COMMIT`)
	return err
}

// scrubServer makes the tables anew without what was deleted. The server's own log and backups
// are its own affair.
func scrubServer(c *conn) error {
	for _, table := range []string{"cases", "revisions", "local_codes", "doubles", "settings", "figure_decisions", "surveys", "survey_tags", "codings", "coding_readers"} {
		if _, err := c.db.ExecContext(background, `VACUUM (FULL) `+table); err != nil {
			return said{err}
		}
	}
	return nil
}

func (s *server) close() error {
	var first error
	for _, p := range []*pool{s.writes, s.reads, s.node.writes, s.node.reads} {
		first = firstOf(first, p.close())
	}
	return firstOf(first, s.db.Close())
}
