package result

import (
	"html/template"
	"slices"
	"strconv"

	"foljsam/internal/app"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/report"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

const riskAddress = Address + "/risk"

// RiskPage is how repeated assessments of risk moved, instrument by instrument, with what stands
// beside.
type RiskPage struct {
	Title    string
	Filter   Filter
	Says     []string
	Moved    RiskTable
	Phases   RiskTable
	LeftOut  RiskTable
	Each     []RiskInstrument
	Facts    []Fact
	Marks    []Fact
	Files    []page.Link
	Overview string
	None     *page.Empty
	Kept     Notes

	Unassessed bool // no assessment at all
}

// RiskInstrument is one instrument's part of the page.
type RiskInstrument struct {
	ID, Name string
	Sentence string
	Help     string // what the codebook says of the instrument
	Tables   []RiskTable
}

// RiskTable is one table, drawn where that helps.
type RiskTable struct {
	ID, Title, Text string
	Wide, Narrow    template.HTML
	Notes           []string
	Table           page.Table
	Left            string // that rows of no case are left out
	Files           []page.Link
}

func risked(v *visit.Visit) (a app.ResultAsk, r *app.Risks, err error) {
	if a, err = ask(v); err == nil {
		r, err = v.App.Risk(v.R.Context(), v.By(), a)
	}
	return a, r, err
}

// Risk shows how repeated assessments moved.
func Risk(v *visit.Visit) error {
	a, r, err := risked(v)
	if err != nil {
		return err
	}
	p := v.Text
	f := frame(v, p.T("result.risk"))
	x := RiskPage{Title: f.Title, Filter: filterOf(v, riskAddress, r.Results), Says: says(v, r.Results), None: noCases(v, r.Results), Marks: marks(p), Overview: addressOf(Address, a, nil)}
	if x.None == nil {
		x.fill(v, r)
	}
	if x.Kept, err = notes(v, x.Title, r.Results); err != nil {
		return err
	}
	x.Kept.tell(v, &f)
	return v.Show("result-risk.html", f, x)
}

func (x *RiskPage) fill(v *visit.Visit, r *app.Risks) {
	p := v.Text
	x.Moved = x.table(v, r, r.Moved, "result.risk_moved_text", true)
	x.Moved.Table = movedTable(p, r.Moved, r.MovedShares)
	x.Moved.leaveOutEmpty(p, r.Moved)
	x.Phases = x.table(v, r, r.Phases, "result.risk_phases_text", true)
	x.Phases.Table = movedTable(p, r.Phases, r.PhaseShares)
	x.Phases.leaveOutEmpty(p, r.Phases)
	x.LeftOut = x.table(v, r, r.LeftOut, "result.risk_left_text", false)
	for _, e := range r.Each {
		x.Each = append(x.Each, x.instrument(v, r, e))
	}
	x.Facts = riskFacts(v, r)
	if x.Unassessed = len(x.LeftOut.Table.Rows) == 0; x.Unassessed {
		return
	}
	x.Files = []page.Link{{Address: addressOf(riskAddress+"/fil/"+r.Moved.ID()+"/xlsx", r.Ask, nil), Text: p.T("result.file_xlsx")}}
}

// table shows a table of counts; drawn as the report draws it.
func (x *RiskPage) table(v *visit.Visit, r *app.Risks, t *disclosure.Released, text string, drawn bool) RiskTable {
	p := v.Text
	s, _ := report.Show(r.Results.Release, t.ID(), p)
	one := RiskTable{ID: t.ID(), Title: t.Table().Title.In(p), Text: p.T(text), Files: fileLinks(v, riskAddress+"/fil/"+t.ID()+"/", r.Ask, nil)}
	if drawn {
		one.Wide, one.Narrow, one.Notes = s.Wide, s.Narrow, s.Notes
	}
	one.Table = grid(p, one.Title, t.Table(), func(i int) string { return written(p, t.Cell(0, i).Count) })
	one.Table.Hidden = true
	if drawn && !slices.ContainsFunc(basesOf(t), func(n disclosure.Value) bool { return !few(n) }) {
		one.Wide, one.Narrow, one.Notes = "", "", nil // a percent of so few is not said, and not drawn
	}
	if t.Table().BaseDims == 1 {
		one.Table.Head = append(one.Table.Head, page.Head{Text: p.T("result.risk_n"), Number: true})
		for i := range one.Table.Rows {
			one.Table.Rows[i] = append(one.Table.Rows[i], page.Cell{Text: written(p, t.BaseOf(0, t.Table().Index(i, 0)))})
		}
		one.leaveOutEmpty(p, t)
	}
	return one
}

// basesOf gives how many cases each row of a table is of.
func basesOf(t *disclosure.Released) (all []disclosure.Value) {
	for i := range t.Table().Dims[0].Cats {
		all = append(all, t.BaseOf(0, t.Table().Index(i, 0)))
	}
	return all
}

// leaveOutEmpty leaves out the rows of no case, and says so.
func (x *RiskTable) leaveOutEmpty(p *locale.Printer, t *disclosure.Released) {
	empty := func(n disclosure.Value) bool { return n.IsNumber() && n.Int() == 0 }
	bases := basesOf(t)
	if !slices.ContainsFunc(bases, empty) {
		return
	}
	var rows []page.Row
	for i, row := range x.Table.Rows {
		if !empty(bases[i]) {
			rows = append(rows, row)
		}
	}
	x.Table.Rows, x.Left = rows, p.T("result.risk_rows_left", "n", len(bases)-len(rows))
	if len(rows) == 0 {
		x.Files, x.Left = nil, p.T("result.risk_none_so")
	}
}

// movedTable is how many moved so, with the share's interval where there are cases enough.
func movedTable(p *locale.Printer, r *disclosure.Released, shares [][]disclosure.Estimate) page.Table {
	t := r.Table()
	g := grid(p, t.Title.In(p), t, func(i int) string {
		n := len(t.Dims[1].Cats)
		count, base := r.Cell(0, i).Count, r.BaseOf(0, i)
		if few(base) {
			return written(p, count)
		}
		return p.T("result.risk_count", "antal", written(p, count), "andel", spanText(p, shares[i/n][i%n], base))
	})
	g.Hidden = true
	g.Head = append(g.Head, page.Head{Text: p.T("result.risk_n"), Number: true})
	for i := range g.Rows {
		g.Rows[i] = append(g.Rows[i], page.Cell{Text: written(p, r.BaseOf(0, t.Index(i, 0)))})
	}
	return g
}

func (x *RiskPage) instrument(v *visit.Visit, r *app.Risks, e app.RiskInstrument) RiskInstrument {
	p, lang := v.Text, v.Text.Lang()
	one := RiskInstrument{ID: strconv.Itoa(e.Code.Code), Name: e.Code.Label.In(lang)}
	if help := e.Code.Help.In(lang); help != "" {
		one.Help = help + " " + p.T("result.risk_source", "kalla", e.Code.HelpSource.In(lang))
	}
	t := r.Moved.Table()
	of := func(k int) string { return written(p, r.Moved.Cell(0, t.Index(e.At, k)).Count) }
	one.Sentence = p.T("result.risk_sentence", "n", written(p, r.Moved.BaseOf(0, t.Index(e.At, 0))), "lagre", of(0), "lika", of(1), "hogre", of(2))
	for _, x2 := range []struct {
		t    *disclosure.Released
		text string
	}{{e.Levels, "result.risk_levels_text"}, {e.Account, "result.risk_account_text"}, {e.Support, "result.risk_support_text"}} {
		if x2.t != nil {
			one.Tables = append(one.Tables, x.table(v, r, x2.t, x2.text, false))
		}
	}
	return one
}

func riskFacts(v *visit.Visit, r *app.Risks) []Fact {
	p := v.Text
	facts := []Fact{}
	for _, key := range []string{"what", "pair", "version", "scale", "beside", "interval", "clients"} {
		facts = append(facts, Fact{p.T("result.risk_m_" + key), p.T("result.risk_m_" + key + "_text")})
	}
	risk := variableOf(r.Book, "risk")
	return append(facts, Fact{p.T("result.definition"), definitionOf(p, risk)},
		Fact{p.T("result.base"), p.T("result.risk_base")}, Fact{p.T("result.missing"), p.T("result.risk_missing")},
		Fact{p.T("result.unit"), r.UnitIn(p)}, Fact{p.T("result.period_word"), r.Ask.PeriodIn(p)}, Fact{p.T("result.filter"), r.ConditionsIn(p)},
		Fact{p.T("result.codebook"), codebookIn(p, r.Book)}, Fact{p.T("result.read"), v.When(r.Results.Release.About.Read[1])}, Fact{p.T("result.audience"), p.T("result.audience_text")})
}

// RiskFile sends one of the tables as a file.
func RiskFile(v *visit.Visit) error {
	_, r, err := risked(v)
	if err != nil {
		return err
	}
	id := v.R.PathValue("tabell")
	if r.Results.Release.Table("", id) == nil {
		return fault.New(fault.NotFound, "result.no_figure")
	}
	return sendFile(v, r.Results, id)
}
