package indicator

import (
	"strconv"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// returned tells how far the year's return has got, and what there is to do about it.
func (x *YearPage) returned(v *visit.Visit, f *app.Figures) {
	p, own := v.Text, app.FiguresAsk{Year: f.Year, Area: f.Area}
	x.Return, x.Do = at(f.FiguresAsk, "/skicka", nil), p.T("indicator.go_return")
	s := f.Standing(f.Year)
	x.Done = s != nil && !s.Waits()
	if f.Nation && !x.Done && f.Deadline != record.NoDay {
		x.Deadline = p.T("indicator.deadline", "dag", page.Date(p, f.Deadline.Time()))
	}
	if s == nil || len(f.Returned) == 0 {
		x.State, x.Told = p.T("indicator.stand_inget"), p.T("indicator.state_none")
		return
	}
	x.State, x.Evidence = p.T("indicator.stand_"+string(s.State)), at(own, "/underlag", nil)
	for _, r := range f.Returned { // the last first
		if told := told(v, r); r.Edition == s.Last.Edition || r.ID == s.Sent.ID {
			x.Told = strings.TrimSpace(told + " " + x.Told)
		}
	}
	if s.Last.Sent.At.IsZero() {
		x.Send = x.Evidence + "#skicka"
	}
	if x.Done {
		x.Do = p.T("indicator.go_again")
	}
	x.Wrong = correctionOf(v, s)
	if s.State == app.FigureLeft {
		x.Left, x.Wrong = x.Wrong, nil
	}
	if x.Wrong != nil {
		x.Return = at(app.FiguresAsk{Year: f.Year, Area: f.Area, Reading: f.Returned[0].Reading}, "/skicka", nil)
		x.Do = p.T("indicator.go_new")
		if s.State == app.FigureWrong {
			x.Do = p.T("indicator.go_correct")
		}
	}
}

// told says by whom and when an edition was settled or sent.
func told(v *visit.Visit, r app.Returned) string {
	if r.Sent.At.IsZero() {
		return v.Text.T("indicator.state_settled", "utgava", r.Edition, "tid", v.When(r.At), "namn", r.PersonName)
	}
	return v.Text.T("indicator.state_sent", "utgava", r.Edition, "tid", v.When(r.Sent.At), "namn", r.SentBy)
}

// correctionOf says which key figures the register says something else of than a return does; nil
// where it says the same. A mark stays a mark.
func correctionOf(v *visit.Visit, s *app.FigureStanding) *Correction {
	if len(s.Differs) == 0 {
		return nil
	}
	p, edition := v.Text, s.Last.Edition
	x := &Correction{Title: p.T("indicator.stale", "ar", strconv.Itoa(s.Year)), Text: p.T("indicator.stale_text")}
	then := p.T("indicator.stale_then", "utgava", edition)
	if s.State == app.FigureWrong || s.State == app.FigureLeft {
		edition = s.Sent.Edition
		x.Title, x.Text, then = p.T("indicator.wrong", "ar", strconv.Itoa(s.Year)), p.T("indicator.wrong_text"), p.T("indicator.wrong_then", "utgava", edition)
		if s.Last.ID != s.Sent.ID {
			x.Text = p.T("indicator.wrong_settled", "utgava", s.Last.Edition)
		}
	}
	if s.Last.ID == s.Sent.ID {
		x.Accept = formOf(v, app.FiguresAsk{Year: s.Year, Area: s.Area}, x.Title, s.Warning, app.WrongReasons)
	}
	x.Counts = page.Table{Caption: x.Title, Hidden: true, Head: []page.Head{{Text: p.T("indicator.figure")}, {Text: then, Number: true}, {Text: p.T("indicator.wrong_now"), Number: true}}}
	for _, d := range s.Differs {
		x.Counts.Rows = append(x.Counts.Rows, page.Row{{Text: strconv.Itoa(int(d.Figure)) + ". " + figureName(v, d.Figure)}, {Text: leaves(v, d.Then)}, {Text: leaves(v, d.Now)}})
	}
	return x
}

// others lists the other years of the area, and leads to those of any area that wait.
func (x *YearPage) others(v *visit.Visit, f *app.Figures) {
	p := v.Text
	x.Others = page.Table{Caption: p.T("indicator.other_years"), Hidden: true, Empty: p.T("indicator.other_none"), Head: []page.Head{{Text: p.T("indicator.year")}, {Text: p.T("indicator.stand")},
		{Text: p.T("indicator.settled")}, {Text: p.T("indicator.sent")}, {Text: p.T("indicator.evidence")}}}
	for _, r := range f.Others {
		own := app.FiguresAsk{Year: r.Year, Area: f.Area}
		stand := ""
		if s := f.Standing(r.Year); s != nil {
			stand = p.T("indicator.stand_" + string(s.State))
		}
		x.Others.Rows = append(x.Others.Rows, page.Row{{Text: strconv.Itoa(r.Year), Address: at(own, "", nil)}, {Text: stand}, {Text: v.When(r.At)}, {Text: sentWhen(v, r)},
			{Text: p.T("indicator.evidence_of", "ar", strconv.Itoa(r.Year)), Address: at(own, "/underlag", nil)}})
	}
	for _, s := range f.Stands {
		if !s.Waits() || s.Year == f.Year && s.Area == f.Area {
			continue
		}
		x.Elsewhere = append(x.Elsewhere, page.Link{Address: at(app.FiguresAsk{Year: s.Year, Area: s.Area}, "", nil),
			Text: p.T("indicator.waits", "ar", strconv.Itoa(s.Year), "plats", place.NameOf(s.Area), "lage", p.T("indicator.stand_"+string(s.State)))})
	}
}

func sentWhen(v *visit.Visit, r app.Returned) string {
	if r.Sent.At.IsZero() {
		return v.Text.T("indicator.not_sent")
	}
	return v.When(r.Sent.At)
}
