package cli

import (
	"os"
	"time"

	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// selftestCommand finds out whether registers can be kept on this machine.
type selftestCommand struct {
	Data string `placeholder:"dir"`
}

// Run tries the disk with many who write at the same time.
func (c *selftestCommand) Run(s *session) error {
	dir := orElse(c.Data, ".")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fault.Wrap(err, fault.Invalid, "store.folder", "folder", dir)
	}
	s.line("cli.selftest_begins", "folder", dir)
	r, err := store.SelfTest(s.ctx, dir)
	if err != nil {
		return err
	}
	s.line("cli.selftest_done", "writes", s.text.Int(int64(r.Writes)), "reads", s.text.Int(int64(r.Reads)), "seconds", s.text.Number(r.Took.Round(100*time.Millisecond).Seconds(), 1))
	if !r.Shared {
		s.line("cli.selftest_alone")
	}
	return nil
}
