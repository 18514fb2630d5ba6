package store

import (
	"bufio"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"io"
	"slices"

	"filippo.io/age"

	"foljsam/internal/audit"
	"foljsam/internal/fault"
)

// CheckBackup reads a backup to its end and proves that it is whole: nothing is cut or
// changed, the rows are those that it counts, and it is signed by the key that its logs'
// heads are signed by. It proves nothing of what the rows say: [Restore] does.
func CheckBackup(ctx context.Context, from io.Reader, with []age.Identity) (b Backup, err error) {
	in := &countedReader{r: from}
	a, err := openArchive(in, with)
	if err != nil {
		return b, err
	}
	b.ArchiveHead = a.Head
	var at tableLine
	var sum rowSum
	done := func() {
		if sum.n > 0 {
			b.Tables = append(b.Tables, sum.of(at.Register, at.Table))
		}
		sum = rowSum{}
	}
	table := func(t tableLine) error { done(); at = t; return ctx.Err() }
	row := func(line []byte) error { sum.add(line); return nil }
	e, err := a.rows(table, row)
	done()
	b.Bytes = in.n
	if err == nil && (!slices.Equal(b.Tables, e.Tables) || !e.signedBy(b.Heads)) {
		err = fault.New(fault.Invalid, "backup.damaged")
	}
	return b, err
}

// signedBy tells whether the last line and every head were signed by one key.
func (e ending) signedBy(heads []audit.SignedHead) bool {
	key, err := base64.StdEncoding.DecodeString(e.Key)
	signature, bad := base64.StdEncoding.DecodeString(e.Signature)
	if err != nil || bad != nil || len(key) != ed25519.PublicKeySize || !ed25519.Verify(key, []byte(endSigned+e.Lines), signature) {
		return false
	}
	return !slices.ContainsFunc(heads, func(h audit.SignedHead) bool { return h.Check(key) != nil })
}

// HeadOfBackup reads what a backup says in the clear.
func HeadOfBackup(from io.Reader) (ArchiveHead, error) {
	h, _, err := readHead(bufio.NewReader(from))
	return h, err
}

type countedReader struct {
	r io.Reader
	n int64
}

func (c *countedReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}
