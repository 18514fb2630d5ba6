package store

import (
	"unsafe"

	"golang.org/x/sys/windows"

	"foljsam/internal/fault"
)

// Windows protects the keys under the account that the program runs under (DPAPI): a copy of
// the file opens on no other machine, and under no other account. This is compiled and vetted;
// it has not been run on a Windows of ours.

func protect(text []byte) ([]byte, error) {
	var out windows.DataBlob
	err := windows.CryptProtectData(blobOf(text), nil, nil, 0, nil, windows.CRYPTPROTECT_UI_FORBIDDEN, &out)
	return takeBlob(out, err)
}

func unprotect(b []byte) ([]byte, error) {
	var out windows.DataBlob
	err := windows.CryptUnprotectData(blobOf(b), nil, nil, 0, nil, windows.CRYPTPROTECT_UI_FORBIDDEN, &out)
	return takeBlob(out, err)
}

func blobOf(b []byte) *windows.DataBlob {
	if len(b) == 0 {
		return &windows.DataBlob{}
	}
	return &windows.DataBlob{Size: uint32(len(b)), Data: &b[0]}
}

func takeBlob(out windows.DataBlob, err error) ([]byte, error) {
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "keeping.keys_dpapi")
	}
	defer func() { _, _ = windows.LocalFree(windows.Handle(unsafe.Pointer(out.Data))) }()
	return append([]byte(nil), unsafe.Slice(out.Data, out.Size)...), nil
}
