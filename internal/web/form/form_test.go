package form

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/page"
	"foljsam/internal/web/page/pagetest"
)

var (
	cb  = codebook.Default()
	sv  = locale.For(locale.Swedish)
	set = page.New(Templates)
)

// A new kind of variable needs a control here.
func TestEveryKindHasAControl(t *testing.T) {
	for _, k := range codebook.Kinds {
		if kinds[k.Kind].fill == nil || kinds[k.Kind].read == nil {
			t.Errorf("the kind %s has no control", k.Kind)
		}
	}
}

// fields are every field that a form can have, with a row of each level.
func fields() (all []string) {
	for _, v := range slices.Concat(cb.Variables, cb.Fields) {
		row := ""
		if v.Level != codebook.OfCase {
			row = "2"
		}
		all = append(all, record.Field(v.Level, row, v.Key()))
	}
	return all
}

// answers are some that may stand in a field, as they are kept.
func answers(v *codebook.Variable) (all []record.Answer) {
	all = append(all, record.Answer{})
	value := func(s string) { all = append(all, record.Answer{Value: s}) }
	switch v.Kind {
	case codebook.One, codebook.Many:
		var free []string
		for _, c := range v.Codes {
			value(fmt.Sprint(c.Code))
			if !c.Exclusive {
				free = append(free, fmt.Sprint(c.Code))
			}
		}
		if v.Noted != nil {
			value(fmt.Sprint(v.Noted.Code))
		}
		if v.Kind == codebook.Many {
			value(strings.Join(free, codebook.ListDelimiter))
		}
	case codebook.Number:
		value("0")
		value("34")
		if v.Decimals {
			value("-3.25")
		}
	case codebook.Date:
		value("2024-05-08")
	case codebook.Key:
		value("24-017")
		value(`"><b>`)
	case codebook.Free:
		value("två\nrader\n\nmed  mellanrum")
		value(`</textarea><script>alert("x")</script>`)
	}
	if v.Kind != codebook.Free && v.Kind != codebook.Place {
		all = append(all, record.Answer{State: record.NotApplicable}, record.Answer{State: record.Impossible})
	}
	if v.Comment {
		all = append(all, record.Answer{Comment: "en rad\noch en till"})
	}
	return all
}

// What a page shows and a browser without script posts back is the answer that stood there.
func TestWhatIsShownIsReadBack(t *testing.T) {
	for _, name := range fields() {
		v := record.VariableOf(cb, name)
		if v.Kind == codebook.Place {
			continue // shown, not asked
		}
		for _, want := range answers(v) {
			for _, l := range locale.Staff {
				want.Version = 17
				posted := post(t, l, Show(locale.For(l), cb, name, want))
				got, seen, present := Read(cb, posted, name)
				got, err := record.Check(cb, name, got)
				if err != nil || !present || seen != 17 || !got.Same(want) {
					t.Errorf("%s %s: %+v came back as %+v, seen %d, %v", l, name, want, got, seen, err)
				}
			}
		}
	}
}

// post shows a field and gives what a browser would post of it.
func post(t *testing.T, l locale.Lang, x Field) url.Values {
	t.Helper()
	posted := url.Values{}
	for _, pair := range inputsOf(t, "field", l, x) {
		posted.Add(pair[0], pair[1])
	}
	return posted
}

func inputsOf(t *testing.T, part string, l locale.Lang, data any) [][2]string {
	t.Helper()
	pairs, err := pagetest.Inputs(string(shown(t, part, l, data)))
	if err != nil {
		t.Fatal(err)
	}
	return pairs
}

func shown(t *testing.T, part string, l locale.Lang, data any) string {
	t.Helper()
	body, err := set.Part(l, part, data)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(body), "⟦") {
		t.Fatalf("%s: a text is missing:\n%s", l, body)
	}
	return string(body)
}

func TestEveryFieldIsWholeWhateverStandsInIt(t *testing.T) {
	for _, name := range fields() {
		for _, l := range locale.Staff {
			p := locale.For(l)
			for _, word := range pagetest.Hostile {
				x := Show(p, cb, name, record.Answer{Value: word, Comment: word}).With(p, fault.New(fault.Invalid, "record.exclusive")).Warn(word)
				for _, y := range []Field{x, x.Shown(word)} {
					for _, f := range pagetest.Faults(shown(t, "field", l, y)) {
						t.Fatalf("%s %s %.40q: %s", l, name, word, f)
					}
				}
			}
		}
	}
}

func TestWhatSomebodyWroteIsShownAsItIs(t *testing.T) {
	body := shown(t, "field", "sv", Show(sv, cb, "217", record.Answer{Value: `<b onclick="x">ﬁn & 'bra'</b>`}))
	if !strings.Contains(pagetest.Text(body), `<b onclick="x">ﬁn & 'bra'</b>`) {
		t.Error(body)
	}
}

func TestDaysAreReadAsPeopleWriteThem(t *testing.T) {
	for written, want := range map[string]string{
		"2024-05-08": "2024-05-08", "20240508": "2024-05-08", "240508": "2024-05-08", "24-05-08": "2024-05-08", "2024-5-8": "2024-05-08",
		" 2024.05.08 ": "2024-05-08", "2024/05/08": "2024-05-08", "2024 05 08": "2024-05-08", "2024–05–08": "2024-05-08",
		"8/5 2024": "8/5 2024", "i maj": "i maj", "2024-13-01": "2024-13-01", "20240231": "2024-02-31", "2405081": "2405081", "": "", "-": "-",
	} {
		posted := url.Values{"s.5": {"0"}, "f.5": {written}}
		a, _, _ := Read(cb, posted, "5")
		if a.Value != want {
			t.Errorf("%q was read as %q, want %q", written, a.Value, want)
		}
		day, err := record.Check(cb, "5", a)
		if want == "2024-05-08" && (err != nil || day.Value != want) || want == "2024-02-31" && err == nil {
			t.Errorf("%q: %v %v", written, day, err)
		}
	}
}

func TestNumbersAreReadAsPeopleWriteThem(t *testing.T) {
	for written, want := range map[string]string{"34": "34", " 34 ": "34", "3,5": "3.5", "−2": "-2", "1 000": "1000", "fyra": "fyra", "1e9": "1e9"} {
		a, _, _ := Read(cb, url.Values{"s.risk.1.skattning": {"0"}, "f.risk.1.skattning": {written}}, "risk.1.skattning")
		if a.Value != want {
			t.Errorf("%q was read as %q, want %q", written, a.Value, want)
		}
	}
}

func TestAReasonInsteadOfAnAnswer(t *testing.T) {
	for _, c := range []struct {
		value, reason, shown string
		want                 record.Answer
	}{
		{"1", "", "", record.Answer{Value: "1"}},
		{"1", "ej_aktuell", "", record.Answer{State: record.NotApplicable}},          // said now
		{"1", "ej_aktuell", "ej_aktuell", record.Answer{Value: "1"}},                 // was said; answered now
		{"1", "gar_ej", "ej_aktuell", record.Answer{State: record.Impossible}},       // said otherwise
		{"", "ej_aktuell", "ej_aktuell", record.Answer{State: record.NotApplicable}}, // stands
		{"", "", "ej_aktuell", record.Answer{}},                                      // taken back
		{"1", "tom", "", record.Answer{}},                                            // taken away
		{"", "", "", record.Answer{}},
	} {
		posted := url.Values{"s.14": {"3"}, "l.14": {c.reason}, "t.14": {c.shown}}
		if c.value != "" {
			posted.Set("f.14", c.value)
		}
		got, seen, present := Read(cb, posted, "14")
		if got != c.want || seen != 3 || !present {
			t.Errorf("%+v: %+v", c, got)
		}
	}
}

func TestWhatWasNotOnThePageIsNotRead(t *testing.T) {
	for _, posted := range []url.Values{{}, {"f.14": {"1"}}, {"s.no": {"1"}}, {"s.15": {"1"}}} {
		if _, _, present := Read(cb, posted, "14"); present {
			t.Errorf("%v: 14 was read", posted)
		}
	}
	if _, _, present := Read(cb, url.Values{"s.no": {"1"}}, "no"); present {
		t.Error("a field that is not there was read")
	}
	got := OnPage(cb, url.Values{"s.14": {"1"}, "s.no": {"1"}, "f.15": {"2"}, "s.risk.1.90": {"0"}})
	slices.Sort(got)
	if !slices.Equal(got, []string{"14", "risk.1.90"}) {
		t.Error(got)
	}
}

func TestWarningsSayWhatAndNeverRepeatIt(t *testing.T) {
	for _, c := range []struct {
		field string
		a     record.Answer
		want  int
	}{
		{"217", record.Answer{Value: "ring 811228-9874 eller 811228-9874 på 070-174 06 05"}, 2},
		{"217", record.Answer{Value: "det gick bra 2024-05-08"}, 0},
		{"49", record.Answer{Value: "1", Comment: "anna@exempel.se"}, 1},
		{"4", record.Answer{Value: "19811228-9874"}, 1},
		{"5", record.Answer{Value: "2024-05-08"}, 0},
	} {
		x := Show(sv, cb, c.field, c.a)
		if len(x.Warnings) != c.want {
			t.Errorf("%s: %q, want %d", c.field, x.Warnings, c.want)
		}
		for _, w := range x.Warnings {
			if strings.ContainsAny(w, "0123456789@") {
				t.Errorf("the warning repeats what it found: %s", w)
			}
		}
	}
}

func TestEveryFaultIsInTheSummary(t *testing.T) {
	_, err := record.Check(cb, "15", record.Answer{Value: "200"})
	x := Show(sv, cb, "15", record.Answer{Value: "200"}).With(sv, err)
	all := Faults([]Field{Show(sv, cb, "14", record.Answer{}), x})
	if len(all) != 1 || all[0].ID != "f-15" || !strings.Contains(all[0].Text, sv.Error(err)) || x.Value != "200" {
		t.Errorf("%+v", all)
	}
}

// Every check of the codebook is shown somewhere.
func TestEveryCheckHasAPlace(t *testing.T) {
	for _, c := range cb.Checks {
		field, level := AboutWhat(cb, c)
		if level == codebook.OfCase && record.VariableOf(cb, field) == nil {
			t.Errorf("%s is about nothing", c.ID)
		}
	}
	places := map[string]string{}
	for _, c := range cb.Checks {
		field, level := AboutWhat(cb, c)
		places[c.ID] = string(level) + " " + field
	}
	for id, want := range map[string]string{"avslut_utan_orsak": "arende " + cb.Role(codebook.ClosingReason).Key(), "under_arton": "arende 15", "freda_upprepad": "risk ", "stod_utan_datum": "insats "} {
		if places[id] != want {
			t.Errorf("%s stands at %q, want %q of %v", id, places[id], want, slices.Collect(maps.Keys(places)))
		}
	}
}
