package cli

import (
	"path/filepath"

	"foljsam/internal/codebook"
	"foljsam/internal/compile"
	"foljsam/internal/fault"
	"foljsam/internal/synth"
)

type demoCommand struct {
	Start  demoServe  `cmd:"" default:"withargs"`
	Report demoReport `cmd:""`
}

// demoReport makes synthetic packages and the report of them.
type demoReport struct {
	Out string `placeholder:"dir"`
}

// demoFolder is where the demonstration goes when nobody says.
const demoFolder = "demo-rapport"

// packagesFolder holds the demonstration's packages, for whoever wants to try the other
// commands on them.
const packagesFolder = "paket"

// Run makes them.
func (c *demoReport) Run(s *session) error {
	dir := c.Out
	if dir == "" {
		dir = demoFolder
	}
	if err := checkFolder(dir); err != nil {
		return err
	}
	packages := filepath.Join(dir, packagesFolder)
	made, err := s.writePackages(synth.Options{Codebook: codebook.Default()}, packages, false)
	if err != nil {
		return err
	}
	if _, err := s.compile(compile.Options{Packages: made.packages}, dir, "", nil); err != nil {
		return err
	}
	full, err := filepath.Abs(filepath.Join(dir, reportFile))
	if err != nil {
		return fault.Wrap(err, fault.Internal, "fault.internal")
	}
	s.line("cli.try_compile", "packages", made.pattern(packages, false))
	s.line("cli.open", "file", full)
	return nil
}
