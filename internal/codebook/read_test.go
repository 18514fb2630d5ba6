package codebook

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"foljsam/internal/fault"
	"foljsam/internal/locale"
)

func small(t testing.TB) string {
	t.Helper()
	b, err := os.ReadFile("testdata/small.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestReadsASmallCodebook(t *testing.T) {
	cb, problems, err := Read("small.yaml", strings.NewReader(small(t)))
	if err != nil {
		t.Fatal(err, problems)
	}
	if v := cb.Role(Support); v == nil || v.Number != 6 || v.Code(0).Label.In(locale.English) != "None" {
		t.Errorf("the support variable is %+v", v)
	}
	if got := cb.Role(Proposals).Wording["so"]; got != "Talooyin" {
		t.Errorf("a further language is %q", got)
	}
	if got := cb.SurveyLanguages(); !slices.Equal(got, []locale.Lang{"sv", "en", "so"}) {
		t.Errorf("the survey can be asked in %v", got)
	}
	if got := Default().SurveyLanguages(); !slices.Contains(got, locale.Swedish) || !slices.Contains(got, locale.English) {
		t.Errorf("the common survey can be asked in %v", got)
	}
}

// As a Windows editor saves it.
func TestReadsLineEndsAndMarksOfWindows(t *testing.T) {
	windows := "\ufeff" + strings.ReplaceAll(small(t), "\n", "\r\n")
	if _, problems, err := Read("small.yaml", strings.NewReader(windows)); err != nil {
		t.Error(err, problems)
	}
}

// Each fault replaces `old` in small.yaml by `new`; the problem is named at the line where
// old stood, plus `down`.
var planted = []struct {
	old, new string
	down     int
	key      string
}{
	{"id: liten", "id: liten\nfarg: rod", 1, "codebook.unknown_field"},
	{"id: liten", "id: [", 0, "codebook.not_yaml"},
	{"    of: 7", "    of: 7\n   id: indragen fel", 1, "codebook.not_yaml"},
	{"    max: 120", "    max: \"120", 0, "codebook.not_yaml"},
	{"id: liten", "id: &a liten", 0, "codebook.reference"},
	{"id: liten", "id: !egen liten", 0, "codebook.tag"},
	{"id: liten", "id: 7", 0, "codebook.want_text"},
	{"id: liten", "id: ''", 0, "codebook.text_empty"},
	{"id: liten", "id: " + strings.Repeat("x", maxText+1), 0, "codebook.text_long"},
	{`version: "1"`, `version: "1"` + "\nid: igen", 1, "codebook.field_twice"},
	{"title: {sv: Liten, en: Small}", "title: Liten", 0, "codebook.want_mapping"},
	{"title: {sv: Liten, en: Small}", "title: {sv: Liten}", 0, "codebook.field_missing"},
	{"survey: [10]", "survey: 10", 0, "codebook.want_list"},
	{"survey: [10]", "survey: [10, 99]", 0, "codebook.no_variable"},
	{"survey: [10]", "survey: [10, 10]", 0, "codebook.number_twice"},
	{"survey: [10]", "survey: [10, 7]", 0, "codebook.survey_wording"},
	{"    wording: {sv: Dina förslag, en: Your", "    wording: {sv: Dina förslag, en: \"\", xx: Your", 0, "codebook.text_empty"},
	{"survey: [10]", "survey: []", 50, "codebook.survey_left_out"},
	{"    kind: text\n", "    kind: ett\n    codes: [{code: 1, label: {sv: a, en: b}}, {code: 2, label: {sv: a, en: b, so: c}}]\n", 1, "codebook.survey_language"},
	{"  - {id: efter, label", "  - {id: sedan, label", 0, "codebook.not_among"},
	{"  - {id: efter, label", "  - {id: under, label", 0, "codebook.id_twice"},
	{"  - {id: efter, label: {sv: Efter, en: After}}", "  # borta", 35, "codebook.phase_unnamed"},
	{"  - {number: 1, role", "  - {number: 0, role", 0, "codebook.number_small"},
	{"  - {number: 2, role", "  - {number: 1, role", 0, "codebook.number_twice"},
	{"  - {number: 2, role", "  - {number: 0x2, role", 0, "codebook.want_number"},
	{"role: klient, ", "", -2, "codebook.role_missing"},
	{"role: klient, ", "role: kommun, ", 0, "codebook.role_twice"},
	{"role: klient, phase: bakgrund, kind: nyckel", "role: klient, phase: bakgrund, kind: text", 0, "codebook.role_shape"},
	{"    max: 120", "    max: -1", -2, "codebook.span_empty"},
	{"    max: 120", "    max: 120\n    codes: [{code: 1, label: {sv: a, en: b}}]", -2, "codebook.codes_not_here"},
	{"    max: 120", "    max: 120\n    noted: {code: 0, label: {sv: a, en: b}}", 1, "codebook.noted_not_here"},
	{"    help_source: {sv: Här, en: Here}", "    min: 1", -9, "codebook.help_source"},
	{"    help_source: {sv: Här, en: Here}", "    help_source: {sv: Här, en: Here}\n    min: 1", -5, "codebook.span_not_here"},
	{"    help_source: {sv: Här, en: Here}", "    help_source: {sv: Här, en: Here}\n    wording: {sv: a, en: b}", 1, "codebook.wording_not_here"},
	{"    noted: {code: 0,", "    noted: {code: 9,", 0, "codebook.noted_zero"},
	{"      - {code: 2, label: {sv: Boende", "      - {code: 1, label: {sv: Boende", 0, "codebook.code_order"},
	{"      - {code: 1, label: {sv: Samtal, en: Talks}}", "      - {code: 1, label: {sv: Samtal, en: Talks}, scale: fri}", 0, "codebook.scale_not_here"},
	{"    comment: true", "    comment: ja", 0, "codebook.want_yes"},
	{"      - {code: 2, label: {sv: Nej, en: \"No\"}}", "", -6, "codebook.few_codes"},
	{"      - {code: 2, label: {sv: Nej, en: \"No\"}}", "      - {code: 2, exclusive: true, label: {sv: Nej, en: \"No\"}}", -6, "codebook.exclusive_single"},
	{"      - {code: 2, label: {sv: Nej, en: \"No\"}}", "      - {code: 2, label: {sv: Nej, en: \"No\"}}\n    answer: {code: 1, label: {sv: a, en: b}}", -6, "codebook.answer_not_here"},
	{"  - {column: slut, level: insats", "  - {column: slut, level: arende", 0, "codebook.field_level"},
	{"  - {id: poang, label", "  - {id: fri, label", -5, "codebook.scale_unnamed"},
	{"    of: 4", "    of: 4\n    counts: dagar", -1, "codebook.grouping_of"},
	{"    of: 4", "    of: 3", 0, "codebook.grouping_kind"},
	{"groups: [{id: \"0\", from: 0, till: 0, label: {sv: Noll, en: Zero}}]", "groups: []", 0, "codebook.groups_empty"},
	{"from: 18, label", "codes: [1], label", 0, "codebook.group_span"},
	{"from: 18, label", "from: 17, label", 0, "codebook.group_overlap"},
	{"{id: nej, codes: [2]", "{id: nej, from: 2", 0, "codebook.group_codes"},
	{"{id: nej, codes: [2]", "{id: nej, codes: [1]", 0, "codebook.group_overlap"},
	{"{id: nej, codes: [2]", "{id: nej, codes: [3]", 0, "codebook.unknown_code"},
	{"{id: nej, codes: [2]", "{id: nej, codes: [2, 2]", 0, "codebook.code_twice"},
	{"rule: avslut before aktualisering", "rule: avslut", 0, "codebook.rule_short"},
	{"rule: avslut before aktualisering", "rule: avslut precedes aktualisering", 0, "codebook.rule_verb"},
	{"rule: avslut before aktualisering", "rule: slut before aktualisering", 0, "codebook.rule_role"},
	{"rule: avslut before aktualisering", "rule: avslut is 1", 0, "codebook.rule_kind"},
	{"rule: avslut before aktualisering", "rule: avslut before alder", 0, "codebook.rule_operand"},
	{"rule: avslut before aktualisering", "rule: maluppfoljning is 1|9", 0, "codebook.rule_operand"},
	{"rule: avslut before aktualisering", "rule: insats set and risk set", 0, "codebook.rule_two_levels"},
	{"  - {id: rad, rule", "--- # ett till\n  - {id: rad, rule", 0, "codebook.second_document"},
}

func TestEveryFaultIsNamedWithItsLine(t *testing.T) {
	whole := small(t)
	for _, p := range planted {
		if strings.Count(whole, p.old) != 1 {
			t.Fatalf("%q stands %d times in small.yaml", p.old, strings.Count(whole, p.old))
		}
		line := 1 + strings.Count(whole[:strings.Index(whole, p.old)], "\n") + p.down
		cb, problems, err := Read("small.yaml", strings.NewReader(strings.Replace(whole, p.old, p.new, 1)))
		if cb != nil || fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: the codebook was accepted", p.key)
		}
		if !slices.ContainsFunc(problems, func(x fault.Problem) bool { return x.Key == p.key && x.Row == line && x.File == "small.yaml" }) {
			t.Errorf("%s: not named at line %d, but %+v", p.key, line, problems)
		}
	}
}

// Every key that the reader can name, in the code, is planted above; the limits have tests
// of their own, and the reasons of cells too.
func TestNoFaultIsUntested(t *testing.T) {
	elsewhere := []string{
		"codebook.empty", "codebook.not_utf8", "codebook.too_deep", "codebook.too_large", "codebook.too_many_parts",
		"codebook.unreadable", "codebook.faults", "codebook.none_and_more", "codebook.not_date", "codebook.not_number",
		"codebook.not_place", "codebook.not_whole", "codebook.outside",
	}
	for _, p := range planted {
		elsewhere = append(elsewhere, p.key)
	}
	for _, key := range keysInCode(t) {
		if !slices.Contains(elsewhere, key) {
			t.Errorf("%s is never planted", key)
		}
	}
}

// Every key in the code has a text in both languages.
func TestEveryKeyHasAText(t *testing.T) {
	for _, l := range locale.Staff {
		p := locale.For(l)
		for _, key := range append(keysInCode(t), showKeys(t)...) {
			if !p.Has(key) {
				t.Errorf("%s has no text %s", l, key)
			}
		}
		for _, k := range Kinds {
			if !p.Has("codebook.kind_" + string(k.Kind)) {
				t.Errorf("%s has no name for the kind %s", l, k.Kind)
			}
		}
	}
}

func keysInCode(t *testing.T) []string { return matches(t, `"(codebook\.[a-z0-9_]+)"`, false) }
func showKeys(t *testing.T) []string   { return matches(t, `"(codebook\.show_[a-z0-9_]+)"`, true) }

func matches(t *testing.T, pattern string, show bool) (keys []string) {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || (name == "show.go") != show {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(pattern).FindAllSubmatch(b, -1) {
			keys = append(keys, string(m[1]))
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

func TestAllFaultsComeAtOnce(t *testing.T) {
	s := small(t)
	s = strings.Replace(s, "title: {sv: Liten, en: Small}", "title: {sv: Liten}", 1)
	s = strings.Replace(s, "{id: nej, codes: [2]", "{id: nej, codes: [3]", 1)
	s = strings.Replace(s, "    comment: true", "    comment: ja", 1)
	s = strings.Replace(s, "rule: avslut before", "rule: avslut precedes", 1)
	_, problems, err := Read("x.yaml", strings.NewReader(s))
	if len(problems) != 4 || fault.KindOf(err) != fault.Invalid {
		t.Errorf("4 faults were planted; named: %+v", problems)
	}
	p := locale.For(locale.Swedish)
	for _, x := range problems {
		if r := p.Reason(x); strings.ContainsAny(r, "⟦{") {
			t.Errorf("the reason is not a sentence: %s", r)
		}
	}
}

func TestHostileFiles(t *testing.T) {
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\n" + strings.Repeat("b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n", 20)
	for name, test := range map[string]struct {
		file string
		key  string
		row  int
	}{
		"empty":          {"", "codebook.empty", 1},
		"only a comment": {"# inget\n", "codebook.empty", 1},
		"not UTF-8":      {"id: x\nversion: \xff\n", "codebook.not_utf8", 2},
		"aliases":        {bomb, "codebook.reference", 2},
		"merge":          {"a: &a {x: y}\nb:\n  <<: *a\n", "codebook.reference", 3},
		"itself":         {"a: &a [*a]\n", "codebook.reference", 1},
		"deep":           {"a: " + strings.Repeat("[", 40) + strings.Repeat("]", 40), "codebook.too_deep", 1},
		"very deep":      {strings.Repeat("[", maxBytes), "codebook.not_yaml", 1},
		"many parts":     {"a: [" + strings.Repeat("1,", maxNodes) + "1]", "codebook.too_many_parts", 1},
		"a null byte":    {"id: a\x00b\n", "codebook.not_yaml", 1},
		"a list":         {"- 1\n- 2\n", "codebook.want_mapping", 1},
	} {
		cb, problems, err := Read("x.yaml", strings.NewReader(test.file))
		if cb != nil || err == nil || !slices.ContainsFunc(problems, func(p fault.Problem) bool { return p.Key == test.key && p.Row == test.row }) {
			t.Errorf("%s: %d problems, first %+v, %v", name, len(problems), problems[:min(1, len(problems))], err)
		}
	}
}

func TestTooLargeIsRefusedUnread(t *testing.T) {
	_, _, err := Read("x.yaml", strings.NewReader(strings.Repeat("# 2 MiB of it\n", 2<<20/14)))
	if fault.KindOf(err) != fault.TooLarge {
		t.Error(err)
	}
	_, _, err = Read("x.yaml", brokenReader{})
	if fault.KindOf(err) != fault.Invalid {
		t.Error(err)
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errors.New("gone") }

// What is written is read back to the same codebook, and written again to the same bytes.
func TestRoundTrip(t *testing.T) {
	ours, _, err := Read("small.yaml", strings.NewReader(small(t)))
	if err != nil {
		t.Fatal(err)
	}
	for _, cb := range []*Codebook{Default(), ours} {
		var first, second bytes.Buffer
		if err := cb.WriteYAML(&first); err != nil {
			t.Fatal(err)
		}
		again, problems, err := Read("again.yaml", bytes.NewReader(first.Bytes()))
		if err != nil {
			t.Fatal(err, problems)
		}
		if !reflect.DeepEqual(cb, again) {
			t.Errorf("%s: another codebook came back", cb.ID)
		}
		if again.WriteYAML(&second); !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s: another file came out", cb.ID)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(small(f))
	f.Add("a: &a [*a]\n")
	f.Add("id: x\nvariables:\n- {number: 1, codes: [{code: 1}]}\n")
	f.Fuzz(func(t *testing.T, s string) {
		cb, problems, err := Read("x.yaml", strings.NewReader(s))
		if (cb == nil) != (err != nil) || len(problems) > maxProblems {
			t.Fatal(len(problems), err)
		}
		for _, p := range problems {
			if p.Row < 1 || p.Key == "" {
				t.Fatalf("%+v", p)
			}
		}
		if cb != nil {
			var b bytes.Buffer
			if err := cb.WriteYAML(&b); err != nil {
				t.Fatal(err)
			}
			if _, problems, err := Read("y.yaml", &b); err != nil {
				t.Fatal(err, problems)
			}
		}
	})
}
