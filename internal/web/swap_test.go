package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/audit"
	"foljsam/internal/record"
	"foljsam/internal/store"
	"foljsam/internal/web"
	"foljsam/internal/web/webtest"
)

// A question is something that can be asked of the program about one thing: a method, an address
// and fields, in one of which the thing's id stands.
type question struct {
	method, address string
	form            url.Values
	thing           thing
}

// A thing is what an id names, and who must not learn that it is there.
type thing struct {
	what, id string
	from     []string
}

// other gives an id of the same form that names nothing.
func (x thing) other() string {
	b := []byte(x.id)
	for i := range b {
		if i >= len(b)-3 && b[i] != ' ' {
			b[i] = "zyx"[i%3]
		}
	}
	return string(b)
}

// chef sees figures, and no case.
const chef = "chef"

// furnish puts one of everything in the first register's first unit.
func (x *town) furnish(t *testing.T) (all []thing) {
	t.Helper()
	x.Person(t, "clara", access.Manager, x.register, "")
	x.who[chef] = once(func() *webtest.Browser { return x.As(t, "clara", access.Manager, x.register) })
	by := func(who string) access.Actor { return x.Who(t, x.who[who]()).Actor }
	must := func(err error) { t.Helper(); webtest.Must(t, err) }
	day := func(d int) string { return x.Time.AddDate(0, 0, d).Format("2006-01-02") }
	open := func(code, client, closed string) string {
		answers := map[string]record.Answer{"5": {Value: "2015-11-01"}}
		if closed != "" {
			answers["256"] = record.Answer{Value: closed}
		}
		id, err := x.OpenCase(t.Context(), by(worker), app.NewCase{Unit: x.unit, Case: code, Client: client, Answers: answers})
		must(err)
		return id
	}
	away := []string{nobody, stranger, strangerLeader, otherWorker, otherLeader, manager, chef}
	add := func(what, id string, from ...string) { all = append(all, thing{what, id, from}) }

	add("case", x.id, away...)
	asked, double := open("24-018", "K-2", ""), open("24-019", "K-1", "")
	must(x.Interview(t.Context(), by(worker), asked, app.ByTelephone, "sv"))
	add("case whose client is asked", asked, away...)
	add("double", x.id+" "+double, away...)
	_, err := x.PrintPaper(t.Context(), by(worker), double, "sv")
	must(err)
	paper, err := x.SurveyOf(t.Context(), by(worker), double)
	must(err)
	add("paper form", paper.Asked[0].ID, away...)

	open("14-001", "K-3", "2016-01-01")
	must(x.SetRetention(t.Context(), by(leader), 5))
	retention, err := x.ProposeRetention(t.Context(), by(leader), false)
	must(err)
	add("deletion", retention, nobody, stranger, strangerLeader, otherWorker, chef)

	_, err = x.KeepNote(t.Context(), by(worker), app.NewNote(app.ThoughtNote, x.unit, "/resultat", "", "Varför?", ""))
	must(err)
	_, thoughts, err := x.Notes(t.Context(), by(worker))
	must(err)
	add("reflection", thoughts[0].ID, nobody, stranger, strangerLeader, otherWorker, otherLeader, manager)

	_, err = x.OrderFigure(t.Context(), by(chef), x.unit, "/resultat", "Översikt", day(9), "Hur många?")
	must(err)
	orders, err := x.Orders(t.Context(), by(chef))
	must(err)
	add("order", orders[0].ID, nobody, stranger, strangerLeader, otherWorker, otherLeader, worker, manager)
	add("exercise", x.coding, away...)

	ask := app.DeliveryAsk{Recipient: app.National, From: dayOf(2015, 1, 1), Till: dayOf(2026, 12, 31), Scope: 3, Coverage: 4}
	seen, err := x.Leaving(t.Context(), by(leader), ask)
	must(err)
	delivery, err := x.Deliver(t.Context(), by(leader), seen.Ask, seen.Hash)
	must(err)
	add("delivery", delivery, slices.Concat(away, []string{worker})...)
	recipient, err := x.AddRecipient(t.Context(), by(leader), "Länsstyrelsen")
	must(err)
	add("recipient", recipient, slices.Concat(away, []string{worker})...)

	check, err := x.SampleLog(t.Context(), by(manager), x.register, x.Time.AddDate(0, 0, -1), x.Time.AddDate(0, 0, 1), 3)
	must(err)
	add("spot check", check, nobody, stranger, strangerLeader, otherWorker, otherLeader, worker, leader, chef)
	add("proposal", x.proposal, nobody, stranger, strangerLeader, otherWorker, otherLeader, worker, chef)
	add("unit", x.unit, nobody, stranger, strangerLeader, otherWorker, otherLeader, manager)
	add("register", x.register, nobody, stranger, strangerLeader)
	add("local variable", "forslag_placering", nobody, stranger, strangerLeader, manager)
	x.Person(t, "person-i-enheten", access.Caseworker, x.register, x.unit)
	for _, id := range []string{"person-i-enheten", by(worker).Person.ID} {
		add("person", id, nobody, stranger, strangerLeader, otherWorker, otherLeader, worker, chef)
	}
	x.As(t, "lena", access.Caseworker, x.register) // somewhere else
	sessions, err := x.OwnSessions(t.Context(), x.who[leader]().Cookies[x.Cookie()], by(leader))
	must(err)
	for _, s := range sessions {
		if !s.Here {
			add("session", s.ID, slices.Concat(away, []string{worker})...)
		}
	}
	return all
}

func dayOf(y, m, d int) record.Day {
	day, _ := record.ParseDay(fmt.Appendf(nil, "%04d-%02d-%02d", y, m, d))
	return day
}

// questions gives everything that can be asked about the things: each address with an id in it,
// and each form and link that anybody who works here finds on any page.
func (x *town) questions(t *testing.T, things []thing) (all []question) {
	t.Helper()
	seen := map[string]bool{}
	add := func(q question) {
		if key := q.method + q.address + q.form.Encode() + q.thing.id; !seen[key] {
			seen[key] = true
			all = append(all, q)
		}
	}
	of := func(method, address string, form url.Values) {
		for _, th := range things {
			if names(address, th.id) || slices.ContainsFunc(slices.Concat(slices.Collect(valuesOf(form))...), func(v string) bool { return names(v, th.id) }) {
				add(question{method, address, form, th})
			}
		}
	}
	for _, th := range things {
		for _, q := range unlinked {
			method, address, _ := strings.Cut(strings.ReplaceAll(q, "{"+th.what+"}", url.QueryEscape(th.id)), " ")
			address, fields, _ := strings.Cut(strings.ReplaceAll(address, "{id}", x.id), " ")
			form, err := url.ParseQuery(fields)
			webtest.Must(t, err)
			of(method, address, form)
		}
	}
	for _, r := range web.Addresses() {
		if slices.Contains(ends, r.Pattern) && r.Pattern != "POST /arenden/{id}/enkat/lamna-over" {
			continue
		}
		for _, th := range things {
			method, pattern, _ := strings.Cut(r.Pattern, " ")
			for _, name := range placeholders[th.what] {
				if address := strings.ReplaceAll(pattern, name, url.PathEscape(th.id)); address != pattern {
					_, address = x.address(web.Route{Pattern: method + " " + address})
					of(method, address, x.form(r))
				}
			}
		}
		method, address := x.address(r)
		of(method, address, x.form(r))
		if method != http.MethodGet || strings.Contains(r.Pattern, "{fil}") || strings.Contains(r.Pattern, "{slag}") {
			continue
		}
		for _, who := range []string{worker, leader, manager, chef} {
			p := x.who[who]().Get(address)
			for _, a := range p.All("a") {
				if to := webtest.Attr(a, "href"); strings.HasPrefix(to, "/") {
					of(http.MethodGet, to, nil)
				}
			}
			for _, f := range p.All("form") {
				to, form := formIn(p, f, things)
				if strings.ToUpper(webtest.Attr(f, "method")) == http.MethodPost {
					of(http.MethodPost, to, form)
				} else {
					of(http.MethodGet, to+"?"+form.Encode(), nil)
				}
			}
		}
	}
	return all
}

// placeholders are where a thing's id stands in an address.
var placeholders = map[string][]string{
	"case": {"{id}"}, "case whose client is asked": {"{id}"}, "unit": {"{enhet}"}, "person": {"{person}"}, "exercise": {"{ovning}"},
	"order": {"{bestallning}"}, "delivery": {"{uttag}"}, "local variable": {"{kolumn}"}, "register": {"{fil}"},
}

// unlinked is what can be asked beside what a page of this town leads to.
var unlinked = []string{
	"GET /arenden?enhet={unit}", "GET /genomgang?enhet={unit}", "GET /resultat?enhet={unit}", "GET /resultat/d/d05?enhet={unit}", "GET /resultat/korstabell?enhet={unit}",
	"GET /resultat/tid?enhet={unit}", "GET /resultat/taggar?enhet={unit}", "GET /resultat/risk?enhet={unit}", "GET /resultat/fordjupning/heder?enhet={unit}",
	"GET /resultat/d/d05/fil/csv?enhet={unit}", "GET /ar/2025?enhet={unit}", "GET /namndunderlag?enhet={unit}", "GET /namndunderlag/papper?enhet={unit}", "GET /komplett?enhet={unit}",
	"POST /arenden/nytt f.enhet={unit}&f.arende=26-001&f.4=K-77", "POST /resultat/anteckningar enhet={unit}&sort=tanke&om=/resultat&text=Varför", "POST /bestallningar enhet={unit}&om=/resultat&text=Hur&till=2026-12-01",
	"GET /arenden/nytt?foregaende={case}", "POST /arenden/nytt foregaende={case}&f.arende=26-002", "POST /enkat/fritext arende={case}&falt=217&ord=boende",
	"POST /nyckeltal/2025/tveksamma arende={case}&slag=utan_insats&beslut=raknas", "GET /arenden/{id}/enkat/papper?blankett={paper form}", "POST /arenden/{id}/enkat/papper?blankett={paper form} gang=1",
	"GET /hantera/logg?register={register}", "GET /hantera/logg/urval?register={register}", "GET /hantera/logg/urval?register={register}&granskning={spot check}",
	"POST /hantera/logg/urval register={register}&fran=2026-11-01&till=2026-11-30&antal=3", "POST /hantera/logg/bedom register={register}&granskning={spot check}&rad=1&bedomning=vanlig",
	"GET /hantera/logg/urval?granskning={spot check}", "POST /hantera/logg/bedom granskning={spot check}&rad=1&bedomning=vanlig", "POST /roll roll=handlaggare|{register}", "POST /roll roll=samordnare|{register}",
	"POST /hantera/gallring/bekrafta forslag={deletion}&forstatt=ja", "POST /hantera/gallring/bekrafta register={register}&forslag={deletion}&forstatt=ja", "POST /hantera/gallring/aterkalla forslag={deletion}",
	"POST /hantera/gallring/skriv-over forslag={deletion}", "POST /hantera/forslag kod={person}&svar=bekrafta", "POST /hantera/forslag avslut={person}", "POST /hantera/forslag forslag={proposal}&svar=godkant",
	"POST /hantera/roller/avsluta person={person}&roll=handlaggare&enhet=", "POST /konto gor=avsluta&en={session}", "POST /konto en={session}", "POST /anvandare/gar/forslag register={register}",
	"POST /leveranser/ta-ut mottagare={recipient}&fran=2015-01-01&till=2026-12-31&omfattning=3&tackning=4", "GET /leveranser/granska?mottagare={recipient}&fran=2015-01-01&till=2026-12-31&omfattning=3&tackning=4",
	"POST /kodning/ny enhet={unit}&titel=x", "POST /variabler vad=bort&kolumn={local variable}&sett=1",
}

func valuesOf(form url.Values) func(func([]string) bool) {
	return func(yield func([]string) bool) {
		for _, v := range form {
			if !yield(v) {
				return
			}
		}
	}
}

// names tells whether an id stands in a text, as it is or as an address writes it.
func names(text, id string) bool {
	return strings.Contains(text, id) || strings.Contains(text, url.QueryEscape(id)) || strings.Contains(text, url.PathEscape(id))
}

// formIn gives where a form is sent and what a browser would send, with every button and, where
// several things can be chosen, the one that we look for.
func formIn(p *webtest.Page, f *html.Node, things []thing) (to string, form url.Values) {
	if to = webtest.Attr(f, "action"); to == "" {
		to = p.Address
	}
	to, _, _ = strings.Cut(to, "#")
	form = url.Values{}
	for n := range f.Descendants() {
		name, value := webtest.Attr(n, "name"), webtest.Attr(n, "value")
		if n.Type != html.ElementNode || name == "" || name == "vems" {
			continue
		}
		if n.Data == "select" {
			for o := range n.Descendants() {
				if o.Type == html.ElementNode && o.Data == "option" && (value == "" || slices.ContainsFunc(things, func(th thing) bool { return names(webtest.Attr(o, "value"), th.id) })) {
					value = webtest.Attr(o, "value")
				}
			}
		}
		if form.Get(name) == "" || slices.ContainsFunc(things, func(th thing) bool { return names(value, th.id) }) {
			form.Set(name, value)
		}
	}
	return to, form
}

// about gives the question about another id.
func (q question) about(id string) question {
	swap := strings.NewReplacer(q.thing.id, id, url.QueryEscape(q.thing.id), url.QueryEscape(id), url.PathEscape(q.thing.id), url.PathEscape(id))
	other := question{q.method, swap.Replace(q.address), url.Values{}, q.thing}
	for name, values := range q.form {
		for _, v := range values {
			other.form.Add(name, swap.Replace(v))
		}
	}
	return other
}

var randomWord = regexp.MustCompile(`svar=[A-Z2-7]+`)

// told is all that an answer tells: its status, its headers and its words, but for the id that was
// asked about and what is drawn anew each time.
func told(p *webtest.Page, id string) string {
	var b strings.Builder
	fmt.Fprintln(&b, p.Status)
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range p.Header {
			if !yield(name) {
				return
			}
		}
	}) {
		fmt.Fprintln(&b, name, p.Header[name])
	}
	b.WriteString(p.Body)
	text := randomWord.ReplaceAllString(b.String(), "svar=…")
	for _, written := range []string{id, url.QueryEscape(id), url.PathEscape(id), html.EscapeString(id)} {
		text = strings.ReplaceAll(text, written, "ID")
	}
	return text
}

// Whoever asks about something that is not theirs, with its right id, is answered as about
// something that is not there: in all that can be asked by any address, link or form.
func TestNobodyLearnsThatSomethingIsThere(t *testing.T) {
	x := newTown(t)
	things := x.furnish(t)
	asked := map[string]int{}
	for _, q := range x.questions(t, things) {
		asked[q.thing.what]++
		for _, who := range q.thing.from {
			other := q.about(q.thing.other())
			there := told(x.who[who]().Do(q.method, q.address, q.form), q.thing.id)
			not := told(x.who[who]().Do(other.method, other.address, other.form), q.thing.other())
			if there != not {
				t.Errorf("%s, about a %s: %s %s %v\n%s", who, q.thing.what, q.method, q.address, q.form, firstDifference(there, not))
			}
		}
	}
	for _, th := range things {
		if asked[th.what] == 0 {
			t.Errorf("nothing can be asked about a %s", th.what)
		}
	}
	x.isUntouched(t, things)
}

// isUntouched looks in the register's log for what those it is not for have done there: they were
// refused, and nothing else.
func (x *town) isUntouched(t *testing.T, things []thing) {
	t.Helper()
	r, err := x.Store.Register(t.Context(), x.register)
	webtest.Must(t, err)
	var lines []audit.Sealed
	webtest.Must(t, r.Read(t.Context(), func(tx *store.Tx) (err error) { lines, err = tx.AuditLines(0, 100_000); return err }))
	refused := 0
	for _, s := range lines {
		l, err := s.Read()
		webtest.Must(t, err)
		named := slices.ContainsFunc(things, func(th thing) bool { return th.id == l.Case })
		switch {
		case l.Act == audit.Refused:
			refused++
		case l.Person == "frammande", l.Person == "frida", named && slices.Contains([]string{"annan", "anna", "clara", "admin"}, l.Person):
			t.Errorf("%s has done something in the register: %s", l.Person, l.Act)
		}
	}
	if refused < 100 {
		t.Errorf("only %d refusals are in the log", refused)
	}
}

func firstDifference(a, b string) string {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range as {
		if i >= len(bs) || as[i] != bs[i] {
			return fmt.Sprintf("  there: %.300s\n  not:   %.300s", as[i], strings.Join(bs[min(i, len(bs)):min(i+1, len(bs))], ""))
		}
	}
	return "  longer where it is not"
}
