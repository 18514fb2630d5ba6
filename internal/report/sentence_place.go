package report

import (
	"slices"
	"strings"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

// words gives what stands in one place of a text.
func (t teller) words(verb, at string) (string, trouble) {
	switch verb {
	case "n":
		return t.baseWords(at)
	case "p":
		return t.shareWords(at)
	case "c":
		sum, ok := t.cells(at)
		return t.p.Int(sum.count), sum.judge(ok, 0)
	case "m":
		return t.meanWords(at)
	case "f", "fp", "fm":
		return t.figureWords(verb, at)
	case "r":
		return t.ratioWords(at)
	case "top", "ptop":
		return t.topWords(verb)
	case "d":
		return t.differenceWords(at)
	}
	return "", unfit
}

// sum is some cells of one base together.
type sum struct {
	count int64
	base  int64
	from  []disclosure.Value // what it is made of: the counts and the base
}

func (s sum) percent() float64 { return 100 * float64(s.count) / float64(s.base) }

// judge tells what is in the way of saying a number: hidden parts, or a base that is
// smaller than least.
func (s sum) judge(ok bool, least int64) trouble {
	if !ok {
		return unfit
	}
	worst := fine
	for _, v := range s.from {
		switch v.State() {
		case disclosure.Number:
		case disclosure.Masked:
			worst = hidden
		default:
			worst = max(worst, unfit)
		}
	}
	if worst == fine && s.base < least {
		return scarce
	}
	return worst
}

// cells adds up the cells that a place names; false if the table has no such cell.
func (t teller) cells(at string) (sum, bool) {
	x := t.r.Table()
	path := strings.Split(at, "/")
	if len(path) != len(x.Dims) {
		return sum{}, false
	}
	cell := make([]int, len(path))
	last := len(path) - 1
	for d, id := range path[:last] {
		if cell[d] = category(x.Dims[d], id); cell[d] < 0 {
			return sum{}, false
		}
	}
	var s sum
	for _, id := range strings.Split(path[last], "+") {
		if cell[last] = category(x.Dims[last], id); cell[last] < 0 {
			return sum{}, false
		}
		v := t.r.Cell(t.unit, x.Index(cell...)).Count
		s.count += v.Int()
		s.from = append(s.from, v)
	}
	base := t.r.BaseOf(t.unit, x.Index(cell...))
	s.base, s.from = base.Int(), append(s.from, base)
	return s, true
}

func category(d query.Dim, id string) int {
	return slices.IndexFunc(d.Cats, func(c query.Cat) bool { return c.ID == id })
}

func (t teller) baseWords(group string) (string, trouble) {
	x, at := t.r.Table(), 0
	switch {
	case group == "" && x.BaseDims != 0 && !t.oneBase(), x.BaseDims > 1:
		return "", unfit
	case group != "":
		if at = category(x.Dims[0], group); at < 0 || x.BaseDims == 0 {
			return "", unfit
		}
	}
	b := t.r.Base(t.unit, at)
	s := sum{base: b.Int(), from: []disclosure.Value{b}}
	return t.p.Int(s.base), s.judge(true, 0)
}

// oneBase tells whether all groups have the same base.
func (t teller) oneBase() bool {
	bases := t.r.Table().Bases()
	return !slices.ContainsFunc(bases, func(s query.Set) bool { return s.String() != bases[0].String() })
}

func (t teller) shareWords(at string) (string, trouble) {
	s, ok := t.cells(at)
	bad := s.judge(ok, few)
	if bad != fine {
		return "", bad
	}
	return percentWords(t.p, s.percent()), fine
}

func (t teller) meanWords(at string) (string, trouble) {
	i := category(t.r.Table().Dims[0], at)
	if i < 0 {
		return "", unfit
	}
	c := t.r.Cell(t.unit, i)
	s := sum{base: c.Count.Int(), from: []disclosure.Value{c.Count, c.Share}}
	return rounded(t.p, c.Share.Float(), 1), s.judge(true, few)
}

// figureWords writes a further figure: "ID" or "ID/path".
func (t teller) figureWords(verb, at string) (string, trouble) {
	v, ok := t.figure(at)
	s := sum{from: []disclosure.Value{v}}
	if bad := s.judge(ok, 0); bad != fine {
		return "", bad
	}
	switch verb {
	case "fp":
		return percentWords(t.p, v.Float()), fine
	case "fm":
		return rounded(t.p, v.Float(), 1), fine
	}
	return t.p.Int(v.Int()), fine
}

func (t teller) figure(at string) (disclosure.Value, bool) {
	id, path, _ := strings.Cut(at, "/")
	for _, f := range t.r.Table().Figures {
		if f.ID != id {
			continue
		}
		for i, p := range f.At {
			if strings.Join(p.Path, "/") == path {
				return t.r.Figure(t.unit, id)[i], true
			}
		}
	}
	return disclosure.Value{}, false
}

func (t teller) ratioWords(at string) (string, trouble) {
	a, b, _ := strings.Cut(at, "|")
	x, ok := t.figure(a)
	y, also := t.figure(b)
	s := sum{x.Int(), y.Int(), []disclosure.Value{x, y}}
	if bad := s.judge(ok && also, few); bad != fine {
		return "", bad
	}
	return percentWords(t.p, s.percent()), fine
}

// topWords names the largest category, or the largest ones, and gives its percent. It
// cannot be known while any category is hidden.
func (t teller) topWords(verb string) (string, trouble) {
	if !t.simple() {
		return "", unfit
	}
	s := sum{base: t.r.Base(t.unit, 0).Int(), from: []disclosure.Value{t.r.Base(t.unit, 0)}}
	for i := range t.r.Table().Size() {
		s.from = append(s.from, t.r.Cell(t.unit, i).Count)
	}
	if bad := s.judge(true, few); bad != fine {
		return "", bad
	}
	labels, count := t.largest()
	if count == 0 {
		return "", unfit
	}
	if verb == "top" {
		return t.list(labels), fine
	}
	return percentWords(t.p, 100*float64(count)/float64(s.base)), fine
}

// largest gives the labels of the largest category shown, several if they are as large.
func (t teller) largest() (labels []string, count int64) {
	for i, c := range t.r.Table().Dims[0].Cats {
		v := t.r.Cell(t.unit, i).Count
		if !v.IsNumber() || v.Int() < count {
			continue
		}
		if v.Int() > count {
			labels = nil
		}
		count, labels = v.Int(), append(labels, t.p.T("sentence.quoted", "label", c.Label.In(t.p)))
	}
	return labels, count
}

// list joins words: "a, b och c".
func (t teller) list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return t.p.T("sentence.and", "list", strings.Join(words[:last], ", "), "last", words[last])
}

// percentWords writes a percent in words, never 0 or 100 for what is only nearly so.
func percentWords(p *locale.Printer, f float64) string {
	switch {
	case f > 0 && f < 0.5:
		return p.T("sentence.percent_under")
	case f >= 99.5 && f < 100:
		return p.T("sentence.percent_over")
	}
	return p.T("sentence.percent", "value", rounded(p, f, 0))
}
