// Package operate is the pages about the installation and the rules it stands under: how it
// is, whether it is ready, and what the law supports. It shows no case and no person, and
// decides nothing: who may see what is app's.
package operate

import (
	"embed"
	"net/http"

	"foljsam/internal/web/visit"
)

// Templates are the pages', for page.New.
//
//go:embed template/*.html
var Templates embed.FS

// Ready answers a balancer: may requests be sent here? It tells nothing but that.
func Ready(v *visit.Visit) error {
	v.W.Header().Set("Content-Type", "text/plain; charset=utf-8")
	say := "ok\n"
	if v.App.Ready(v.R.Context()) != nil {
		v.W.WriteHeader(http.StatusServiceUnavailable)
		say = "not ready\n"
	}
	_, err := v.W.Write([]byte(say))
	return err
}
