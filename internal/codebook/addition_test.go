package codebook_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
)

const own = `added_to: su-kvinnofrid
prefix: jamtland
title: {sv: Jämtlands frågor}
variables:
  - column: jamtland_placering
    phase: under
    kind: ett
    label: {sv: Placerad var}
    question: {sv: "Var placerades klienten?", en: "Where was the client placed?"}
    help: {sv: Det boende som varade längst.}
    codes:
      - {code: 1, label: {sv: Egna kommunen}}
      - {code: 2, label: {sv: Annan kommun i länet}}
      - {code: 9, label: {sv: Vet inte}, unknown: true}
  - column: jamtland_barn_skola
    phase: fore
    kind: flera
    label: {sv: Barnens skola}
    question: {sv: "Vad har gjorts om skolan?"}
    when: barn is 1|2
    codes:
      - {code: 1, label: {sv: Samtal}}
      - {code: 2, label: {sv: Nej}, exclusive: true}
  - {column: jamtland_dagar, phase: bakgrund, kind: tal, label: {sv: Dagar}, question: {sv: "Hur många dagar?"}, min: 0, max: 999}
`

func added(t *testing.T, text string) *codebook.Addition {
	t.Helper()
	a, problems, err := codebook.Default().ReadAddition("test.yaml", strings.NewReader(text))
	if err != nil {
		t.Fatal(err, problems)
	}
	return a
}

func TestAnAdditionIsWrittenAndReadBack(t *testing.T) {
	a := added(t, own)
	for name, write := range map[string]func(*bytes.Buffer) error{
		"yaml": func(b *bytes.Buffer) error { return a.WriteYAML(b) },
		"json": func(b *bytes.Buffer) error { return a.WriteJSON(b) },
	} {
		var b, again bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		x := added(t, b.String())
		if err := x.WriteYAML(&again); err != nil || len(x.Differences(a)) != 0 || x.Prefix != a.Prefix {
			t.Errorf("%s: %v %+v\n%s", name, err, x.Differences(a), b.String())
		}
		var first bytes.Buffer
		_ = a.WriteYAML(&first)
		if first.String() != again.String() {
			t.Errorf("%s is not read back as it was:\n%s\n%s", name, first.String(), again.String())
		}
	}
}

func TestFaultsOfAnAdditionNameTheirLine(t *testing.T) {
	for name, c := range map[string]struct {
		change [2]string
		line   int
		key    string
	}{
		"another codebook":    {[2]string{"added_to: su-kvinnofrid", "added_to: barn"}, 1, "variables.other_book"},
		"a prefix":            {[2]string{"prefix: jamtland", "prefix: Jämtland"}, 2, "variables.local_prefix"},
		"a column":            {[2]string{"jamtland_dagar", "dagar"}, 24, "variables.local_column"},
		"a column of ours":    {[2]string{"jamtland_dagar", "utovare_vid_avslut"}, 24, "codebook.id_twice"},
		"a column twice":      {[2]string{"jamtland_dagar", "jamtland_placering"}, 24, "codebook.id_twice"},
		"an unknown field":    {[2]string{"    help:", "    halp:"}, 10, "codebook.unknown_field"},
		"the survey":          {[2]string{"phase: under", "phase: brukare"}, 6, "codebook.not_among"},
		"a key":               {[2]string{"kind: ett", "kind: nyckel"}, 7, "codebook.not_among"},
		"a row":               {[2]string{"phase: under", "phase: under\n    level: insats"}, 7, "codebook.not_among"},
		"codes out of order":  {[2]string{"{code: 9, label: {sv: Vet", "{code: 2, label: {sv: Vet"}, 14, "codebook.code_order"},
		"the same words":      {[2]string{"Annan kommun i länet", "egna kommunen"}, 13, "variables.label_twice"},
		"no Swedish":          {[2]string{`question: {sv: "Var placerades klienten?", en:`, "question: {en:"}, 9, "codebook.field_missing"},
		"a rule of rows":      {[2]string{"when: barn is 1|2", "when: risk is 1"}, 20, "variables.local_when"},
		"a rule with a fault": {[2]string{"when: barn is 1|2", "when: barn is 77"}, 20, "codebook.rule_operand"},
	} {
		_, problems, err := codebook.Default().ReadAddition("test.yaml", strings.NewReader(strings.Replace(own, c.change[0], c.change[1], 1)))
		if err == nil || !slices.ContainsFunc(problems, func(p fault.Problem) bool { return p.Row == c.line && p.Key == c.key }) {
			t.Errorf("%s: %v %+v", name, err, problems)
		}
	}
}

func TestWhatWasPublishedMeansTheSameForEver(t *testing.T) {
	before := added(t, own)
	for name, c := range map[string]struct {
		change [2]string
		key    string // empty: allowed
	}{
		"a better question":        {[2]string{"Var placerades klienten?", "Var placerades klienten först?"}, ""},
		"a translation":            {[2]string{"{sv: Egna kommunen}", "{sv: Egna kommunen, en: Own municipality}"}, ""},
		"a new answer":             {[2]string{"      - {code: 9,", "      - {code: 3, label: {sv: Annat län}}\n      - {code: 9,"}, ""},
		"a retired answer":         {[2]string{"{code: 2, label: {sv: Annan kommun i länet}}", "{code: 2, label: {sv: Annan kommun i länet}, retired: true}"}, ""},
		"a retired variable":       {[2]string{"    phase: under", "    phase: under\n    retired: true"}, ""},
		"a wider span":             {[2]string{"max: 999", "max: 9999"}, ""},
		"a narrower span":          {[2]string{"max: 999", "max: 99"}, "variables.next_span"},
		"another kind":             {[2]string{"kind: ett", "kind: flera"}, "variables.next_kind"},
		"a variable that is gone":  {[2]string{"jamtland_dagar", "jamtland_andra"}, "variables.next_gone"},
		"an answer that is gone":   {[2]string{"      - {code: 2, label: {sv: Annan kommun i länet}}\n", ""}, "variables.next_code_gone"},
		"a code for another thing": {[2]string{"Annan kommun i länet", "Annat land"}, "variables.next_code_label"},
		"vet inte no more":         {[2]string{", unknown: true", ""}, "variables.next_code_sense"},
	} {
		after := added(t, strings.Replace(own, c.change[0], c.change[1], 1))
		all := after.Breaches(before)
		if (c.key == "") != (len(all) == 0) || c.key != "" && all[0].Key != c.key {
			t.Errorf("%s: %+v", name, all)
		}
		if len(after.Differences(before)) == 0 {
			t.Errorf("%s: the difference is not told", name)
		}
	}
}

func TestTwoCountiesStandSideBySide(t *testing.T) {
	a := added(t, own)
	b := added(t, strings.ReplaceAll(strings.ReplaceAll(own, "jamtland_placering", "dalarna_placering"), "Hur många dagar?", "Hur många nätter?"))
	j := a.Join(b)
	if !slices.Equal(j.Added, []string{"dalarna_placering"}) || !slices.Equal(j.Same, []string{"jamtland_barn_skola"}) || !slices.Equal(j.Clash, []string{"jamtland_dagar"}) {
		t.Errorf("%+v", j)
	}
	if len(a.Variables) != 4 || a.Variable("jamtland_dagar").Question[locale.Swedish] != "Hur många dagar?" {
		t.Error("one's own variable was written over")
	}
}

func TestACodebookWithLocalVariables(t *testing.T) {
	common, a := codebook.Default(), added(t, strings.Replace(own, "    kind: flera", "    kind: flera\n    retired: true", 1))
	cb := common.With(a, 3)
	if cb.Named() != "su-kvinnofrid/2021+3" || codebook.LocalVersionIn(cb.Named()) != 3 || common.Named() != "su-kvinnofrid/2021" || codebook.LocalVersionIn(common.Named()) != 0 {
		t.Error(cb.Named(), common.Named())
	}
	if len(cb.Variables) != len(common.Variables) || len(common.Local) != 0 || len(cb.Local) != 2 || len(cb.Retired) != 1 {
		t.Error("the common part is not as it was")
	}
	v := cb.Field(codebook.OfCase, "jamtland_placering")
	if v == nil || len(v.Heading) == 0 || len(a.Variables[0].Heading) != 0 || common.Field(codebook.OfCase, "jamtland_placering") != nil {
		t.Errorf("%+v", v)
	}
}

func TestTheProposalsSayThatTheyAreProposals(t *testing.T) {
	a := codebook.ProposedLocal()
	if len(a.Variables) < 6 {
		t.Errorf("%d proposals", len(a.Variables))
	}
	for _, v := range a.Variables {
		if codebook.PrefixOf(v.Column) != codebook.ProposedPrefix || !strings.HasPrefix(v.HelpSource[locale.Swedish], "Förslag.") || v.Question[locale.English] == "" {
			t.Errorf("%s", v.Column)
		}
	}
}

func TestANoteStandsBesideTheCommonHelp(t *testing.T) {
	common := codebook.Default()
	a := added(t, own+"notes:\n  - {variable: 14, text: {sv: Fråga alltid.}}\n")
	cb := common.With(a, 1)
	if cb.Variable(14).Note[locale.Swedish] != "Fråga alltid." || cb.Role(codebook.Sex) != cb.Variable(14) || len(common.Variable(14).Note) != 0 || cb.Variable(15) != common.Variable(15) {
		t.Error("the note is not where it should be, or the common part was changed")
	}
	if cb.Variable(14).Help.In(locale.Swedish) != common.Variable(14).Help.In(locale.Swedish) {
		t.Error("the common help was changed")
	}
	var b bytes.Buffer
	if err := a.WriteYAML(&b); err != nil || len(added(t, b.String()).Differences(a)) != 0 {
		t.Error(err, b.String())
	}
	if d := a.Differences(added(t, own)); len(d) != 1 || d[0].Of != 14 || d[0].After != "Fråga alltid." {
		t.Errorf("%+v", d)
	}
	for _, wrong := range []string{"variable: 9999", "variable: 14, text: {sv: A}}\n  - {variable: 14"} {
		if _, _, err := common.ReadAddition("t", strings.NewReader(own+"notes:\n  - {"+wrong+", text: {sv: A}}\n")); err == nil {
			t.Error(wrong)
		}
	}
}
