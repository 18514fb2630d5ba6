package result

import (
	"html/template"
	"net/url"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/report"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

const tagsAddress = Address + "/taggar"

// TagsPage is the words that were put on free texts, counted.
type TagsPage struct {
	Title    string
	Filter   Filter
	Says     []string
	Tables   []TagTable
	Facts    []Fact
	Read     []page.Link // where the texts are read
	Overview string
	None     *page.Empty
	Kept     Notes
}

// TagTable is the words of one kind of text.
type TagTable struct {
	ID, Title    string
	Wide, Narrow template.HTML
	Base         string
	Notes        []string
	Table        template.HTML
	Files, Out   []page.Link
}

// Tags shows in how many cases each word stands.
func Tags(v *visit.Visit) error {
	a, err := ask(v)
	if err != nil {
		return err
	}
	r, err := v.App.Tags(v.R.Context(), v.By(), a, false)
	if err != nil {
		return err
	}
	p := v.Text
	f := frame(v, p.T("result.tags"))
	x := TagsPage{Title: f.Title, Filter: filterOf(v, tagsAddress, r), Says: says(v, r), None: noCases(v, r), Overview: addressOf(Address, a, nil)}
	if v.By().May(access.SeeUnits) {
		x.Read = []page.Link{{Address: "/enkat/fritext", Text: p.T("survey_staff.read")}, {Address: "/enkat/fritext?fran=" + string(app.StaffTexts), Text: p.T("result.read_comments")}}
	}
	if x.None == nil && len(r.Release.Tables) == 0 {
		x.None = &page.Empty{Title: p.T("result.no_tags"), Text: p.T("result.no_tags_text")}
	}
	if x.None == nil {
		for _, t := range r.Release.Tables {
			s, _ := report.Show(r.Release, t.ID(), p)
			base := tagsAddress + "/fil/" + t.ID() + "/"
			one := TagTable{ID: t.ID(), Title: t.Table().Title.In(p), Wide: s.Wide, Narrow: s.Narrow, Base: s.Base, Notes: s.Notes, Table: s.Table, Files: fileLinks(v, base, a, nil)}
			one.Out = []page.Link{{Address: addressOf(base+"csv", a, url.Values{"for": {"spridning"}}), Text: p.T("result.file_csv")}}
			x.Tables = append(x.Tables, one)
		}
		x.Facts = []Fact{{p.T("result.definition"), p.T("result.tags_definition")}, {p.T("result.base"), p.T("result.tags_base")}, {p.T("result.missing"), p.T("result.tags_missing")},
			{p.T("result.unit"), r.UnitIn(p)}, {p.T("result.period_word"), a.PeriodIn(p)}, {p.T("result.filter"), r.ConditionsIn(p)},
			{p.T("result.codebook"), codebookIn(p, r.Book)}, {p.T("result.read"), v.When(r.Release.About.Read[1])}, {p.T("result.audience"), p.T("result.audience_text")}}
	}
	if x.Kept, err = notes(v, x.Title, r); err != nil {
		return err
	}
	x.Kept.tell(v, &f)
	return v.Show("result-tags.html", f, x)
}

// TagsFile sends one of the tables, as it is or without what is rare.
func TagsFile(v *visit.Visit) error {
	a, err := ask(v)
	if err != nil {
		return err
	}
	r, err := v.App.Tags(v.R.Context(), v.By(), a, v.R.URL.Query().Get("for") == "spridning")
	if err != nil {
		return err
	}
	id := v.R.PathValue("tabell")
	if r.Release.Table("", id) == nil {
		return fault.New(fault.NotFound, "result.no_figure")
	}
	return sendFile(v, r, id)
}
