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
	p.list = append(grown(p.list), x)
}

// forced names a fault that makes the package unusable, limit or not.
func (p *problems) forced(file string, key string, args ...any) {
	p.list = append(p.list, fault.Problem{Package: p.pack, File: file, Key: key, Args: args})
}

// room is how many more problems are named.
func (p *problems) room() int { return max(p.limit-len(p.list), 0) }

// addRows adds what a chunk of a file named, by row; before is the row before it.
func (p *problems) addRows(part found, before int) {
	for _, x := range part.list {
		x.Row += before
		p.add(x)
	}
	p.more += part.more
}

// found is what is wrong with the rows of a chunk. No more is named than there was room
// for when the reading of the chunk began; the rest is counted.
type found struct {
	list []fault.Problem // rows count from the chunk's first
	room int
	more int
}

// grown gives a list with room for one more. It doubles: many small steps would leave more
// behind than there is.
func grown(list []fault.Problem) []fault.Problem {
	if len(list) < cap(list) {
		return list
	}
	return slices.Grow(list, max(len(list), 8))
}

func (f *found) add(x fault.Problem) { f.list = append(grown(f.list), x) }

// full tells that a problem need not be made any more: it is counted instead.
func (f *found) full() bool {
	if len(f.list) < f.room {
		return false
	}
	f.more++
	return true
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

func clipBytes(b []byte) string { return clip(string(b[:min(len(b), maxValue+1)])) }

// clip gives a value as it stood, in UTF-8, the beginning of it when it is very long.
func clip(s string) string {
	if len(s) > maxValue {
		s = s[:maxValue]
		for len(s) > 0 && !utf8.RuneStart(s[len(s)-1]) {
			s = s[:len(s)-1]
		}
		s = s[:max(len(s)-1, 0)] + "…"
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "\ufffd") // a NUL stops many a reader of CSV
}
