package cli

import (
	"bytes"
	"context"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"foljsam/internal/codebook"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/synth"
)

// synthCommand writes synthetic packages.
type synthCommand struct {
	Out            string `required:"" placeholder:"dir"`
	Cases          number `placeholder:"number"`
	Municipalities number `placeholder:"number"`
	Seed           seed   `placeholder:"number"`
	Kind           kind   `placeholder:"kind"`
	Zip            bool   ``
}

// kind is the value of --kind.
type kind struct{ synth.Kind }

// UnmarshalText takes the names of the populations.
func (k *kind) UnmarshalText(b []byte) error {
	switch string(b) {
	case "report":
		k.Kind = synth.Report
	case "bulk":
		k.Kind = synth.Bulk
	default:
		return fault.New(fault.Usage, "cli.bad_kind", "value", string(b))
	}
	return nil
}

// Run writes.
func (c *synthCommand) Run(s *session) error {
	if err := checkFolder(c.Out); err != nil {
		return err
	}
	opt := synth.Options{Kind: c.Kind.Kind, Codebook: codebook.Default(), N: int(c.Cases), Seed: uint64(c.Seed)}
	if c.Municipalities > 0 {
		opt.Units = synth.Units(int(c.Municipalities))
	}
	made, err := s.writePackages(opt, c.Out, c.Zip)
	if err != nil {
		return err
	}
	s.line("cli.synthetic")
	s.line("cli.synthesised", "packages", s.text.T("cli.packages", "n", len(made.packages)), "n", made.cases, "dir", c.Out)
	s.line("cli.synthesised_population", "file", filepath.Join(c.Out, populationFile))
	if n := made.older(c.Out); n > 0 {
		s.line("cli.older_packages", "n", n)
	}
	s.line("cli.try_compile", "packages", made.pattern(c.Out, c.Zip))
	return nil
}

const populationFile = "befolkning.csv"

// synthetic is what was written: the packages' paths and how many cases they hold.
type synthetic struct {
	packages []string
	cases    int
}

// writePackages writes a synthetic population to a folder: a package for each
// municipality, and the population file.
func (s *session) writePackages(opt synth.Options, dir string, zipped bool) (*synthetic, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, cannotWrite(dir, err)
	}
	made := &synthetic{}
	var all []synth.Package
	for p := range synth.Packages(opt) {
		name := p.Name
		if zipped {
			name += ".zip"
		}
		made.packages = append(made.packages, filepath.Join(dir, name))
		made.cases += p.N
		all = append(all, p)
	}
	show := s.startProgress("cli.synthesising")
	defer show.end()
	var done atomic.Int64
	err := inParallel(s.ctx, len(all), func(i int) error {
		cases := counted(s.ctx, all[i].Cases, func() { show.set(done.Add(1), int64(made.cases)) })
		err := exchange.Write(made.packages[i], metaOf(all[i]), cases, opt.Codebook)
		if err != nil {
			return cannotWrite(made.packages[i], err)
		}
		if s.ctx.Err() != nil { // it lacks cases
			os.RemoveAll(made.packages[i])
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return made, writePopulation(filepath.Join(dir, populationFile), opt.Units, all)
}

// counted tells of each case as it passes, and stops when the command is interrupted.
func counted[T any](ctx context.Context, cases iter.Seq[T], tell func()) iter.Seq[T] {
	return func(yield func(T) bool) {
		for c := range cases {
			if tell(); ctx.Err() != nil || !yield(c) {
				return
			}
		}
	}
}

func metaOf(p synth.Package) exchange.Meta {
	return exchange.Meta{ID: p.ID, Name: p.Name, Title: p.Title, Created: p.Created.Time(), Register: p.Register,
		From: p.From, Till: p.Till, Coverage: p.Coverage, Scope: p.Scope, Synthetic: true}
}

// writePopulation writes the synthetic population of the years that the packages are of.
func writePopulation(name string, units []string, packages []synth.Package) error {
	var years []int
	for _, p := range packages[:min(1, len(packages))] {
		for y := p.From.Time().Year(); y <= p.Till.Time().Year(); y++ {
			years = append(years, y)
		}
	}
	var text bytes.Buffer
	if err := synth.WritePopulationOf(&text, units, years...); err != nil {
		return err
	}
	return cannotWrite(name, os.WriteFile(name, text.Bytes(), 0o666))
}

// pattern is what stands for all packages in a shell.
func (m *synthetic) pattern(dir string, zipped bool) string {
	if zipped {
		return filepath.Join(dir, "*.zip")
	}
	return filepath.Join(dir, "syntetisk-*")
}

// older counts the synthetic packages in the folder that are from another run.
func (m *synthetic) older(dir string) (n int) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), "syntetisk-") && !m.has(filepath.Join(dir, e.Name())) {
			n++
		}
	}
	return n
}

func (m *synthetic) has(path string) bool {
	for _, p := range m.packages {
		if p == path {
			return true
		}
	}
	return false
}
