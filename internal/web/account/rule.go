package account

import (
	"time"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// ProtectPage asks somebody to protect their sign-in with a second factor.
type ProtectPage struct {
	Title  string
	Back   string
	Until  time.Time // when they must; zero: it is a recommendation
	Over   bool      // they may do nothing else any more
	Has    bool
	Public bool
	Helped []string // what an administrator did with the sign-in, and who
}

// Protect asks for a second factor.
func Protect(v *visit.Visit) error {
	p := v.Who.Protect
	f := v.Frame(v.Text.T("account.protect"))
	h, err := v.App.Helped(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	return v.Show("account-protect.html", f, ProtectPage{Title: f.Title, Back: page.Local(v.R.URL.Query().Get("ater")), Until: v.Here(p.Until), Over: p.Over, Has: p.Has, Public: v.App.Public() != "", Helped: helpedOf(v, h)})
}

// helpedOf says what an administrator did with the person's sign-in while they owe a second step.
func helpedOf(v *visit.Visit, h app.Help) (all []string) {
	if !h.Owes {
		return nil
	}
	for _, x := range []struct {
		key, by string
		at      time.Time
	}{{"trust.reset_by", h.ResetBy, h.Reset}, {"trust.code_by", h.CodeBy, h.Code}} {
		if !x.at.IsZero() {
			all = append(all, v.Text.T(x.key, "vem", x.by, "dag", v.Date(x.at), "tid", v.Clock(x.at)))
		}
	}
	return all
}

// RulePage is which roles must have a second factor.
type RulePage struct {
	Owner string // whose page it is, without saying who that is
	Title string
	Roles []RuleRole
	Wrong string
}

// RuleRole is the demand of one role.
type RuleRole struct {
	Role, Name string
	Choices    []Choice
}

// Choice is one thing to choose.
type Choice struct {
	Value, Text string
	Chosen      bool
}

// Rule shows which roles must have a second factor.
func Rule(v *visit.Visit) error {
	rule, err := v.App.SecondFactorRule(v.R.Context(), v.By())
	if err == nil {
		err = v.App.Confirmed(v.By())
	}
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("account.rule"))
	data := RulePage{Owner: v.Owner(), Title: f.Title}
	for _, r := range access.Roles {
		x := RuleRole{Role: string(r), Name: v.Text.T("role." + string(r))}
		for _, d := range app.Demands {
			x.Choices = append(x.Choices, Choice{string(d), v.Text.T("account.demand_" + string(d)), rule[r] == d})
		}
		data.Roles = append(data.Roles, x)
	}
	if v.R.URL.Query().Has("sparat") {
		f.Messages = []page.Message{{Kind: page.Done, Text: v.Text.T("account.done_rule")}}
	}
	return v.Show("account-rule.html", f, data)
}

// ChangeRule changes it.
func ChangeRule(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	rule := map[access.Role]app.Demand{}
	for _, r := range access.Roles {
		rule[r] = app.Demand(posted.Get(string(r)))
	}
	if err := v.App.RuleSecondFactor(v.R.Context(), v.By(), rule); err != nil {
		return err
	}
	return v.Redirect(ruleAddress + "?sparat=ja")
}
