// Package fault holds the one error type of the program and the type for faults
// found in somebody's data.
//
// An [Error] carries a kind, a text key and arguments; it is translated at the edge
// (web, cli) by locale. Its hidden cause may be logged. Neither the arguments nor the
// cause may ever hold an answer, a name or a code about a person.
//
// A [Problem] is the opposite: it names the value that is wrong, in the file that
// somebody sent, and goes back to that somebody only. It is never logged.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what sort of failure an Error is, so that an edge can choose an exit
// status or an HTTP code.
type Kind int

const (
	Internal Kind = iota // our fault, or the machine's
	Usage                // the command or request was put wrongly
	Invalid              // the input was read and is not acceptable
	NotFound             // what was asked for is not there
	Refused              // the person may not do this
	Conflict             // somebody else changed it first
	TooLarge             // over a stated limit
)

// Error is what every function of the program returns when it fails in a way that a
// person should read about.
type Error struct {
	Kind  Kind
	Key   string // key of the text in the language files, for example "fault.not_a_folder"
	Args  []any  // name, value, name, value …: placeholders of the text
	cause error
}

// New makes an Error. args are placeholder names and values in turn.
func New(kind Kind, key string, args ...any) *Error {
	return &Error{Kind: kind, Key: key, Args: args}
}

// Wrap makes an Error with a cause that may be logged but is never shown.
func Wrap(cause error, kind Kind, key string, args ...any) *Error {
	return &Error{Kind: kind, Key: key, Args: args, cause: cause}
}

// Error gives the text for logs: the key and the cause, in no human language.
func (e *Error) Error() string {
	if e.cause != nil {
		return fmt.Sprintf("%s %v: %v", e.Key, e.Args, e.cause)
	}
	return fmt.Sprintf("%s %v", e.Key, e.Args)
}

// Unwrap gives the hidden cause.
func (e *Error) Unwrap() error { return e.cause }

// KeyOf gives the text key of an error, empty where it is none of ours.
func KeyOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Key
	}
	return ""
}

// KindOf gives the kind of the first Error in err's chain, Internal if there is none.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}
