package store

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"encoding/base64"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"filippo.io/age"

	"foljsam/internal/audit"
	"foljsam/internal/fault"
)

// BackupOptions say how a backup is made.
type BackupOptions struct {
	To      []age.Recipient // who can open it
	Keys    []byte          // the key file, sealed; nil: it does not go along
	Days    int             // how long it is kept; 0: never said
	Program string          // version
	Now     time.Time
}

// Backup is what was put in a backup.
type Backup struct {
	ArchiveHead
	Tables []TableCount
	Bytes  int64
}

// Rows gives how many rows of a table there are, of all registers.
func (b Backup) Rows(table string) (n int64) {
	for _, t := range b.Tables {
		if t.Table == table {
			n += t.Rows
		}
	}
	return n
}

// BackUp writes everything there is to one encrypted file, as it is at one moment, while
// others write. Who is signed in is left out: nobody is signed in where it is restored.
func (s *Store) BackUp(ctx context.Context, w io.Writer, o BackupOptions) (b Backup, err error) {
	key, err := s.options.Keys.signingKey()
	if err != nil {
		return b, err
	}
	out := &counted{w: w}
	b.Made = o.Now.UTC().Truncate(time.Second)
	if o.Days > 0 {
		b.Expires = b.Made.AddDate(0, 0, o.Days)
	}
	err = s.atOneMoment(ctx, func(all []view) error {
		x := &backup{ctx: ctx, of: s, all: all, key: key, did: &b}
		return x.write(out, o)
	})
	b.Bytes = out.n
	if err != nil && !isTold(err) {
		err = fault.Wrap(err, fault.Invalid, "backup.unwritten")
	}
	return b, err
}

type counted struct {
	w io.Writer
	n int64
}

func (c *counted) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

// view is a register as it was at one moment. Where one transaction reads several registers
// it takes the role of each in turn.
type view struct {
	*Tx
	role string
}

// backup is one being written.
type backup struct {
	ctx context.Context
	of  *Store
	all []view // the node's last
	key ed25519.PrivateKey
	did *Backup
}

func (x *backup) write(w io.Writer, o BackupOptions) error {
	steps, err := x.all[0].c.stepsTaken(x.of.options.steps)
	if err != nil {
		return err
	}
	c := contents{Program: o.Program, Keys: o.Keys, Dialect: x.all[0].c.d.name, Steps: steps}
	for _, t := range x.all {
		c.Registers = append(c.Registers, t.r.id)
		if err := t.enter(); err != nil {
			return err
		}
		head, err := t.AuditHead()
		if err != nil {
			return err
		}
		x.did.Heads = append(x.did.Heads, audit.SignHead(x.key, t.r.id, head, o.Now))
	}
	a, err := startArchive(w, x.did.ArchiveHead, o.To, c)
	for _, t := range x.all {
		if err == nil {
			err = x.register(a, t)
		}
	}
	if err != nil {
		return err
	}
	return a.end(x.did.Tables, func(lines string) (string, string) {
		return audit.PublicText(x.key.Public().(ed25519.PublicKey)), base64.StdEncoding.EncodeToString(ed25519.Sign(x.key, []byte(endSigned+lines)))
	})
}

const endSigned = "foljsam backup 1\n"

// register writes a register's tables.
func (x *backup) register(a *archiveWriter, t view) error {
	return t.eachTable(func(table string) error {
		begun := false
		n, err := t.eachRow(table, func(columns []string, row []byte) error {
			if err := x.ctx.Err(); err != nil {
				return err
			}
			if !begun {
				begun = true
				if err := a.json(tableLine{t.r.id, table, columns}); err != nil {
					return err
				}
			}
			return a.line(append(row, '\n'))
		})
		if err == nil && n.Rows > 0 {
			x.did.Tables = append(x.did.Tables, n)
		}
		return err
	})
}

// leftOut are tables that no backup has: how the database itself stands, and who is signed in.
var leftOut = []string{"schema_version", "installation", "sessions", unfinished}

// eachTable gives the tables that the register may see, by name.
func (t view) eachTable(do func(table string) error) error {
	if err := t.enter(); err != nil {
		return err
	}
	ask := `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`
	if t.c.d.remote {
		ask = `SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND has_table_privilege(oid, 'SELECT') ORDER BY 1`
	}
	var names []string
	err := t.c.each(func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		names = append(names, name)
		return err
	}, ask)
	slices.Sort(names)
	for _, name := range names {
		if err == nil && !slices.Contains(leftOut, name) {
			err = do(name)
		}
	}
	return err
}

// plainName is what tables and columns are called.
var plainName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// eachRow gives a table's rows to read, and what there is of it.
func (t view) eachRow(table string, read func(columns []string, row []byte) error) (TableCount, error) {
	var columns []string
	var r *rowReader
	var sum rowSum
	var b []byte
	if !plainName.MatchString(table) {
		return TableCount{}, fmt.Errorf("a table with another name")
	}
	err := t.c.each(func(rows *sql.Rows) (err error) {
		if r == nil {
			if columns, err = rows.Columns(); err != nil {
				return err
			}
			if r, err = newRowReader(rows); err != nil {
				return err
			}
		}
		if b, err = r.append(b[:0], rows); err != nil {
			return err
		}
		sum.add(b)
		return read(columns, b)
	}, `SELECT * FROM `+table)
	return sum.of(t.r.id, table), err
}

// counts gives what there is of each table of the register.
func (t view) counts() (all []TableCount, err error) {
	err = t.eachTable(func(table string) error {
		n, err := t.eachRow(table, func([]string, []byte) error { return nil })
		if n.Rows > 0 {
			all = append(all, n)
		}
		return err
	})
	return all, err
}

// enter lets the transaction see the register's rows.
func (t view) enter() error {
	if t.role == "" {
		return nil
	}
	_, err := t.c.db.ExecContext(background, `SET LOCAL ROLE `+t.role)
	return err
}

// atOneMoment reads all registers, and last the installation's own part, as they are at one
// moment. Of SQLite's files each is seen as it was when the last of them was opened, or some
// milliseconds before; the installation's own part has everybody that the others name.
func (s *Store) atOneMoment(ctx context.Context, do func([]view) error) error {
	s.opening.Lock() // no register begins meanwhile
	unlock := onceOnly(s.opening.Unlock)
	defer unlock()
	all, err := s.registers(ctx)
	if err != nil {
		return err
	}
	return guarded(func() error {
		do := func(v []view) error { unlock(); return do(v) }
		switch e := s.engine.(type) {
		case *server:
			return e.view(ctx, all, do)
		case *folder:
			return e.view(ctx, s, all, nil, do)
		}
		return fault.New(fault.Internal, "store.failed")
	})
}

func onceOnly(do func()) func() {
	done := false
	return func() {
		if !done {
			done = true
			do()
		}
	}
}

// registers gives the installation's registers, opened, and its own part last.
func (s *Store) registers(ctx context.Context) (all []*Register, err error) {
	var ids []string
	err = s.node.Read(ctx, func(t *Tx) error {
		list, err := t.Registers()
		for _, r := range list {
			ids = append(ids, r.ID)
		}
		return err
	})
	for _, id := range ids {
		r, open := (*Register)(nil), error(nil)
		if err == nil {
			if r, open = s.opened(id); r == nil && open == nil {
				if r, open = s.openRegister(ctx, id, false); open == nil {
					s.keep(r)
				}
			}
			all, err = append(all, r), open
		}
	}
	return append(all, s.node), err
}

// view reads all registers in one transaction.
func (s *server) view(ctx context.Context, all []*Register, do func([]view) error) error {
	c, err := s.dial(ctx)
	if err != nil {
		return err
	}
	defer c.close()
	c.reading = true
	err = c.run(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`, "ROLLBACK", func(*Tx) error {
		views := make([]view, len(all))
		for i, r := range all {
			views[i] = view{&Tx{r: r, c: c}, s.role(r.id)}
		}
		if _, err := c.db.ExecContext(background, `SELECT 1`); err != nil { // the moment is now
			return said{err}
		}
		return do(views)
	})
	return c.translate(err)
}

// view begins a transaction on each file, one inside the other.
func (f *folder) view(ctx context.Context, s *Store, all []*Register, views []view, do func([]view) error) error {
	if len(views) == len(all) {
		return do(views)
	}
	r := all[len(views)]
	next := func(t *Tx) error {
		if _, err := t.AuditHead(); err != nil { // the moment is now
			return err
		}
		return f.view(ctx, s, all, append(views, view{Tx: t}), do)
	}
	if r.lines.reads == nil { // the one connection there is; who writes to it waits
		return r.Read(ctx, next)
	}
	keys, err := s.options.Keys.Of(r.id)
	if err != nil {
		return err
	}
	f.viewed.RLock()
	defer f.viewed.RUnlock()
	c, err := f.connect(ctx, r.id, keys, reading+f.safety(), nil)
	if err != nil {
		return err
	}
	defer c.close()
	c.reading = true
	return c.translate(c.run("BEGIN", "ROLLBACK", func(t *Tx) error { t.r = r; return next(t) }))
}

// stepsTaken gives the steps of the schema that the database has taken.
func (c *conn) stepsTaken(from fs.FS) (all []step, err error) {
	var n int
	if err := c.asks(`SELECT version FROM schema_version`, &n); err != nil {
		return nil, said{err}
	}
	names, err := fs.Glob(from, path.Join("schema", c.d.name, "[0-9]*.sql"))
	for _, name := range names[:min(n, len(names))] {
		text, err := fs.ReadFile(from, name) // opening has compared it with what the database took
		if err != nil {
			return nil, err
		}
		all = append(all, step{path.Base(name), strings.TrimSpace(hashesOf([]string{string(text)}))})
	}
	return all, err
}
