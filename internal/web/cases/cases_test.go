package cases_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/web/webtest"
)

var book = codebook.Default()

// of names the field of the variable with a role.
func of(r codebook.Role) string { return book.Role(r).Key() }

// opened is a case of Alm's, and the browser that opened it.
func opened(t *testing.T) (h *webtest.House, b *webtest.Browser, id string) {
	t.Helper()
	h = webtest.Begun(t)
	b = h.SignIn(t)
	return h, b, open(t, b, "24-017", "K-1")
}

func open(t *testing.T, b *webtest.Browser, code, client string) string {
	t.Helper()
	p := b.Get("/arenden/nytt").Form("/arenden/nytt").Set("f.arende", code).Set("f."+of(codebook.Client), client).
		Set("f."+of(codebook.Intake), "2026-10-01").Send("gor=vidare")
	if !strings.HasSuffix(p.Address, "/fore") {
		t.Fatalf("opening ended at %s, status %d", p.Address, p.Status)
	}
	return strings.Split(p.Address, "/")[2]
}

func at(id, page string) string { return "/arenden/" + id + "/" + page }

func TestAWholeCaseWithoutScript(t *testing.T) {
	h, b, id := opened(t)
	fore := b.Get(at(id, "fore"))
	if fore.Heading() != "Ärende 24-017" || !fore.Says("öppet 53 dagar") {
		t.Errorf("%q", fore.Heading())
	}
	p := fore.Form(at(id, "fore")).Set("f."+of(codebook.Perpetrator), "1", "3").Send("rad=risk+")
	if !strings.HasSuffix(p.Address, "#f-risk-1-"+codebook.AssessedOn) {
		t.Errorf("a new row is led to: %s", p.Address)
	}
	p = p.Form(at(id, "fore")).Set("f.risk.1."+of(codebook.Risk), "2").Send("gor=vidare")
	p = p.Form(at(id, "under")).Set("f."+of(codebook.Collaboration), "0").Send("gor=vidare")
	p = p.Form(at(id, "efter")).Set("f."+of(codebook.GoalReached), "1").Set("f."+of(codebook.Closing), "20261120").Send("gor=vidare")
	if !strings.HasSuffix(p.Address, "/avslutat") || !p.Says("enhetens 1:a avslutade ärende i år") || !p.Says("Målet nåddes.") || !p.Says("internt") {
		t.Errorf("closed at %s", p.Address)
	}
	form := caseIn(t, h, b, id).Filed.Form
	for field, want := range map[string]string{of(codebook.Perpetrator): "1|3", "risk.1." + of(codebook.Risk): "2", of(codebook.Collaboration): "0", of(codebook.Closing): "2026-11-20", of(codebook.Municipality): "1884"} {
		if form.Get(field).Value != want {
			t.Errorf("%s is %+v", field, form.Get(field))
		}
	}
}

func caseIn(t *testing.T, h *webtest.House, b *webtest.Browser, id string) *app.CaseView {
	t.Helper()
	c, err := h.App.Case(t.Context(), h.Who(t, b).Actor, id)
	webtest.Must(t, err)
	return c
}

func TestWhatCannotBeSavedComesBackAsItWasTyped(t *testing.T) {
	h, b, id := opened(t)
	p := b.Get(at(id, "bakgrund")).Form(at(id, "bakgrund")).Set("f."+of(codebook.Age), "tretti").Set("f."+of(codebook.Sex), "1").Send("gor=vidare")
	if p.Status != http.StatusUnprocessableEntity || !p.Says("En uppgift kunde inte sparas") || !strings.Contains(p.Body, `value="tretti"`) {
		t.Errorf("status %d", p.Status)
	}
	if caseIn(t, h, b, id).Filed.Form.Get(of(codebook.Sex)).Value != "1" {
		t.Error("the other answer was not saved")
	}
	p = p.Form(at(id, "bakgrund")).Set("f."+of(codebook.Age), "34").Send("gor=lamna")
	if p.Address != "/att-gora" || caseIn(t, h, b, id).Filed.Form.Get(of(codebook.Age)).Value != "34" {
		t.Errorf("ended at %s", p.Address)
	}
}

func TestABadAnswerDoesNotStopACaseFromBeingOpened(t *testing.T) {
	h := webtest.Begun(t)
	b := h.SignIn(t)
	p := b.Get("/arenden/nytt").Form("/arenden/nytt").Set("f.arende", "a").Set("f."+of(codebook.Client), "k").Set("f."+of(codebook.Age), "x").Send("gor=vidare")
	if p.Status != http.StatusUnprocessableEntity || p.Heading() != "Ärende a" || !strings.Contains(p.Body, `value="x"`) {
		t.Errorf("status %d: %s", p.Status, p.Heading())
	}
}

func TestACodeThatIsMissingOrTaken(t *testing.T) {
	_, b, id := opened(t)
	p := b.Get("/arenden/nytt").Form("/arenden/nytt").Set("f."+of(codebook.Sex), "2").Send("gor=vidare")
	if p.Status != http.StatusUnprocessableEntity || !p.Says("Ärendet är inte öppnat än") {
		t.Errorf("without codes: %d", p.Status)
	}
	if p.Form("/arenden/nytt").Values.Get("f."+of(codebook.Sex)) != "2" {
		t.Error("what was chosen is gone")
	}
	p = p.Form("/arenden/nytt").Set("f.arende", "24-017").Set("f."+of(codebook.Client), "K-9").Send("gor=vidare")
	if next := p.Follow("Gå till det ärendet"); !strings.Contains(next.Address, id) {
		t.Errorf("the case with the code: %s", next.Address)
	}
}

func TestFindingByTheWholeCode(t *testing.T) {
	_, b, id := opened(t)
	p := b.Get("/arenden").Form("/arenden/sok").Set("kod", " 24-017 ").Send("")
	if !strings.Contains(p.Address, id) {
		t.Errorf("found %s", p.Address)
	}
	p = b.Get("/arenden").Form("/arenden/sok").Set("kod", "24-01").Send("")
	if !p.Says("Inget ärende med den koden") || !p.Says("Fråga i så fall samordnaren") {
		t.Error("it is not said that there is none")
	}
}

func TestAReturnIsANewLinkedCase(t *testing.T) {
	h, b, id := opened(t)
	p := b.Get("/arenden/nytt?foregaende=" + id)
	if !p.Says("Samma klient som i ärende 24-017") || strings.Contains(p.Body, `name="f.`+of(codebook.Client)+`"`) {
		t.Error("who the client is is asked again")
	}
	p = p.Form("/arenden/nytt").Set("f.arende", "26-001").Send("gor=vidare")
	c := caseIn(t, h, b, strings.Split(p.Address, "/")[2])
	if c.Filed.Previous != id || c.ClientCode != "K-1" {
		t.Errorf("%+v", c.Filed)
	}
	if earlier := p.Follow("Klientens tidigare ärende"); !strings.Contains(earlier.Address, id) {
		t.Error(earlier.Address)
	}
}

func TestResumeLeadsToTheFieldThatWasChangedLast(t *testing.T) {
	_, b, id := opened(t)
	b.Get(at(id, "fore")).Form(at(id, "fore")).Set("f."+of(codebook.Honour), "2").Send("gor=lamna")
	if p := b.Do(http.MethodGet, "/arenden/"+id, nil); p.Header.Get("Location") != at(id, "fore#f-"+of(codebook.Honour)) {
		t.Error(p.Header.Get("Location"))
	}
}

func TestClosingNeedsADateAndNothingElse(t *testing.T) {
	h, b, id := opened(t)
	p := b.Get(at(id, "avsluta"))
	if !p.Says("svar saknas") || !p.Says("Du kan avsluta ändå") {
		t.Error("what is missing is not told")
	}
	p = p.Form(at(id, "avsluta")).Set("f."+of(codebook.ClosingReason), "5").Send("")
	if p.Status != http.StatusUnprocessableEntity || !p.Says("Ange vilket datum ärendet avslutades") {
		t.Errorf("without a date: %d", p.Status)
	}
	p = p.Form(at(id, "avsluta")).Set("f."+of(codebook.Closing), "2026-11-01").Send("")
	if !strings.HasSuffix(p.Address, "/avslutat") || !p.Says("Målet är inte uppföljt i något av dem") {
		t.Errorf("closed at %s", p.Address)
	}
	b.Get(at(id, "avsluta")).Form(at(id, "oppna")).Send("")
	f := caseIn(t, h, b, id).Filed.Form
	if f.Closed(book) || f.Get(of(codebook.ClosingReason)).Value != "5" {
		t.Error("a mistaken close was not corrected, or took the other answers with it")
	}
}

func TestExclusionHasAReasonAndCanBeTakenBack(t *testing.T) {
	h, b, id := opened(t)
	p := b.Get(at(id, "uteslut")).Form(at(id, "uteslut")).Send("")
	if p.Status != http.StatusUnprocessableEntity || !p.Says("Inget är ändrat än") {
		t.Errorf("without a reason: %d", p.Status)
	}
	p = p.Form(at(id, "uteslut")).Set("f."+codebook.Exclusion, "5").Send("")
	if !p.Says("Anledning: Dubblett") || !caseIn(t, h, b, id).Filed.Form.Excluded() {
		t.Error("it is not excluded")
	}
	p.Form(at(id, "aterfor")).Send("")
	if caseIn(t, h, b, id).Filed.Form.Excluded() {
		t.Error("it cannot be taken back")
	}
	history := b.Get(at(id, "historik"))
	for _, words := range []string{"Tog ut ärendet: hör inte till målgruppen", "Tog med ärendet igen", "Dubblett", "Öppnade ärendet"} {
		if !history.Says(words) {
			t.Errorf("the history does not say %q", words)
		}
	}
}

func TestUndoPutsBackWhatASaveChanged(t *testing.T) {
	h, b, id := opened(t)
	sex := of(codebook.Sex)
	save := func(value string) {
		b.Get(at(id, "bakgrund")).Form(at(id, "bakgrund")).Set("f."+sex, value).Send("gor=vidare")
	}
	save("1")
	first := b.Get(at(id, "historik")).Form(at(id, "angra"))
	save("2")
	if p := first.Send(""); p.Status != http.StatusConflict || !p.Says("Inget är ångrat") {
		t.Errorf("a save that was changed since: %d", p.Status)
	}
	p := b.Get(at(id, "historik?falt="+sex)).Form(at(id, "angra")).Send("")
	if caseIn(t, h, b, id).Filed.Form.Get(sex).Value != "1" || !p.Says("Ångrade en ändring") {
		t.Error("it was not undone")
	}
}

// Two people have the same page open; the second to save is asked which answer stands.
func TestTwoPeopleInOneCase(t *testing.T) {
	h, b, id := opened(t)
	h.Person(t, "bjork", access.Caseworker, h.Register(t), "")
	other := h.As(t, "bjork", access.Caseworker, h.Register(t))
	mine := b.Get(at(id, "bakgrund")).Form(at(id, "bakgrund"))
	other.Get(at(id, "bakgrund")).Form(at(id, "bakgrund")).Set("f."+of(codebook.Sex), "2").Send("gor=vidare")
	p := mine.Set("f."+of(codebook.Sex), "1").Set("f."+of(codebook.Age), "50").Send("gor=vidare")
	if p.Status != http.StatusUnprocessableEntity || !p.Says("bjork ändrade svaret") || !p.Says("Ta det nya: Man") || !p.Says("Behåll mitt: Kvinna") {
		t.Fatalf("status %d", p.Status)
	}
	if !strings.Contains(p.Body, `href="#strid-`+of(codebook.Sex)+`"`) {
		t.Error("the summary does not lead to the choice")
	}
	if f := caseIn(t, h, b, id).Filed.Form; f.Get(of(codebook.Sex)).Value != "2" || f.Get(of(codebook.Age)).Value != "50" {
		t.Error("the other's answer was overwritten, or one's own other answer lost")
	}
	again := p.Form(at(id, "bakgrund")).Send("gor=vidare")
	if again.Status != http.StatusUnprocessableEntity {
		t.Error("a page that asked got no reply, and saved")
	}
	again.Form(at(id, "bakgrund")).Set("val."+of(codebook.Sex), "mitt").Send("gor=vidare")
	if caseIn(t, h, b, id).Filed.Form.Get(of(codebook.Sex)).Value != "1" {
		t.Error("the choice was not kept")
	}
}

func TestACodeIsInNoAddress(t *testing.T) {
	h := webtest.Begun(t)
	b := h.SignIn(t)
	id := open(t, b, "HEMLIGKOD", "HEMLIGKLIENT")
	for _, page := range []string{"bakgrund", "fore", "under", "efter", "brukare", "historik", "avsluta", "uteslut"} {
		p := b.Get(at(id, page))
		for _, a := range append(p.All("a"), p.All("form")...) {
			if strings.Contains(webtest.Attr(a, "href")+webtest.Attr(a, "action"), "HEMLIG") {
				t.Errorf("%s: a code in an address", page)
			}
		}
		for _, title := range p.All("title") {
			if strings.Contains(webtest.Text(title), "HEMLIG") {
				t.Errorf("%s: a code in the window's title", page)
			}
		}
	}
	if strings.Contains(h.Log.String(), "HEMLIG") {
		t.Error("a code in the log")
	}
}

// Who signs in again after a post is led to its address, and must find a page there.
func TestAnAddressOfAPostLeadsToThePageThatAsksForIt(t *testing.T) {
	_, b, id := opened(t)
	for from, to := range map[string]string{"/arenden/sok": "/arenden", at(id, "angra"): at(id, "historik"), at(id, "oppna"): at(id, "avsluta"), at(id, "aterfor"): at(id, "uteslut")} {
		p := b.Get(from)
		if path, _, _ := strings.Cut(p.Address, "#"); path != to || p.Status != http.StatusOK {
			t.Errorf("%s leads to %s, status %d", from, p.Address, p.Status)
		}
	}
}

func TestWhatTheRegisterFillsInCannotBePosted(t *testing.T) {
	h, b, id := opened(t)
	b.Post(at(id, "bakgrund"), url.Values{"s." + of(codebook.Municipality): {"9"}, "f." + of(codebook.Municipality): {"0180"}})
	if f := caseIn(t, h, b, id).Filed.Form; f.Get(of(codebook.Municipality)).Value != "1884" {
		t.Error("the municipality was changed")
	}
	if p := b.Get(at(id, "finns-inte")); p.Status != http.StatusNotFound {
		t.Errorf("a phase that is not there: %d", p.Status)
	}
}
