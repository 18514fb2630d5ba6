package indicator

import (
	"net/http"
	"net/url"
	"strconv"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// AcceptForm lets a warning stand with one of a few reasons, or takes that back.
type AcceptForm struct {
	Owner   string // whose page it is
	Address string
	Name    string // what the form is for, to who cannot see what stands beside it
	Hidden  []Fact
	Said    string   // why it stands, and who said so; empty: it is a warning
	Reasons []Option // of which one is chosen
}

// formOf makes the form for a warning.
func formOf(v *visit.Visit, ask app.FiguresAsk, name string, w app.Warning, reasons []app.AcceptReason) *AcceptForm {
	p := v.Text
	x := &AcceptForm{Owner: v.Owner(), Address: at(ask, "/godta", nil), Name: name, Hidden: []Fact{{"om", w.About}, {"sett", w.State}, {"version", strconv.Itoa(w.Version)}}}
	if w.Accepted != nil {
		x.Said = p.T("indicator.accepted_by", "skal", p.T("indicator.accept_"+w.Accepted.Reason), "namn", w.Accepted.PersonName, "tid", v.When(w.Accepted.At))
		return x
	}
	for _, r := range reasons {
		x.Reasons = append(x.Reasons, Option{Value: string(r), Text: p.T("indicator.accept_" + string(r))})
	}
	return x
}

// Accept lets a warning stand, or takes that back.
func Accept(v *visit.Visit) error {
	ask, posted, err := postedYear(v)
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(posted.Get("version")) // 0: nothing was said of it
	k := app.FigureAccept{FiguresAsk: ask, About: posted.Get("om"), State: posted.Get("sett"), Version: version, Reason: app.AcceptReason(posted.Get("skal"))}
	done := "godtagen"
	switch {
	case posted.Get("gor") == "tillbaka":
		k.Reason, done = app.TakenBack, "varning"
	case k.Reason == app.TakenBack:
		return year(v, fault.New(fault.Invalid, "indicator.choose_reason"))
	}
	err = v.App.AcceptFigure(v.R.Context(), v.By(), k)
	switch kind := fault.KindOf(err); {
	case err == nil:
		return v.Redirect(at(ask, "", url.Values{"gjort": {done}}))
	case kind == fault.Invalid || kind == fault.Conflict:
		return year(v, err)
	}
	return err
}

// tell puts what was just done, or what was wrong, on the year's page.
func (x *YearPage) tell(v *visit.Visit, f *page.Frame, wrong error) {
	p := v.Text
	if wrong != nil {
		id := ""
		switch {
		case x.Wrong != nil && v.R.PostFormValue("om") == "rattelse":
			id = "rattelse"
		case len(x.Odd)+len(x.Accepted) > 0:
			id = "se-efter"
		}
		f.Status, f.Faults = http.StatusUnprocessableEntity, []page.Fault{{ID: id, Text: p.Error(wrong)}}
		if fault.KindOf(wrong) == fault.Conflict {
			f.Status = http.StatusConflict
		}
		return
	}
	if key, ok := map[string]string{"enheter": "indicator.units_saved", "godtagen": "indicator.accepted", "varning": "indicator.taken_back"}[v.R.URL.Query().Get("gjort")]; ok {
		f.Messages = append(f.Messages, page.Message{Kind: page.Done, Text: p.T(key)})
	}
}
