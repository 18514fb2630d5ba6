package store

import "foljsam/internal/fault"

// aboutRegister gives an error about a register that it names, or, with a text of its own,
// about what is the installation's and has no name that people know.
func aboutRegister(kind fault.Kind, key, ofTheNode, register string) error {
	if register == NodeID {
		return fault.New(kind, ofTheNode)
	}
	return fault.New(kind, key, "register", register)
}
