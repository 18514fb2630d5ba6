package exchange

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"foljsam/internal/fault"
)

// problems are the faults of one package. Of those beyond the limit only the number is
// kept: a file of nothing but faults must not fill the memory.
type problems struct {
	pack  string
	limit int
	list  []fault.Problem
	more  int
}

// say names a fault of the package or a file of it.
func (p *problems) say(file string, key string, args ...any) {
	p.add(fault.Problem{File: file, Key: key, Args: args})
}

// warn names something of the package or a file of it that is kept.
func (p *problems) warn(file string, key string, args ...any) {
	p.add(fault.Problem{File: file, Severity: fault.Warning, Key: key, Args: args})
}

func (p *problems) add(x fault.Problem) {
	if len(p.list) >= p.limit {
		p.more++
		return
	}
	x.Package = p.pack
	p.list = append(p.list, x)
}

// forced names a fault that makes the package unusable, limit or not.
func (p *problems) forced(file string, key string, args ...any) {
	p.list = append(p.list, fault.Problem{Package: p.pack, File: file, Key: key, Args: args})
}

// addRows adds what a chunk of a file named, by row; before is the row before it.
func (p *problems) addRows(part []fault.Problem, before int) {
	for _, x := range part {
		x.Row += before
		p.add(x)
	}
}

// sortRows puts the problems from the n-th on in the order of their rows.
func (p *problems) sortRows(n int) {
	slices.SortStableFunc(p.list[min(n, len(p.list)):], func(a, b fault.Problem) int { return cmp.Compare(a.Row, b.Row) })
}

// all gives the problems, and how many there are besides.
func (p *problems) all() []fault.Problem {
	if p.more == 0 {
		return p.list
	}
	return append(p.list, fault.Problem{Package: p.pack, Key: "exchange.more_problems", Args: []any{"n", p.more}})
}

// maxValue is how much of a value a problem shows.
const maxValue = 1000

// clip gives a value as it stood, in UTF-8, the beginning of it when it is very long.
func clip(s string) string {
	if len(s) > maxValue {
		s = s[:maxValue]
		for len(s) > 0 && !utf8.RuneStart(s[len(s)-1]) {
			s = s[:len(s)-1]
		}
		s = s[:max(len(s)-1, 0)] + "…"
	}
	return strings.ToValidUTF8(s, "\ufffd")
}
