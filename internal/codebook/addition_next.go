package codebook

import (
	"slices"
	"strconv"

	"foljsam/internal/locale"
)

// What may become of a published addition. A variable and an answer may be retired, never
// taken away; what they once meant they mean for ever, since cases are counted together that
// were registered years apart.

// Breach is something that a new version may not do to what was published before it.
type Breach struct {
	Column string
	Code   int    // 0: it is not about an answer
	Key    string // text
}

// Breaches names what a new version does to published variables that it may not.
func (a *Addition) Breaches(published *Addition) (all []Breach) {
	for _, old := range published.Variables {
		v := a.Variable(old.Column)
		say := func(code int, key string) { all = append(all, Breach{old.Column, code, key}) }
		switch {
		case v == nil:
			say(0, "variables.next_gone")
			continue
		case v.Kind != old.Kind || v.Level != old.Level || v.Decimals != old.Decimals:
			say(0, "variables.next_kind")
		case v.Kind == Number && (v.Min > old.Min || v.Max < old.Max):
			say(0, "variables.next_span")
		}
		for i := range old.Codes {
			c := &old.Codes[i]
			switch now := v.Code(c.Code); {
			case now == nil:
				say(c.Code, "variables.next_code_gone")
			case now.Label[locale.Swedish] != c.Label[locale.Swedish]:
				say(c.Code, "variables.next_code_label")
			case now.Unknown != c.Unknown || now.Exclusive != c.Exclusive:
				say(c.Code, "variables.next_code_sense")
			}
		}
	}
	return all
}

// What became of a variable, or of a part of it, between two versions.
const (
	Added    = "added"
	Gone     = "gone" // only between drafts
	Changed  = "changed"
	IsOut    = "retired"
	BackIn   = "resumed"
	CodeNew  = "code_added"
	CodeOut  = "code_retired"
	CodeBack = "code_resumed"
	CodeGone = "code_gone"
)

// Difference is one thing that differs between two versions.
type Difference struct {
	Column string
	Of     int // number of a common variable, where it is about a note; Column is "v" and it
	Label  Text
	What   string
	Part   string // of Changed: "question", "help", "code_label" …
	Code   int    // where it is about an answer
	Lang   locale.Lang
	Before string
	After  string
}

// Differences gives what differs from an earlier version, variable by variable.
func (a *Addition) Differences(before *Addition) (all []Difference) {
	for _, v := range a.Variables {
		old := before.Variable(v.Column)
		if old == nil {
			all = append(all, Difference{Column: v.Column, Label: v.Label, What: Added})
			continue
		}
		all = append(all, differ(old, v)...)
	}
	for _, old := range before.Variables {
		if a.Variable(old.Column) == nil {
			all = append(all, Difference{Column: old.Column, Label: old.Label, What: Gone})
		}
	}
	return append(all, a.noteDifferences(before)...)
}

// NoteOn gives what is added to the help of a common variable; nil: nothing.
func (a *Addition) NoteOn(number int) Text {
	for _, n := range a.Notes {
		if n.Of == number {
			return n.Text
		}
	}
	return nil
}

// PutNote adds to the help of a common variable; without Swedish words it takes that away.
func (a *Addition) PutNote(number int, text Text) {
	a.Notes = slices.DeleteFunc(a.Notes, func(n Note) bool { return n.Of == number })
	if text[locale.Swedish] != "" {
		a.Notes = append(a.Notes, Note{number, text})
		slices.SortFunc(a.Notes, func(a, b Note) int { return a.Of - b.Of })
	}
}

func (a *Addition) noteDifferences(before *Addition) (all []Difference) {
	var numbers []int
	for _, n := range slices.Concat(before.Notes, a.Notes) {
		numbers = append(numbers, n.Of)
	}
	slices.Sort(numbers)
	for _, n := range slices.Compact(numbers) {
		for _, d := range texts("note", 0, before.NoteOn(n), a.NoteOn(n)) {
			d.Of, d.Column = n, "v"+strconv.Itoa(n)
			all = append(all, d)
		}
	}
	return all
}

func differ(old, v *Variable) (all []Difference) {
	add := func(d Difference) { d.Column, d.Label = v.Column, v.Label; all = append(all, d) }
	if old.Retired != v.Retired {
		add(Difference{What: pickWord(v.Retired, IsOut, BackIn)})
	}
	for _, x := range []struct{ part, before, after string }{
		{"kind", string(old.Kind), string(v.Kind)}, {"phase", string(old.Phase), string(v.Phase)}, {"when", old.When, v.When},
		{"span", spanOf(old), spanOf(v)}, {"comment", yesOf(old.Comment), yesOf(v.Comment)},
	} {
		if x.before != x.after {
			add(Difference{What: Changed, Part: x.part, Before: x.before, After: x.after})
		}
	}
	for _, x := range []struct {
		part          string
		before, after Text
	}{{"label", old.Label, v.Label}, {"question", old.Question, v.Question}, {"help", old.Help, v.Help}, {"help_source", old.HelpSource, v.HelpSource}} {
		for _, d := range texts(x.part, 0, x.before, x.after) {
			add(d)
		}
	}
	for i := range v.Codes {
		c := &v.Codes[i]
		for _, d := range differCode(old.Code(c.Code), c) {
			d.Code = c.Code
			add(d)
		}
	}
	for _, c := range old.Codes {
		if v.Code(c.Code) == nil {
			add(Difference{What: CodeGone, Code: c.Code, Before: c.Label.In(locale.Swedish)})
		}
	}
	return all
}

func differCode(old, c *Code) (all []Difference) {
	if old == nil {
		return []Difference{{What: CodeNew, After: c.Label.In(locale.Swedish)}}
	}
	if old.Retired != c.Retired {
		all = append(all, Difference{What: pickWord(c.Retired, CodeOut, CodeBack), After: c.Label.In(locale.Swedish)})
	}
	if old.Exclusive != c.Exclusive || old.Unknown != c.Unknown {
		all = append(all, Difference{What: Changed, Part: "code_sense", After: c.Label.In(locale.Swedish)})
	}
	all = append(all, texts("code_label", c.Code, old.Label, c.Label)...)
	return append(all, texts("code_help", c.Code, old.Help, c.Help)...)
}

// texts gives the languages in which a text differs.
func texts(part string, code int, before, after Text) (all []Difference) {
	var langs []locale.Lang
	for _, t := range []Text{before, after} {
		for l := range t {
			if !slices.Contains(langs, l) {
				langs = append(langs, l)
			}
		}
	}
	slices.Sort(langs)
	for _, l := range langs {
		if before[l] != after[l] {
			all = append(all, Difference{What: Changed, Part: part, Code: code, Lang: l, Before: before[l], After: after[l]})
		}
	}
	return all
}

func pickWord(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

// Joined is what came of putting another's variables beside one's own.
type Joined struct {
	Added []string // columns
	Same  []string // were there already, and say the same
	Clash []string // were there already, and say something else: one's own stands
}

// Join puts another addition's variables beside the ones there are.
func (a *Addition) Join(other *Addition) (j Joined) {
	for _, v := range other.Variables {
		own := a.Variable(v.Column)
		switch {
		case own == nil:
			a.Variables = append(a.Variables, v)
			j.Added = append(j.Added, v.Column)
		case len(differ(own, v)) == 0:
			j.Same = append(j.Same, v.Column)
		default:
			j.Clash = append(j.Clash, v.Column)
		}
	}
	for _, n := range other.Notes {
		switch column, own := "v"+strconv.Itoa(n.Of), a.NoteOn(n.Of); {
		case own == nil:
			a.PutNote(n.Of, n.Text)
			j.Added = append(j.Added, column)
		case len(texts("note", 0, own, n.Text)) == 0:
			j.Same = append(j.Same, column)
		default:
			j.Clash = append(j.Clash, column)
		}
	}
	return j
}

// spanOf writes what a number may be, so that two can be compared and shown.
func spanOf(v *Variable) string {
	if v.Kind != Number {
		return ""
	}
	if v.Decimals {
		return "0,0"
	}
	return strconv.Itoa(v.Min) + "–" + strconv.Itoa(v.Max)
}

func yesOf(yes bool) string {
	if yes {
		return "ja"
	}
	return ""
}
