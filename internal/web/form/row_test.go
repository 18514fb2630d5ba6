package form

import (
	"slices"
	"strings"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/page/pagetest"
)

func formOf(t *testing.T, answers map[string]record.Answer) *record.Form {
	t.Helper()
	f := record.NewForm()
	if _, err := f.Set(cb, answers); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestRowsStandNewestFirst(t *testing.T) {
	f := formOf(t, map[string]record.Answer{
		"insats.1.117": {Value: "2024-05-08"}, "insats.2.117": {Value: "2024-06-01"}, "insats.3.118": {Value: "10|4"}, "insats.4.117": {Value: "2024-06-01"},
		"insats.5": {State: record.Removed},
	})
	rows := SupportRows(sv, cb, f)
	var order []string
	for _, r := range rows.Rows {
		order = append(order, r.Field)
	}
	if want := []string{"insats.3", "insats.4", "insats.2", "insats.1"}; !slices.Equal(order, want) {
		t.Errorf("%q, want %q", order, want)
	}
	if got := rows.Rows[0].Title; !strings.Contains(got, cb.Variable(118).Code(10).Brief().In("sv")) {
		t.Error(got)
	}
	if len(rows.Removed) != 1 || rows.Removed[0].Field != "insats.5" {
		t.Errorf("%+v", rows.Removed)
	}
}

func TestButtonsOfRows(t *testing.T) {
	f := formOf(t, map[string]record.Answer{"insats.1": {State: record.Present}, "insats.2": {State: record.Present}})
	for pressed, want := range map[string]struct {
		field string
		state record.State
	}{
		"insats+": {"insats.3", record.Present}, "insats-2": {"insats.2", record.Removed}, "insats~2": {"insats.2", record.Present}, "risk+": {"risk.1", record.Present},
	} {
		field, a, ok := RowButton(f, pressed)
		if !ok || field != want.field || a.State != want.state {
			t.Errorf("%s: %s %+v %v", pressed, field, a, ok)
		}
		if _, err := record.Check(cb, field, a); err != nil {
			t.Errorf("%s: %v", pressed, err)
		}
	}
	for _, pressed := range []string{"", "insats", "arende+", "x-1", "-1"} {
		if _, _, ok := RowButton(f, pressed); ok {
			t.Errorf("%q asks for something", pressed)
		}
	}
	for _, pressed := range []string{"insats-0", "insats-x", "insats-", "risk~../1", "insats-2.118"} {
		field, a, _ := RowButton(f, pressed)
		if _, err := record.Check(cb, field, a); err == nil {
			t.Errorf("%q is let through", pressed)
		}
	}
}

// The value is asked as the instrument has it, and only once.
func TestTheValueFollowsTheInstrument(t *testing.T) {
	for instrument, want := range map[string]string{"": "number", "1": "number", "2": "words", "3": "words", "4": "words", "5": "number", "6": "number"} {
		f := formOf(t, map[string]record.Answer{"risk.1": {State: record.Present}, "risk.1.90": {Value: instrument}, "risk.1.skattning": {Value: "2"}})
		row := RiskRow(sv, cb, f, "1")
		for _, x := range row.Fields {
			if x.Name != "risk.1.skattning" {
				if free := x.Name == "risk.1.skala_fran"; free && x.Away == (instrument == "5" || instrument == "6") {
					t.Errorf("%q: the ends of a free scale: away %v", instrument, x.Away)
				}
				continue
			}
			var values []string
			for _, pair := range inputsOf(t, "field", "sv", x) {
				if pair[0] == "f.risk.1.skattning" {
					values = append(values, pair[1])
				}
			}
			if x.Scale != "" && (x.Scale == codebook.Ordinal) != (want == "words") || !slices.Equal(values, []string{"2"}) {
				t.Errorf("%q: %s, posts %q", instrument, x.Scale, values)
			}
		}
	}
}

func TestEveryColumnOfARowIsAskedOnce(t *testing.T) {
	for level, columns := range map[codebook.Level][]string{codebook.OfSupport: supportColumns(cb), codebook.OfRisk: riskColumns(cb)} {
		for _, v := range slices.Concat(cb.Variables, cb.Fields) {
			n := 0
			for _, c := range columns {
				if c == v.Key() {
					n++
				}
			}
			if v.Level == level && n != 1 {
				t.Errorf("%s: %s is asked %d times", level, v.Key(), n)
			}
		}
	}
}

func TestRowsAndPhasesAreWhole(t *testing.T) {
	for _, l := range locale.Staff {
		p := locale.For(l)
		for _, n := range []int{0, 1, 25} {
			for _, word := range pagetest.Hostile {
				f := record.NewForm()
				for range n {
					row := f.NextRow(codebook.OfSupport)
					f.Set(cb, map[string]record.Answer{"insats." + row + ".118": {Value: "1|2|19", Comment: word}, "risk." + row + ".90": {Value: "5"}, "risk." + row + ".skattning": {Value: word}})
				}
				if n > 1 {
					f.Set(cb, map[string]record.Answer{"insats.1": {State: record.Removed}, "risk.1": {State: record.Removed}})
				}
				wholeRows(t, p, f, n)
				if n > 1 {
					break // many rows, once
				}
			}
		}
	}
}

func wholeRows(t *testing.T, p *locale.Printer, f *record.Form, n int) {
	t.Helper()
	phases := PhasesOf(p, cb, f, codebook.During, func(x codebook.Phase) string { return "/arenden/7/" + string(x) })
	body := shown(t, "phases", p.Lang(), phases) + `<form>` + shown(t, "autosave", p.Lang(), nil) +
		shown(t, "rows", p.Lang(), SupportRows(p, cb, f)) + shown(t, "rows", p.Lang(), RiskRows(p, cb, f))
	for _, phase := range cb.Phases {
		for _, x := range inPhase(p, cb, f, phase.ID) {
			body += shown(t, "field", p.Lang(), x)
		}
	}
	for _, x := range pagetest.Faults(body + `</form>`) {
		t.Fatalf("%s, %d rows: %s", p.Lang(), n, x)
	}
}

// A phase with as many rows as a case in the report's material seldom has is still a page
// that a bad line can fetch.
func TestAPageOfRowsIsSmall(t *testing.T) {
	f := record.NewForm()
	for range 6 {
		row := f.NextRow(codebook.OfSupport)
		f.Set(cb, map[string]record.Answer{"insats." + row + ".118": {Value: "1"}})
	}
	if n := len(shown(t, "rows", "sv", SupportRows(sv, cb, f))); n > 80_000 {
		t.Errorf("six rows are %d bytes", n)
	}
}

// What was typed and refused comes back as it was typed, in the row's own shape.
func TestWhatWasTypedComesBackInItsRow(t *testing.T) {
	f := formOf(t, map[string]record.Answer{"risk.1.90": {Value: "5"}, "risk.1.skattning": {Value: "2"}})
	for _, x := range RiskRow(sv, cb, f, "1").Fields {
		y := x.Typed(sv, cb, record.Answer{Value: "hög"})
		if y.Control != x.Control || y.Half != x.Half || y.Away != x.Away || y.Scale != x.Scale || y.Seen != x.Seen {
			t.Errorf("%s: %+v became %+v", x.Name, x, y)
		}
		if x.Control != "one" && y.Value != "hög" {
			t.Errorf("%s: %q", x.Name, y.Value)
		}
	}
}

// inPhase gives the fields of the case itself in a phase, in the order in which they are
// asked. Rows are apart: [SupportRows], [RiskRows].
func inPhase(p *locale.Printer, cb *codebook.Codebook, f *record.Form, phase codebook.Phase) (fields []Field) {
	for _, v := range append(cb.Variables[:len(cb.Variables):len(cb.Variables)], cb.Fields...) {
		if v.Phase == phase && v.Level == codebook.OfCase {
			fields = append(fields, Of(p, cb, f, v.Key()))
		}
	}
	return fields
}
