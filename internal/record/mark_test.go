package record_test

import (
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/record"
)

// The marks say the same as the progress: as many are missing in a phase.
func TestMarksSayWhatProgressSays(t *testing.T) {
	cb := codebook.Default()
	for name, answers := range map[string]map[string]record.Answer{
		"empty":     {},
		"begun":     {"14": {Value: "1"}, "15": {State: record.Impossible}, "19": {State: record.NotApplicable}},
		"supported": {"insats.1": {State: record.Present}, "insats.1.118": {Value: "3"}, "insats.2": {State: record.Present}, "risk.1": {State: record.Present}, "risk.1.90": {State: record.Impossible}},
		"closed":    {"256": {Value: "2026-01-01"}, "202": {Value: "1"}, "203": {State: record.Impossible}},
	} {
		f := record.NewForm()
		for field, a := range answers {
			f.Answers[field] = a
		}
		marks, asked := f.Marks(cb, nil), record.Asked(cb)
		if len(marks) != len(asked)+len(cb.Phases) {
			t.Fatalf("%s: %d marks of %d questions", name, len(marks), len(asked))
		}
		for i, p := range f.ProgressOf(cb) {
			done, notDue := 0, 0
			for j, v := range asked {
				if v.Phase != p.Phase {
					continue
				}
				switch marks[j] {
				case record.Given, record.SetAside, record.CannotBe:
					done++
				case record.NotDue:
					notDue++
				}
			}
			if done != p.Done || p.Due && notDue > 0 {
				t.Errorf("%s, %s: %d done, %d not due; progress says %+v", name, p.Phase, done, notDue, p)
			}
			if x := marks[len(asked)+i]; (x == record.Given) != (len(p.Missing) == 0) || x == record.NotDue && p.Due {
				t.Errorf("%s, %s: %d", name, p.Phase, x)
			}
		}
	}
}

func TestAMarkTellsWhyThereIsNoAnswer(t *testing.T) {
	cb := codebook.Default()
	f := record.NewForm()
	for field, a := range map[string]record.Answer{
		"14": {Value: "1"}, "15": {State: record.Impossible}, "19": {State: record.NotApplicable},
		"insats.1": {State: record.Present}, "insats.1.118": {Value: "3"}, "insats.1.126": {State: record.Impossible}, "insats.2": {State: record.Present}, "insats.2.126": {Value: "1"},
	} {
		f.Answers[field] = a
	}
	want := map[int]record.Mark{14: record.Given, 15: record.CannotBe, 19: record.SetAside, 20: record.Lacking, 118: record.Lacking, 126: record.Given, 161: record.NotDue, 90: record.Lacking}
	marks := f.Marks(cb, nil)
	for i, v := range record.Asked(cb) {
		if x, ok := want[v.Number]; ok && marks[i] != x {
			t.Errorf("%d: %d, want %d", v.Number, marks[i], x)
		}
	}
}
