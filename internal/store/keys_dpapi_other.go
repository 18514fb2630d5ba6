//go:build !windows

package store

import "foljsam/internal/fault"

func protect([]byte) ([]byte, error) {
	return nil, fault.New(fault.Invalid, "keeping.keys_not_windows")
}

func unprotect([]byte) ([]byte, error) {
	return nil, fault.New(fault.Invalid, "keeping.keys_not_windows")
}
