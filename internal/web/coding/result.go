package coding

import (
	"net/url"
	"strconv"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// ResultPage is how far the questions were read in the same way.
type ResultPage struct {
	Title     string
	Few       string // why nothing is shown
	Says      []string
	Questions []Coded
	Cases     []Case
	Files     []page.Link
	May       bool // change help texts
}

// Coded is one question.
type Coded struct {
	ID       string
	Label    string
	Sentence string
	Beyond   string // agreement beyond chance, with its interval
	Advice   []string
	Editor   *page.Link // where its help text is changed
	Options  page.Table
	ByCase   page.Table
}

func showResult(v *visit.Visit, f page.Frame, id string) error {
	r, err := v.App.CodingResultOf(v.R.Context(), v.By(), id)
	if err != nil {
		return err
	}
	p := v.Text
	x := ResultPage{Title: r.Title, Cases: casesOf(r.Coding), May: v.By().May(access.EditBook)}
	switch {
	case r.Lost:
		x.Few = p.T("coding.key_lost")
	case !r.Shown:
		x.Few = p.T("coding.few", "minst", app.LeastCoded)
	default:
		x.Says = append(x.Says, p.T("coding.answered_by", "n", r.Answered, "fall", len(r.Cases)))
		if len(r.Cases) < app.LeastCodingCases {
			x.Says = append(x.Says, p.T("coding.few_cases", "minst", app.LeastCodingCases))
		}
		for i, q := range r.Questions {
			x.Questions = append(x.Questions, codedOf(v, r, q, i, x.May))
		}
		for _, kind := range app.CodingFiles {
			x.Files = append(x.Files, page.Link{Address: addressOf(id) + "/fil/" + kind, Text: p.T("coding.file_" + kind)})
		}
	}
	return v.Show("coding-result.html", f, x)
}

func codedOf(v *visit.Visit, r *app.CodingResult, q app.CodedQuestion, nr int, edits bool) Coded {
	p, l := v.Text, v.Text.Lang()
	x := Coded{ID: "fraga-" + strconv.Itoa(nr+1), Label: q.Label.In(l), Sentence: p.T("coding.many_sentence"), Beyond: ""}
	if !q.Many {
		x.Sentence, x.Beyond = p.T("coding.nobody_told"), app.AgreedText(p, q.Whole)
		if q.Whole.SameOK {
			x.Sentence = p.T("coding.sentence", "andel", p.Percent(100*q.Whole.Same, 0))
		}
	}
	if q.Unsure > 0 {
		x.Sentence += " " + p.T("coding.unsure_times", "n", q.Unsure)
	}
	for _, o := range q.Weak() {
		key, with := "coding.advice", ""
		if q.Coded[o].With >= 0 {
			key, with = "coding.advice_with", q.Options[q.Coded[o].With].Label.In(l)
		}
		x.Advice = append(x.Advice, p.T(key, "svar", q.Options[o].Label.In(l), "med", with))
	}
	if edits {
		x.Editor = &page.Link{Address: editorOf(q.CodingQuestion), Text: p.T("coding.editor", "fraga", x.Label)}
	}
	x.Options, x.ByCase = optionTable(v, q), caseTable(v, r, q)
	return x
}

// editorOf leads to where the help text of a question is changed: one's own note on a common
// question, or a local question.
func editorOf(q app.CodingQuestion) string {
	if q.Number == 0 {
		return "/variabler/andra/" + url.PathEscape(q.Key)
	}
	return "/variabler#v" + strconv.Itoa(q.Number)
}

func optionTable(v *visit.Visit, q app.CodedQuestion) page.Table {
	p, l := v.Text, v.Text.Lang()
	t := page.Table{Caption: p.T("coding.by_option"), Hidden: true, Head: []page.Head{{Text: p.T("coding.option")}, {Text: p.T("coding.chosen"), Number: true}, {Text: p.T("coding.same"), Number: true}, {Text: p.T("coding.beyond")}, {Text: p.T("coding.instead")}}}
	for o, x := range q.Coded {
		same, with := p.T("coding.not_chosen"), ""
		if x.SameOK {
			same = p.Percent(100*x.Same, 0)
		}
		if x.With >= 0 {
			with = q.Options[x.With].Label.In(l)
		}
		t.Rows = append(t.Rows, page.Row{{Text: q.Options[o].Label.In(l)}, {Text: p.Int(int64(x.Chosen))}, {Text: same}, {Text: app.AgreedText(p, x.Agreed)}, {Text: with}})
	}
	return t
}

// caseTable shows how many chose what in each case.
func caseTable(v *visit.Visit, r *app.CodingResult, q app.CodedQuestion) page.Table {
	p, l := v.Text, v.Text.Lang()
	t := page.Table{Caption: p.T("coding.by_case"), Hidden: true, Head: []page.Head{{Text: p.T("coding.case")}}}
	for _, o := range q.Options {
		t.Head = append(t.Head, page.Head{Text: o.Label.In(l), Number: true})
	}
	t.Head = append(t.Head, page.Head{Text: p.T("coding.unsure"), Number: true})
	for i, chosen := range q.Cases {
		row := page.Row{{Text: caseName(v, Case{i + 1, r.Cases[i].Title, ""}), Written: true}}
		for _, n := range chosen {
			row = append(row, page.Cell{Text: p.Int(int64(n))})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func caseName(v *visit.Visit, c Case) string {
	if c.Title == "" {
		return v.Text.T("coding.case_nr", "nr", c.Nr)
	}
	return v.Text.T("coding.case_named", "nr", c.Nr, "rubrik", c.Title)
}

// File sends the result as a file.
func File(v *visit.Visit) error {
	f, err := v.App.CodingFile(v.R.Context(), v.By(), v.R.PathValue("ovning"), v.R.PathValue("slag"), v.Text)
	if err != nil {
		return err
	}
	return v.Download(f.Name, f.Kind, f.Content)
}
