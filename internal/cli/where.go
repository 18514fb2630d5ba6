package cli

import (
	"errors"
	"fmt"
)

// placed is an error of an installation that could not be opened, and where that is: whoever
// has several must see which. A database's address is not told, since it may hold a password.
type placed struct {
	error
	data, keys string
	database   bool
}

func (p placed) Unwrap() error { return p.error }

// tellWhere says where something went wrong, when that is known.
func (s *session) tellWhere(err error) {
	var p placed
	switch {
	case !errors.As(err, &p):
	case p.database:
		fmt.Fprintln(s.stderr, s.text.T("cli.where_database", "keys", absolute(p.keys)))
	default:
		fmt.Fprintln(s.stderr, s.text.T("cli.where", "data", absolute(p.data), "keys", absolute(p.keys)))
	}
}
