package web_test

import (
	"slices"
	"strings"
	"testing"

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
	forms := 0
	for _, r := range web.Addresses() {
		method, address := x.address(r)
		if method != "GET" || r.Access != web.SignedIn || !slices.ContainsFunc([]string{"/arenden", "/genomgang", "/att-gora", "/installningar", "/hantera/enheter", "/hantera/roller", "/hantera/forslag", "/anvandare"}, func(s string) bool { return strings.HasPrefix(address, s) }) {
			continue
		}
		b := b
		switch {
		case strings.HasPrefix(address, "/hantera"):
			b = x.who[leader]()
		case strings.HasPrefix(address, "/anvandare"):
			b = x.who[manager]()
		}
		for _, form := range b.Get(address).All("form") {
			if webtest.Attr(form, "method") != "post" || slices.Contains(forAnybody, webtest.Attr(form, "action")) {
				continue
			}
			forms++
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
	if forms < 10 {
		t.Errorf("only %d forms", forms)
	}
}
