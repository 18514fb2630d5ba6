package app

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"foljsam/internal/fault"
)

// The shortest and longest password, in characters.
const (
	ShortestPassword = 12
	longestPassword  = 128
)

// Passwords are kept as argon2id with 19 MiB, two passes and one lane (OWASP's password
// storage cheat sheet). Two are worked out at a time and some wait, so that many tries take
// neither the machine's memory nor its time: whoever comes after those is told to wait.
const (
	argonMemory  = 19 * 1024
	argonPasses  = 2
	argonAtATime = 2
	argonWaiting = 32
)

var (
	working = make(chan struct{}, argonAtATime)
	inLine  = make(chan struct{}, argonAtATime+argonWaiting)
)

func argon(ctx context.Context, password string, salt []byte) ([]byte, error) {
	select {
	case inLine <- struct{}{}:
		defer func() { <-inLine }()
	default:
		return nil, fault.New(fault.Refused, "app.busy")
	}
	select {
	case working <- struct{}{}:
		defer func() { <-working }()
	case <-ctx.Done():
		return nil, fault.Wrap(ctx.Err(), fault.Refused, "app.busy")
	}
	return argon2.IDKey([]byte(password), salt, argonPasses, argonMemory, 1, 32), nil
}

func isBusy(err error) bool {
	var e *fault.Error
	return errors.As(err, &e) && e.Key == "app.busy"
}

// hashPassword gives what is kept of a password.
func hashPassword(ctx context.Context, password string) (string, error) {
	salt := make([]byte, 16)
	rand.Read(salt) // never fails: it ends the program instead
	hash, err := argon(ctx, password, salt)
	return fmt.Sprintf("argon2id$%s$%s", hex.EncodeToString(salt), hex.EncodeToString(hash)), err
}

// checkPassword takes as long when nobody has the login as when the password is wrong.
func checkPassword(ctx context.Context, kept, password string) (bool, error) {
	parts := strings.Split(kept, "$")
	if len(parts) != 3 {
		_, err := argon(ctx, password, make([]byte, 16))
		return false, err
	}
	salt, err := hex.DecodeString(parts[1])
	want, err2 := hex.DecodeString(parts[2])
	if err != nil || err2 != nil {
		return false, nil
	}
	hash, err := argon(ctx, password, salt)
	return err == nil && subtle.ConstantTimeCompare(hash, want) == 1, err
}

// passwordFault says what is wrong with a password that somebody has chosen.
func passwordFault(password, login string) error {
	switch n := utf8.RuneCountInString(password); {
	case n < ShortestPassword:
		return fault.New(fault.Invalid, "app.password_short", "n", ShortestPassword)
	case n > longestPassword:
		return fault.New(fault.Invalid, "app.password_long", "n", longestPassword)
	case isKnown(password, login):
		return fault.New(fault.Invalid, "app.password_known")
	}
	return nil
}
