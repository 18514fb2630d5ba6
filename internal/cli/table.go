package cli

import (
	"fmt"

	"foljsam/internal/compile"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
)

// tableCommand answers one question: a cross table of two variables or groupings.
type tableCommand struct {
	Where    string   `placeholder:"condition"`
	By       splits   `placeholder:"by"`
	JSON     bool     `name:"json"`
	Row      string   `arg:"" name:"row"`
	Column   string   `arg:"" name:"column"`
	Packages []string `arg:"" name:"package"`
}

// Run counts and prints. What is wrong in the packages is told in number only: compile
// writes the list.
func (c *tableCommand) Run(s *session) error {
	show := s.startProgress("cli.reading")
	r, err := compile.Run(s.ctx, compile.Options{
		Packages: expand(c.Packages), By: c.By, Progress: show.set,
		Cross: &compile.Cross{A: c.Row, B: c.Column, Where: c.Where},
	})
	show.end()
	if err != nil {
		return err
	}
	if n := len(r.Problems); n > 0 {
		fmt.Fprintln(s.stderr, s.text.T("cli.table_problems", "n", n))
	}
	if r.Release == nil {
		return fault.New(fault.Invalid, "cli.table_no_package")
	}
	fmt.Fprintln(s.stderr, s.text.T("cli.internal"))
	for _, t := range r.Release.Tables {
		write := exchange.WriteTableCSV
		if c.JSON {
			write = exchange.WriteJSONStat
		}
		if err := write(s.stdout, t, s.text); err != nil {
			return err
		}
	}
	return nil
}
