package app

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// Recode corrects the local codes of a case that were mistyped. seen is the version of the
// case that the person had before them: where somebody else has corrected the codes since,
// nothing is, and it is a conflict. The history says that they were corrected, and never from
// what; the key register keeps what they were. It is a look-up, and counted: whether another case
// has the code is told, and then whether the client has been here.
func (a *App) Recode(ctx context.Context, by access.Actor, id string, seen int, caseCode, clientCode string) (Saved, error) {
	if err := checkCodes(NewCase{Case: caseCode, Client: clientCode}); err != nil {
		return Saved{}, err
	}
	r, err := a.register(ctx, by)
	if err == nil && by.May(access.WriteCase) {
		err = a.lookUp(ctx, r, by, audit.LookedUp)
	}
	if err != nil {
		return Saved{}, err
	}
	s, err := a.change(ctx, by, id, audit.Recoded, func(t *store.Tx, c *record.Filed, s *Saved) (map[string]record.Answer, error) {
		wasCase, wasClient, err := t.Codes(id)
		if err != nil || wasCase == caseCode && wasClient == clientCode {
			return nil, err
		}
		if err := recodedSince(t, by, id, seen); err != nil {
			return nil, err
		}
		s.recoded = true
		c.Form.Version++
		if err := t.PutCodes(c, caseCode, clientCode); err != nil {
			return nil, err
		}
		return nil, t.Recode(c)
	})
	if isKey(err, "store.case_code_taken") {
		err = a.takenBy(ctx, r, by, caseCode, err)
	}
	return s, err
}

// recodedSince is a conflict where somebody else has corrected the codes after a version.
func recodedSince(t *store.Tx, by access.Actor, id string, seen int) error {
	revisions, err := t.Revisions(id)
	for _, rev := range revisions {
		if rev.Version > seen && rev.Act == audit.Recoded && rev.Person != by.Person.ID {
			return fault.New(fault.Conflict, "app.codes_changed")
		}
	}
	return err
}

// checkCodes tells whether local codes can be kept, that of the case first.
func checkCodes(n NewCase) error {
	for _, x := range []struct{ which, code string }{{"case", n.Case}, {"client", n.Client}} {
		switch {
		case !utf8.ValidString(x.code) || strings.ContainsFunc(x.code, unicode.IsControl):
			return fault.New(fault.Invalid, "app.code_characters_"+x.which)
		case record.PlainCode(x.code) == "":
			return fault.New(fault.Invalid, "app.code_missing_"+x.which)
		case utf8.RuneCountInString(x.code) > record.LongestCode:
			return fault.New(fault.Invalid, "app.code_long_"+x.which, "n", record.LongestCode)
		case identifies(x.code):
			return fault.New(fault.Invalid, "app.code_identifies_"+x.which)
		}
	}
	return nil
}

// identifies tells whether a code is a number that society gives a person. Elsewhere such a
// number is warned about; a code is what is looked up by, and must be the unit's own.
func identifies(code string) bool {
	for _, f := range record.Identifying(code) {
		if f.Sort == record.PersonalNumber || f.Sort == record.CoordinationNumber || f.Sort == record.TemporaryNumber {
			return true
		}
	}
	return false
}
