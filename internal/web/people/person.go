package people

import (
	"net/url"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/locale"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// NewPage asks whom to add.
type NewPage struct {
	Owner string // whose page it is
	Title string
	Lines []Line
	Days  int // how long the code can be used
}

// New asks whom to add. Nothing of theirs is asked for but what they sign in with.
func New(v *visit.Visit) error {
	if _, err := v.App.People(v.R.Context(), v.By(), app.PeopleFilter{}); err != nil {
		return err // only somebody who sees the list
	}
	if err := v.App.Confirmed(v.By()); err != nil {
		return err // before anything is filled in
	}
	return showNew(v, url.Values{}, nil)
}

func showNew(v *visit.Visit, posted url.Values, wrong map[string]string) error {
	data := NewPage{Owner: v.Owner(), Title: v.Text.T("people.new"), Days: app.CodeDays}
	languages := []Choice{{Text: v.Text.T("people.language_any")}}
	for _, l := range locale.Staff {
		languages = append(languages, Choice{Value: string(l), Text: locale.For(l).T("page.language_name")})
	}
	login := lineOf(v.Text, "inloggning", posted.Get("inloggning"), wrong)
	login.Max = 200
	data.Lines = []Line{lineOf(v.Text, "namn", posted.Get("namn"), wrong), login, listLine(v.Text, "sprak", posted.Get("sprak"), wrong, languages)}
	return v.Show("people-new.html", asks(v, data.Title, data.Lines), data)
}

// CodePage shows a one-time code, once.
type CodePage struct {
	Title   string
	Name    string
	Login   string
	Code    string
	Days    int
	Welcome string // where the person sets a password, in full: it is read out
	Address string // of the person
	Waits   bool   // it works when somebody else has confirmed it
}

// Add adds somebody, and shows the code that they begin with.
func Add(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	n := app.NewPerson{Login: posted.Get("inloggning"), Name: posted.Get("namn")}
	if l, ok := locale.Parse(posted.Get("sprak")); ok {
		n.Language = string(l)
	}
	id, code, err := v.App.AddPerson(v.R.Context(), v.By(), n)
	wrong := map[string]string{}
	at(v.Text, err, wrong, map[string]string{"people.login_missing": "inloggning", "app.login_long": "inloggning", "store.login_taken": "inloggning", "people.name_missing": "namn", "people.name_long": "namn", "store.text": "namn"})
	if len(wrong) > 0 {
		return showNew(v, posted, wrong)
	}
	if err != nil {
		return err
	}
	return showCode(v, id, code)
}

func showCode(v *visit.Visit, id, code string) error {
	x, err := v.App.Person(v.R.Context(), v.By(), id)
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("people.code"))
	f.Address, v.Once = personAddress(id), true
	return v.Show("people-code.html", f, CodePage{Title: f.Title, Name: x.Name, Login: x.Login, Code: code, Days: app.CodeDays, Welcome: origin(v) + "/valkommen", Address: f.Address, Waits: x.Waits})
}

// origin is the address that the installation is reached at: its public name where one is
// set, else the name that whoever asks used.
func origin(v *visit.Visit) string {
	if public := v.App.Public(); public != "" {
		return public
	}
	if v.Secure {
		return "https://" + v.R.Host
	}
	return "http://" + v.R.Host
}

// NewCode gives somebody who has forgotten their password a new code, and shows it.
func NewCode(v *visit.Visit) error {
	id := v.R.PathValue("person")
	code, err := v.App.GiveCode(v.R.Context(), v.By(), id)
	if err != nil {
		return err
	}
	return showCode(v, id, code)
}

// PersonPage is what an administrator sees of somebody.
type PersonPage struct {
	Owner     string // whose page it is
	Title     string
	Address   string
	Login     string
	State     string // whether they can sign in
	Gone      bool
	Self      bool
	Admin     bool
	Name      Line
	Takes     string // what a new code takes; empty: nothing
	NoCode    bool   // none is given yet
	Last      bool   // a register's last coordinator: the end is announced first
	Ends      string // when the login can be ended that was announced
	Days      int    // how long that is
	Roles     page.Table
	Sessions  []SessionLine
	Proposed  []string // what waits for somebody's yes
	Registers []Choice // that a coordinator can be proposed for
}

// SessionLine is one session in a list.
type SessionLine struct {
	Mark string // how its hash begins
	Text string
}

// Person shows somebody.
func Person(v *visit.Visit) error {
	return showPerson(v, v.R.PathValue("person"), nil, "")
}

func showPerson(v *visit.Visit, id string, wrong map[string]string, name string) error {
	x, err := v.App.Person(v.R.Context(), v.By(), id)
	if err != nil {
		return err
	}
	if wrong == nil {
		name = x.Name
	}
	data := PersonPage{Owner: v.Owner(), Title: x.Name, Address: personAddress(x.ID), Login: x.Login, State: stateOf(v, x), Gone: x.EndedAt(v.App.Now()),
		Self: x.Self, Admin: x.Admin, Name: lineOf(v.Text, "namn", name, wrong), Roles: roleTable(v, x.Roles),
		Takes: takes(v, x), NoCode: x.Takes == app.CodeEnded, Last: x.Last && (x.Ends.IsZero() || v.App.Now().Before(x.Ends)), Days: app.StandingDays}
	if data.Last && !x.Ends.IsZero() {
		data.Ends = v.When(x.Ends)
	}
	for _, s := range x.Sessions {
		data.Sessions = append(data.Sessions, SessionLine{s.Hash[:min(16, len(s.Hash))], sessionText(v, s)})
	}
	for _, p := range x.Proposed {
		data.Proposed = append(data.Proposed, v.Text.T("people.proposed_already_page", "register", p.RegisterName, "dag", dateOf(v, p.Made), "vem", p.Maker))
	}
	for _, r := range x.Registers {
		data.Registers = append(data.Registers, Choice{Value: r.ID, Text: r.Name})
	}
	f := asks(v, data.Title, []Line{data.Name})
	f.Address = data.Address
	done(v, &f, "namn", "session", "administrator", "administrator_av", "forslag", "slutade", "annonserat")
	return v.Show("people-person.html", f, data)
}

func stateOf(v *visit.Visit, x *app.PersonView) string {
	p := v.Text
	switch {
	case x.EndedAt(v.App.Now()):
		return p.T("people.state_left", "dag", dateOf(v, x.Ended))
	case x.Code != nil && !v.App.Now().Before(x.Code.Ends):
		return p.T("people.state_code_old", "dag", dateOf(v, x.Code.Ends))
	case x.Code != nil && x.Waits:
		return p.T("trust.state_waits", "dag", dateOf(v, x.Code.Ends))
	case x.Code != nil:
		return p.T("people.state_code", "dag", dateOf(v, x.Code.Ends))
	case !x.HasPassword:
		return p.T("people.state_none")
	}
	return p.T("people.state_in")
}

func sessionText(v *visit.Visit, s access.Session) string {
	p := v.Text
	how := p.T("people.how_other")
	if key := "people.how_" + s.How; s.How != "" && p.Has(key) {
		how = p.T(key)
	}
	return p.T("people.session", "dag", dateOf(v, s.Created), "tid", clockOf(v, s.Created), "senast", clockOf(v, s.Seen), "hur", how, "roll", p.T("role."+string(s.Role)))
}

func roleTable(v *visit.Visit, all []app.Held) page.Table {
	p := v.Text
	t := page.Table{Caption: p.T("people.roles_word"), Hidden: true, Empty: p.T("people.no_role"),
		Head: []page.Head{{Text: p.T("people.role")}, {Text: p.T("people.register")}, {Text: p.T("people.from")}, {Text: p.T("people.last")}, {Text: p.T("people.given_by")}}}
	for _, h := range all {
		t.Rows = append(t.Rows, page.Row{{Text: p.T("role." + string(h.Role))}, {Text: h.RegisterName, Written: true}, {Text: dateOf(v, h.From)}, {Text: endOf(v, h.Grant)}, {Text: givers(p, h)}})
	}
	return t
}

// endOf says when a role ends or ended, to the minute where it was ended by hand.
func endOf(v *visit.Visit, g access.Grant) string {
	if g.OverAt(v.App.Now()) {
		return v.Text.T("people.role_over", "dag", dateOf(v, g.Till))
	}
	if g.Till.IsZero() {
		return v.Text.T("people.still")
	}
	return day(v.Text, app.LastDay(g.Till))
}

func givers(p *locale.Printer, h app.Held) string {
	if h.Approver != "" {
		return p.T("people.proposed_approved", "vem", h.Giver, "av", h.Approver)
	}
	if h.GivenBy == "" {
		return p.T("people.at_start") // the program gave it to whoever began
	}
	return h.Giver
}

// then leads back to somebody, and says what was done.
func then(v *visit.Visit, err error, what string) error {
	if err != nil {
		return err
	}
	return v.Redirect(personAddress(v.R.PathValue("person")) + "?klart=" + what)
}

// Rename changes what somebody is called.
func Rename(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	id, name := v.R.PathValue("person"), posted.Get("namn")
	err = v.App.RenamePerson(v.R.Context(), v.By(), id, name)
	wrong := map[string]string{}
	at(v.Text, err, wrong, map[string]string{"people.name_missing": "namn", "people.name_long": "namn", "store.text": "namn"})
	if len(wrong) > 0 {
		return showPerson(v, id, wrong, name)
	}
	return then(v, err, "namn")
}

// End lets somebody sign in no more, or announces that.
func End(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	if posted.Has("annonsera") {
		return then(v, v.App.AnnounceEnd(v.R.Context(), v.By(), v.R.PathValue("person")), "annonserat")
	}
	return then(v, v.App.EndPerson(v.R.Context(), v.By(), v.R.PathValue("person")), "slutade")
}

// EndSessions ends one of somebody's sessions, or all; and takes away their second step where
// that is asked.
func EndSessions(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	if posted.Has("steg") {
		return then(v, v.App.ResetSecondFactor(v.R.Context(), v.By(), v.R.PathValue("person")), "session")
	}
	return then(v, v.App.EndSessionsOf(v.R.Context(), v.By(), v.R.PathValue("person"), posted.Get("session")), "session")
}

// Administrator gives somebody the administrator's role, or takes it.
func Administrator(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	id := v.R.PathValue("person")
	if posted.Get("svar") == "av" {
		return then(v, v.App.EndAdministrator(v.R.Context(), v.By(), id), "administrator_av")
	}
	return then(v, v.App.GiveAdministrator(v.R.Context(), v.By(), id), "administrator")
}

// Propose asks for somebody to become coordinator.
func Propose(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	return then(v, v.App.ProposeCoordinator(v.R.Context(), v.By(), v.R.PathValue("person"), posted.Get("register")), "forslag")
}
