package store

import (
	"errors"
	"fmt"
	"slices"

	"foljsam/internal/audit"
	"foljsam/internal/fault"
)

// Proof is what was gone through of a register, and what was found.
type Proof struct {
	Register  string
	Cases     int64
	Revisions int64
	Codes     int64 // sealed pairs of local codes
	Lines     int64 // of the log
	Signed    int64 // signed heads that agree
	Head      audit.Head
	Faults    []error
}

// Whole tells whether nothing was found in any of them.
func Whole(all []Proof) bool {
	for _, p := range all {
		if len(p.Faults) > 0 {
			return false
		}
	}
	return len(all) > 0
}

// mostFaults is how many faults of a register are told: where there are more, more says nothing.
const mostFaults = 50

// found notes a fault, once: a damaged page is met by several parts.
func (v *verifier) found(err error) {
	if err == nil || len(v.did.Faults) >= mostFaults {
		return
	}
	said := toldAs(err)
	if !slices.ContainsFunc(v.did.Faults, func(old error) bool { return toldAs(old) == said }) {
		v.did.Faults = append(v.did.Faults, err)
	}
}

// toldAs gives what tells one fault from another for whoever reads of it: not its cause.
func toldAs(err error) string {
	if e := new(fault.Error); errors.As(err, &e) {
		return fmt.Sprint(e.Key, e.Args)
	}
	return err.Error()
}
