package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/web"
	"foljsam/internal/web/webtest"
)

// answersFile is who gets what: every address, and what it answers to everybody who may come.
// It is read like code: an address that is not in it fails the test, and so does an answer
// that is another. Columns are the people of columns; an answer is a status, "in" where it
// leads to the sign-in.
const answersFile = "testdata/answers.txt"

// columns are those who may come: nobody; a caseworker and a coordinator of another register;
// those of another unit in the same register; those of the case's own unit and of the whole
// register; an administrator.
var columns = []string{nobody, stranger, strangerLeader, otherWorker, otherLeader, worker, leader, manager}

// ends is what nobody who is signed in should lose or be led out by in a loop over addresses:
// each is tried in a town of its own.
var ends = []string{"POST /logga-ut", "POST /demo", "POST /logga-in", "POST /forsta", "POST /arenden/{id}/enkat/lamna-over"}

func readAnswers(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile(answersFile)
	webtest.Must(t, err)
	answers := map[string][]string{}
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		n := len(words) - len(columns)
		if n != 2 || answers[strings.Join(words[:n], " ")] != nil {
			t.Fatalf("%s: a line says an address once, and then an answer for each of %d: %s", answersFile, len(columns), line)
		}
		answers[strings.Join(words[:n], " ")] = words[n:]
	}
	return answers
}

func TestEveryAddressAnswersEachAsItShould(t *testing.T) {
	want := readAnswers(t)
	x := newTown(t)
	for _, r := range web.Addresses() {
		at := x
		if slices.Contains(ends, r.Pattern) {
			at = newTown(t)
		}
		got := at.answers(t, r)
		if !slices.Equal(got, want[r.Pattern]) {
			t.Errorf("%s should have the line, if that is right:\n%-45s %s\nand has %v", answersFile, r.Pattern, strings.Join(got, " "), want[r.Pattern])
		}
		delete(want, r.Pattern)
	}
	for pattern := range want {
		t.Errorf("%s: there is no address %s", answersFile, pattern)
	}
}

// answers asks for an address as everybody, and gives what was answered.
func (x *town) answers(t *testing.T, r web.Route) (got []string) {
	t.Helper()
	method, address := x.address(r)
	for _, who := range columns {
		p := x.who[who]().Do(method, address, x.form(r))
		to := p.Header.Get("Location")
		switch {
		case p.Status == http.StatusSeeOther && strings.HasPrefix(to, "/logga-in?ater="):
			got = append(got, "in")
		default:
			got = append(got, fmt.Sprint(p.Status))
		}
		if strings.Contains(p.Body, "24-017") && who != worker && who != leader {
			t.Errorf("%s shows %s a case code", r.Pattern, who)
		}
		if strings.Contains(to, "24-017") {
			t.Errorf("%s: a code in an address", r.Pattern)
		}
		if r.Access == web.Program && p.Header.Get("Content-Type") != "application/json; charset=utf-8" {
			t.Errorf("%s: %s is not told in JSON", r.Pattern, who)
		}
	}
	return got
}

// form is what is sent to an address: as good as it can be where an empty form would be
// answered before it is known who asks.
func (x *town) form(r web.Route) url.Values {
	switch r.Pattern {
	case "POST /logga-in":
		return url.Values{"inloggning": {"alm"}, "losenord": {webtest.Password}}
	case "POST /genomgang/{id}":
		return url.Values{"s.diskutera": {"0"}, "f.diskutera": {"boende"}}
	case "POST /arenden/{id}/falt":
		return url.Values{"falt": {"15"}, "s.15": {"0"}, "f.15": {"34"}}
	case "POST /arenden/sok":
		return url.Values{"kod": {"24-017"}}
	case "POST /arenden/{id}/enkat":
		return url.Values{"gor": {"avbojd"}}
	case "POST /enkat/fritext":
		return url.Values{"arende": {x.id}, "falt": {codebook.Default().Role(codebook.Proposals).Key()}, "ord": {"boende"}}
	case "POST /enkat/texter/{sprak}/granska":
		return url.Values{"vem": {"en översättare"}, "version": {"0"}}
	case "POST /roll":
		return url.Values{"roll": {"handlaggare|" + x.register}}
	case "POST /hantera/enheter", "POST /hantera/enheter/{enhet}":
		return url.Values{"enhet": {"Ny enhet"}, "omrade": {"1884"}}
	case "POST /hantera/roller/ny":
		return url.Values{"inloggning": {"ny"}, "roll": {"handlaggare"}, "enhet": {x.unit}}
	case "POST /hantera/roller/avsluta":
		return url.Values{"person": {"gar"}, "roll": {"handlaggare"}, "enhet": {x.unit}, "fran": {x.Time.AddDate(0, -1, 0).Format("2006-01-02T15:04:05Z")}}
	case "POST /hantera/forslag":
		return url.Values{"forslag": {x.proposal}, "svar": {"godkant"}}
	case "POST /anvandare/ny":
		return url.Values{"namn": {"Lind"}, "inloggning": {"lind"}}
	case "POST /anvandare/{person}/namn":
		return url.Values{"namn": {"Lind"}}
	case "POST /anvandare/{person}/forslag":
		return url.Values{"register": {x.register}}
	}
	return nil
}

// Whoever is signed out in the middle comes back to a page, also when what they sent went to
// an address that is none.
func TestSigningInLeadsBackToAPage(t *testing.T) {
	x := newTown(t)
	x.addNation(t)
	for _, r := range web.Addresses() {
		if r.Access != web.SignedIn || strings.Contains(r.Pattern, "{fil}") || strings.Contains(r.Pattern, "{slag}") || strings.Contains(r.Pattern, "{uttag}") { // an extract waits for minutes, and for one
			continue
		}
		method, address := x.address(r)
		to, err := url.Parse(x.Browser(t).Do(method, address, x.form(r)).Header.Get("Location"))
		webtest.Must(t, err)
		back := to.Query().Get("ater")
		if !slices.ContainsFunc(append(slices.Clone(columns), national), func(who string) bool {
			p := x.who[who]().Get(back)
			return who != nobody && (p.Status == http.StatusOK || p.Status == http.StatusUnprocessableEntity) && len(p.All("h1")) == 1
		}) {
			t.Errorf("%s: nobody has a page at %s", r.Pattern, back)
		}
	}
}
