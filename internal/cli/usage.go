package cli

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"

	"foljsam/internal/fault"
)

// helpFlag stops the reading of the command line: help was asked for.
type helpFlag bool

var errHelp = errors.New("help was asked for")

// BeforeReset is called by kong when the flag is there.
func (helpFlag) BeforeReset() error { return errHelp }

// IgnoreDefault tells kong that the flag comes before everything else.
func (helpFlag) IgnoreDefault() {}

// selected gives the command that a failed command line got to.
func selected(err error) *kong.Node {
	var parse *kong.ParseError
	if !errors.As(err, &parse) || parse.Context == nil {
		return nil
	}
	if n := parse.Context.Selected(); n != nil {
		return n
	}
	return parse.Context.Model.Node
}

// refuse says what is wrong with the command line, how the command is used and where
// help is.
func (s *session) refuse(err error) int {
	fmt.Fprintf(s.stderr, "%s: %s\n", program, s.misuse(err))
	if n := selected(err); n != nil {
		s.tellUsage(n)
	}
	return misusage
}

func (s *session) tellUsage(n *kong.Node) {
	fmt.Fprintf(s.stderr, "\n%s\n%s\n", s.usage(n), s.text.T("cli.more_help", "command", n.FullPath()))
}

// complaint is one thing that kong says, in English only, and what we say instead.
type complaint struct {
	theirs *regexp.Regexp // group 1 is put into our text as what
	key    string
}

var complaints = []complaint{
	{regexp.MustCompile(`(?s)^unknown flag (.*?)(?:, did you mean .*)?$`), "cli.unknown_flag"},
	{regexp.MustCompile(`(?s)^unexpected argument (.*?)(?:, did you mean .*)?$`), "cli.unexpected"},
	{regexp.MustCompile(`(?s)^missing flags: (.*)$`), "cli.missing_flags"},
	{regexp.MustCompile(`(?s)^missing positional arguments (.*)$`), "cli.missing_arguments"},
	{regexp.MustCompile(`(?s)^expected (?:one of )?"(<.*)$`), "cli.missing_arguments"},
	{regexp.MustCompile(`(?s)^expected (?:one of )?(".*)$`), "cli.missing_command"},
	{regexp.MustCompile(`(?s)^(--\S+): expected .* value but got`), "cli.missing_value"},
	{regexp.MustCompile(`(?s)^(--\S+): bool value must be`), "cli.no_value"},
	{regexp.MustCompile(`(?s)^unexpected flag argument "(.*)"$`), "cli.unexpected"},
}

var (
	meant = regexp.MustCompile(`(?s), did you mean (?:one of )?(.*)\?$`)
	named = regexp.MustCompile(`<([^>]+)>|--([\w-]+)(?:=[^ ,]*)?|"([^"]+)"`)
)

// misuse puts what is wrong with a command line in our own words.
func (s *session) misuse(err error) string {
	var ours *fault.Error
	if errors.As(err, &ours) {
		flag, _, _ := strings.Cut(err.Error(), ": ")
		return flag + ": " + s.text.Error(ours)
	}
	said := err.Error()
	for _, c := range complaints {
		if m := c.theirs.FindStringSubmatch(said); m != nil {
			return s.text.T(c.key, "what", s.words(c.key, m[1])) + s.suggestion(said)
		}
	}
	return s.text.T("cli.misuse")
}

// words names flags, arguments and commands as help does.
func (s *session) words(key, theirs string) string {
	if key == "cli.unknown_flag" || key == "cli.unexpected" {
		return theirs
	}
	var all []string
	for _, m := range named.FindAllStringSubmatch(theirs, -1) {
		switch {
		case m[1] != "":
			all = append(all, s.placeholder(m[1]))
		case m[2] != "":
			all = append(all, "--"+m[2])
		default:
			all = append(all, m[3])
		}
	}
	return strings.Join(all, ", ")
}

// suggestion names what may have been meant, if anything is near.
func (s *session) suggestion(said string) string {
	m := meant.FindStringSubmatch(said)
	if m == nil {
		return ""
	}
	near := strings.Split(strings.ReplaceAll(m[1], `"`, ""), ", ")
	return " " + s.text.T("cli.meant", "what", strings.Join(near, ", "))
}
