package codebook

import (
	"strings"
	"testing"
	"unicode/utf8"

	"foljsam/internal/locale"
)

func TestShowSaysEverythingInATerminal(t *testing.T) {
	for _, l := range locale.Staff {
		var b strings.Builder
		if err := Default().WriteText(&b, locale.For(l)); err != nil {
			t.Fatal(err)
		}
		text := b.String()
		if strings.ContainsAny(text, "⟦{\t") {
			t.Errorf("%s: a text is missing or not filled in", l)
		}
		flat := strings.Join(strings.Fields(text), " ")
		for _, v := range Default().Variables {
			for _, want := range append([]Text{v.Name, v.Question, v.Wording, v.Help}, labels(v)...) {
				if !strings.Contains(flat, want.In(l)) {
					t.Errorf("%s: (%d) %q is not shown", l, v.Number, want.In(l))
				}
			}
		}
		for line := range strings.Lines(text) {
			if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > showWidth {
				t.Errorf("%s: %d characters wide: %s", l, n, line)
			}
		}
	}
}

func labels(v *Variable) (all []Text) {
	for _, c := range v.Codes {
		all = append(all, c.Label, c.Help)
	}
	return all
}

func TestShowSaysWhereThereIsNoHelp(t *testing.T) {
	p := locale.For(locale.Swedish)
	show := func(r Role) string {
		var b strings.Builder
		if err := Default().WriteVariable(&b, p, Default().Role(r)); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	none := p.T("codebook.show_no_help")
	if !strings.Contains(show(Origins), none) {
		t.Error("(20) has no help in the source, and show does not say so")
	}
	if text := show(Severity); strings.Contains(text, none) || !strings.Contains(text, "Projektets vägledning") {
		t.Error("(67) has help, with its source")
	}
	if text := show(Collaboration); !strings.Contains(text, "  0  Ingen samverkan") {
		t.Error("(127) does not show the noted none")
	}
}
