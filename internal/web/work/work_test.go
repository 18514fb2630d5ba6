package work_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/record"
	"foljsam/internal/web/webtest"
)

// office is an installation where Alm works.
type office struct {
	*webtest.House
	t   *testing.T
	alm *webtest.Browser
	who *app.Who
}

func newOffice(t *testing.T) *office {
	h := webtest.Begun(t)
	b := h.SignIn(t)
	return &office{h, t, b, h.Who(t, b)}
}

// open opens a case that came in on a day.
func (o *office) open(code, day string) string {
	o.t.Helper()
	id, err := o.OpenCase(context.Background(), o.who.Actor, app.NewCase{Unit: o.who.Units[0].ID, Case: code, Client: "K" + code,
		Answers: map[string]record.Answer{"5": {Value: day}}})
	webtest.Must(o.t, err)
	return id
}

func (o *office) save(by *app.Who, id string, answers map[string]record.Answer) {
	o.t.Helper()
	var edits []app.Edit
	for field, a := range answers {
		edits = append(edits, app.Edit{Field: field, Answer: a, Seen: 1000})
	}
	s, err := o.Save(context.Background(), by.Actor, id, edits)
	webtest.Must(o.t, err)
	if len(s.Refused)+len(s.Conflicts) > 0 {
		o.t.Fatalf("%+v %+v", s.Refused, s.Conflicts)
	}
}

// complete says that whatever is missing in a case cannot be answered.
func (o *office) complete(id string) {
	o.t.Helper()
	c, err := o.Case(context.Background(), o.who.Actor, id)
	webtest.Must(o.t, err)
	answers := map[string]record.Answer{}
	for _, p := range c.Progress {
		for _, field := range p.Missing {
			if p.Due && field != string(codebook.OfSupport) && field != string(codebook.OfRisk) {
				answers[field] = record.Answer{State: record.Impossible}
			}
		}
	}
	o.save(o.who, id, answers)
	if c, err = o.Case(context.Background(), o.who.Actor, id); err != nil || c.Cover.Missing == 0 {
		return
	}
	for _, level := range []codebook.Level{codebook.OfRisk, codebook.OfSupport} {
		_, _, err = o.AddRow(context.Background(), o.who.Actor, id, level)
		webtest.Must(o.t, err)
	}
	o.complete(id)
}

func TestAnEmptyRegisterSaysWhereToBegin(t *testing.T) {
	o := newOffice(t)
	p := o.alm.Get("/att-gora")
	if !p.Says("Du har inga ärenden än") || len(p.All("table")) > 0 {
		t.Error("nothing says how to begin")
	}
	if p := p.Follow("Nytt ärende"); p.Status != http.StatusOK {
		t.Errorf("%d", p.Status)
	}
	if p := o.alm.Get("/genomgang"); !p.Says("Inget att gå igenom") {
		t.Error("an empty walk-through says nothing")
	}
}

func TestWhatWaitsIsToldInWords(t *testing.T) {
	o := newOffice(t)
	today := o.Time
	day := func(n int) string { return today.AddDate(0, 0, n).Format(time.DateOnly) }
	for i, next := range []int{-3, 0, 5, 14, 15} {
		id := o.open(fmt.Sprint("24-00", i), day(-40))
		o.save(o.who, id, map[string]record.Answer{"risk.1.datum": {Value: day(-30)}, "risk.1.nasta": {Value: day(next)}})
	}
	p := o.alm.Get("/att-gora")
	for _, words := range []string{"24-000 skulle ha gjorts för 3 dagar sedan", "24-001 ska göras i dag", "24-002 ska göras om 5 dagar", "24-003 ska göras om 14 dagar", "öppet 40 dagar"} {
		if !p.Says(words) {
			t.Errorf("does not say %q", words)
		}
	}
	if p.Says("24-004 ska göras") {
		t.Error("says what is due in fifteen days")
	}
	if !strings.Contains(p.Body, "24-000</b></a> <span class=\"late\"") {
		t.Error("what is overdue is not marked")
	}
}

func TestWhereWasI(t *testing.T) {
	o := newOffice(t)
	o.open("24-001", "2026-11-01")
	o.Time = o.Time.Add(time.Minute)
	id := o.open("24-002", "2026-11-02")
	o.save(o.who, id, map[string]record.Answer{"15": {Value: "34"}})
	o.Time = o.Time.Add(time.Minute)
	p := o.alm.Get("/att-gora")
	question := o.Codebook().Variable(15).Label.In("sv")
	if !p.Says("Där du var Ärende 24-002 · " + question) {
		t.Errorf("does not tell about %s", question)
	}
	if p := p.Follow("Fortsätt: 24-002"); p.Status != http.StatusOK || !strings.HasPrefix(p.Address, "/arenden/"+id) {
		t.Errorf("%d at %s", p.Status, p.Address)
	}
}

// Whoever has answered all of a part, and went on, goes on there.
func TestWhereWasIAfterAWholePart(t *testing.T) {
	o := newOffice(t)
	id := o.open("24-001", "2026-11-02")
	c, err := o.Case(context.Background(), o.who.Actor, id)
	webtest.Must(t, err)
	answers := map[string]record.Answer{}
	for _, field := range c.Progress[0].Missing {
		answers[field] = record.Answer{State: record.Impossible}
	}
	o.save(o.who, id, answers)
	book := o.Codebook()
	p := o.alm.Get("/att-gora")
	if label := book.Phases[1].Label.In("sv"); !p.Says("Där du var Ärende 24-001 · " + label) {
		t.Errorf("does not tell about %s", label)
	}
	if p := p.Follow("Fortsätt: 24-001"); !strings.HasPrefix(p.Address, "/arenden/"+id+"/"+string(book.Phases[1].ID)) {
		t.Error(p.Address)
	}
}

// Every link to something that is missing leads to a page where it stands.
func TestLinksLeadToWhatIsMissing(t *testing.T) {
	o := newOffice(t)
	id := o.open("24-001", "2026-09-01")
	o.save(o.who, id, map[string]record.Answer{"insats.1.slut": {Value: "2026-10-20"}, "risk.1.datum": {Value: "2026-10-01"}, "risk.1.nasta": {Value: "2026-11-24"}})
	n := 0
	for _, address := range []string{"/att-gora", "/genomgang"} {
		for _, a := range o.alm.Get(address).All("a") {
			to := webtest.Attr(a, "href")
			if !strings.HasPrefix(to, "/arenden/"+id) {
				continue
			}
			n++
			p := o.alm.Get(to)
			_, fragment, _ := strings.Cut(to, "#")
			if p.Status != http.StatusOK || fragment != "" && !hasID(p, fragment) {
				t.Errorf("%s: %d, and nothing has that id", to, p.Status)
			}
		}
	}
	if n < 20 {
		t.Errorf("only %d links", n)
	}
}

func hasID(p *webtest.Page, id string) bool {
	for n := range p.Doc.Descendants() {
		if n.Type == html.ElementNode && webtest.Attr(n, "id") == id {
			return true
		}
	}
	return false
}

func TestACoordinatorSeesEverybodysCases(t *testing.T) {
	o := newOffice(t)
	o.open("24-001", "2026-11-01")
	h := o.House
	h.Person(t, "lena", access.Coordinator, o.who.Register, "")
	h.Person(t, "olle", access.Caseworker, o.who.Register, o.who.Units[0].ID)
	p := h.As(t, "lena", access.Coordinator, o.who.Register).Get("/att-gora")
	if !p.Says("24-001") || !p.Says("Alm") {
		t.Error("a coordinator does not see the case, or whose it is")
	}
	if p := h.As(t, "olle", access.Caseworker, o.who.Register).Get("/att-gora"); p.Says("24-001") {
		t.Error("a caseworker is told what is missing in a colleague's case")
	}
}

func TestManyCasesMakeAShortPage(t *testing.T) {
	o := newOffice(t)
	for i := range 60 {
		o.open(fmt.Sprintf("24-%03d", i), "2026-11-01")
	}
	p := o.alm.Get("/att-gora")
	if !p.Says("48 ärenden till saknar svar") || len(p.Body) > 30_000 {
		t.Errorf("%d bytes", len(p.Body))
	}
	if p := p.Follow("Se alla: Det som saknas i dina öppna ärenden"); p.Status != http.StatusOK || !p.Says("24-059") && !p.Says("24-000") {
		t.Errorf("%d", p.Status)
	}
}

func TestAWalkVisitsEveryCaseOnce(t *testing.T) {
	o := newOffice(t)
	for i := range 53 {
		o.open(fmt.Sprintf("24-%03d", i), time.Date(2026, 9, 1+i%7, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
	}
	seen := map[string]int{}
	p := o.alm.Get("/genomgang")
	for n := 1; n <= 53; n++ {
		if !p.Says(fmt.Sprintf("Ärende %d av 53", n)) {
			t.Fatalf("the %d:th is %s", n, p.Address)
		}
		seen[webtest.Text(p.All("h2")[0])]++
		if n < 53 {
			p = p.Follow("Nästa ärende")
		}
	}
	if len(seen) != 53 {
		t.Errorf("%d cases were seen", len(seen))
	}
	for n := 52; n >= 1; n-- {
		p = p.Follow("Förra ärendet")
	}
	if !p.Says("Ärende 1 av 53") {
		t.Error("the way back leads elsewhere")
	}
	if p := o.alm.Get("/genomgang?nr=51&enhet=" + o.who.Units[0].ID); !p.Says("Ärende 51 av 53") {
		t.Error("a place in the list does not lead there")
	}
	if p := o.alm.Get("/genomgang?nr=900"); !p.Says("Ärende 53 av 53") {
		t.Error("a place behind the end leads nowhere")
	}
}

// The list becomes shorter while the group works: no case is jumped over.
func TestNoCaseIsJumpedOver(t *testing.T) {
	o := newOffice(t)
	var ids []string
	for i := range 4 {
		ids = append(ids, o.open(fmt.Sprint("24-00", i), fmt.Sprint("2026-09-0", i+1)))
	}
	p := o.alm.Get("/genomgang").Follow("Nästa ärende")
	if !p.Says("24-001") || !p.Says("Ärende 2 av 4") {
		t.Fatal(p.Address)
	}
	o.complete(ids[1])
	if p = o.alm.Get(p.Address); !p.Says("Klart") || !p.Says("3 ärenden kvar") {
		t.Errorf("what became complete is not said to be")
	}
	if p = p.Follow("Nästa ärende"); !p.Says("24-002") || !p.Says("Ärende 2 av 3") {
		t.Error("the next case is not 24-002")
	}
	o.complete(ids[0])
	if p = o.alm.Get(p.Address); !p.Says("24-002") || !p.Says("Ärende 1 av 2") {
		t.Error("the place does not follow when a case before is completed")
	}
	o.complete(ids[2])
	if p = o.alm.Get(p.Address).Follow("Nästa ärende"); !p.Says("24-003") {
		t.Error("the last case was jumped over")
	}
	o.complete(ids[3])
	if p = o.alm.Get(p.Address); !p.Says("Klart") || !p.Says("0 ärenden kvar") {
		t.Error("the end is not said")
	}
	if p = o.alm.Get("/genomgang"); !p.Says("Inget att gå igenom") {
		t.Error("there is something left")
	}
}

func TestTheGroupsNote(t *testing.T) {
	o := newOffice(t)
	id := o.open("24-001", "2026-09-01")
	o.open("24-002", "2026-09-02")
	note := func(p *webtest.Page) *webtest.Form { return p.Form("/genomgang/" + id) }
	p := note(o.alm.Get("/genomgang")).Set("f.diskutera", "Barnens skolgång. Ring 070-123 45 67").Send("")
	if p.Status != http.StatusOK || note(p).Values.Get("f.diskutera") != "Barnens skolgång. Ring 070-123 45 67" || !strings.Contains(p.Body, "Sparat") {
		t.Errorf("the note was not saved: %d", p.Status)
	}
	if !p.Says("ett telefonnummer") {
		t.Error("a telephone number is not warned about")
	}
	if strings.Contains(p.Address, "skol") {
		t.Error("the note is in the address")
	}
	if p := note(p).Set("f.diskutera", strings.Repeat("x", 20_000)).Send(""); p.Status != http.StatusUnprocessableEntity || len(p.All("textarea")) == 0 {
		t.Errorf("a note that is too long: %d", p.Status)
	}
	if p := note(p).Set("f.diskutera", "Boende").Send("sedan=vidare"); !p.Says("24-002") {
		t.Error("saving does not lead on")
	}
	o.complete(id)
	p = o.alm.Get("/genomgang")
	if !p.Says("24-001") || !p.Says("Inget saknas, men ärendet ska tas upp i gruppen") {
		t.Error("a complete case with a note is not in the walk-through")
	}
	if p = note(p).Set("f.diskutera", "").Send(""); !p.Says("Klart") {
		t.Error("taking the note away does not finish the case")
	}
}

func TestOnesOwnOtherWindowWroteTheNote(t *testing.T) {
	o := newOffice(t)
	id := o.open("24-001", "2026-09-01")
	old := o.alm.Get("/genomgang").Form("/genomgang/" + id)
	o.alm.Get("/genomgang").Form("/genomgang/"+id).Set("f.diskutera", "Boende").Send("")
	p := old.Set("f.diskutera", "Skolan").Send("")
	if p.Status != http.StatusConflict || !p.Says("Du ändrade den i ett annat fönster") || p.Says("Alm ändrade den") {
		t.Error(p.Status)
	}
	if again := o.alm.Get(p.Address); !again.Says("Du skrev: Skolan") {
		t.Error("loaded again, what was typed is gone")
	}
	p.Form("/genomgang/"+id).Set("f.diskutera", "Boende och skolan").Send("")
	if again := o.alm.Get(p.Address); again.Status != http.StatusOK || again.Says("Du skrev: Skolan") {
		t.Error("back to it shows what was, not what is:", again.Status)
	}
}

func TestTwoWhoWriteTheNote(t *testing.T) {
	o := newOffice(t)
	id := o.open("24-001", "2026-09-01")
	o.House.Person(t, "Lena", access.Coordinator, o.who.Register, "")
	lena := o.House.As(t, "Lena", access.Coordinator, o.who.Register)
	mine := o.alm.Get("/genomgang").Form("/genomgang/" + id)
	lena.Get("/genomgang").Form("/genomgang/"+id).Set("f.diskutera", "Boende").Send("")
	p := mine.Set("f.diskutera", "Skolan").Send("")
	if p.Status != http.StatusConflict || !p.Says("Lena ändrade den") || !p.Says("Du skrev: Skolan") {
		t.Fatalf("%d %s", p.Status, webtest.Text(p.All("main")[0]))
	}
	f := p.Form("/genomgang/" + id)
	if f.Values.Get("f.diskutera") != "Boende" {
		t.Errorf("shows %q", f.Values.Get("f.diskutera"))
	}
	if p := f.Set("f.diskutera", "Boende och skolan").Send(""); p.Status != http.StatusOK {
		t.Errorf("%d", p.Status)
	}
}

func TestAWalkInAnotherUnitIsRefused(t *testing.T) {
	o := newOffice(t)
	o.AddRegister(t, "1440-ale", "Ale", "1440")
	if p := o.alm.Get("/genomgang?enhet=1440-ale"); p.Status != http.StatusNotFound {
		t.Errorf("%d", p.Status)
	}
}

// What is open comes first; of a closed case one can say that the survey will not come, and why.
func TestTheSurveyThatWillNotCome(t *testing.T) {
	o := newOffice(t)
	old := o.open("23-001", "2023-09-01")
	o.open("24-001", "2026-09-01")
	o.save(o.who, old, map[string]record.Answer{"256": {Value: "2023-12-01"}})
	p := o.alm.Get("/att-gora")
	if open, closed := strings.Index(p.Body, "dina öppna ärenden"), strings.Index(p.Body, "dina avslutade ärenden"); open < 0 || closed < open || strings.LastIndex(p.Body, "24-001") > closed {
		t.Error("open and closed cases do not stand apart")
	}
	if n := strings.Count(p.Body, "Enkäten kommer inte"); n != 1 {
		t.Fatalf("can be said of %d cases", n)
	}
	if !strings.Contains(p.Body, `href="/arenden/`+old+`/enkat#ingen"`) {
		t.Error("it does not lead to the reasons")
	}
	p = o.alm.Get("/arenden/" + old + "/enkat")
	for _, why := range []string{"avbojd", "ej_saker", "ej_nadd"} {
		if !strings.Contains(p.Body, `name="gor" value="`+why+`"`) {
			t.Errorf("%s: the reason %s cannot be given", p.Address, why)
		}
	}
	if p := o.alm.Post("/arenden/"+old+"/enkat", map[string][]string{"gor": {"ej_nadd"}}); !p.Says("Klienten gick inte att nå") || strings.Contains(p.Address, "23-001") {
		t.Errorf("%d %s", p.Status, p.Address)
	}
	if p := o.alm.Get("/att-gora"); strings.Contains(p.Body, "Enkäten kommer inte<") {
		t.Error("it can be said again")
	}
	if p := o.alm.Get("/genomgang").Follow("Nästa ärende"); !p.Says("Ärende 2 av 2") || !p.Says("Ärendet är avslutat") || p.Says("Brukaruppföljning") {
		t.Error("the closed case does not come last, or the survey is still missing in it")
	}
}

// An administrator sees no cases: an old link to them leads to what the role has.
func TestWhoHasNoCasesIsLedHome(t *testing.T) {
	o := newOffice(t)
	o.Person(t, "admin2", access.Administrator, "", "")
	if p := o.As(t, "admin2", access.Administrator, "").Get("/att-gora"); p.Status != http.StatusOK || p.Address != "/hantera" {
		t.Errorf("%d at %s", p.Status, p.Address)
	}
}

// Somebody with two roles is told at a page that they may not see how to come to it.
func TestARefusalOffersTheOtherRole(t *testing.T) {
	o := newOffice(t)
	p := o.alm.Get("/drift")
	if p.Status != http.StatusForbidden || !p.Says("Byt roll till administratör") || p.Says("Byt roll till handläggare") {
		t.Errorf("%d: %s", p.Status, p.Body)
	}
	if o.Person(t, "cilla", access.Caseworker, o.Register(t), ""); o.As(t, "cilla", access.Caseworker, o.Register(t)).Get("/hantera").Says("Byt roll") {
		t.Error("somebody with one role is offered another")
	}
}
