package store

import (
	"database/sql"
	"slices"
	"time"

	"foljsam/internal/fault"
)

// Survey is one time that a client was asked: how, in which language, and how far it came.
// The answers stand in the case.
type Survey struct {
	ID      string
	Case    string
	Mode    SurveyMode
	Lang    string // empty: not chosen yet
	State   SurveyState
	Given   time.Time
	Person  string // who gave it
	Role    string
	Changed time.Time
	Ends    time.Time // it cannot be answered from then on; zero: it does not end by itself
	Hash    string    // of the one-use secret, or of a paper form's code; empty: it is over
	Step    int       // where the one who answers is
	Base    int       // the case's version when it was given
	First   string    // a paper form as it was entered the first time
	FirstBy string
}

// SurveyMode is how somebody is asked.
type SurveyMode string

const (
	BySelf        SurveyMode = "sjalv" // on a device that was handed over
	ByTelephone   SurveyMode = "telefon"
	ByInterpreter SurveyMode = "tolk"
	ByPaper       SurveyMode = "papper"
	NotAsked      SurveyMode = "ingen" // it was declined, not safe to ask, or the client could not be reached
)

// SurveyState is how far it has come.
type SurveyState string

const (
	SurveyGiven    SurveyState = "lamnad"
	SurveyBegun    SurveyState = "paborjad"
	SurveyDone     SurveyState = "klar"
	SurveyLeft     SurveyState = "avbruten" // half: what was answered is kept
	SurveyEntered  SurveyState = "inmatad"  // a paper form was entered once
	SurveyDeclined SurveyState = "avbojd"
	SurveyUnsafe   SurveyState = "ej_saker"
	SurveyMissed   SurveyState = "ej_nadd" // the client could not be reached
)

// Ended tells whether nothing more comes of it.
func (s SurveyState) Ended() bool {
	return s == SurveyDone || s == SurveyDeclined || s == SurveyUnsafe || s == SurveyMissed || s == SurveyLeft
}

// AddSurvey keeps that a client is asked.
func (t *Tx) AddSurvey(s Survey) error {
	_, err := t.c.exec(`INSERT INTO surveys (register, id, case_id, mode, lang, state, given, person, role, changed, ends, hash, step, base, first, first_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		t.r.id, s.ID, s.Case, string(s.Mode), s.Lang, string(s.State), writeTime(s.Given), s.Person, s.Role, writeTime(s.Changed), writeTime(s.Ends), s.Hash, s.Step, s.Base, s.First, s.FirstBy)
	return err
}

// SaveSurvey keeps how far it has come. Where it has come further since, it is a conflict.
func (t *Tx) SaveSurvey(s Survey, was SurveyState) error {
	if !keepable(s.First) {
		return fault.New(fault.Invalid, "store.text")
	}
	n, err := t.c.exec(`UPDATE surveys SET lang = ?, state = ?, changed = ?, ends = ?, hash = ?, step = ?, first = ?, first_by = ? WHERE register = ? AND id = ? AND state = ?`,
		s.Lang, string(s.State), writeTime(s.Changed), writeTime(s.Ends), s.Hash, s.Step, s.First, s.FirstBy, t.r.id, s.ID, string(was))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "survey_staff.meanwhile")
	}
	return err
}

// SurveyByHash gives the survey that a secret or a code leads to.
func (t *Tx) SurveyByHash(hash string) (s Survey, err error) {
	all, err := t.surveysWhere(`hash = ? AND hash <> ''`, hash)
	if err == nil && len(all) == 0 {
		err = fault.New(fault.NotFound, "survey_staff.no_code")
	}
	if len(all) > 0 {
		s = all[0]
	}
	return s, err
}

// SurveysOf gives every time that the client of a case was asked, oldest first.
func (t *Tx) SurveysOf(id string) ([]Survey, error) {
	return t.surveysWhere(`case_id = ? ORDER BY given, id`, id)
}

// SurveysAmong gives the same of several cases.
func (t *Tx) SurveysAmong(ids []string) (all []Survey, err error) {
	for some := range slices.Chunk(ids, 200) {
		of, err := t.surveysWhere(in(`case_id`, len(some))+` ORDER BY given, id`, anys(some)...)
		if err != nil {
			return nil, err
		}
		all = append(all, of...)
	}
	return all, nil
}

func (t *Tx) surveysWhere(which string, args ...any) (all []Survey, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var s Survey
		var given, changed, ends string
		err := rows.Scan(&s.ID, &s.Case, &s.Mode, &s.Lang, &s.State, &given, &s.Person, &s.Role, &changed, &ends, &s.Hash, &s.Step, &s.Base, &s.First, &s.FirstBy)
		s.Given, s.Changed, s.Ends = readTime(given), readTime(changed), readTime(ends)
		all = append(all, s)
		return err
	}, `SELECT id, case_id, mode, lang, state, given, person, role, changed, ends, hash, step, base, first, first_by FROM surveys WHERE register = ? AND `+which, append([]any{t.r.id}, args...)...)
	return all, err
}
