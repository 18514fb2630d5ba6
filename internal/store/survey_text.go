package store

import (
	"database/sql"
	"time"

	"foljsam/internal/fault"
)

// SurveyText is a version of what the survey says in a language, as a register has changed it.
type SurveyText struct {
	Lang    string
	Version int // 1, 2, 3 …
	Content string
	At      time.Time
	Person  string
	Role    string
}

// SurveyReview says that somebody answers for what the survey says in a language; Hash is of
// all of it.
type SurveyReview struct {
	Lang   string
	Hash   string
	At     time.Time
	Person string
	Role   string
	Note   string // who has read it, as the person said
}

// SurveyTag is a word that somebody put on what a client wrote.
type SurveyTag struct {
	Case   string
	Field  string
	Tag    string
	At     time.Time
	Person string
}

// AddSurveyText keeps a version. Where somebody else has made that version, it is a conflict.
func (t *Tx) AddSurveyText(x SurveyText) error {
	if !keepable(x.Content) {
		return fault.New(fault.Invalid, "store.text")
	}
	n, err := t.c.exec(`INSERT INTO survey_texts (register, lang, version, content, at, person, role) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (register, lang, version) DO NOTHING`,
		t.r.id, x.Lang, x.Version, x.Content, writeTime(x.At), x.Person, x.Role)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "survey_staff.text_meanwhile")
	}
	return err
}

// SurveyTexts gives all versions of a language, newest first; of all languages where it is
// empty.
func (t *Tx) SurveyTexts(lang string) (all []SurveyText, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var x SurveyText
		var at string
		err := rows.Scan(&x.Lang, &x.Version, &x.Content, &at, &x.Person, &x.Role)
		x.At = readTime(at)
		all = append(all, x)
		return err
	}, `SELECT lang, version, content, at, person, role FROM survey_texts WHERE register = ? AND (? = '' OR lang = ?) ORDER BY lang, version DESC`, t.r.id, lang, lang)
	return all, err
}

// AddSurveyReview keeps a review. The first of the same text stands.
func (t *Tx) AddSurveyReview(x SurveyReview) error {
	if !keepable(x.Note) {
		return fault.New(fault.Invalid, "store.text")
	}
	_, err := t.c.exec(`INSERT INTO survey_reviews (register, lang, hash, at, person, role, note) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (register, lang, hash) DO NOTHING`,
		t.r.id, x.Lang, x.Hash, writeTime(x.At), x.Person, x.Role, x.Note)
	return err
}

// SurveyReviews gives all reviews, oldest first.
func (t *Tx) SurveyReviews() (all []SurveyReview, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var x SurveyReview
		var at string
		err := rows.Scan(&x.Lang, &x.Hash, &at, &x.Person, &x.Role, &x.Note)
		x.At = readTime(at)
		all = append(all, x)
		return err
	}, `SELECT lang, hash, at, person, role, note FROM survey_reviews WHERE register = ? ORDER BY at, lang, hash`, t.r.id)
	return all, err
}

// AddSurveyTag puts a word on what a client wrote. One that is there already stands.
func (t *Tx) AddSurveyTag(x SurveyTag) error {
	if !keepable(x.Tag) {
		return fault.New(fault.Invalid, "store.text")
	}
	_, err := t.c.exec(`INSERT INTO survey_tags (register, case_id, field, tag, at, person) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (register, case_id, field, tag) DO NOTHING`,
		t.r.id, x.Case, x.Field, x.Tag, writeTime(x.At), x.Person)
	return err
}

// DropSurveyTag takes a word away again.
func (t *Tx) DropSurveyTag(x SurveyTag) error {
	_, err := t.c.exec(`DELETE FROM survey_tags WHERE register = ? AND case_id = ? AND field = ? AND tag = ?`, t.r.id, x.Case, x.Field, x.Tag)
	return err
}

// SurveyTags gives every word that was put on anything.
func (t *Tx) SurveyTags() ([]SurveyTag, error) {
	return t.tagsWhere(`register = ? ORDER BY tag, case_id, field`)
}

// SurveyTagsOf gives those of one case.
func (t *Tx) SurveyTagsOf(id string) ([]SurveyTag, error) {
	return t.tagsWhere(`register = ? AND case_id = ? ORDER BY field, tag`, id)
}

func (t *Tx) tagsWhere(which string, args ...any) (all []SurveyTag, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var x SurveyTag
		var at string
		err := rows.Scan(&x.Case, &x.Field, &x.Tag, &at, &x.Person)
		x.At = readTime(at)
		all = append(all, x)
		return err
	}, `SELECT case_id, field, tag, at, person FROM survey_tags WHERE `+which, append([]any{t.r.id}, args...)...)
	return all, err
}
