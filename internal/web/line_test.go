package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"foljsam/internal/store"
	"foljsam/internal/web"
	"foljsam/internal/web/webtest"
)

// unlogged are the forms that leave no line when they are sent as here, with why.
var unlogged = map[string]string{
	"POST /installningar":             "one's own language, and whether single keys are on",
	"POST /visning":                   "how pages look in this browser",
	"POST /konto":                     "no other session is there to be ended",
	"POST /konto/reservkoder":         "nobody here has a second step",
	"POST /logga-in/kod":              "nobody is on the way in",
	"POST /arenden/{id}/oppna":        "the case is open",
	"POST /arenden/{id}/aterfor":      "the case is among the others",
	"POST /arenden/{id}/enkat/fragor": "no client is asked",
	"POST /s":                         "no device is handed over",
	"POST /enkat/texter/{sprak}":      "no words are changed",
}

// lines gives how many lines there are in all logs.
func (x *town) lines(t *testing.T) (n int64) {
	t.Helper()
	all, err := x.Store.AllRegisters(t.Context())
	webtest.Must(t, err)
	for _, r := range all {
		webtest.Must(t, r.Read(t.Context(), func(tx *store.Tx) error {
			head, err := tx.AuditHead()
			n += head.Seq
			return err
		}))
	}
	return n
}

// Whatever somebody does by a form leaves a line in a log: an act that forgets its line is found
// here, also one that is added later.
func TestWhateverIsDoneLeavesALine(t *testing.T) {
	x := newTown(t)
	acts := 0
	for _, r := range web.Addresses() {
		method, address := x.address(r)
		if method != http.MethodPost || slices.Contains(ends, r.Pattern) {
			continue
		}
		done, logged := false, false
		for _, who := range []string{worker, leader, manager} {
			before := x.lines(t)
			p := x.who[who]().Once(method, address, x.form(r))
			to := p.Header.Get("Location")
			if p.Status >= http.StatusBadRequest || strings.Contains(to, "svar=") {
				continue // refused
			}
			done, logged = true, logged || x.lines(t) > before
		}
		if done {
			acts++
		}
		if _, excepted := unlogged[r.Pattern]; done && logged == excepted {
			t.Errorf("%s leaves a line: %v", r.Pattern, logged)
		}
	}
	if acts < 25 {
		t.Errorf("only %d acts were done", acts)
	}
}
