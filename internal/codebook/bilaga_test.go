package codebook

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"foljsam/internal/locale"
)

// entry is a variable as testdata/bilaga2.txt has it: typed out of the report's Bilaga 2,
// lines joined, and never made from the codebook.
type entry struct {
	heading, name, question, wording string
	number                           int
	star                             bool
	answers                          []string
}

var entryLine = regexp.MustCompile(`^(.*) \((\d+)\)(\*?) (?:– \(Variabel 90 .*?\) )?(.*?)(?: \[(.*)\])?$`)

func bilaga2(t *testing.T) (all []entry) {
	t.Helper()
	b, err := os.ReadFile("testdata/bilaga2.txt")
	if err != nil {
		t.Fatal(err)
	}
	heading := ""
	for line := range strings.Lines(string(b)) {
		line = strings.TrimRight(line, "\n")
		if h, ok := strings.CutPrefix(line, "# "); ok {
			heading = h
			continue
		}
		if a, ok := strings.CutPrefix(line, "  "); ok {
			last := &all[len(all)-1]
			last.answers = append(last.answers, a)
			continue
		}
		m := entryLine.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("not an entry: %s", line)
		}
		n, _ := strconv.Atoi(m[2])
		all = append(all, entry{heading: heading, name: m[1], number: n, star: m[3] == "*", question: m[4], wording: m[5]})
	}
	return all
}

// joined leaves out spaces: in the report words are broken over lines ("upp märksammade").
func joined(s string) string { return strings.ReplaceAll(s, " ", "") }

func TestTheVariablesAreThoseOfBilaga2(t *testing.T) {
	want := bilaga2(t)
	cb := Default()
	if len(want) != 29 || len(cb.Variables) != 29 {
		t.Fatalf("%d variables in the codebook, %d in Bilaga 2", len(cb.Variables), len(want))
	}
	for i, v := range cb.Variables {
		e := want[i]
		if v.Number != e.number || (v.Origin == Project) != e.star {
			t.Errorf("(%d): Bilaga 2 has (%d), star %v", v.Number, e.number, e.star)
		}
		for _, pair := range [][2]string{{v.Name["sv"], e.name}, {v.Question["sv"], e.question}, {v.Wording["sv"], e.wording}} {
			if joined(pair[0]) != joined(pair[1]) {
				t.Errorf("(%d): %q is in Bilaga 2 %q", v.Number, pair[0], pair[1])
			}
		}
		if got := answersOf(v); !slices.EqualFunc(got, e.answers, func(a, b string) bool { return joined(a) == joined(b) }) {
			t.Errorf("(%d): the answers %q are in Bilaga 2 %q", v.Number, got, e.answers)
		}
	}
}

// answersOf writes the answers as Bilaga 2 does, stars and the possible comment with them.
func answersOf(v *Variable) (all []string) {
	codes := v.Codes
	if v.Answer != nil {
		codes = []Code{*v.Answer}
	}
	last := 0
	for _, c := range codes {
		star := ""
		if c.Origin != v.Origin {
			star = "*"
		}
		all = append(all, fmt.Sprintf("%d. %s%s", c.Code, c.Label["sv"], star))
		last = c.Code
	}
	if v.Comment {
		all = append(all, fmt.Sprintf("%d. Kommentar (möjlighet till)", last+1))
	}
	return all
}

func TestTheHeadingsAreThoseOfBilaga2(t *testing.T) {
	heading := ""
	for i, e := range bilaga2(t) {
		v := Default().Variables[i]
		switch {
		case len(v.Heading) > 0:
			heading = v.Heading["sv"]
		case v.Phase != Background:
			heading = Default().Phase(v.Phase)["sv"]
		}
		if heading != e.heading {
			t.Errorf("(%d) stands under %q, in Bilaga 2 under %q", v.Number, heading, e.heading)
		}
	}
}

// What the contract of the extract says about rows, lists and the order of the survey.
func TestLevelsKindsAndSurvey(t *testing.T) {
	cb := Default()
	numbers := func(is func(*Variable) bool) (all []int) {
		for _, v := range cb.Variables {
			if is(v) {
				all = append(all, v.Number)
			}
		}
		return all
	}
	for what, pair := range map[string][2][]int{
		"support rows": {numbers(func(v *Variable) bool { return v.Level == OfSupport }), {117, 118, 126}},
		"risk rows":    {numbers(func(v *Variable) bool { return v.Level == OfRisk }), {90}},
		"one code":     {numbers(func(v *Variable) bool { return v.Kind == One && v.Level == OfCase }), {1, 14, 20, 59, 67, 110, 161, 192, 257, 202, 203, 206, 212}},
		"many codes":   {numbers(func(v *Variable) bool { return v.Kind == Many }), {19, 41, 49, 58, 118, 127}},
		"dates":        {numbers(func(v *Variable) bool { return v.Kind == Date }), {5, 117, 256}},
		"project's":    {numbers(func(v *Variable) bool { return v.Origin == Project }), {20, 126, 127}},
		"survey":       {cb.Survey, {202, 203, 212, 206, 217}}, // "Frågor i brukarenkäten"
		"unknown":      {numbers(func(v *Variable) bool { return hasCode(v, func(c Code) bool { return c.Unknown }) }), {19, 20, 59, 126, 202, 203, 206, 212}},
		"exclusive":    {numbers(func(v *Variable) bool { return hasCode(v, func(c Code) bool { return c.Exclusive }) }), {19}},
	} {
		got, want := slices.Clone(pair[0]), slices.Clone(pair[1])
		if what != "survey" {
			slices.Sort(got)
			slices.Sort(want)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	if v := cb.Variable(127); v.Noted == nil || v.Noted.Code != 0 {
		t.Error("noted no collaboration is not code 0 of 127")
	}
	if v := cb.Variable(15); v.Min != 0 || v.Max != 120 {
		t.Errorf("age is from %d to %d", v.Min, v.Max)
	}
	for _, r := range roles {
		if cb.Role(r.role) == nil {
			t.Errorf("no variable has the role %s", r.role)
		}
	}
	if len(roles) != 32 {
		t.Errorf("%d roles", len(roles))
	}
}

func hasCode(v *Variable, is func(Code) bool) bool { return slices.ContainsFunc(v.Codes, is) }

// The definitions that the report quotes from the project's guide, word for word.
func TestTheDegreesOfViolenceAreDefinedAsInTheGuide(t *testing.T) {
	v := Default().Role(Severity)
	for code, part := range map[int]string{
		1: "Psykiskt våld vid enstaka tillfälle och fysiskt våld som exempelvis fasthållning och knuffar.",
		2: "Regelbundet psykiskt våld, eller fysiskt våld som exempelvis sparkar, slag med tillhyggen eller knytnävsslag.",
		3: "Upprepat och frekvent våld och där relationen kännetecknas av våldsincidenter med potentiellt dödligt våld, alternativt våld som krävt medicinsk vård.",
	} {
		if got := v.Code(code).Help["sv"]; got != part {
			t.Errorf("%d: %q", code, got)
		}
	}
}

// No language has a text that is left in Swedish by mistake where the words differ.
func TestEnglishIsTranslated(t *testing.T) {
	same := []string{"SARA", "Patriark", "SAM", "FREDA", "Man"}
	for _, v := range Default().Variables {
		texts := []Text{v.Question, v.Wording, v.Help}
		for _, c := range v.Codes {
			texts = append(texts, c.Label, c.Short, c.Help)
		}
		for _, x := range texts {
			if sv, en := x[locale.Swedish], x[locale.English]; sv != "" && sv == en && !slices.Contains(same, sv) {
				t.Errorf("(%d) %q is the same in English", v.Number, sv)
			}
		}
	}
}
