package visit

import (
	"net/http"
	"slices"

	"foljsam/internal/web/page"
)

// otherRoles gives the roles under which somebody perhaps may do what was refused.
func (v *Visit) otherRoles(code int) []page.RoleChoice {
	if code != http.StatusForbidden || v.Who == nil {
		return nil
	}
	return slices.DeleteFunc(v.roles(), func(c page.RoleChoice) bool { return c.Chosen })
}
