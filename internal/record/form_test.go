package record_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"
	"time"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/synth"
)

var book = codebook.Default()

func set(t *testing.T, f *record.Form, answers map[string]string) []record.Change {
	t.Helper()
	checked := map[string]record.Answer{}
	for field, value := range answers {
		a, err := record.Check(book, field, record.Answer{Value: value})
		if err != nil {
			t.Fatalf("%s=%s: %v", field, value, err)
		}
		checked[field] = a
	}
	changes, err := f.Set(book, checked)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

func TestEverySyntheticCaseComesBackFromItsForm(t *testing.T) {
	n := 0
	for c := range synth.Cases(synth.Options{Codebook: book}) {
		f := record.NewForm()
		if _, err := f.Set(book, record.AnswersOf(book, c)); err != nil {
			t.Fatal(err)
		}
		for field, a := range f.Answers {
			if x, err := record.Check(book, field, a); err != nil || !x.Same(a) {
				t.Fatalf("%s: %v, %v becomes %v", field, err, a, x)
			}
		}
		got := record.CaseOf(book, &record.Filed{Code: c.ID, Client: c.Client, Form: f}, c.Unit)
		want := *c
		want.Local, want.Caseworker = nil, ""
		if text(t, got) != text(t, &want) {
			t.Fatalf("got %s\nwant %s", text(t, got), text(t, &want))
		}
		n++
	}
	if n != 3070 {
		t.Errorf("%d cases", n)
	}
}

// text writes a case so that two can be compared; no rows and no slice of rows are the same.
func text(t *testing.T, c *record.Case) string {
	t.Helper()
	x := *c
	if x.Numbers == nil {
		x.Numbers = map[int]int{}
	}
	x.Supports, x.Risks = append([]record.Support{}, c.Supports...), append([]record.Risk{}, c.Risks...)
	for i := range x.Supports {
		x.Supports[i].Codes = append([]int{}, x.Supports[i].Codes...)
	}
	b, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestOnlyTheImpossibleIsRefused(t *testing.T) {
	for _, x := range []struct{ field, value, key string }{
		{"15", "abc", "record.cannot_tal"},
		{"15", "121", "record.cannot_tal"},
		{"14", "9", "record.cannot_ett"},
		{"49", "1|99", "record.cannot_flera"},
		{"5", "2024-02-30", "record.cannot_datum"},
		{"127", "0|3", "record.exclusive"},
		{"999", "1", "record.no_such_field"},
		{"insats.0.118", "1", "record.no_such_field"},
		{"insats.x.118", "1", "record.no_such_field"},
		{"insats.1.14", "1", "record.no_such_field"},
		{"118", "1", "record.no_such_field"},
	} {
		_, err := record.Check(book, x.field, record.Answer{Value: x.value})
		var e *fault.Error
		if err == nil {
			t.Errorf("%s=%s was accepted", x.field, x.value)
		} else if e, _ = err.(*fault.Error); e == nil || e.Key != x.key {
			t.Errorf("%s=%s: %v, want %s", x.field, x.value, err, x.key)
		}
	}
	for field, want := range map[string][2]string{"49": {"8|1|8", "1|8"}, "15": {" 34 ", "34"}, "risk.1.skattning": {"3,5", "3.5"}} {
		if a, err := record.Check(book, field, record.Answer{Value: want[0]}); err != nil || a.Value != want[1] {
			t.Errorf("%s: %q %v", field, a.Value, err)
		}
	}
}

func TestAChangeKeepsWhatItReplaced(t *testing.T) {
	f := record.NewForm()
	set(t, f, map[string]string{"14": "1"})
	changes := set(t, f, map[string]string{"14": ""})
	if len(changes) != 1 || changes[0].Old.Value != "1" || changes[0].New.Value != "" || f.Version != 2 {
		t.Errorf("%+v, version %d", changes, f.Version)
	}
	if again := set(t, f, map[string]string{"14": ""}); again != nil || f.Version != 2 {
		t.Error("a save that changes nothing is none")
	}
}

func TestAnAnswerInANewRowAddsTheRow(t *testing.T) {
	f := record.NewForm()
	set(t, f, map[string]string{"insats.1.118": "3", "insats.2.118": "4"})
	for n := 3; n <= 10; n++ {
		set(t, f, map[string]string{"insats." + f.NextRow(codebook.OfSupport) + ".118": "5"})
	}
	if rows := f.Rows(codebook.OfSupport); len(rows) != 10 || rows[1] != "2" || rows[9] != "10" {
		t.Error(rows)
	}
	if _, err := f.Set(book, map[string]record.Answer{"insats.2": {State: record.Removed}}); err != nil {
		t.Fatal(err)
	}
	if rows := f.Rows(codebook.OfSupport); len(rows) != 9 || rows[1] != "3" || f.NextRow(codebook.OfSupport) != "11" {
		t.Error(rows, f.NextRow(codebook.OfSupport))
	}
}

func TestNotApplicableIsCompleteAndNotCounted(t *testing.T) {
	f := record.NewForm()
	before := f.ProgressOf(book)[1]
	if _, err := f.Set(book, map[string]record.Answer{"59": {State: record.NotApplicable}, "67": {State: record.Impossible}}); err != nil {
		t.Fatal(err)
	}
	if after := f.ProgressOf(book)[1]; after.Done != before.Done+2 || after.Aside != 2 {
		t.Errorf("%+v, before %+v", after, before)
	}
	if c := record.CaseOf(book, &record.Filed{Form: f}, "1884"); len(c.Codes) != 0 {
		t.Error(c.Codes)
	}
}

func TestANewAssessmentIsDueUntilItIsMade(t *testing.T) {
	f := record.NewForm()
	set(t, f, map[string]string{"risk.1.datum": "2026-01-10", "risk.1.nasta": "2026-04-10"})
	if d := f.NextAssessment(book); d.String() != "2026-04-10" {
		t.Error(d)
	}
	set(t, f, map[string]string{"risk.2.datum": "2026-04-12"})
	if d := f.NextAssessment(book); d != record.NoDay {
		t.Error(d)
	}
}

func TestTheCodebooksChecksWarn(t *testing.T) {
	f := record.NewForm()
	set(t, f, map[string]string{"5": "2026-03-01", "256": "2026-02-01", "15": "17"})
	var ids []string
	for _, k := range f.Warnings(book, record.DayOf(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))) {
		ids = append(ids, k.ID)
	}
	for _, id := range []string{"avslut_fore_aktualisering", "avslut_utan_orsak", "under_arton"} {
		if !slices.Contains(ids, id) {
			t.Errorf("%s is not among %v", id, ids)
		}
	}
}

const fromPython = "7rzlwq65j4ovbblqxpezr6q22a"

// The example was worked out with Python's hmac and base64.
func TestAPseudonymIsWhatItsCommentSays(t *testing.T) {
	key := []byte("0123456789abcdef0123456789abcdef")
	if p := record.Pseudonym(key, record.OfTheCase, "nora", "24-017 a"); p != fromPython {
		t.Error(p)
	}
	if record.Pseudonym(key, record.OfTheCase, "nora", "24-017A") != fromPython {
		t.Error("case and space mean something")
	}
	if record.Pseudonym(key, record.OfTheClient, "nora", "24-017A") == fromPython || record.Pseudonym(key, record.OfTheCase, "ale", "24-017A") == fromPython {
		t.Error("two purposes or registers share a pseudonym")
	}
}

func TestFormsAndChangesAreReadAsTheyWereWritten(t *testing.T) {
	f := record.NewForm()
	changes, err := f.Set(book, map[string]record.Answer{
		"14": {Value: "1"}, "59": {State: record.NotApplicable}, "insats.1.118": {Value: "3|4"},
		"217": {Value: "rad 1\nrad 2 \"så\" \\ <b>å</b> \u2028 \x00"}, "49": {Value: "1", Comment: "في"},
	})
	if err != nil {
		t.Fatal(err)
	}
	again := record.NewForm()
	if err := json.Unmarshal(f.AppendJSON(nil), again); err != nil || !maps.Equal(again.Answers, f.Answers) {
		t.Errorf("%s\n%v", f.AppendJSON(nil), err)
	}
	byHand := record.NewForm()
	if err := byHand.ReadJSON(f.AppendJSON(nil)); err != nil || !maps.Equal(byHand.Answers, f.Answers) {
		t.Errorf("by hand: %v", err)
	}
	read, err := record.ReadChanges(record.AppendChanges(nil, changes), f.Version)
	if err != nil || !slices.Equal(read, changes) {
		t.Errorf("%s\n%v", record.AppendChanges(nil, changes), err)
	}
}

// Every answer was once written as an object; registers have such ones.
func TestAnswersInTheLongFormAreRead(t *testing.T) {
	f := record.NewForm()
	if err := f.ReadJSON([]byte(`{"a":{"14":{"v":"1","n":1},"15":{"v":"34","n":2},"19":"2"}}`)); err != nil {
		t.Fatal(err)
	}
	want := map[string]record.Answer{"14": {Value: "1", Version: 1}, "15": {Value: "34", Version: 2}, "19": {Value: "2", Version: 1}}
	if !maps.Equal(f.Answers, want) {
		t.Error(f.Answers)
	}
	changes, err := record.ReadChanges([]byte(`[{"f":"14","n":{"v":"1","n":3}},["15","34"],{"f":"19","o":"1","n":{"v":"2","n":3}}]`), 3)
	wanted := []record.Change{{Field: "14", New: record.Answer{Value: "1", Version: 3}}, {Field: "15", New: record.Answer{Value: "34", Version: 3}},
		{Field: "19", Old: record.Answer{Value: "1", Version: 1}, New: record.Answer{Value: "2", Version: 3}}}
	if err != nil || !slices.Equal(changes, wanted) {
		t.Error(changes, err)
	}
}

func FuzzReadingAFormByHand(f *testing.F) {
	form := record.NewForm()
	if _, err := form.Set(book, record.AnswersOf(book, &record.Case{Codes: map[int][]int{14: {1}, 49: {1, 8}}, Supports: []record.Support{{Began: record.NoDay, Ended: record.NoDay, Codes: []int{3}}}})); err != nil {
		f.Fatal(err)
	}
	f.Add(form.AppendJSON(nil))
	f.Add([]byte(`{"a":{}}`))
	f.Add([]byte(`{"a":{"14":{"v":"1","n":1},"14":{"v":"2","n":2}}}`))
	f.Add([]byte(`{"a":{"14":"1","15":{"v":"3","n":2},"19":null,"20":""}}`))
	f.Add([]byte(`{"a":{"217":{"k":"å\"","n":1}}} `))
	f.Add([]byte(`{"a":{"1":{"s":"ej_aktuell","n":12345678901}}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		hand, library := record.NewForm(), record.NewForm()
		err, err2 := hand.ReadJSON(b), json.Unmarshal(b, library)
		if (err == nil) != (err2 == nil) {
			t.Fatalf("by hand %v, by the library %v", err, err2)
		}
		if err == nil && !maps.Equal(hand.Answers, library.Answers) {
			t.Fatalf("by hand %v\nby the library %v", hand.Answers, library.Answers)
		}
	})
}
