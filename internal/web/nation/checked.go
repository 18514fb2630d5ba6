package nation

import (
	"net/http"
	"strconv"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/web/visit"
)

// addOdd puts a unit with something odd among those to ask, or among those somebody has looked at.
func (x *BoardPage) addOdd(v *visit.Visit, r app.BoardRow, year int) {
	p := v.Text
	o := OddUnit{Name: r.Name, Address: formAddress(r.Unit, year), Why: oddTexts(p, r.Odd), Checks: []Fact{{"enhet", r.Unit}, {"sett", r.Warning.State}, {"version", strconv.Itoa(r.Version)}}}
	if r.Accepted != nil {
		o.Said = p.T("nation.checked_by", "skal", p.T("nation.checked_"+r.Accepted.Reason), "namn", r.Accepted.PersonName, "dag", v.Date(r.Accepted.At))
		x.Checked = append(x.Checked, o)
		return
	}
	for _, reason := range app.CheckReasons {
		o.Reasons = append(o.Reasons, Choice{Value: string(reason), Text: p.T("nation.checked_" + string(reason))})
	}
	x.Odd = append(x.Odd, o)
}

// Check notes that what is odd in a unit's return is so, or takes that back.
func Check(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	year, err := yearIn(v)
	if err != nil {
		return err
	}
	k := app.FigureAccept{State: posted.Get("sett"), Version: number(posted, "version", 0), Reason: app.AcceptReason(posted.Get("skal"))}
	done := "kontrollerat"
	switch {
	case posted.Get("gor") == "tillbaka":
		k.Reason, done = app.TakenBack, "att_titta_pa"
	case k.Reason == app.TakenBack:
		k.Reason = "-" // none of those that can be chosen
	}
	switch err := v.App.CheckOdd(v.R.Context(), v.By(), year, posted.Get("enhet"), k); {
	case err == nil:
		return v.Redirect(boardAddress(year) + "?klart=" + done + "#udda")
	case fault.KindOf(err) == fault.Conflict || fault.KindOf(err) == fault.Invalid:
		return showBoard(v, posted, map[string]string{oddFault: v.Text.Error(err)})
	default:
		return err
	}
}

// oddFault is where what is wrong with an answer about something odd is said.
const oddFault = "udda"

// faultAt is a fault of the board that is at no field.
func (x *BoardPage) faultAt(wrong map[string]string) (id, text string, status int) {
	if text := wrong[oddFault]; text != "" {
		return oddFault, text, http.StatusConflict
	}
	return "publicera", wrong[""], http.StatusUnprocessableEntity
}
