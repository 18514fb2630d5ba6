package report

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

// few is the base under which percent says more than the cases can carry.
const few = 20

// teller says what a released table holds, in words.
//
// The words are texts of the language files, one for each table, with places for the
// table's numbers. A place names cells by the ids of their categories, one for each
// dimension, codes that belong together joined by +:
//
//	{n} {n:1}            the base; the base of a group
//	{p:2+3} {p:1/18-24}  percent of the base, in words: "66 procent"
//	{c:ja} {m:hrv}       a count; a mean
//	{f:grupp/topp}       a further figure: a count; {fp:…} a percent, {fm:…} a mean
//	{r:a|b}              one further figure as percent of another
//	{top} {ptop}         the largest category, and its percent
//	{d:1/3|2/3}          the difference between two shares, with its interval
//
// A text is used only when every number in it may be shown and is of enough cases;
// otherwise the next ("sentence.d01.2"), and at last one that says why there is none.
type teller struct {
	rel  *disclosure.Release
	r    *disclosure.Released
	p    *locale.Printer
	unit int
}

func tell(rel *disclosure.Release, r *disclosure.Released, p *locale.Printer) teller {
	return teller{rel: rel, r: r, p: p}
}

// trouble is why a text cannot be used; the worst one decides what is said instead.
type trouble int

const (
	fine trouble = iota
	unfit
	scarce // too few cases
	hidden // something is masked
)

// sentence gives the one plain sentence about the table, and whether it is the table's
// own (and not one that says why there is none).
func (t teller) sentence() (text string, own bool) {
	if t.empty() {
		return t.p.T("sentence.none", "base", t.base()), false
	}
	worst := unfit
	for _, key := range []string{"sentence." + t.r.ID(), "sentence." + t.r.ID() + ".2", "sentence.generic"} {
		if !t.p.Has(key) || key == "sentence.generic" && (worst != unfit || !t.simple()) {
			continue
		}
		s, bad := t.fill(key)
		if bad == fine {
			return s, true
		}
		worst = max(worst, bad)
	}
	return t.instead(worst), false
}

// difference says how two groups differ, with the interval; empty where that cannot be
// said.
func (t teller) difference() string { return t.optional("sentence." + t.r.ID() + ".diff") }

// note gives what must be read with the table, empty if there is nothing. A split table
// has no one number to put into it.
func (t teller) note() string {
	key := "note." + t.r.ID()
	if t.r.Split().ID != "" && place.MatchString(t.p.T(key)) {
		return ""
	}
	return t.optional(key)
}

func (t teller) optional(key string) string {
	if !t.p.Has(key) {
		return ""
	}
	s, bad := t.fill(key)
	if bad != fine {
		return ""
	}
	return s
}

// base says which cases the table is of: "där våldets grad är registrerad".
func (t teller) base() string {
	if key := "base." + t.r.ID(); t.p.Has(key) {
		return t.p.T(key)
	}
	return t.p.T("base.generic")
}

// empty tells whether no case is in any base.
func (t teller) empty() bool {
	for _, b := range t.bases() {
		if !b.IsNumber() || b.Int() > 0 {
			return false
		}
	}
	return true
}

func (t teller) bases() []disclosure.Value {
	n := len(t.r.Table().Bases())
	bases := make([]disclosure.Value, n)
	for i := range bases {
		bases[i] = t.r.Base(t.unit, i)
	}
	return bases
}

// simple tells whether the table has one base, so that its largest category can be named.
func (t teller) simple() bool {
	x := t.r.Table()
	return x.BaseDims == 0 && len(x.Dims) == 1 && x.Kind == query.Shares
}

var place = regexp.MustCompile(`\{([a-z]+)(?::([^}]*))?\}`)

// fill puts the table's numbers into a text.
func (t teller) fill(key string) (string, trouble) {
	worst := fine
	s := place.ReplaceAllStringFunc(t.p.T(key), func(m string) string {
		g := place.FindStringSubmatch(m)
		words, bad := t.words(g[1], g[2])
		worst = max(worst, bad)
		return words
	})
	return upperFirst(s), worst
}

// upperFirst begins a sentence: it may begin with a number in words.
func upperFirst(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + s[n:]
}

// lowerFirst is for a label that stands inside a sentence.
func lowerFirst(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToLower(s[:n]) + s[n:]
}
