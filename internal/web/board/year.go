package board

import (
	"net/url"
	"strconv"
	"strings"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/report"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// YearPage is a year in two minutes.
type YearPage struct {
	Title   string
	Intro   string
	Years   []Option // Value is an address
	Parts   []YearPart
	Figures *page.Table // key figures; nil: the reader's role is for a part
	Paper   string      // address; empty: the reader makes none
	None    *page.Empty
	Order   *page.OrderForm // nil: the reader may not order
}

// YearPart is one question: a sentence, a diagram, what changed, and what is done about it.
type YearPart struct {
	report.Shown
	Part     string
	Question string
	Number   string // of the first part, instead of a long look at a diagram
	Change   string
	Address  string // of the whole figure, where something can be written beside it
	Thoughts []Thought
}

// Thought is what somebody wrote beside the figure.
type Thought struct {
	Text, When string
	Due        bool
}

// Latest leads to the last whole year.
func Latest(v *visit.Visit) error {
	year, err := v.App.YearToShow(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	if year == 0 {
		year = v.App.Now().Year()
	}
	return v.Redirect(YearAddress + "/" + strconv.Itoa(year))
}

// Year shows a year.
func Year(v *visit.Visit) error {
	year, err := strconv.Atoi(v.R.PathValue("ar"))
	if err != nil || year < 1970 || year > 2999 {
		return fault.New(fault.NotFound, "visit.not_found")
	}
	x, err := v.App.Year(v.R.Context(), v.By(), year)
	if err != nil {
		return err
	}
	p, ar := v.Text, strconv.Itoa(year)
	f := v.Frame(p.T("board.year_title", "ar", ar))
	data := YearPage{Title: f.Title, Intro: p.T("board.year_intro", "ar", ar, "enhet", unitsText(v, x))}
	for _, y := range x.Years {
		data.Years = append(data.Years, Option{YearAddress + "/" + strconv.Itoa(y), strconv.Itoa(y), y == year})
	}
	if v.By().May(access.MakePaper) {
		data.Paper = Address + "?ar=" + ar
	}
	if x.Cases.IsNumber() && x.Cases.Int() == 0 {
		data.None = &page.Empty{Title: p.T("board.none", "ar", ar), Text: p.T("board.none_text")}
		if len(x.Years) == 0 {
			data.None.Text = p.T("board.no_year")
		}
		return v.Show("board-year.html", f, data)
	}
	earlier := ""
	if from, till, ok := x.Earlier(); ok {
		earlier = periodText(v, from, till)
	}
	for _, part := range report.BoardParts() {
		if one, ok := partOf(v, x, part, earlier, ar); ok {
			data.Parts = append(data.Parts, one)
		}
	}
	data.Figures = keyFigures(v, x, year)
	data.Order = v.OrderForm(&f, data.Title, "")
	return v.Show("board-year.html", f, data)
}

func unitsText(v *visit.Visit, x *app.Paper) string {
	if len(x.Units) == 1 {
		return x.Units[0].Name
	}
	return v.Text.T("board.all_units")
}

// partOf shows the first figure of a part, and what was written beside any of the part's.
func partOf(v *visit.Visit, x *app.Paper, part, earlier, year string) (YearPart, bool) {
	tables := report.BoardTables(part)
	s, ok := report.Show(x.Release, tables[0], v.Text)
	if !ok {
		return YearPart{}, false
	}
	one := YearPart{Shown: s, Part: part, Question: v.Text.T("board.part_" + part), Change: report.Changed(x.Release, tables[0], earlier, v.Text), Address: figures + tables[0] + "?ar=" + year}
	if part == report.BoardParts()[0] && x.Cases.IsNumber() {
		one.Number = v.Text.Int(x.Cases.Int())
	}
	today := visit.ISODay(v.App.Now())
	for _, n := range x.Thoughts {
		for _, id := range tables {
			if u, err := url.Parse(n.About); err == nil && strings.HasSuffix(u.Path, "/"+id) {
				one.Thoughts = append(one.Thoughts, Thought{n.Text, thoughtWhen(v, n.Person, n.Made, n.Again), n.DueOn(today)})
			}
		}
	}
	return one, true
}

// keyFigures shows what has been returned for the year and the year before. It cannot hold 1-4.
func keyFigures(v *visit.Visit, x *app.Paper, year int) *page.Table {
	if !v.By().AllUnits {
		return nil
	}
	p := v.Text
	t := &page.Table{Caption: p.T("board.part_nyckeltal"), Hidden: true, Head: []page.Head{{Text: p.T("board.figure")},
		{Text: p.T("board.figure_count", "ar", strconv.Itoa(year)), Number: true}, {Text: p.T("board.figure_count", "ar", strconv.Itoa(year-1)), Number: true}}}
	for i, figure := range app.YearFigures() {
		row := page.Row{{Text: p.T("indicator.figure_" + strconv.Itoa(int(figure)))}}
		for _, r := range x.Returned {
			text := p.T("indicator.not_returned")
			if r != nil {
				if n, ok := r.Counts[i].Number(); ok {
					text = p.Int(int64(n))
				} else if r.Counts[i].IsSecret() {
					text = p.T("indicator.secret")
				}
			}
			row = append(row, page.Cell{Text: text})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
