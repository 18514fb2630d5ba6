package cli

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"time"

	"foljsam/internal/codebook"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/record"
)

// year is the value of --year.
type year int

// UnmarshalText takes four digits.
func (y *year) UnmarshalText(b []byte) error {
	n, err := strconv.Atoi(string(b))
	if err != nil || len(b) != 4 || n < 1000 {
		return fault.New(fault.Usage, "cli.bad_year", "value", string(b))
	}
	*y = year(n)
	return nil
}

// reading is the value of --mal: what says that the goal was met.
type reading string

const (
	goalReading   reading = "maluppfoljning"
	reasonReading reading = "avslutsorsak"
)

// UnmarshalText takes the two readings.
func (r *reading) UnmarshalText(b []byte) error {
	if *r = reading(b); *r != goalReading && *r != reasonReading {
		return fault.New(fault.Usage, "cli.bad_reading", "value", string(b))
	}
	return nil
}

func (r reading) rule() indicator.Reading {
	if r == reasonReading {
		return indicator.ByReason
	}
	return indicator.ByGoal
}

// count makes rapporter.csv out of packages. How many cases a package holds is not said: it
// may be few.
func (c *figuresCommand) count(s *session) error {
	show := s.startProgress("cli.reading")
	read, err := exchange.Read(s.ctx, c.packages(), exchange.Options{
		Layout: record.NewLayout(codebook.Default()), Spans: true, Progress: show.set,
	})
	show.end()
	if err != nil {
		return err
	}
	for _, dir := range c.packages() {
		if n := packagesIn(dir); n > 0 {
			fmt.Fprintln(s.stderr, s.text.T("cli.folder_of_packages", "n", n, "dir", dir))
		}
	}
	if len(read.Packages) == 0 {
		if err := c.write(s, nil, read.Problems); err != nil {
			return err
		}
		s.tellProblems(read.Problems)
		return fault.New(fault.Invalid, "cli.figures_no_package", "file", c.problems())
	}
	returns, differ := exchange.CountFigures(read, int(c.Year), c.Mal.rule())
	if err := c.write(s, func(w io.Writer) error { return exchange.WriteReturns(w, returns) }, read.Problems); err != nil {
		return err
	}
	s.line("cli.figures_counted", "n", len(returns), "year", indicator.Year(int(c.Year)), "file", c.Out)
	s.tellReading(c.Mal.rule(), differ)
	s.tellPart(read, c.Year)
	s.tellProblems(read.Problems)
	if len(read.Problems) > 0 {
		s.line("cli.see_problems", "file", c.problems())
	}
	return nil
}

// tellPart says which packages hold only some of the cases that a year is counted from: a case
// that was opened before the year may have had support and been closed in it.
func (s *session) tellPart(read *exchange.Delivery, y year) {
	for _, p := range read.Packages {
		from, err := time.Parse(time.DateOnly, p.From)
		begins := err == nil && from.Year() >= int(y)
		till, err := time.Parse(time.DateOnly, p.Till)
		ends := err == nil && till.Before(time.Date(int(y), 12, 31, 0, 0, 0, 0, time.UTC))
		if begins || ends {
			fmt.Fprintln(s.stderr, s.text.T("indicator.package_part", "paket", p.Path, "fran", cmp.Or(p.From, "…"), "till", cmp.Or(p.Till, "…"), "ar", indicator.Year(int(y))))
		}
	}
}

// tellReading says how the goal was read, and whether the other reading would count otherwise; not
// in how many cases, since one count and the difference tell the other count.
func (s *session) tellReading(by indicator.Reading, differ indicator.Count) {
	if by == indicator.ByReason {
		s.line("cli.figures_by_reason")
	} else {
		s.line("cli.figures_by_goal")
	}
	if n, ok := differ.Number(); !ok || n > 0 {
		s.line("cli.figures_differ")
	}
}
