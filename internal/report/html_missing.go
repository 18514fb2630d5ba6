package report

import (
	"fmt"
	"slices"

	"foljsam/internal/codebook"
)

// why says what the cases that are not in the table have in common, where other tables of
// the release tell; empty where they do not.
func (t teller) why(left int64) string {
	switch d := t.r.Table().Dims; {
	case len(d) > 1:
		return ""
	case t.ofSurvey():
		return t.withoutAnswer(left)
	case d[0].ID == t.numbers().name(codebook.Collaboration):
		return t.withoutParty(left)
	}
	return ""
}

func (t teller) numbers() numbers { return numbers{t.rel.About.Codebook} }

// ofSurvey tells whether the table is of one question to the client.
func (t teller) ofSurvey() bool {
	id := t.r.Table().Dims[0].ID
	return slices.ContainsFunc(t.rel.About.Codebook.Survey, func(n int) bool { return id == fmt.Sprintf("v%d", n) })
}

// withoutAnswer says how many have not answered, and how many cases have not come so far
// that the client is asked. The two would tell how many were asked in vain.
func (t teller) withoutAnswer(left int64) string {
	open, ok := t.other(summed[0], "avslutade/nej")
	if !ok || t.rel.About.Hides(left-open.count) {
		return t.p.T("missing.survey_unknown", "n", left)
	}
	return t.p.T("missing.survey", "n", left, "open", t.p.Int(open.count))
}

// withoutParty tells the cases where it is noted that there is no collaboration from those
// where nothing is noted.
func (t teller) withoutParty(left int64) string {
	none, ok := t.other("d13", "0")
	if !ok || none.count > left || t.rel.About.Hides(left-none.count) {
		return ""
	}
	return t.p.T("missing.party", "n", left, "none", t.p.Int(none.count), "rest", t.p.Int(left-none.count))
}

// other gives a cell of another table of the release; false where it may not be shown.
func (t teller) other(table, at string) (sum, bool) {
	r := t.rel.Table("", table)
	if r == nil {
		return sum{}, false
	}
	s, ok := tell(t.rel, r, t.p).cells(at)
	return s, s.judge(ok, 0) == fine
}
