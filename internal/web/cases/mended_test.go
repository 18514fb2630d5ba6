package cases_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/codebook"
	"foljsam/internal/web/webtest"
)

func TestAClosingDateThatLooksWrongClosesOnlyWhenItIsConfirmed(t *testing.T) {
	h, b, id := opened(t) // came in on 2026-10-01
	date, reason := "f."+of(codebook.Closing), "f."+of(codebook.ClosingReason)
	closed := func() bool { return caseIn(t, h, b, id).Filed.Form.Closed(book) }
	p := b.Get(at(id, "avsluta")).Form(at(id, "avsluta")).Set(date, "2026-09-01").Set(reason, "5").Send("")
	if closed() || p.Status != http.StatusUnprocessableEntity || !p.Says("avslutat före aktualiseringen") || !p.Says("ärendet är inte avslutat än") {
		t.Fatalf("%d: closed %v", p.Status, closed())
	}
	if caseIn(t, h, b, id).Filed.Form.Get(of(codebook.ClosingReason)).Value != "5" {
		t.Error("the other answers are not saved")
	}
	again := p.Form(at(id, "avsluta"))
	if again.Values.Get(date) != "2026-09-01" || again.Values.Has("anda") {
		t.Errorf("the page asks again with %v", again.Values)
	}
	if p = again.Send(""); closed() || p.Status != http.StatusUnprocessableEntity {
		t.Error("sent once more without a yes, it is closed")
	}
	yes := confirmation(t, p)
	if p = p.Form(at(id, "avsluta")).Set(date, "2026-12-24").Set("anda", yes).Send(""); closed() || !p.Says("framåt i tiden") {
		t.Error("a yes to one date is taken for another")
	}
	p = p.Form(at(id, "avsluta")).Set("anda", confirmation(t, p)).Send("")
	if !closed() || !strings.HasSuffix(p.Address, "/avslutat") || !p.Says("framåt i tiden") {
		t.Error("confirmed, it is not closed, or no longer warned of:", p.Address)
	}
}

func confirmation(t *testing.T, p *webtest.Page) string {
	t.Helper()
	for _, n := range p.All("input") {
		if webtest.Attr(n, "name") == "anda" && webtest.Attr(n, "type") == "checkbox" {
			return webtest.Attr(n, "value")
		}
	}
	t.Fatal("nothing to confirm with")
	return ""
}

func TestAPartThatClosesOnAnOddDateShowsIt(t *testing.T) {
	_, b, id := opened(t)
	date := of(codebook.Closing)
	p := b.Get(at(id, "efter")).Form(at(id, "efter")).Set("f."+date, "2026-09-01").Send("gor=vidare")
	if !strings.HasSuffix(p.Address, "/efter#f-"+date) || !p.Says("avslutat före aktualiseringen") {
		t.Error("closed in silence at", p.Address)
	}
	if p = p.Form(at(id, "efter")).Send("gor=vidare"); !strings.HasSuffix(p.Address, "/avslutat") {
		t.Error("the second time it does not go on:", p.Address)
	}
}

// scale gives an instrument with a scale.
func scale(s string) string {
	for _, c := range book.Role(codebook.Risk).Codes {
		if c.Scale == s {
			return strconv.Itoa(c.Code)
		}
	}
	return ""
}

func TestAnotherInstrumentAndItsValueAreOneSave(t *testing.T) {
	h, b, id := opened(t)
	risk, value := "risk.1."+of(codebook.Risk), "risk.1."+codebook.Estimate
	var r struct {
		reply
		Follow []struct {
			Field string `json:"falt"`
			Text  string `json:"text"`
		} `json:"foljer"`
	}
	script(t, b, at(id, "falt"), field(risk, scale(codebook.Points), "0"), &r)
	script(t, b, at(id, "falt"), field(value, "8", "0"), &r)
	if code := script(t, b, at(id, "falt"), field(risk, scale(codebook.Ordinal), "2"), &r); code != http.StatusOK || len(r.Follow) != 1 || r.Follow[0].Field != value {
		t.Fatalf("%d %+v", code, r.Follow)
	}
	if f := caseIn(t, h, b, id).Filed.Form; f.Get(value).Value != "" || f.Get(value).Version != f.Get(risk).Version {
		t.Fatalf("%+v %+v", f.Get(value), f.Get(risk))
	}
	p := b.Get(at(id, "historik"))
	if p.Form(at(id, "angra")); !p.Says("Ångra 2 svar") {
		t.Error("the button does not say that it undoes two")
	}
	p.Form(at(id, "angra")).Send("")
	if f := caseIn(t, h, b, id).Filed.Form; f.Get(value).Value != "8" || f.Get(risk).Value != scale(codebook.Points) {
		t.Errorf("not undone together: %+v %+v", f.Get(value), f.Get(risk))
	}
}

func TestUndoingNamesAllThatItUndoes(t *testing.T) {
	_, b, id := opened(t)
	f := b.Get(at(id, "bakgrund")).Form(at(id, "bakgrund"))
	roles := []codebook.Role{codebook.Age, codebook.Sex, codebook.Children, codebook.Origins}
	for _, r := range roles {
		f.Set("f."+of(r), "1")
	}
	f.Send("gor=vidare")
	p := b.Get(at(id, "historik"))
	if !p.Says("Ångra 4 svar") || !p.Says("och 1 till") {
		t.Error("the button does not say what it undoes")
	}
	for _, r := range roles {
		if !p.Says(book.Role(r).Label.In("sv")) {
			t.Error("the list lacks", r)
		}
	}
	p = b.Get(at(id, "historik?falt="+of(codebook.Age)))
	if !p.Says("Ångra 4 svar") || !p.Says("Ångrar också: ") || !p.Says(book.Role(codebook.Sex).Label.In("sv")) {
		t.Error("one answer's history does not say what else is undone")
	}
}

func TestSavesOfOneTurnStandUnderOneHeading(t *testing.T) {
	h, b, id := opened(t)
	h.Person(t, "bjork", access.Caseworker, h.Register(t), "")
	other := h.As(t, "bjork", access.Caseworker, h.Register(t))
	save := func(b *webtest.Browser, r codebook.Role, after time.Duration) {
		h.Time = h.Time.Add(after)
		var x reply
		script(t, b, at(id, "falt"), field(of(r), "1", "99"), &x)
	}
	save(b, codebook.Age, 10*time.Minute)
	save(b, codebook.Sex, 2*time.Minute)
	save(b, codebook.Children, 4*time.Minute)
	save(other, codebook.Origins, time.Minute)
	save(b, codebook.Honour, time.Minute)
	p := b.Get(at(id, "historik"))
	var turns []string
	undo := 0
	for _, th := range p.All("th") {
		if webtest.Attr(th, "scope") == "rowgroup" {
			turns = append(turns, webtest.Text(th))
		}
	}
	for _, f := range p.All("form") {
		if webtest.Attr(f, "action") == at(id, "angra") {
			undo++
		}
	}
	want := []string{"23 november 2026 kl. 13.20 · Alm", "23 november 2026 kl. 13.19 · bjork", "23 november 2026 kl. 13.12–13.18 · Alm", "23 november 2026 kl. 13.02 · Alm"}
	if !slices.Equal(turns, want) || undo != 5 {
		t.Errorf("%d buttons, %q", undo, turns)
	}
}

func TestOnesOwnOtherWindowIsNotSomebodyElse(t *testing.T) {
	_, b, id := opened(t)
	sex := of(codebook.Sex)
	old := b.Get(at(id, "bakgrund")).Form(at(id, "bakgrund"))
	b.Get(at(id, "bakgrund")).Form(at(id, "bakgrund")).Set("f."+sex, "2").Send("gor=vidare")
	if p := old.Set("f."+sex, "1").Send("gor=vidare"); !p.Says("Du ändrade svaret") || !p.Says("i ett annat fönster") || p.Says("Alm ändrade") {
		t.Error("one's own other window is spoken of as somebody else:", p.Status)
	}
	var r struct {
		Others []struct{ Text string } `json:"andra"`
	}
	script(t, b, at(id, "falt?sedan=1"), field(of(codebook.Age), "34", "0"), &r)
	if len(r.Others) != 1 || r.Others[0].Text != "Du har ändrat här nyss, i ett annat fönster." {
		t.Errorf("%+v", r.Others)
	}
}

func TestAFormOfSomebodyElsesPageIsNotTaken(t *testing.T) {
	h, b, id := opened(t)
	b.Get(at(id, "bakgrund")).Form(at(id, "bakgrund")).Set("f."+of(codebook.Sex), "1").Send("gor=vidare")
	pages := map[string]*webtest.Form{}
	for from, to := range map[string]string{"avsluta": "avsluta", "koder": "koder", "uteslut": "uteslut", "historik": "angra"} {
		pages[to] = b.Get(at(id, from)).Form(at(id, to))
	}
	pages["avsluta"].Set("f."+of(codebook.Closing), "2026-11-01")
	pages["koder"].Set("f.arende", "annan")
	pages["uteslut"].Set("f."+codebook.Exclusion, "5")
	h.Person(t, "ek", access.Caseworker, h.Register(t), "")
	mine := b.Cookies[h.Cookie()]
	b.Cookies[h.Cookie()] = h.As(t, "ek", access.Caseworker, h.Register(t)).Cookies[h.Cookie()]
	for to, form := range pages {
		if p := form.Send(""); !p.Says("En annan person är inloggad här nu") {
			t.Errorf("%s: taken, and led to %s", to, p.Address)
		}
	}
	b.Cookies[h.Cookie()] = mine
	if c := caseIn(t, h, b, id); c.CaseCode != "24-017" || c.Filed.Form.Version != 2 {
		t.Errorf("it was changed: %s, version %d", c.CaseCode, c.Filed.Form.Version)
	}
}

func TestACommentAloneIsKeptInARowThatIsNotThere(t *testing.T) {
	_, b, id := opened(t)
	name := "risk.1." + of(codebook.Risk)
	b.Post(at(id, "fore"), url.Values{"s." + name: {"0"}, "k." + name: {"görs i nästa vecka"}})
	if p := b.Get(at(id, "fore")); !p.Says("görs i nästa vecka") {
		t.Error("the comment is nowhere")
	}
}

func TestARowIsCalledByWhatIsKnownOfIt(t *testing.T) {
	_, b, id := opened(t)
	b.Get(at(id, "under")).Form(at(id, "under")).Send("rad=insats+")
	p := b.Get(at(id, "under")).Form(at(id, "under")).Send("rad=insats+")
	if !p.Says("Stöd 1 (nytt)") || !p.Says("Stöd 2 (nytt)") {
		t.Error("two new rows have one name")
	}
	var r struct {
		Row struct {
			Title string `json:"rubrik"`
			About string `json:"om"`
		} `json:"rad"`
	}
	script(t, b, at(id, "falt"), field("insats.2."+of(codebook.SupportBegan), "2026-10-05", "0"), &r)
	if r.Row.Title != "Stöd 2 (nytt)" || !strings.HasPrefix(strings.Join(strings.Fields(r.Row.About), " "), "5 oktober 2026") {
		t.Errorf("%+v", r.Row)
	}
	support := book.Role(codebook.Support)
	script(t, b, at(id, "falt"), field("insats.2."+support.Key(), "4", "0"), &r)
	if r.Row.Title != support.Code(4).Brief().In("sv") {
		t.Errorf("%+v", r.Row)
	}
	if p = b.Get(at(id, "under")); !p.Says("Ta bort: " + r.Row.Title + " · 5 oktober 2026") {
		t.Error("the button that takes it away does not say which")
	}
}
