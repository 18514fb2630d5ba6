package people

import (
	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// Step is one thing to put in order on the first day.
type Step struct {
	Key     string // of its words: Key, and Key_text
	Address string
	Known   bool   // whether it is done can be told
	Done    bool   // it is
	Switch  string // the role to change to first, as a form says it; empty: none
	Role    string // what that role, or the one that is lacking, is called; empty: any will do
}

// FirstDayPage is what to put in order before the register is used for good.
type FirstDayPage struct {
	Owner string // whose page it is
	Title string
	First []Step
}

// FirstDay shows what to put in order first: after the first run, and for whoever may
// administer the installation.
func FirstDay(v *visit.Visit) error {
	d, err := v.App.FirstDay(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("people.first_day"))
	if v.R.URL.Query().Has("valkommen") {
		f.Messages = append(f.Messages, page.Message{Kind: page.Done, Title: v.Text.T("work.welcome"), Text: v.Text.T("people.first_day_welcome")})
	}
	return v.Show("people-first-day.html", f, FirstDayPage{Owner: v.Owner(), Title: f.Title, First: stepsOf(v, d)})
}

// firstSteps gives the steps where somebody who may administer the installation looks and
// something is left to do; none otherwise.
func firstSteps(v *visit.Visit) ([]Step, error) {
	d, err := v.App.FirstDay(v.R.Context(), v.By())
	if err != nil && fault.KindOf(err) == fault.Refused {
		return nil, nil
	}
	if err != nil || d.Done() {
		return nil, err
	}
	return stepsOf(v, d), nil
}

func stepsOf(v *visit.Visit, d app.FirstDay) []Step {
	return []Step{
		{Key: "people.first_second", Address: "/konto", Known: true, Done: d.Second},
		as(v, access.Administrator, Step{Key: "people.first_people", Address: PeopleAddress + "/ny", Known: true, Done: d.People}),
		as(v, access.Administrator, Step{Key: "people.first_another", Address: PeopleAddress, Known: true, Done: d.Another}),
		as(v, access.Administrator, Step{Key: "people.first_holders", Address: "/hantera/nycklar", Known: true, Done: d.Holders}),
		as(v, access.Administrator, Step{Key: "people.first_backup", Address: "/drift", Known: true, Done: d.Backup}),
		as(v, access.Coordinator, Step{Key: "people.first_units", Address: unitsAddress}),
	}
}

// as says which role a step takes, and how to change to it where somebody acts under another.
func as(v *visit.Visit, role access.Role, s Step) Step {
	if v.Who.Role == role {
		return s
	}
	s.Role = v.Text.T("role." + string(role))
	for _, r := range v.Who.Roles {
		if r.Role == role && (s.Switch == "" || r.Register == v.Who.Register) {
			s.Switch = string(r.Role) + page.RoleCut + r.Register
		}
	}
	return s
}
