package record_test

import (
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/record"
)

// instrument gives an instrument of the codebook whose values are on a scale.
func instrument(t *testing.T, scale string) string {
	t.Helper()
	for _, c := range book.Role(codebook.Risk).Codes {
		if c.Scale == scale {
			return joinedCode(c.Code)
		}
	}
	t.Fatal("no instrument is on the scale " + scale)
	return ""
}

func joinedCode(n int) string {
	return record.AnswersOf(book, &record.Case{Risks: []record.Risk{{Instrument: n}}})["risk.1."+book.Role(codebook.Risk).Key()].Value
}

func TestAValueFollowsItsInstrumentsScale(t *testing.T) {
	risk := "risk.1." + book.Role(codebook.Risk).Key()
	value := func(s string) record.Answer { return record.Answer{Value: s} }
	for name, x := range map[string]struct {
		from, to, value, said string
		want                  string // what the value is after; "-": nothing is said of it
	}{
		"points to words":                {codebook.Points, codebook.Ordinal, "8", "", ""},
		"words to points":                {codebook.Ordinal, codebook.Points, "2", "", ""},
		"points to a scale of one's own": {codebook.Points, codebook.FreeScale, "8", "", ""},
		"the same scale":                 {codebook.Points, codebook.Points, "8", "", "-"},
		"given anew in the same save":    {codebook.Points, codebook.Ordinal, "8", "2", "2"},
		"posted again as it stood":       {codebook.Points, codebook.Ordinal, "8", "8", ""},
		"nothing there":                  {codebook.Points, codebook.Ordinal, "", "", "-"},
	} {
		f := record.NewForm()
		f.Set(book, map[string]record.Answer{risk: value(instrument(t, x.from)), "risk.1.skattning": value(x.value), "risk.1.datum": value("2024-05-10")})
		answers := map[string]record.Answer{risk: value(instrument(t, x.to))}
		if x.from == x.to {
			answers[risk] = record.Answer{Value: instrument(t, x.to), Comment: "ändrad"}
		}
		if x.said != "" {
			answers["risk.1.skattning"] = value(x.said)
		}
		f.Follow(book, answers)
		got, said := answers["risk.1.skattning"]
		if said != (x.want != "-") || said && got.Value != x.want {
			t.Errorf("%s: %v %+v", name, said, got)
		}
		if _, said := answers["risk.1.datum"]; said {
			t.Errorf("%s: the day goes too", name)
		}
	}
}

func TestACommentAloneAddsItsRow(t *testing.T) {
	f := record.NewForm()
	field := "insats.1." + book.Role(codebook.Support).Key()
	changes, err := f.Set(book, map[string]record.Answer{field: {Comment: "påbörjas i höst"}})
	if err != nil || len(changes) != 2 || len(f.Rows(codebook.OfSupport)) != 1 {
		t.Fatalf("%+v %v", changes, err)
	}
	if _, err := f.Set(book, map[string]record.Answer{"insats.9." + book.Role(codebook.Support).Key(): {Comment: "x"}}); err == nil {
		t.Error("a comment adds a row that is not the next")
	}
}
