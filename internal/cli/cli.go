// Package cli holds the commands of foljsam: what is written on the command line, what
// is said there, and which files are written where.
//
// A command is a struct with its flags and a Run method; its help stands in the language
// files under names made of the command's (see help.go). The package counts nothing,
// masks nothing and draws nothing. Nothing that it prints holds a value out of somebody's
// data: those go to problems.csv and nowhere else.
package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"foljsam/internal/fault"
	"foljsam/internal/locale"
)

const program = "foljsam"

// commands is everything that can be asked for, in the order in which help names it.
type commands struct {
	Help     helpFlag        `short:"h"`
	Lang     language        `placeholder:"lang"`
	Serve    serveCommand    `cmd:""`
	Backup   backupCommand   `cmd:""`
	Restore  restoreCommand  `cmd:""`
	Verify   verifyCommand   `cmd:""`
	Keys     keysCommand     `cmd:""`
	Compile  compileCommand  `cmd:""`
	Demo     demoCommand     `cmd:""`
	Table    tableCommand    `cmd:""`
	Figures  figuresCommand  `cmd:"" name:"nyckeltal"`
	Codebook codebookCommand `cmd:""`
	Synth    synthCommand    `cmd:""`
	Service  serviceCommand  `cmd:""`
	Selftest selftestCommand `cmd:""`
	Support  supportCommand  `cmd:""`
	Version  versionCommand  `cmd:""`
}

// The exit statuses, as help says.
const (
	done     = 0
	failed   = 1
	misusage = 2
)

// session is what one command runs in.
type session struct {
	ctx            context.Context
	stdin          io.Reader
	typed          *bufio.Reader // of stdin, once something was read
	stdout, stderr io.Writer
	getenv         func(string) string
	text           *locale.Printer
}

// Main runs one command and gives the exit status of the program.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer, getenv func(string) string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	s := &session{ctx: ctx, stdin: stdin, stdout: stdout, stderr: stderr, getenv: getenv, text: locale.For(languageOf(args, getenv))}
	return s.run(args)
}

func (s *session) run(args []string) int {
	parser, err := kong.New(&commands{}, kong.Name(program), kong.NoDefaultHelp(), kong.Bind(s))
	if err != nil {
		return s.fail(err, nil)
	}
	if len(args) == 0 {
		s.writeHelp(s.stderr, parser.Model.Node)
		return misusage
	}
	asked, err := parser.Parse(plainWords(args))
	switch {
	case errors.Is(err, errHelp):
		s.writeHelp(s.stdout, selected(err))
		return done
	case err != nil:
		return s.refuse(err)
	}
	if err := asked.Run(); err != nil {
		return s.fail(err, asked.Selected())
	}
	return done
}

// plainWords lets "help compile" and "--version" mean what people expect of them.
func plainWords(args []string) []string {
	switch {
	case args[0] == "help":
		return append(append([]string{}, args[1:]...), "--help")
	case args[0] == "--version" && len(args) == 1:
		return []string{"version"}
	case args[0] == "keys":
		return placeLast(args)
	}
	return args
}

// placeLast lets "keys --data X status" mean "keys status --data X": where the keys are is said
// by each of the commands below, and people say it before them too.
func placeLast(args []string) []string {
	words, place := []string{args[0]}, []string{}
	for i := 1; i < len(args); i++ {
		name, _, whole := strings.Cut(args[i], "=")
		if len(words) > 1 || !slices.Contains([]string{"--data", "--keys", "--database"}, name) {
			words = append(words, args[i])
			continue
		}
		place = append(place, args[i])
		if !whole && i+1 < len(args) {
			i++
			place = append(place, args[i])
		}
	}
	return append(words, place...)
}

// fail says what went wrong while a command ran.
func (s *session) fail(err error, command *kong.Node) int {
	if s.ctx.Err() != nil {
		fmt.Fprintf(s.stderr, "%s: %s\n", program, s.text.T("cli.interrupted"))
		return failed
	}
	fmt.Fprintf(s.stderr, "%s: %s\n", program, s.text.Error(err))
	s.tellWhere(err)
	if fault.KindOf(err) == fault.Internal && s.getenv("FOLJSAM_DEBUG") != "" {
		fmt.Fprintln(s.stderr, err)
	}
	if fault.KindOf(err) == fault.Usage {
		s.tellUsage(command)
		return misusage
	}
	return failed
}

// line prints a sentence.
func (s *session) line(key string, args ...any) { fmt.Fprintln(s.stdout, s.text.T(key, args...)) }
