package people

import (
	"strings"

	"foljsam/internal/access"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// Switch lets somebody who has several roles go on under another, without signing out.
func Switch(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	role, register, _ := strings.Cut(posted.Get("roll"), page.RoleCut)
	if err := v.App.Switch(v.R.Context(), v.Secret, v.By(), register, access.Role(role)); err != nil {
		return err
	}
	return v.Redirect("/")
}
