package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"foljsam/internal/compile"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
)

// compileCommand makes tables and a report out of packages.
type compileCommand struct {
	Out         string   `required:"" placeholder:"dir"`
	By          splits   `placeholder:"by"`
	Period      period   `placeholder:"period"`
	Mask        bool     ``
	Truth       string   `placeholder:"file"`
	Population  string   `placeholder:"file"`
	Ledger      string   `placeholder:"file"`
	MaxUnpacked size     `placeholder:"size"`
	Packages    []string `arg:"" name:"package"`
}

// Run compiles.
func (c *compileCommand) Run(s *session) error {
	if err := c.check(); err != nil {
		return err
	}
	opt := compile.Options{
		Packages: expand(c.Packages), By: c.By, From: c.Period.from, Till: c.Period.till,
		Publish: c.Mask, MaxUnpacked: int64(c.MaxUnpacked),
	}
	read, problems, err := c.readPopulation()
	if err != nil {
		return err
	}
	opt.Inhabitants = inhabitantsIn(read, c.Period.till)
	_, err = s.compile(opt, c.Out, c.Truth, problems)
	for _, dir := range opt.Packages {
		if n := packagesIn(dir); n > 0 {
			fmt.Fprintln(s.stderr, s.text.T("cli.folder_of_packages", "n", n, "dir", dir))
		}
	}
	return err
}

// packagesIn counts the packages in a folder that is none itself: somebody meant those.
func packagesIn(dir string) (n int) {
	if exists(filepath.Join(dir, "datapackage.json")) {
		return 0
	}
	for _, pattern := range []string{"*.zip", filepath.Join("*", "datapackage.json")} {
		found, _ := filepath.Glob(filepath.Join(dir, pattern))
		n += len(found)
	}
	return n
}

// check refuses what cannot be done before anything is read.
func (c *compileCommand) check() error {
	if c.Ledger != "" {
		return fault.New(fault.Usage, "cli.no_ledger")
	}
	if err := checkFolder(c.Out); err != nil {
		return err
	}
	if c.Truth == "" {
		return nil
	}
	if isInside(c.Truth, c.Out) {
		return fault.New(fault.Usage, "cli.truth_inside", "dir", c.Out)
	}
	return c.checkTruth()
}

// checkTruth refuses to write the true numbers over what is read, or over anything that is
// no file.
func (c *compileCommand) checkTruth() error {
	for _, p := range append(expand(c.Packages), c.Population) {
		if p != "" && (isInside(c.Truth, p) || resolve(c.Truth, 0) == resolve(p, 0)) {
			return fault.New(fault.Usage, "cli.truth_over_input", "path", p)
		}
	}
	if info, err := os.Lstat(c.Truth); err == nil && !info.Mode().IsRegular() {
		return fault.New(fault.Usage, "cli.truth_no_file", "path", c.Truth)
	}
	return nil
}

// checkFolder refuses what cannot be the folder that is written to.
func checkFolder(dir string) error {
	if dir == "" {
		return fault.New(fault.Usage, "cli.no_folder")
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return fault.New(fault.Usage, "cli.not_a_folder", "path", dir)
	}
	return nil
}

func (c *compileCommand) readPopulation() ([]exchange.Population, []fault.Problem, error) {
	if c.Population == "" {
		return nil, nil, nil
	}
	f, err := openNamed(c.Population)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	return exchange.ReadPopulation(f, filepath.Base(c.Population))
}

// openNamed opens a file that was named on the command line. A pipe or a device may never
// answer, and is not opened.
func openNamed(name string) (*os.File, error) {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return nil, fault.New(fault.Usage, "cli.cannot_read", "path", name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fault.Wrap(err, fault.Usage, "cli.cannot_read", "path", name)
	}
	return f, nil
}

// expand lets patterns such as *.zip stand for the files that they match, where the shell
// has not done it (Windows). What matches nothing is kept: the reader names it.
func expand(names []string) (all []string) {
	for _, name := range names {
		if _, err := os.Stat(name); err != nil && strings.ContainsAny(name, "*?[") {
			if found, err := filepath.Glob(name); err == nil && len(found) > 0 {
				all = append(all, found...)
				continue
			}
		}
		all = append(all, name)
	}
	return all
}

// compile compiles, writes everything to the folder and says what was done.
func (s *session) compile(opt compile.Options, dir, truth string, problems []fault.Problem) (*compile.Result, error) {
	show := s.startProgress("cli.reading")
	opt.Progress = show.set
	result, err := compile.Run(s.ctx, opt)
	show.end()
	if err != nil {
		return nil, err
	}
	result.Problems = append(problems, result.Problems...)
	written, err := s.writeResult(dir, truth, result, opt.Publish)
	if err != nil {
		return nil, err
	}
	if result.Release == nil {
		s.tellProblems(result.Problems)
		if exists(filepath.Join(dir, reportFile)) {
			s.line("cli.earlier_report", "file", filepath.Join(dir, reportFile))
		}
		return nil, fault.New(fault.Invalid, "cli.no_package", "file", filepath.Join(dir, problemsFile))
	}
	s.tellResult(dir, truth, result)
	if n := foreign(dir, written); n > 0 && opt.Publish {
		s.line("cli.foreign", "n", n, "dir", dir)
	}
	return result, nil
}

// tellResult says what was read and what was written. It names no value.
func (s *session) tellResult(dir, truth string, r *compile.Result) {
	about := r.Release.About
	if about.Synthetic {
		s.line("cli.synthetic")
	}
	s.tellRead(r)
	if about.Municipalities == 0 {
		s.line("cli.no_cases")
	}
	s.line("cli.wrote", "n", len(r.Release.Tables), "dir", filepath.Join(dir, tablesFolder))
	s.line("cli.wrote_report", "report", filepath.Join(dir, reportFile), "workbook", filepath.Join(dir, workbookFile))
	s.tellProblems(r.Problems)
	if len(r.Problems) > 0 {
		s.line("cli.see_problems", "file", filepath.Join(dir, problemsFile))
	}
	if truth != "" {
		s.line("cli.wrote_truth", "file", truth)
	}
	if about.OnlyPrimary {
		s.line("cli.only_primary")
	} else {
		s.line("cli.internal")
	}
}

// tellRead says how many cases were counted, where the release shows it.
func (s *session) tellRead(r *compile.Result) {
	about := r.Release.About
	key, cases, known := "cli.read", int64(0), true
	for _, t := range r.Release.Tables {
		if t.ID() != casesTable || t.Split().ID != r.Release.Tables[0].Split().ID {
			continue
		}
		for unit := range t.Split().Units {
			n := t.Base(unit, 0)
			cases, known = cases+n.Int(), known && n.IsNumber()
		}
	}
	if !known {
		key = "cli.read_masked"
	}
	s.line(key, "packages", s.text.T("cli.packages", "n", about.Packages), "cases", s.text.T("cli.cases", "n", cases),
		"municipalities", s.text.T("cli.municipalities", "n", about.Municipalities))
}

// casesTable is the table whose base is all cases.
const casesTable = "d26"

// tellProblems says how many problems there were of each kind.
func (s *session) tellProblems(all []fault.Problem) {
	left := 0
	for _, x := range all {
		if x.Severity == fault.Left {
			left++
		}
	}
	if len(all) == 0 {
		s.line("cli.no_problems")
		return
	}
	s.tellUnused(all)
	fmt.Fprintln(s.stdout, s.text.T("cli.problems", "faults", s.text.T("cli.faults", "n", left), "warnings", s.text.T("cli.warnings", "n", len(all)-left)))
}

// maxTold is how many packages and files that could not be used are told of at once.
const maxTold = 8

// tellUnused says which packages and files could not be used, and why: their names and
// the reason, nothing out of the files.
func (s *session) tellUnused(all []fault.Problem) {
	told := 0
	for _, x := range all {
		if x.Severity != fault.Left || x.Row > 0 || x.Column != "" {
			continue
		}
		if told++; told > maxTold {
			fmt.Fprintln(s.stdout, "  "+s.text.T("cli.more_unused"))
			return
		}
		where := x.Package
		if x.File != "" && where != "" {
			where += "/" + x.File
		}
		fmt.Fprintf(s.stdout, "  %s: %s\n", where, s.text.Reason(x))
	}
}
