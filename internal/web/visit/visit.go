// Package visit is one request to a page: who asks, in which language, and how the answer
// is given: a page in its frame, a redirect, JSON to a script, or an error told in plain
// words. Page folders are written on top of it; it knows none of them.
package visit

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/web/page"
)

// SessionCookie holds the secret of a session and nothing else. A demonstration has one of
// its own: browsers tell no ports apart, and signing in to the one is nothing to the other.
const (
	SessionCookie     = "foljsam"
	DemoSessionCookie = "foljsam-demo"
)

// SignInAddress is where somebody who is not signed in is led.
const SignInAddress = "/logga-in"

// A Visit is one request.
type Visit struct {
	W      http.ResponseWriter
	R      *http.Request
	App    *app.App
	Pages  *page.Set
	Text   *locale.Printer
	Who    *app.Who // nil: nobody is signed in
	Secret string   // of the session
	Bar    []page.Item
	Secure bool   // the browser reaches us by TLS
	From   string // address that the request came from; empty: not known
	Shelf  *Shelf
	// Program: the address is for scripts and programs, which are always answered in JSON.
	Program bool
	Once    bool // what a post is answered with is shown one time, and then forgotten
	// Version is the program's.
	Version string
	// Certificate gives when our own certificate ends; nil: a proxy has it, or nobody.
	Certificate func() time.Time
}

// Handler answers a visit. An error is told by Fail.
type Handler func(*Visit) error

// By gives who acts.
func (v *Visit) By() access.Actor {
	if v.Who == nil {
		return access.Actor{}
	}
	return v.Who.Actor
}

// Frame gives the frame of a page, with what is the same on all of them.
func (v *Visit) Frame(title string) page.Frame {
	f := page.Frame{Lang: v.Text.Lang(), Title: title, Version: v.Version, Synthetic: v.App.Demo(), ReadAt: v.App.Now()}
	if v.Who == nil {
		return f
	}
	f.Person, f.Role, f.KeysOff = v.Who.Person.Name, v.Text.T("role."+string(v.Who.Role)), v.Who.Person.KeysOff
	f.Register, f.Synthetic, f.Internal = v.Who.At.Name, f.Synthetic || v.Who.At.Synthetic, true
	if len(v.Who.Units) == 1 {
		f.Unit = v.Who.Units[0].Name
	}
	if v.By().May(access.SeeUnitCases) && !v.Who.At.IsNation() {
		f.Find = "/arenden#sok"
	}
	f.Roles, f.Owner = v.roles(), v.ofPerson()
	f.Bar = slices.Clone(v.Bar)
	if i := v.nearest(); i >= 0 {
		f.Bar[i].Current = true
	}
	if v.R.URL.Query().Has(askedAgain) && v.Kept() == nil {
		f.Messages = append(f.Messages, page.Message{Kind: page.Info, Text: v.Text.T("visit.no_longer")})
	}
	return f
}

// nearest gives the word of the bar that the page lies under: of several, the one that says
// most of its address; -1 where it lies under none.
func (v *Visit) nearest() int {
	near := -1
	for i, item := range v.Bar {
		if v.under(item.Address) && (near < 0 || len(item.Address) > len(v.Bar[near].Address)) {
			near = i
		}
	}
	if near < 0 && (v.under("/ar") || v.under("/namndunderlag") || v.under(OrdersAddress)) { // reached from the results
		return slices.IndexFunc(v.Bar, func(i page.Item) bool { return i.Address == "/resultat" })
	}
	return near
}

func (v *Visit) under(address string) bool {
	return v.R.URL.Path == address || strings.HasPrefix(v.R.URL.Path, address+"/")
}

// roles gives what the person may switch between, where there is more than one. The register
// is named where there are several.
func (v *Visit) roles() (all []page.RoleChoice) {
	if len(v.Who.Roles) < 2 {
		return nil
	}
	registers := map[string]bool{}
	for _, r := range v.Who.Roles {
		registers[r.Register] = r.Register != ""
	}
	delete(registers, "")
	for _, r := range v.Who.Roles {
		c := page.RoleChoice{Value: string(r.Role) + page.RoleCut + r.Register, Text: v.Text.T("role." + string(r.Role)), Chosen: r.Role == v.Who.Role && r.Register == v.Who.Register}
		if r.Name != "" && len(registers) > 1 {
			c.Text += ", " + r.Name
		}
		all = append(all, c)
	}
	return all
}

// Show sends a page. One that a post is answered with is led to.
func (v *Visit) Show(name string, f page.Frame, data any) error {
	if v.R.Method == http.MethodPost && v.Shelf != nil {
		return v.showAfterPost(name, f, data)
	}
	return v.Pages.Render(v.W, v.R, name, f, data)
}

// Redirect leads somewhere else in this program after something was done.
func (v *Visit) Redirect(address string) error {
	v.W.Header().Set("Location", page.Local(address))
	v.W.WriteHeader(http.StatusSeeOther)
	return nil
}

// JSON answers a script.
func (v *Visit) JSON(status int, data any) error {
	v.W.Header().Set("Content-Type", "application/json; charset=utf-8")
	v.W.WriteHeader(status)
	return json.NewEncoder(v.W).Encode(data)
}

// Scripted tells whether a script asks, and wants JSON.
func (v *Visit) Scripted() bool {
	return v.Program || strings.HasPrefix(v.R.Header.Get("Accept"), "application/json")
}

// SignInFirst leads to the sign-in, and from there back to an address.
func (v *Visit) SignInFirst(back string) error {
	to := SignInAddress + "?ater=" + url.QueryEscape(page.Local(back))
	if v.R.Method == http.MethodPost && !v.Scripted() {
		to += "&osparat=ja" // what was sent is gone: say so
	}
	if v.Who != nil {
		to += "&byt=ja" // somebody is signed in, who is not the one it takes
	}
	if v.Scripted() {
		return v.JSON(http.StatusUnauthorized, map[string]string{"logga_in": to})
	}
	return v.Redirect(to)
}

// ConfirmAddress is where somebody shows again who they are, before something grave.
const ConfirmAddress = "/bekrafta"

// ProtectAddress is where somebody is led who must have a second factor and has none.
const ProtectAddress = "/konto/skydd"

// confirmFirst leads there, and from there back to the page.
func (v *Visit) confirmFirst() error {
	to := ConfirmAddress + "?ater=" + url.QueryEscape(page.Local(v.R.URL.RequestURI()))
	if v.R.Method == http.MethodPost {
		to += "&osparat=ja" // what was sent is gone: say so
	}
	if v.Scripted() {
		return v.JSON(http.StatusForbidden, map[string]string{"bekrafta": to})
	}
	return v.Redirect(to)
}

// status gives the HTTP status of an error.
func status(err error) int {
	if e := new(fault.Error); errors.As(err, &e) && e.Key == "app.busy" {
		return http.StatusServiceUnavailable
	}
	switch fault.KindOf(err) {
	case fault.Usage, fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Refused:
		return http.StatusForbidden
	case fault.Conflict:
		return http.StatusConflict
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusInternalServerError
}

// Fail tells of an error in plain words: what happened, what is safe, what to do.
func (v *Visit) Fail(err error) error {
	code := status(err)
	var e *fault.Error
	if errors.As(err, &e) && (e.Key == "app.signed_out" || e.Key == "visit.other_person") {
		return v.SignInFirst(v.R.URL.RequestURI())
	}
	if e != nil && e.Key == "account.confirm_first" {
		return v.confirmFirst()
	}
	if e != nil && e.Key == "account.protect_first" && !v.Scripted() {
		return v.Redirect(ProtectAddress)
	}
	if v.Scripted() {
		return v.JSON(code, map[string]string{"fel": v.Text.Error(err)})
	}
	title := v.Text.T("visit.title_failed")
	if code == http.StatusNotFound {
		title = v.Text.T("visit.title_not_found")
	}
	f := v.Frame(title)
	f.Status = code
	data := map[string]any{"Title": title, "Text": v.Text.Error(err), "Ours": code == http.StatusInternalServerError, "Owner": f.Owner, "Others": v.otherRoles(code)}
	return v.Show("visit-failed.html", f, data)
}

// Cookie gives the name of the session's cookie. Where browsers come by TLS its name begins with
// what lets them take it from this very host alone.
func (v *Visit) Cookie() string {
	name := SessionCookie
	if v.App.Demo() {
		name = DemoSessionCookie
	}
	if v.Secure {
		name = "__Host-" + name
	}
	return name
}

// SignedInAs gives the browser the secret of a session; an empty one takes it away. The
// cookie ends with the browser; the session ends by itself.
func (v *Visit) SignedInAs(secret string) {
	c := &http.Cookie{Name: v.Cookie(), Value: secret, Path: "/", HttpOnly: true, Secure: v.Secure, SameSite: http.SameSiteLaxMode}
	if secret == "" {
		c.MaxAge = -1
	}
	http.SetCookie(v.W, c)
}
