package cli

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"foljsam/internal/fault"
	"foljsam/internal/locale"
)

// language is the value of --lang.
type language string

// UnmarshalText takes the languages that the program speaks.
func (l *language) UnmarshalText(b []byte) error {
	if _, ok := locale.Parse(string(b)); !ok {
		return fault.New(fault.Usage, "cli.bad_language", "value", string(b))
	}
	*l = language(b)
	return nil
}

// languageOf finds --lang before anything else is read, so that also what is said of a
// command line that cannot be read is in the right language.
func languageOf(args []string, getenv func(string) string) locale.Lang {
	for i, a := range args {
		value, ok := strings.CutPrefix(a, "--lang=")
		if a == "--lang" && i+1 < len(args) {
			value, ok = args[i+1], true
		}
		if a == "--" {
			break
		}
		if l, known := locale.Parse(value); ok && known {
			return l
		}
	}
	return locale.FromEnvironment(getenv)
}

// splits is the value of --by; the flag given twice adds.
type splits []string

// UnmarshalText takes names with commas between; which there are is compile's to say.
func (s *splits) UnmarshalText(b []byte) error {
	for name := range strings.SplitSeq(string(b), ",") {
		*s = append(*s, strings.ToLower(strings.TrimSpace(name)))
	}
	return nil
}

// period is the value of --period.
type period struct{ from, till time.Time }

// UnmarshalText takes two days in order, with two points between.
func (p *period) UnmarshalText(b []byte) error {
	from, till, _ := strings.Cut(string(b), "..")
	first, err1 := time.Parse(time.DateOnly, from)
	last, err2 := time.Parse(time.DateOnly, till)
	if err1 != nil || err2 != nil {
		return fault.New(fault.Usage, "cli.bad_period", "value", string(b))
	}
	if last.Before(first) {
		return fault.New(fault.Usage, "cli.period_backwards", "value", string(b))
	}
	p.from, p.till = first, last
	return nil
}

// number is a whole number above 0.
type number int

// UnmarshalText takes digits.
func (n *number) UnmarshalText(b []byte) error {
	i, err := strconv.Atoi(string(b))
	if err != nil || i < 1 {
		return fault.New(fault.Usage, "cli.bad_number", "value", string(b))
	}
	*n = number(i)
	return nil
}

// seed is any whole number from 0.
type seed uint64

// UnmarshalText takes digits.
func (n *seed) UnmarshalText(b []byte) error {
	i, err := strconv.ParseUint(string(b), 10, 64)
	if err != nil {
		return fault.New(fault.Usage, "cli.bad_seed", "value", string(b))
	}
	*n = seed(i)
	return nil
}

// size is a number of bytes.
type size int64

var sizeForm = regexp.MustCompile(`^([0-9]+) ?([A-Za-z]*)$`)

var sizeUnits = map[string]int64{"": 1, "B": 1, "KB": 1e3, "MB": 1e6, "GB": 1e9, "KIB": 1 << 10, "MIB": 1 << 20, "GIB": 1 << 30}

// UnmarshalText takes 500MB, 2GiB, 1000000.
func (n *size) UnmarshalText(b []byte) error {
	m := sizeForm.FindStringSubmatch(string(b))
	if m == nil {
		return fault.New(fault.Usage, "cli.bad_size", "value", string(b))
	}
	value, err := strconv.ParseInt(m[1], 10, 64)
	unit := sizeUnits[strings.ToUpper(m[2])]
	if err != nil || unit == 0 || value < 1 || value > math.MaxInt64/unit {
		return fault.New(fault.Usage, "cli.bad_size", "value", string(b))
	}
	*n = size(value * unit)
	return nil
}
