package cli

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
)

type codebookCommand struct {
	Show  codebookShow  `cmd:""`
	Check codebookCheck `cmd:""`
}

// codebookShow shows the codebook, or one variable of it.
type codebookShow struct {
	Variable string `arg:"" optional:"" name:"variable"`
}

// Run shows.
func (c *codebookShow) Run(s *session) error {
	cb := codebook.Default()
	if c.Variable == "" {
		return cb.WriteText(s.stdout, s.text)
	}
	n, err := strconv.Atoi(strings.TrimLeft(c.Variable, "vV"))
	v := cb.Variable(n)
	if err != nil || v == nil {
		var known []string
		for _, v := range cb.Variables {
			known = append(known, strconv.Itoa(v.Number))
		}
		return fault.New(fault.NotFound, "cli.no_variable", "value", c.Variable, "known", strings.Join(known, ", "))
	}
	return cb.WriteVariable(s.stdout, s.text, v)
}

// codebookCheck reads a codebook file and names what is wrong in it.
type codebookCheck struct {
	File string `arg:"" name:"file"`
}

// Run checks.
func (c *codebookCheck) Run(s *session) error {
	f, err := openNamed(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	name := filepath.Base(c.File)
	cb, problems, err := codebook.Read(name, f)
	for _, x := range problems {
		fmt.Fprintln(s.stdout, s.problem(x))
	}
	if err != nil {
		return err
	}
	s.line("cli.codebook_fine", "name", name, "id", cb.ID, "version", cb.Version, "n", len(cb.Variables))
	return nil
}

// problem writes a fault of a codebook file: where, what stands there, why. A codebook
// holds nothing about people.
func (s *session) problem(x fault.Problem) string {
	text := fmt.Sprintf("%s:%d: ", x.File, x.Row)
	if x.Column != "" {
		text += x.Column + ": "
	}
	text += s.text.Reason(x)
	if x.Value != "" {
		text += " [" + x.Value + "]"
	}
	return text
}
