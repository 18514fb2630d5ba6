package app

import (
	"context"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/store"
)

// SurveyTexts is what the survey says in a language, for whoever looks after it.
type SurveyTexts struct {
	SurveyLanguage
	Texts    []SurveyText
	Version  int
	Versions []SurveyVersion // newest first
	Review   *SurveyReview   // of what it says now
	writers  []string        // who has changed it since it was last reviewed: ids
	Own      bool            // whoever asks is one of them, and may not approve it
}

// SurveyText is one text: what it says, what the program says, and what it says in Swedish.
type SurveyText struct {
	Key     string
	Text    string
	Own     string
	Swedish string
	Locked  bool // the question's own wording
}

// SurveyVersion is a change that somebody has made.
type SurveyVersion struct {
	Version int
	At      time.Time
	By      string // name
}

// SurveyReview says who answers for a text.
type SurveyReview struct {
	At   time.Time
	By   string // name
	Note string
}

// SurveyTexts gives what the survey says in every language.
func (a *App) SurveyTexts(ctx context.Context, by access.Actor) (all []SurveyTexts, err error) {
	r, _, err := a.unitsFor(ctx, by, access.EditBook)
	if err != nil {
		return nil, err
	}
	err = r.Read(ctx, func(t *store.Tx) error {
		languages, err := a.surveyLanguages(t, a.book)
		if err != nil {
			return err
		}
		for _, l := range languages {
			x, err := a.surveyTexts(t, l)
			if err != nil {
				return err
			}
			all = append(all, x)
		}
		return nil
	})
	for i := range all {
		all[i].Own = slices.Contains(all[i].writers, by.Person.ID)
		for j := range all[i].Versions {
			all[i].Versions[j].By = a.nameOf(ctx, all[i].Versions[j].By)
		}
		if all[i].Review != nil {
			all[i].Review.By = a.nameOf(ctx, all[i].Review.By)
		}
	}
	return all, err
}

func (a *App) surveyTexts(t *store.Tx, l SurveyLanguage) (x SurveyTexts, err error) {
	x.SurveyLanguage = l
	w, err := a.surveyWords(t, a.book, l.Lang)
	if err != nil {
		return x, err
	}
	swedish := programWords(a.book, locale.Swedish)
	for _, key := range surveyKeys(a.book, w) {
		x.Texts = append(x.Texts, SurveyText{key, w.text[key], w.own[key], swedish.own[key], lockedWords(l.Lang, key)})
	}
	x.Version = w.Version
	versions, err := t.SurveyTexts(string(l.Lang))
	for _, v := range versions {
		x.Versions = append(x.Versions, SurveyVersion{v.Version, v.At, v.Person})
	}
	if err != nil {
		return x, err
	}
	reviews, err := t.SurveyReviews()
	if err != nil {
		return x, err
	}
	for _, r := range reviews {
		if r.Lang == string(l.Lang) && r.Hash == w.Hash {
			x.Review = &SurveyReview{r.At, r.Person, r.Note}
		}
	}
	x.writers, err = a.writersOf(l.Lang, versions, reviews)
	return x, err
}

// writersOf gives who has changed what the survey says in a language since it last said what
// the program says or what somebody has approved: all that they wrote waits for one who wrote
// none of it.
func (a *App) writersOf(l locale.Lang, versions []store.SurveyText, reviews []store.SurveyReview) (all []string, err error) {
	own := programWords(a.book, l).Hash
	for _, v := range versions { // newest first
		w := programWords(a.book, l)
		if err := w.change(v); err != nil {
			return nil, err
		}
		if w.Hash == own || slices.ContainsFunc(reviews, func(r store.SurveyReview) bool { return r.Lang == string(l) && r.Hash == w.Hash }) {
			break
		}
		all = append(all, v.Person)
	}
	return all, nil
}

// surveyKeys gives the texts of a language as people read them: the questions with their
// answers first.
func surveyKeys(cb *codebook.Codebook, w *SurveyWords) (keys []string) {
	for _, v := range surveyQuestions(cb) {
		keys = append(keys, questionKey(v))
		for _, c := range v.Codes {
			keys = append(keys, optionKey(v, c.Code))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(w.own)) {
		if strings.HasPrefix(key, surveyArea+".") && key != surveyArea+".title" && key != surveyArea+".language_name" {
			keys = append(keys, key)
		}
	}
	return keys
}

// lockedWords: the wording of the common variables is not the register's to change; a
// translation of it that nobody has answered for is.
func lockedWords(l locale.Lang, key string) bool {
	return slices.Contains(locale.Staff, l) && !strings.HasPrefix(key, surveyArea+".")
}

// longestSurveyText is how long a text may be, in characters.
const longestSurveyText = 600

var surveyPlaceholder = regexp.MustCompile(`\{[a-z]+\}`)

// ChangeSurveyTexts makes a new version of what the survey says in a language. It has to be
// reviewed anew before a client sees it.
func (a *App) ChangeSurveyTexts(ctx context.Context, by access.Actor, l locale.Lang, seen int, said map[string]string) (faults map[string]error, err error) {
	r, _, err := a.unitsFor(ctx, by, access.EditBook)
	if err != nil {
		return nil, err
	}
	err = r.Write(ctx, func(t *store.Tx) error {
		w, err := a.surveyWords(t, a.book, l)
		if err != nil {
			return err
		}
		if w.Version != seen {
			return fault.New(fault.Conflict, "survey_staff.text_meanwhile")
		}
		var changed map[string]string
		if changed, faults = w.changes(l, said); len(faults) > 0 {
			return nil
		}
		after := maps.Clone(w.own)
		maps.Copy(after, changed)
		if maps.Equal(after, w.text) {
			return nil
		}
		content, err := json.Marshal(changed)
		if err != nil {
			return fault.Wrap(err, fault.Internal, "fault.internal")
		}
		line := a.line(by, audit.SurveyWorded, "")
		line.Fields, line.N = []string{string(l)}, w.Version+1
		t.Audit(line)
		return t.AddSurveyText(store.SurveyText{Lang: string(l), Version: w.Version + 1, Content: string(content), At: a.now(), Person: by.Person.ID, Role: string(by.Role)})
	})
	return faults, err
}

// changes gives what differs from what the program says, and what cannot be said.
func (w *SurveyWords) changes(l locale.Lang, said map[string]string) (changed map[string]string, faults map[string]error) {
	changed, faults = map[string]string{}, map[string]error{}
	for key, own := range w.own {
		s := strings.Join(strings.Fields(said[key]), " ")
		if s == "" || s == own || lockedWords(l, key) {
			continue
		}
		want := surveyPlaceholder.FindAllString(own, -1)
		has := surveyPlaceholder.FindAllString(s, -1)
		slices.Sort(want)
		slices.Sort(has)
		switch {
		case utf8.RuneCountInString(s) > longestSurveyText:
			faults[key] = fault.New(fault.Invalid, "survey_staff.text_long", "n", longestSurveyText)
		case !slices.Equal(want, has):
			faults[key] = fault.New(fault.Invalid, "survey_staff.text_holes", "vad", strings.Join(want, " "))
		default:
			changed[key] = s
		}
	}
	return changed, faults
}

// ReviewSurveyTexts says that somebody answers for what the survey says in a language now:
// clients may be asked in it. Whoever has changed it since it was last reviewed may not: it
// takes two. The note says who has read it.
func (a *App) ReviewSurveyTexts(ctx context.Context, by access.Actor, l locale.Lang, seen int, note string) error {
	note = strings.TrimSpace(note)
	switch {
	case note == "":
		return fault.New(fault.Invalid, "survey_staff.note_missing")
	case utf8.RuneCountInString(note) > longestSurveyText:
		return fault.New(fault.Invalid, "survey_staff.text_long", "n", longestSurveyText)
	}
	r, _, err := a.unitsFor(ctx, by, access.EditBook)
	if err != nil {
		return err
	}
	return r.Write(ctx, func(t *store.Tx) error {
		w, err := a.surveyWords(t, a.book, l)
		if err != nil {
			return err
		}
		if w.Version != seen {
			return fault.New(fault.Conflict, "survey_staff.text_meanwhile")
		}
		if err := a.mayReview(t, by, l); err != nil {
			return err
		}
		line := a.line(by, audit.SurveyReviewed, "")
		line.Fields = []string{string(l)}
		t.Audit(line)
		return t.AddSurveyReview(store.SurveyReview{Lang: string(l), Hash: w.Hash, At: a.now(), Person: by.Person.ID, Role: string(by.Role), Note: note})
	})
}

// mayReview refuses whoever has written what waits to be reviewed.
func (a *App) mayReview(t *store.Tx, by access.Actor, l locale.Lang) error {
	versions, err := t.SurveyTexts(string(l))
	if err != nil {
		return err
	}
	reviews, err := t.SurveyReviews()
	if err != nil {
		return err
	}
	writers, err := a.writersOf(l, versions, reviews)
	if err == nil && slices.Contains(writers, by.Person.ID) {
		err = fault.New(fault.Refused, "survey_staff.second_person")
	}
	return err
}
