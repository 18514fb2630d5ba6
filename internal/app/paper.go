package app

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/note"
	"foljsam/internal/place"
	"foljsam/internal/report"
	"foljsam/internal/store"
)

// PaperAsk is what a board's paper is asked to be. It is for publication unless somebody has
// chosen that it is internal.
type PaperAsk struct {
	ResultAsk
	Parts    []string // of report.BoardParts; none: all
	Thoughts bool     // with what was written beside the figures
}

// Paper is the figures of a board's paper, and what was written beside them.
type Paper struct {
	*Results
	Parts    []string
	Chosen   []place.Unit // none: all that the actor may see
	Thoughts []note.Note
	Returned [2]*Returned // key figures: of the year, and of the year before; nil: not returned
}

// Paper gives what a paper holds, for who makes papers. Nothing has left by that.
func (a *App) Paper(ctx context.Context, by access.Actor, ask PaperAsk) (*Paper, error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	if !by.May(access.MakePaper) {
		return nil, a.refused(ctx, r, by, "", fault.New(fault.Refused, "access.refused"))
	}
	return a.paper(ctx, by, ask)
}

func (a *App) paper(ctx context.Context, by access.Actor, ask PaperAsk) (*Paper, error) {
	for _, part := range ask.Parts {
		if !slices.Contains(report.BoardParts(), part) {
			return nil, fault.New(fault.Usage, "board.no_part")
		}
	}
	x, err := a.Results(ctx, by, ask.ResultAsk, report.BoardTables(ask.Parts...)...)
	if err != nil {
		return nil, err
	}
	p := &Paper{Results: x, Parts: ask.Parts}
	if len(ask.units()) > 0 {
		p.Chosen = x.chosenUnits()
	}
	if ask.Thoughts {
		err = a.addThoughts(ctx, by, p)
	}
	return p, err
}

// addThoughts takes what was written beside the paper's figures of the paper's units.
func (a *App) addThoughts(ctx context.Context, by access.Actor, p *Paper) error {
	_, thoughts, err := a.Notes(ctx, by)
	tables, units := report.BoardTables(p.Parts...), p.Ask.units()
	for _, n := range thoughts {
		u, bad := url.Parse(n.About)
		if bad != nil || !slices.Contains(tables, u.Path[strings.LastIndex(u.Path, "/")+1:]) {
			continue
		}
		if p.Ask.Public && u.Query().Has("dar") { // of some of the cases only, maybe a few
			continue
		}
		if year := u.Query().Get("ar"); year != "" && !p.Ask.From.IsZero() && year != p.Ask.From.Format("2006") {
			continue
		}
		if len(units) == 0 || n.Unit == "" || slices.Contains(units, n.Unit) {
			p.Thoughts = append(p.Thoughts, n)
		}
	}
	return err
}

// Year gives a year in the figures that a paper has, as they are inside the house, with what was
// written beside them and the key figures that have been returned.
func (a *App) Year(ctx context.Context, by access.Actor, year int) (*Paper, error) {
	ask := PaperAsk{Thoughts: true}
	ask.From, ask.Till = dayOf(year, 1, 1).Time(), dayOf(year, 12, 31).Time()
	p, err := a.paper(ctx, by, ask)
	if err != nil || !by.AllUnits {
		return p, err
	}
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	return p, r.Read(ctx, func(t *store.Tx) error {
		all, err := t.FigureReturns()
		for i, y := range []int{year, year - 1} {
			if at := slices.IndexFunc(all, func(x store.FigureReturn) bool { return x.Year == y }); err == nil && at >= 0 {
				p.Returned[i] = &Returned{FigureReturn: all[at]}
			}
		}
		return err
	})
}

// YearFigures lists the key figures, for pages.
func YearFigures() []indicator.Figure { return indicator.Figures[:] }

// YearToShow gives the year that is shown where nobody asks for another: the last whole one; 0
// where there is no case.
func (a *App) YearToShow(ctx context.Context, by access.Actor) (int, error) {
	x, err := a.askResults(ctx, by, ResultAsk{})
	if err != nil || len(x.Years) == 0 {
		return 0, err
	}
	return lastWhole(x.Years, a.now()), nil
}

// PaperChoices gives what a paper can be of, for who makes papers: the year that is shown first (0:
// there is no case), all years with cases, and the units.
func (a *App) PaperChoices(ctx context.Context, by access.Actor) (year int, years []int, units []place.Unit, err error) {
	if !by.May(access.MakePaper) {
		return 0, nil, nil, fault.New(fault.Refused, "access.refused")
	}
	x, err := a.askResults(ctx, by, ResultAsk{})
	if err != nil || len(x.Years) == 0 {
		return 0, nil, nil, err
	}
	return lastWhole(x.Years, a.now()), x.Years, x.Units, nil
}

// TookPaper logs that a paper could leave the house: for whom it is, and in which form.
func (a *App) TookPaper(ctx context.Context, by access.Actor, p *Paper, form string) error {
	r, err := a.register(ctx, by)
	if err != nil {
		return err
	}
	to := "internt"
	if p.Ask.Public {
		to = "publicering"
	}
	return r.Write(ctx, func(t *store.Tx) error {
		l := a.line(by, audit.TookPaper, "")
		l.Fields = []string{to, form}
		t.Audit(l)
		return nil
	})
}
