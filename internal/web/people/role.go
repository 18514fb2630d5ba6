package people

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/locale"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

const (
	rolesAddress   = HubAddress + "/roller"
	newRoleAddress = rolesAddress + "/ny"
)

// RolesPage is who has which role in the register.
type RolesPage struct {
	Owner string // whose page it is
	Title string
	Ended bool // those that have ended are shown, and no others
	Count string
	Rows  []RoleRow
	Pages Pages
}

// RoleRow is one role of somebody.
type RoleRow struct {
	Name, Login, Role, Unit, From, Last, Giver string

	Person, UnitID, RoleID, Since string // what a form says of it
	MayEnd                        bool
}

// rolesLength is how many roles stand on a page.
const rolesLength = 50

// Roles shows who has which role in the register.
func Roles(v *visit.Visit) error {
	all, _, err := v.App.CaseRoles(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	q := v.R.URL.Query()
	data := RolesPage{Owner: v.Owner(), Title: v.Text.T("people.roles"), Ended: q.Get("visa") == "avslutade"}
	all = slices.DeleteFunc(all, func(h app.Held) bool { return h.OverAt(v.App.Now()) != data.Ended })
	data.Count = v.Text.T("people.count_roles", "n", len(all))
	of := max(1, (len(all)+rolesLength-1)/rolesLength)
	now, _ := strconv.Atoi(q.Get("sida"))
	now = min(max(1, now), of) - 1
	for _, h := range all[now*rolesLength : min((now+1)*rolesLength, len(all))] {
		data.Rows = append(data.Rows, rowOf(v, h, data.Ended))
	}
	data.Pages = pagesOf(v.Text, rolesAddress, q, now, of)
	f := v.Frame(data.Title)
	done(v, &f, "roll", "roll_av")
	lately, err := v.App.Interventions(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	for _, x := range lately {
		f.Messages = append(f.Messages, page.Message{Kind: page.Warning, Text: v.Text.T("trust.did_"+string(x.Act), "dag", dateOf(v, x.At), "tid", clockOf(v, x.At), "vem", x.By, "person", x.Person)})
	}
	return v.Show("people-roles.html", f, data)
}

func rowOf(v *visit.Visit, h app.Held, ended bool) RoleRow {
	p := v.Text
	unit := h.UnitName
	if h.Unit == "" {
		unit = p.T("people.all_units")
	}
	return RoleRow{Name: h.PersonName, Login: h.Login, Role: p.T("role." + string(h.Role)), Unit: unit, From: dateOf(v, h.From), Last: endOf(v, h.Grant), Giver: givers(p, h),
		Person: h.Person, UnitID: h.Unit, RoleID: string(h.Role), Since: h.From.UTC().Format(time.RFC3339Nano), MayEnd: !ended}
}

// EndRole ends a role.
func EndRole(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	from, _ := time.Parse(time.RFC3339Nano, posted.Get("fran")) // what is no time is no role's
	err = v.App.EndRole(v.R.Context(), v.By(), access.Grant{Person: posted.Get("person"), Unit: posted.Get("enhet"), Role: access.Role(posted.Get("roll")), From: from})
	if err != nil {
		return err
	}
	return v.Redirect(rolesAddress + "?klart=roll_av")
}

// RolePage asks who is to have which role.
type RolePage struct {
	Owner string // whose page it is
	Title string
	Lines []Line
}

// NewRole asks who is to have which role.
func NewRole(v *visit.Visit) error {
	if v.By().May(access.GrantCase) {
		if err := v.App.Confirmed(v.By()); err != nil {
			return err // before anything is filled in
		}
	}
	return showRole(v, url.Values{}, nil)
}

func showRole(v *visit.Visit, posted url.Values, wrong map[string]string) error {
	_, units, err := v.App.CaseRoles(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	p := v.Text
	var where []Choice
	if v.By().AllUnits {
		where = append(where, Choice{Text: p.T("people.all_units")})
	}
	for _, u := range units {
		where = append(where, Choice{Value: u.ID, Text: u.Name})
	}
	login := lineOf(p, "inloggning", posted.Get("inloggning"), wrong)
	offers, err := v.App.Suggested(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	for _, x := range offers {
		login.Offers = append(login.Offers, Choice{Value: x.Login, Text: x.Name})
	}
	login.Hint, login.Max = p.T("people.hint_whom"), 200
	data := RolePage{Owner: v.Owner(), Title: p.T("people.role_new"), Lines: []Line{login, listLine(p, "roll", posted.Get("roll"), wrong, caseRoles(p)),
		listLine(p, "enhet", posted.Get("enhet"), wrong, where), dayLine(p, "fran", posted.Get("fran"), wrong), dayLine(p, "sista", posted.Get("sista"), wrong)}}
	f := asks(v, data.Title, data.Lines)
	return v.Show("people-role.html", f, data)
}

// caseRoles are the roles of a register.
func caseRoles(p *locale.Printer) (all []Choice) {
	for _, r := range access.Roles {
		if r.InRegister() {
			all = append(all, Choice{Value: string(r), Text: p.T("role." + string(r))})
		}
	}
	return all
}

// GiveRole gives somebody a role.
func GiveRole(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	wrong := map[string]string{}
	n := app.NewRole{Login: posted.Get("inloggning"), Role: access.Role(posted.Get("roll")), Unit: posted.Get("enhet"),
		From: readDay(v.Text, "fran", posted.Get("fran"), wrong), Last: readDay(v.Text, "sista", posted.Get("sista"), wrong)}
	if strings.TrimSpace(n.Login) == "" {
		wrong["inloggning"] = v.Text.T("people.login_missing")
	}
	if len(wrong) == 0 {
		err = v.App.GiveRole(v.R.Context(), v.By(), n)
	}
	at(v.Text, err, wrong, map[string]string{"people.no_such_login": "inloggning", "people.role_held": "roll", "people.no_unit": "enhet", "people.ends_before": "sista"})
	if len(wrong) > 0 {
		return showRole(v, posted, wrong)
	}
	if err != nil {
		return err
	}
	return v.Redirect(rolesAddress + "?klart=roll")
}
