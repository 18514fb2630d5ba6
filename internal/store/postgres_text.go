package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"foljsam/internal/fault"
)

// numbered gives a query with $1, $2 … for each ?, as PostgreSQL wants it. What stands in
// quotes or comments is left alone.
func numbered(query string) string {
	var b strings.Builder
	n := 0
	for i := 0; i < len(query); {
		if end := quotedFrom(query, i); end > i {
			b.WriteString(query[i:end])
			i = end
			continue
		}
		if query[i] == '?' {
			n++
			b.WriteString("$" + strconv.Itoa(n))
		} else {
			b.WriteByte(query[i])
		}
		i++
	}
	return b.String()
}

// quotedFrom gives where quoted text or a comment that begins at i ends; i where none
// begins. A doubled quote inside is an end and a new beginning, which comes to the same.
func quotedFrom(query string, i int) int {
	end := ""
	switch {
	case query[i] == '\'' || query[i] == '"':
		end = query[i : i+1]
	case strings.HasPrefix(query[i:], "--"):
		end = "\n"
	case strings.HasPrefix(query[i:], "/*"):
		end = "*/"
	case strings.HasPrefix(query[i:], "$$"):
		end = "$$"
	default:
		return i
	}
	from := i + min(len(end), 2)
	if n := strings.Index(query[from:], end); n >= 0 {
		return from + n + len(end)
	}
	return len(query)
}

// placed is migrations with the installation's roles put in their place.
type placed struct {
	fs.FS
	roles string
}

// Glob gives the files that there are.
func (p placed) Glob(pattern string) ([]string, error) { return fs.Glob(p.FS, pattern) }

// ReadFile gives a file with the roles in their place.
func (p placed) ReadFile(name string) ([]byte, error) {
	b, err := fs.ReadFile(p.FS, name)
	return []byte(strings.ReplaceAll(string(b), "{roles}", p.roles)), err
}

// againPostgres tells whether a transaction should be run again: another was first, or the
// connection was lost before the database was asked to commit.
func againPostgres(err error, broken bool) bool {
	switch codeOf(err) {
	case "40001", "40P01":
		return true
	}
	return errors.Is(err, errMoved) || broken && !errors.Is(err, errUnsure)
}

func codeOf(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// isThere tells whether something that should be made is there already, or is being made by
// another process at this moment (PostgreSQL then says "tuple concurrently updated").
func isThere(err error) bool {
	return slices.Contains([]string{"42710", "23505", "XX000"}, codeOf(err))
}

// isAway tells whether there was no server to talk to, or one that is not ready.
func isAway(err error) bool {
	var cannot *pgconn.ConnectError
	code := codeOf(err)
	return errors.As(err, &cannot) && code == "" || slices.Contains([]string{"57P01", "57P02", "57P03", "53300"}, code)
}

// toldPostgres lists what a person can do something about, by SQLSTATE.
var toldPostgres = map[string]string{
	"53100": "store.disk_full",
	"25006": "store.read_only",
	"42501": "store.postgres_rights",
	"28000": "store.postgres_login",
	"28P01": "store.postgres_login",
	"3D000": "store.postgres_database",
	"53300": "store.postgres_full",
	"58030": "store.disk",
	"XX001": "store.damaged",
	"XX002": "store.damaged",
}

func tellPostgres(err error) (*fault.Error, bool) {
	code := codeOf(err)
	if code == "23505" {
		return fault.Wrap(plainPostgres(err), fault.Conflict, "store.taken"), true
	}
	if key := toldPostgres[code]; key != "" {
		return fault.Wrap(plainPostgres(err), fault.Invalid, key), true
	}
	var network net.Error
	lost := errors.As(err, &network) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
	if isAway(err) || lost && !errors.Is(err, context.DeadlineExceeded) {
		return fault.Wrap(plainPostgres(err), fault.Internal, "store.unreachable"), true
	}
	return nil, false
}

// plainPostgres gives the kind of an error of PostgreSQL's, without its text: that can
// quote what somebody wrote.
func plainPostgres(err error) error {
	var e *pgconn.PgError
	var network *net.OpError
	switch {
	case errors.As(err, &e):
		return fmt.Errorf("postgres %s %s", e.Code, e.ConstraintName)
	case errors.As(err, &network):
		return network
	}
	return errors.New("postgres")
}
