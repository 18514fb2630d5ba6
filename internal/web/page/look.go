package page

import (
	"net/http"
	"strings"

	"foljsam/internal/locale"
)

// Theme is light, dark, or as the system says.
type Theme string

const (
	System Theme = "system"
	Light  Theme = "light"
	Dark   Theme = "dark"
)

// Themes lists all, in the order in which the foot of the page offers them.
var Themes = []Theme{System, Light, Dark}

// Look is how somebody wants the pages: kept in two cookies that say nothing else.
type Look struct {
	Lang  locale.Lang
	Theme Theme
}

// The address that changes the look, and its cookies.
const (
	LookAddress = "/visning"
	langCookie  = "sprak"
	themeCookie = "tema"
)

// LookOf reads what the reader chose; where nothing was, the first language of the browser
// that the program speaks, and the system's theme.
func LookOf(r *http.Request) Look {
	look := Look{asked(r.Header.Get("Accept-Language")), System}
	if c, err := r.Cookie(langCookie); err == nil {
		if l, ok := locale.Parse(c.Value); ok {
			look.Lang = l
		}
	}
	if c, err := r.Cookie(themeCookie); err == nil {
		if t := Theme(c.Value); t == Light || t == Dark {
			look.Theme = t
		}
	}
	return look
}

// asked gives the first language of an Accept-Language header that the program speaks.
// Browsers list them in order of preference.
func asked(header string) locale.Lang {
	for part := range strings.SplitSeq(header, ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		if l, ok := locale.Parse(tag); ok {
			return l
		}
	}
	return locale.Swedish
}

// SetLook answers a post of the foot's form: keeps the choice and leads back. secure says
// that the browser reaches us by TLS.
func SetLook(w http.ResponseWriter, r *http.Request, secure bool) {
	if l, ok := locale.Parse(r.PostFormValue("sprak")); ok {
		keep(w, secure, langCookie, string(l))
	}
	if t := Theme(r.PostFormValue("tema")); t == System || t == Light || t == Dark {
		keep(w, secure, themeCookie, string(t))
	}
	http.Redirect(w, r, Local(r.PostFormValue("ater")), http.StatusSeeOther)
}

func keep(w http.ResponseWriter, secure bool, name, value string) {
	http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: 365 * 24 * 3600,
		HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode})
}

// Local gives an address within this program, "/" for any other: nobody is led elsewhere
// by an address that stands in a link.
func Local(address string) string {
	if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\r\n\t") {
		return "/"
	}
	return address
}
