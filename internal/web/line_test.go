package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"foljsam/internal/audit"
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

// refusals counts the lines that say that somebody was refused, in all logs.
func (x *town) refusals(t *testing.T) (n int) {
	t.Helper()
	all, err := x.Store.AllRegisters(t.Context())
	webtest.Must(t, err)
	for _, r := range all {
		webtest.Must(t, r.Read(t.Context(), func(tx *store.Tx) error {
			lines, err := tx.AuditLines(x.read[r.ID()], 10_000)
			for _, s := range lines {
				l, err := s.Read()
				if err != nil {
					return err
				}
				if x.read[r.ID()] = s.Seq; l.Act == audit.Refused {
					n++
				}
			}
			return err
		}))
	}
	return n
}

// askedAgain are where who is refused is led to a page that tells it in another way.
var askedAgain = []string{"POST /arenden/nytt", "POST /arenden/{id}/enkat/fragor"}

// Who is refused leaves a line, whoever it is and whatever was asked for; and whoever is not leaves
// none that says so.
func TestEveryRefusalLeavesALine(t *testing.T) {
	x := newTown(t)
	x.furnish(t)
	x.read = map[string]int64{}
	x.refusals(t)
	refused := 0
	for _, r := range web.Addresses() {
		method, address := x.address(r)
		if slices.Contains(ends, r.Pattern) {
			continue
		}
		for _, who := range []string{stranger, strangerLeader, otherWorker, otherLeader, worker, leader, manager, chef} {
			p := x.who[who]().Do(method, address, x.form(r))
			switch n := x.refusals(t); {
			case p.Status == http.StatusForbidden && n == 0:
				t.Errorf("%s, %s: refused, and no line says so", r.Pattern, who)
			case p.Status < http.StatusBadRequest && n > 0 && !slices.Contains(askedAgain, r.Pattern):
				t.Errorf("%s, %s: not refused, and %d lines say so", r.Pattern, who, n)
			case p.Status == http.StatusForbidden:
				refused++
			}
		}
	}
	if refused < 500 {
		t.Errorf("only %d were refused", refused)
	}
}
