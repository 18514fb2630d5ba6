package web_test

import (
	"slices"
	"testing"

	"golang.org/x/net/html"

	"foljsam/internal/web"
	"foljsam/internal/web/page"
	"foljsam/internal/web/webtest"
)

// forAnybody are forms that mean the same whoever sends them.
var forAnybody = []string{"/logga-ut", "/visning", "/arenden/sok"}

// What is sent on a page of somebody who was signed in here before is not filed as another's:
// every form says whose page it is on.
func TestEveryFormSaysWhosePageItIsOn(t *testing.T) {
	x := newTown(t)
	b := x.who[worker]()
	b.Get("/arenden/"+x.id+"/bakgrund").Form("/arenden/"+x.id+"/bakgrund").Set("f.14", "1").Send("gor=vidare")
	forms := map[string]bool{}
	for _, r := range web.Addresses() {
		method, address := x.address(r)
		if method != "GET" || r.Access != web.SignedIn {
			continue
		}
		for _, form := range formsAt(address, b, x.who[leader](), x.who[manager]()) {
			if webtest.Attr(form, "method") != "post" || slices.Contains(forAnybody, webtest.Attr(form, "action")) {
				continue
			}
			forms[webtest.Attr(form, "action")] = true
			owner := ""
			for n := range form.Descendants() {
				if webtest.Attr(n, "name") == "vems" {
					owner = webtest.Attr(n, "value")
				}
			}
			if want := 16; len(owner) != want && !(len(owner) == want/2 && webtest.Attr(form, "action") == page.SwitchAddress) { // switching says only whose
				t.Errorf("%s: the form to %s says %q", address, webtest.Attr(form, "action"), owner)
			}
		}
	}
	for _, action := range []string{"/hantera/nycklar", "/hantera/utdrag", "/hantera/gallring", "/hantera/logg/urval", "/variabler", "/variabler/fil", "/leveranser/mottagare", "/anvandare/ny"} {
		if !forms[action] {
			t.Errorf("no form to %s was seen", action)
		}
	}
	if len(forms) < 30 {
		t.Errorf("only %d forms", len(forms))
	}
}

// formsAt gives the forms at an address, as each of some browsers sees them.
func formsAt(address string, all ...*webtest.Browser) (forms []*html.Node) {
	for _, b := range all {
		forms = append(forms, b.Get(address).All("form")...)
	}
	return forms
}
