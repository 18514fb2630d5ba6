package people

import (
	"strings"

	"foljsam/internal/access"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// Switch lets somebody who has several roles go on under another, without signing out. Where
// the form says so it leads on to a page that takes the role. What
// waits to be shown under the role that they leave is forgotten.
func Switch(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	role, register, _ := strings.Cut(posted.Get("roll"), page.RoleCut)
	if err := v.App.Switch(v.R.Context(), v.Secret, v.By(), register, access.Role(role)); err != nil {
		return err
	}
	v.Forget()
	if to := posted.Get("ater"); to != "" {
		return v.Redirect(to)
	}
	return v.Redirect("/")
}
