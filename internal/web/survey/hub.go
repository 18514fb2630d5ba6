package survey

import (
	"html/template"
	"net/url"
	"slices"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/chart"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/report"
	"foljsam/internal/web/form"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// hubPage is where a survey is found: cases without one, forms to enter, words, answers.
type hubPage struct {
	Title  string
	Owner  string
	Said   string // what came of a code
	Near   []lack
	Closed []lack
	Left   string // closed ones that are not shown
	Paper  []lack
	All    bool
	Looks  bool // after the words and the texts
	None   page.Empty
}

type lack struct {
	Code, Address, Unit, Worker, What string
}

const shownLack = 25

// Hub shows which cases lack a survey, and leads to the rest.
func Hub(v *visit.Visit) error {
	if !v.By().May(access.WriteCase) {
		return fault.New(fault.Refused, "access.refused")
	}
	x, err := v.App.LackSurvey(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("survey_staff.hub"))
	p := hubPage{Title: f.Title, Owner: v.Owner(), All: v.Who.Role == access.Coordinator, Looks: v.By().May(access.EditBook)}
	switch v.R.URL.Query().Get("kod") {
	case "hittas-inte":
		p.Said = v.Text.T("survey_staff.no_code")
	case "redan":
		p.Said = v.Text.T("survey_staff.code_used")
	case "en-gang":
		p.Said = v.Text.T("survey_staff.entered_once")
	}
	p.Near, p.Closed, p.Paper = lacks(v, x.Near), lacks(v, x.Closed), lacks(v, x.Paper)
	if left := x.Of.After(len(p.Closed)); left.N() > 0 || left.More() {
		p.Left = v.Text.T("survey_staff.more_closed")
	}
	p.None = page.Empty{Title: v.Text.T("survey_staff.none_lacks"), Text: v.Text.T("survey_staff.none_lacks_text")}
	return v.Show("survey-hub.html", f, p)
}

func lacks(v *visit.Visit, all []app.LacksOne) (list []lack) {
	for _, x := range all[:min(len(all), shownLack)] {
		l := lack{Code: x.CaseCode, Address: caseAddress(x.ID, ""), Unit: x.UnitName, Worker: x.Listed.Worker}
		if x.Begun != "" {
			l.What = v.Text.T("survey_staff.state_" + string(x.Begun))
		}
		list = append(list, l)
	}
	return list
}

// readPage is what clients wrote.
type readPage struct {
	Title string
	Owner string
	Back  *page.Link
	Tags  []tag
	Texts []written
	Of    string
	Tag   string
	Steps []page.Link
	None  page.Empty
	Known []string

	From    string // whose words: empty for clients'
	About   string
	Other   page.Link // the other's words
	Every   string    // without a word
	Counted string    // where the words are counted
}

type tag struct {
	Text, Count, Address string
	Chosen               bool
}

type written struct {
	Nr       int
	Question string
	Day      string
	Text     string
	Case     string
	Field    string
	Tags     []string
	Address  string
}

// Read shows what clients wrote, and the words that were put on it.
func Read(v *visit.Visit) error {
	q := v.R.URL.Query()
	x, err := v.App.FreeTexts(v.R.Context(), v.By(), sourceOf(q.Get("fran")), q.Get("tagg"), number(q.Get("sida"))-1)
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("survey_staff.read"))
	from := string(sourceOf(q.Get("fran")))
	p := readPage{Title: f.Title, Owner: v.Owner(), Back: toHub(v), Tag: q.Get("tagg"), From: from, Counted: resultTags, About: v.Text.T("survey_staff.read_text"),
		Other: page.Link{Address: readAddress + "?fran=" + string(app.StaffTexts), Text: v.Text.T("result.read_comments")}, Every: readAddress + "?fran=" + from, Of: v.Text.T("survey_staff.texts_n", "n", x.Of.N())}
	for _, c := range x.Tags {
		p.Tags = append(p.Tags, tag{Text: c.Tag, Count: v.Text.Int(int64(c.Of.N())), Address: readAddress + "?fran=" + from + "&tagg=" + url.QueryEscape(c.Tag), Chosen: c.Tag == p.Tag})
		p.Known = append(p.Known, c.Tag)
	}
	cb := v.App.Codebook()
	for i, t := range x.Texts {
		w := written{Nr: i + 1, Question: form.NameOf(v.Text, cb, t.Field), Text: t.Text, Case: t.Case, Field: t.Field, Tags: t.Tags, Address: casesAddress + url.PathEscape(t.Case)}
		if t.Day != record.NoDay {
			w.Day = page.Date(v.Text, t.Day.Time())
		}
		p.Texts = append(p.Texts, w)
	}
	for n := range x.Pages {
		if n != x.Page {
			address := url.Values{"sida": {codeText(n + 1)}, "fran": {from}}
			if p.Tag != "" {
				address.Set("tagg", p.Tag)
			}
			p.Steps = append(p.Steps, page.Link{Address: readAddress + "?" + address.Encode(), Text: v.Text.T("survey_staff.page_n", "nr", codeText(n+1))})
		}
	}
	p.None = page.Empty{Title: v.Text.T("survey_staff.no_texts"), Text: v.Text.T("survey_staff.no_texts_text")}
	if from != "" {
		p.About, p.Other = v.Text.T("result.comments_text"), page.Link{Address: readAddress, Text: v.Text.T("survey_staff.read")}
		p.None.Text = v.Text.T("result.no_comments_text")
	}
	return v.Show("survey-read.html", f, p)
}

// resultTags is where the words are counted.
const resultTags = "/resultat/taggar"

// sourceOf reads whose words an address asks for.
func sourceOf(s string) app.TextSource {
	if s == string(app.StaffTexts) {
		return app.StaffTexts
	}
	return app.ClientTexts
}

// Tag puts a word on what a client wrote, or takes it away.
func Tag(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	off := posted.Get("bort")
	word := posted.Get("ord")
	if off != "" {
		word = off
	}
	if err := v.App.TagText(v.R.Context(), v.By(), posted.Get("arende"), posted.Get("falt"), word, off == ""); err != nil {
		return err
	}
	address := url.Values{}
	if from := sourceOf(posted.Get("fran")); from != app.ClientTexts {
		address.Set("fran", string(from))
	}
	if t := posted.Get("tagg"); t != "" {
		address.Set("tagg", t)
	}
	return v.Redirect(readAddress + "?" + address.Encode() + "#text-" + url.QueryEscape(posted.Get("nr")))
}

// resultsPage is what the survey has given; who answered is always on it.
type resultsPage struct {
	Title    string
	Back     *page.Link
	Units    string
	Results  []result
	Answered result
	Apart    string // where those who answered differ most
	Stamps   []string
	None     *page.Empty // nobody has answered
}

type result struct {
	Nr           int
	Title        string
	Wide, Narrow template.HTML
	Table        page.Table
	Notes        []string
}

// Results shows the answers, and those who answered beside all closed cases.
func Results(v *visit.Visit) error {
	x, err := v.App.SurveyResults(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("survey_staff.results"))
	p := resultsPage{Title: f.Title, Back: toHub(v), Stamps: chart.Stamps(x.Answered.About(), v.Text)}
	var names []string
	for _, u := range x.Units {
		names = append(names, u.Name)
	}
	slices.Sort(names)
	for i, n := range names {
		if i > 0 {
			p.Units += ", "
		}
		p.Units += n
	}
	for i, r := range x.Results {
		p.Results = append(p.Results, resultOf(v.Text, r, i+1))
	}
	if !slices.ContainsFunc(x.Results, func(r *disclosure.Released) bool { return !r.Base(0, 0).IsNumber() || r.Base(0, 0).Int() > 0 }) {
		p.None = &page.Empty{Title: v.Text.T("survey_staff.none_answered"), Text: v.Text.T("survey_staff.none_answered_text")}
	}
	p.Apart = report.SayApart(x.Answered, v.Text)
	p.Answered = resultOf(v.Text, x.Answered, len(p.Results)+1)
	return v.Show("survey-results.html", f, p)
}

func resultOf(p *locale.Printer, r *disclosure.Released, nr int) result {
	d := chart.Of(r, 0, p)
	x := result{Nr: nr, Title: d.Title}
	prefix := "enkat-" + codeText(nr)
	x.Wide, x.Narrow = template.HTML(d.SVG(chart.View{Prefix: prefix})), template.HTML(d.SVG(chart.View{Prefix: prefix + "-smal", Narrow: true})) // our own drawing, every text in it escaped
	t := d.Table()
	x.Table = page.Table{Caption: d.Title, Hidden: true}
	for i, h := range t.Head {
		x.Table.Head = append(x.Table.Head, page.Head{Text: h, Number: i > 0})
	}
	for _, cells := range t.Rows {
		var row page.Row
		for _, c := range cells {
			row = append(row, page.Cell{Text: c.Text})
		}
		x.Table.Rows = append(x.Table.Rows, row)
	}
	return x
}
