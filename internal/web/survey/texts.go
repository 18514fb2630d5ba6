package survey

import (
	"maps"
	"slices"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// textsPage is the survey's languages, and where one changes what it says.
type textsPage struct {
	Title     string
	Back      *page.Link
	Languages []language
}

// Texts shows the languages with their state.
func Texts(v *visit.Visit) error {
	all, err := v.App.SurveyTexts(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("survey_staff.texts"))
	p := textsPage{Title: f.Title, Back: toHub(v)}
	for _, x := range all {
		l := language{Lang: x.Lang, Name: x.Name, Address: textsAddress + "/" + string(x.Lang), Mark: stateOf(v, x), Reviewed: x.Reviewed}
		p.Languages = append(p.Languages, l)
	}
	return v.Show("survey-texts.html", f, p)
}

// stateOf says who answers for a language.
func stateOf(v *visit.Visit, x app.SurveyTexts) string {
	switch {
	case x.Review != nil:
		return v.Text.T("survey_staff.reviewed_by", "vem", x.Review.By, "dag", v.Date(x.Review.At), "vad", x.Review.Note)
	case x.Reviewed:
		return v.Text.T("survey_staff.reviewed_own")
	}
	return v.Text.T("survey_staff.unreviewed_why")
}

// textPage is what the survey says in one language.
type textPage struct {
	Title    string
	Owner    string
	Back     *page.Link
	Post     string
	Lang     locale.Lang
	Dir      string
	State    string
	Reviewed bool
	Version  int
	Texts    []text
	Versions []string
	Note     string
	NoteLack bool
	Own      bool // whoever reads has written it, and may not approve it
}

type text struct {
	app.SurveyText
	Fault string
}

// Language shows what the survey says in one.
func Language(v *visit.Visit) error { return showLanguage(v, nil, nil, false) }

func showLanguage(v *visit.Visit, typed map[string]string, faults map[string]error, noNote bool) error {
	lang, known := locale.ParseClient(v.R.PathValue("sprak"))
	all, err := v.App.SurveyTexts(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(x app.SurveyTexts) bool { return x.Lang == lang })
	if !known || i < 0 {
		return fault.New(fault.NotFound, "visit.not_found")
	}
	x := all[i]
	f := v.Frame(v.Text.T("survey_staff.texts_in", "sprak", x.Name))
	p := textPage{Title: f.Title, Owner: v.Owner(), Back: &page.Link{Address: textsAddress, Text: v.Text.T("survey_staff.texts")}, Post: textsAddress + "/" + string(lang),
		Lang: lang, Dir: lang.Dir(), State: stateOf(v, x), Reviewed: x.Reviewed, Version: x.Version, NoteLack: noNote, Own: x.Own}
	for _, t := range x.Texts {
		one := text{SurveyText: t}
		if s, said := typed[t.Key]; said && !t.Locked {
			one.Text = s
		}
		if e := faults[t.Key]; e != nil {
			one.Fault = v.Text.Error(e)
			f.Faults = append(f.Faults, page.Fault{ID: "t-" + t.Key, Text: one.Fault})
		}
		p.Texts = append(p.Texts, one)
	}
	if noNote {
		f.Faults = append(f.Faults, page.Fault{ID: "vem", Text: v.Text.T("survey_staff.note_missing")})
	}
	if len(f.Faults) > 0 {
		f.Status = 422
	}
	for _, o := range x.Versions {
		p.Versions = append(p.Versions, v.Text.T("survey_staff.version", "nr", codeText(o.Version), "dag", v.When(o.At), "vem", o.By))
	}
	return v.Show("survey-text.html", f, p)
}

// ChangeLanguage saves what the survey is to say in a language.
func ChangeLanguage(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	lang, known := locale.ParseClient(v.R.PathValue("sprak"))
	if !known {
		return fault.New(fault.NotFound, "visit.not_found")
	}
	said := map[string]string{}
	for name := range maps.Keys(posted) {
		if len(name) > 2 && name[:2] == "t." {
			said[name[2:]] = posted.Get(name)
		}
	}
	faults, err := v.App.ChangeSurveyTexts(v.R.Context(), v.By(), lang, number(posted.Get("version")), said)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return showLanguage(v, said, faults, false)
	}
	return v.Redirect(textsAddress + "/" + string(lang))
}

// ReviewLanguage says that somebody answers for what the survey says in a language.
func ReviewLanguage(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	lang, known := locale.ParseClient(v.R.PathValue("sprak"))
	if !known {
		return fault.New(fault.NotFound, "visit.not_found")
	}
	err = v.App.ReviewSurveyTexts(v.R.Context(), v.By(), lang, number(posted.Get("version")), posted.Get("vem"))
	switch {
	case err != nil && fault.KindOf(err) == fault.Invalid:
		return showLanguage(v, nil, nil, true)
	case err != nil:
		return err
	}
	return v.Redirect(textsAddress + "/" + string(lang))
}
