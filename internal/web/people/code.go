package people

import (
	"net/url"

	"foljsam/internal/app"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// WaitingCode is a one-time code that resets somebody's sign-in, and waits for a second person.
type WaitingCode struct {
	Person, Name, About string
	How                 string // what the reader should know before they say yes
	MayConfirm, MayStop bool
}

// waitingCodes gives the codes that wait, as one reader sees them.
func waitingCodes(v *visit.Visit) (all []WaitingCode, err error) {
	codes, err := v.App.CodesWaiting(v.R.Context(), v.By())
	p := v.Text
	for _, c := range codes {
		w := WaitingCode{Person: c.Person, Name: c.Name, MayConfirm: c.MayConfirm, MayStop: c.MayStop,
			About: p.T("people.made_by", "dag", v.When(c.Made), "vem", c.Maker) + ". " + p.T("people.waits_till", "dag", dateOf(v, c.Ends))}
		switch {
		case !c.Works.IsZero():
			w.How = p.T("trust.works_from", "vem", c.Confirmer, "dag", v.Date(c.Works), "tid", v.Clock(c.Works))
		case !c.MayConfirm:
			w.How = p.T("people.other_must")
		case c.Slow:
			w.How = p.T("trust.confirm_how") + " " + p.T("trust.confirm_slow")
		default:
			w.How = p.T("trust.confirm_how")
		}
		all = append(all, w)
	}
	return all, err
}

// answerCode confirms or stops a code.
func answerCode(v *visit.Visit, posted url.Values) error {
	yes := posted.Get("svar") == "bekrafta"
	if err := v.App.AnswerCode(v.R.Context(), v.By(), posted.Get("kod"), yes); err != nil {
		return err
	}
	if yes {
		return v.Redirect(proposalsAddress + "?klart=kod")
	}
	return v.Redirect(proposalsAddress + "?klart=kod_stoppad")
}

// WaitingEnd is that a register's last coordinator is to sign in no more.
type WaitingEnd struct{ Person, Name, About string }

func waitingEnds(v *visit.Visit) (all []WaitingEnd, err error) {
	ends, err := v.App.AnnouncedEnds(v.R.Context(), v.By())
	for _, x := range ends {
		all = append(all, WaitingEnd{x.Person, x.Name, v.Text.T("trust.end_told", "vem", x.By, "person", x.Name, "dag", v.Date(x.From), "tid", v.Clock(x.From))})
	}
	return all, err
}

func stopEnd(v *visit.Visit, person string) error {
	if err := v.App.StopEnd(v.R.Context(), v.By(), person); err != nil {
		return err
	}
	return v.Redirect(proposalsAddress + "?klart=avslut_stoppat")
}

// takes says what a new code for somebody takes before it works.
func takes(v *visit.Visit, x *app.PersonView) string {
	if x.Takes == app.CodeFree {
		return ""
	}
	return v.Text.T("trust.takes_"+string(x.Takes), "n", app.StandingDays)
}

// codesWait tells of the codes that wait for the reader.
func codesWait(v *visit.Visit, f *page.Frame, n int) {
	if n > 0 {
		f.Messages = append(f.Messages, page.Message{Kind: page.Info, Text: v.Text.T("trust.codes_wait", "n", n), Link: &page.Link{Address: proposalsAddress, Text: v.Text.T("trust.codes_see")}})
	}
}
