package record_test

import (
	"errors"
	"strconv"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/record"
)

func refusedWith(t *testing.T, err error, key string) {
	t.Helper()
	var e *fault.Error
	if !errors.As(err, &e) || e.Key != key {
		t.Errorf("%v, want %s", err, key)
	}
}

func TestARowBeyondTheNextIsRefused(t *testing.T) {
	f := record.NewForm()
	for _, field := range []string{"insats.999.118", "insats.2.118", "insats.2"} {
		_, err := f.Set(book, map[string]record.Answer{field: {Value: "3"}})
		refusedWith(t, err, "record.no_such_field")
	}
	set(t, f, map[string]string{"insats.1.118": "3", "insats.2.118": "4", "risk.1.datum": "2026-01-10"})
	_, err := f.Set(book, map[string]record.Answer{"insats.3.118": {Value: "3"}, "insats.5.118": {Value: "3"}})
	refusedWith(t, err, "record.no_such_field")
	if f.NextRow(codebook.OfSupport) != "3" || f.Version != 1 {
		t.Error(f.NextRow(codebook.OfSupport), f.Version)
	}
}

func TestWhatIsWrittenInARemovedRowIsRefusedUntilItIsPutBack(t *testing.T) {
	f := record.NewForm()
	set(t, f, map[string]string{"insats.1.118": "3"})
	answer := func(all map[string]record.Answer) error { _, err := f.Set(book, all); return err }
	if err := answer(map[string]record.Answer{"insats.1": {State: record.Removed}}); err != nil {
		t.Fatal(err)
	}
	for _, a := range []record.Answer{{Value: "4"}, {}, {State: record.NotApplicable}, {Value: "3", Comment: "x"}} {
		refusedWith(t, answer(map[string]record.Answer{"insats.1.118": a}), "record.row_removed")
	}
	if err := answer(map[string]record.Answer{"insats.1.118": {Value: "3"}}); err != nil {
		t.Error("saying what stands there is no change:", err)
	}
	if err := answer(map[string]record.Answer{"insats.1": {State: record.Present}, "insats.1.118": {Value: "4"}}); err != nil || f.Get("insats.1.118").Value != "4" {
		t.Error(err)
	}
}

func TestTheNumberOfARowIsNotUsedAgain(t *testing.T) {
	f := record.NewForm()
	set(t, f, map[string]string{"insats.1.118": "3", "insats.2.118": "4"})
	if _, err := f.Set(book, map[string]record.Answer{"insats.2": {State: record.Removed}}); err != nil {
		t.Fatal(err)
	}
	if n := f.NextRow(codebook.OfSupport); n != "3" {
		t.Error("the row that was taken away was the last, and its number was", n)
	}
}

func TestNothingIsMissingInAnExcludedCase(t *testing.T) {
	f := record.NewForm()
	if x := record.CoverOf(book, &record.Filed{Form: f}); x.Missing == 0 {
		t.Error("nothing is missing in an empty case")
	}
	set(t, f, map[string]string{codebook.Exclusion: "5"})
	if x := record.CoverOf(book, &record.Filed{Form: f}); x.Standing != record.Excluded || x.Missing != 0 {
		t.Errorf("%+v", x)
	}
}

func TestWhatComesAfterIsDueWhenTheCaseIsClosed(t *testing.T) {
	f := record.NewForm()
	due := func(want bool) {
		t.Helper()
		for _, p := range f.ProgressOf(book) {
			if (p.Phase == codebook.After || p.Phase == codebook.Survey) && p.Due != want {
				t.Errorf("%s is due: %v", p.Phase, p.Due)
			}
		}
	}
	due(false)
	set(t, f, map[string]string{"insats.1.118": "3"})
	due(false)
	open := record.CoverOf(book, &record.Filed{Form: f}).Missing
	set(t, f, map[string]string{book.Role(codebook.Closing).Key(): "2026-11-01"})
	due(true)
	if shut := record.CoverOf(book, &record.Filed{Form: f}).Missing; shut <= open {
		t.Errorf("%d are missing, %d in the open case", shut, open)
	}
}

func TestANotedNoneStandsAlone(t *testing.T) {
	for _, v := range book.Variables {
		if v.Noted == nil || v.Kind != codebook.Many || len(v.Codes) == 0 {
			continue
		}
		none := strconv.Itoa(v.Noted.Code)
		if _, err := record.Check(book, v.Key(), record.Answer{Value: none}); err != nil {
			t.Error(v.Number, err)
		}
		_, err := record.Check(book, v.Key(), record.Answer{Value: none + "|" + strconv.Itoa(v.Codes[0].Code)})
		refusedWith(t, err, "record.exclusive")
	}
}
