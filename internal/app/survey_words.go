package app

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/store"
)

// SurveyLanguage is a language that the survey can be asked in. One that is not reviewed is
// for staff to see, and never comes before a client.
type SurveyLanguage struct {
	Lang     locale.Lang
	Name     string // in the language itself
	Reviewed bool
}

// SurveyWords is all that the survey says in a language.
type SurveyWords struct {
	Lang    locale.Lang
	text    map[string]string // as it is said
	own     map[string]string // as the program says it
	Version int               // of the register's changes; 0: none
	Hash    string            // of all of it
}

// T gives a text with its {placeholders} filled in.
func (w *SurveyWords) T(key string, args ...string) string {
	s := w.text[key]
	for i := 0; i+1 < len(args); i += 2 {
		s = strings.ReplaceAll(s, "{"+args[i]+"}", args[i+1])
	}
	return s
}

// Question gives how a question is asked, and Option how an answer to it is called.
func (w *SurveyWords) Question(v *codebook.Variable) string { return w.text[questionKey(v)] }
func (w *SurveyWords) Option(v *codebook.Variable, code int) string {
	return w.text[optionKey(v, code)]
}

const surveyArea = "survey"

func questionKey(v *codebook.Variable) string { return "question." + v.Key() }
func optionKey(v *codebook.Variable, code int) string {
	return "option." + v.Key() + "." + strconv.Itoa(code)
}

// programWords gives what the program says in a language.
func programWords(cb *codebook.Codebook, l locale.Lang) *SurveyWords {
	w := &SurveyWords{Lang: l, own: map[string]string{}}
	p := locale.For(l)
	for _, key := range p.Keys(surveyArea) {
		w.own[key] = p.T(key)
	}
	for _, v := range surveyQuestions(cb) {
		w.own[questionKey(v)] = v.Wording[l]
		for _, c := range v.Codes {
			w.own[optionKey(v, c.Code)] = c.Label[l]
		}
	}
	w.text = maps.Clone(w.own)
	w.Hash = hashOfWords(w.text)
	return w
}

// surveyWords gives what the survey says in a language: what the program says, with what the
// register has changed.
func (a *App) surveyWords(t *store.Tx, cb *codebook.Codebook, l locale.Lang) (*SurveyWords, error) {
	w := programWords(cb, l)
	all, err := t.SurveyTexts(string(l))
	if err != nil || len(all) == 0 {
		return w, err
	}
	return w, w.change(all[0])
}

func (w *SurveyWords) change(x store.SurveyText) error {
	var changed map[string]string
	if json.Unmarshal([]byte(x.Content), &changed) != nil {
		return fault.New(fault.Internal, "store.damaged")
	}
	for key, s := range changed {
		if _, known := w.own[key]; known && s != "" {
			w.text[key] = s
		}
	}
	w.Version, w.Hash = x.Version, hashOfWords(w.text)
	return nil
}

func hashOfWords(text map[string]string) string {
	h := sha256.New()
	for _, key := range slices.Sorted(maps.Keys(text)) {
		h.Write([]byte(key + "\x00" + text[key] + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// surveyLanguages gives the languages that the survey can be asked in. Those of staff are
// reviewed as the program says them; everything else when somebody has said so.
func (a *App) surveyLanguages(t *store.Tx, cb *codebook.Codebook) (all []SurveyLanguage, err error) {
	reviews, err := t.SurveyReviews()
	if err != nil {
		return nil, err
	}
	for _, l := range cb.SurveyLanguages() {
		if !slices.Contains(locale.Client, l) {
			continue
		}
		w, err := a.surveyWords(t, cb, l)
		if err != nil {
			return nil, err
		}
		ours := slices.Contains(locale.Staff, l) && w.Hash == hashOfWords(w.own)
		said := slices.ContainsFunc(reviews, func(r store.SurveyReview) bool { return r.Lang == string(l) && r.Hash == w.Hash })
		all = append(all, SurveyLanguage{Lang: l, Name: w.own[surveyArea+".language_name"], Reviewed: ours || said})
	}
	return all, nil
}

// PrintedWords gives what the program itself says in a language: for staff, who enter a form.
func (a *App) PrintedWords(cb *codebook.Codebook, l locale.Lang) *SurveyWords {
	return programWords(cb, l)
}
