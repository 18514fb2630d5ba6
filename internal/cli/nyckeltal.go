package cli

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
)

// figuresCommand works with the three key figures for Kolada: reports become rates, or
// packages become reports.
type figuresCommand struct {
	Reports    string   `placeholder:"file"`
	Population string   `placeholder:"file"`
	From       []string `sep:"none" placeholder:"package"`
	Year       year     `placeholder:"year"`
	Mal        reading  `placeholder:"reading"`
	Out        string   `required:"" placeholder:"file"`
	Published  string   `placeholder:"file"`
	Packages   []string `arg:"" optional:"" name:"package"`
}

// Run makes rates out of reports, or reports out of packages.
func (c *figuresCommand) Run(s *session) error {
	if err := c.check(); err != nil {
		return err
	}
	if len(c.From) > 0 {
		return c.count(s)
	}
	return c.publish(s)
}

// check refuses what cannot be done before anything is read.
func (c *figuresCommand) check() error {
	counting := len(c.From) > 0
	switch {
	case counting && (c.Reports != "" || c.Population != ""), !counting && c.Reports == "" && c.Population == "":
		return fault.New(fault.Usage, "cli.figures_either")
	case counting && c.Published != "":
		return fault.New(fault.Usage, "cli.figures_no_published")
	case counting && c.Year == 0:
		return fault.New(fault.Usage, "cli.figures_year")
	case !counting && (c.Reports == "" || c.Population == ""):
		return fault.New(fault.Usage, "cli.figures_both")
	case !counting && (c.Year != 0 || c.Mal != "" || len(c.Packages) > 0):
		return fault.New(fault.Usage, "cli.figures_only_from")
	}
	return c.checkOut()
}

// checkOut refuses to write over what is read, or over anything that is no file.
func (c *figuresCommand) checkOut() error {
	if c.Out == "" || strings.EqualFold(filepath.Base(c.Out), problemsFile) {
		return fault.New(fault.Usage, "cli.figures_out", "file", problemsFile)
	}
	read := append(c.packages(), c.Reports, c.Population)
	for _, out := range []string{c.Out, c.problems(), c.Published} {
		if err := checkOver(out, read); err != nil {
			return err
		}
		if out == c.Published && samePath(out, c.Out, c.problems()) {
			return fault.New(fault.Usage, "cli.figures_over_input", "path", out)
		}
	}
	return nil
}

// checkOver refuses to write over what is read, or over anything that is no file.
func checkOver(out string, read []string) error {
	if out == "" {
		return nil
	}
	if info, err := os.Lstat(out); err == nil && !info.Mode().IsRegular() {
		return fault.New(fault.Usage, "cli.figures_no_file", "path", out)
	}
	for _, p := range read {
		if p != "" && (isInside(out, p) || samePath(out, p)) {
			return fault.New(fault.Usage, "cli.figures_over_input", "path", p)
		}
	}
	return nil
}

// samePath tells whether a file is one of others, whatever it is called.
func samePath(file string, others ...string) bool {
	return file != "" && slices.ContainsFunc(others, func(o string) bool { return resolve(file, 0) == resolve(o, 0) })
}

// problems is the file beside --out.
func (c *figuresCommand) problems() string { return filepath.Join(filepath.Dir(c.Out), problemsFile) }

// packages are those after --from, and those that follow it.
func (c *figuresCommand) packages() []string { return expand(slices.Concat(c.From, c.Packages)) }

// publish makes nyckeltal.csv.
func (c *figuresCommand) publish(s *session) error {
	population, problems, err := readNamed(c.Population, exchange.ReadFigurePopulation)
	if err != nil {
		return err
	}
	reports, more, err := readNamed(c.Reports, exchange.ReadReports)
	if err != nil {
		return err
	}
	usable, unusable := indicator.Check(reports, population, filepath.Base(c.Reports))
	more = append(more, unusable...)
	slices.SortStableFunc(more, func(a, b fault.Problem) int { return a.Row - b.Row })
	rates := indicator.Rates(usable, population)
	problems = append(problems, more...)
	if err := c.write(s, func(w io.Writer) error { return exchange.WriteRates(w, rates) }, problems); err != nil {
		return err
	}
	if err := c.declare(s, rates); err != nil {
		return err
	}
	s.line("cli.figures_wrote", "n", len(rates), "file", c.Out)
	s.tellRates(rates)
	s.tellDropped(problems)
	s.tellFigureProblems(c.problems(), problems)
	return nil
}

// readNamed reads a file that was named on the command line.
func readNamed[T any](name string, read func(io.Reader, string) (T, []fault.Problem, error)) (t T, problems []fault.Problem, err error) {
	f, err := openNamed(name)
	if err != nil {
		return t, nil, err
	}
	defer f.Close()
	return read(f, filepath.Base(name))
}

// write writes the result and what was wrong beside it.
func (c *figuresCommand) write(s *session, result func(io.Writer) error, problems []fault.Problem) error {
	dir := filepath.Dir(c.Out)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return cannotWrite(dir, err)
	}
	files := []output{{problemsFile, func(w io.Writer) error { return exchange.WriteProblems(w, problems, s.text) }}}
	if result != nil {
		files = append(files, output{filepath.Base(c.Out), result})
	}
	return writeFiles(s.ctx, dir, files)
}

// declare writes what is published and what hangs together in it, when somebody asks.
func (c *figuresCommand) declare(s *session, rates []indicator.Rate) error {
	if c.Published == "" {
		return nil
	}
	dir := filepath.Dir(c.Published)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return cannotWrite(dir, err)
	}
	return writeFiles(s.ctx, dir, []output{{filepath.Base(c.Published), func(w io.Writer) error { return indicator.WritePublished(w, rates) }}})
}

// tellRates says how many of each status there are.
func (s *session) tellRates(rates []indicator.Rate) {
	n := map[indicator.Status]int{}
	for _, r := range rates {
		n[r.Status()]++
	}
	s.line("cli.figures_status", "published", n[indicator.Published], "secret", n[indicator.Secret], "missing", n[indicator.Missing])
}

// tellDropped says how many counts of 1-4 were dropped. Which they were is said nowhere.
func (s *session) tellDropped(problems []fault.Problem) {
	small := 0
	for _, x := range problems {
		if x.Key == "indicator.small_number" {
			small++
		}
	}
	if small > 0 {
		s.line("cli.figures_dropped", "n", small)
	}
}

// tellFigureProblems says how many problems there were in the files, and where they stand.
func (s *session) tellFigureProblems(file string, problems []fault.Problem) {
	if len(problems) == 0 {
		s.line("cli.figures_no_problems")
		return
	}
	left := 0
	for _, x := range problems {
		if x.Severity == fault.Left {
			left++
		}
	}
	s.line("cli.figures_problems", "faults", s.text.T("cli.faults", "n", left), "warnings", s.text.T("cli.warnings", "n", len(problems)-left))
	s.line("cli.figures_see", "file", file)
}
