package indicator_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/locale"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
	"foljsam/internal/web/indicator"
	"foljsam/internal/web/page"
	"foljsam/internal/web/webtest"
)

// house is a register with some cases of last year, and its coordinator.
func house(t *testing.T, cases int) (*webtest.House, *webtest.Browser) {
	t.Helper()
	h := webtest.Begun(t)
	register := h.Register(t)
	h.Time = h.Time.Add(time.Minute)
	h.Person(t, "lena", access.Coordinator, register, "")
	b := h.As(t, "lena", access.Coordinator, register)
	for i := range cases {
		open(t, h, b, fmt.Sprintf("KOD-%d", i), map[string]string{"5": "2025-03-01", "15": "30", "insats.1.118": "3", "insats.1.117": "2025-03-02"})
	}
	return h, b
}

func open(t *testing.T, h *webtest.House, b *webtest.Browser, code string, answers map[string]string) string {
	t.Helper()
	w := h.Who(t, b)
	all := map[string]record.Answer{}
	for f, v := range answers {
		all[f] = record.Answer{Value: v}
	}
	id, err := h.OpenCase(context.Background(), w.Actor, app.NewCase{Unit: w.Units[0].ID, Case: code, Client: "K-" + code, Answers: all})
	webtest.Must(t, err)
	return id
}

func TestACoordinatorGoesFromTheCountsToTheEvidence(t *testing.T) {
	h, b := house(t, 6)
	open(t, h, b, "KOD-X", map[string]string{"5": "2024-03-01", "15": "30", "insats.1.118": "3", "insats.1.117": "2024-03-02", "256": "2025-05-01", "192": "3", "257": "1"})
	p := b.Get("/att-gora")
	for _, a := range p.All("a") {
		if webtest.Attr(a, "href") == "/nyckeltal" {
			p = b.Get("/nyckeltal")
		}
	}
	if p.Status != http.StatusOK || p.Heading() != "Nyckeltal 2025" || !p.Says("Antal (internt)") || !p.Says("Uppföljning och avslutsorsak säger olika saker") || !p.Says("Läge: Inte lämnat.") {
		t.Fatal(p.Status, p.Address, p.Body)
	}
	list := p.Follow("Ärendena bakom 1")
	if !list.Says("KOD-0") || list.Says("KOD-X") || !list.Says("6 ärenden (internt)") {
		t.Error(list.Status, list.Body)
	}
	if at := list.Follow("KOD-0"); !strings.HasPrefix(at.Address, "/arenden/") || at.Status != http.StatusOK {
		t.Error("the list does not lead to the case:", at.Address)
	}
	d := p.Follow("Se ärendena")
	if !d.Says("KOD-X") || !d.Says("säger olika saker") {
		t.Fatal(d.Body)
	}
	if p := d.Form("/nyckeltal/2025/tveksamma").Send(""); p.Status != http.StatusUnprocessableEntity || !p.Says("Välj om ärendet ska räknas") {
		t.Error(p.Status)
	}
	if p := d.Form("/nyckeltal/2025/tveksamma").Set("beslut", "raknas").Set("anteckning", "Vi har talat med handläggaren").Send(""); !p.Says("Beslutet är sparat") || !p.Says("Beslut: Ja, det räknas. lena") {
		t.Error(p.Status, p.Body)
	}
	if p := d.Form("/nyckeltal/2025/tveksamma").Set("beslut", "raknas_inte").Send(""); p.Status != http.StatusConflict || !p.Says("Någon annan har beslutat") {
		t.Error("two decided at the same time:", p.Status)
	}
	p = b.Get("/nyckeltal/2025")
	if !p.Says("Utan era beslut (internt)") || !p.Says("sekretess (1–4)") {
		t.Error(p.Body)
	}
	s := p.Follow("Granska och lämna")
	if s := s.Form("/nyckeltal/2025/skicka").Set("utan", "1").Send(""); s.Status != http.StatusUnprocessableEntity || !s.Says("Välj vad antalen omfattar") {
		t.Error(s.Status)
	}
	s = s.Form("/nyckeltal/2025/skicka").Set("omfattning", "3").Send("")
	if s.Status != http.StatusOK || !strings.Contains(s.Body, "1884,2025,1,6,,3") || !strings.Contains(s.Body, "1884,2025,3,,1,3") {
		t.Fatal(s.Status, s.Body)
	}
	e := s.Form("/nyckeltal/2025/faststall").Send("")
	if e.Status != http.StatusOK || !strings.HasPrefix(e.Address, "/nyckeltal/2025/underlag") || !e.Says("Nyckeltalen är fastställda") || !e.Says("sekretess (1–4)") || !e.Says("Inte skickat") || !e.Says("Nora (1884)") {
		t.Fatal(e.Status, e.Address, e.Body)
	}
	f := e.Follow("Hämta rapporter.csv")
	if f.Status != http.StatusOK || !strings.HasPrefix(f.Header.Get("Content-Type"), "text/csv") || f.Header.Get("Cache-Control") != "no-store" || !strings.Contains(f.Header.Get("Content-Disposition"), "rapporter-1884-2025-1.csv") || !strings.Contains(f.Body, "1884,2025,1,6,,3") {
		t.Error(f.Status, f.Header, f.Body)
	}
	e = e.Form("/nyckeltal/2025/underlag").Send("")
	if !e.Says("markerad som skickad") || !e.Says("lena, som fil") {
		t.Error(e.Status, e.Body)
	}
	if p := b.Get("/nyckeltal/2025"); !p.Says("Utgåva 1 skickades") {
		t.Error(p.Body)
	}
	if p := b.Get("/nyckeltal/2024"); !p.Says("Underlag 2025") {
		t.Error(p.Body)
	}
}

func TestWhoPressesTwiceSettlesOnce(t *testing.T) {
	_, b := house(t, 5)
	s := b.Get("/nyckeltal/2025/skicka").Form("/nyckeltal/2025/skicka").Set("omfattning", "3").Send("")
	once := s.Form("/nyckeltal/2025/faststall")
	once.Send("")
	again := once.Send("")
	if again.Status != http.StatusConflict || !again.Says("En utgåva har fastställts sedan du granskade") || !again.Says("Det här blir utgåva 2") {
		t.Fatal(again.Status, again.Body)
	}
	e := again.Form("/nyckeltal/2025/faststall").Send("")
	if !e.Says("Nyckeltalen är fastställda") {
		t.Fatal(e.Status, e.Body)
	}
	if e := e.Follow("Utgåva 1"); e.Status != http.StatusOK || e.Says("Inte skickad än") || !e.Says("Inte skickat") {
		t.Error("an edition that there is a later one of can be sent:", e.Status, e.Body)
	}
}

// sent settles and sends a year's key figures as they are.
func sent(t *testing.T, b *webtest.Browser, year string) {
	t.Helper()
	s := b.Get("/nyckeltal/"+year+"/skicka").Form("/nyckeltal/"+year+"/skicka").Set("omfattning", "3").Send("")
	e := s.Form("/nyckeltal/" + year + "/faststall").Send("").Form("/nyckeltal/" + year + "/underlag").Send("")
	if !e.Says("markerad som skickad") {
		t.Fatal(e.Status, e.Body)
	}
}

func TestWhatIsCorrectedBeforeItIsSentIsSaid(t *testing.T) {
	h, b := house(t, 6)
	const said = "Det fastställda för 2025 stämmer inte längre"
	s := b.Get("/nyckeltal/2025/skicka").Form("/nyckeltal/2025/skicka").Set("omfattning", "3").Send("")
	s.Form("/nyckeltal/2025/faststall").Send("")
	for _, address := range []string{"/nyckeltal/2025", "/nyckeltal/2025?mal=avslutsorsak"} { // another reading is no correction
		if p := b.Get(address); p.Says(said) || !p.Says("Läge: Klart att lämna.") || !p.Says("Skicka det fastställda") {
			t.Error(p.Body)
		}
	}
	if p := b.Get("/nyckeltal/2024"); !p.Says("Nyckeltal 2025, Nora: Klart att lämna") || p.Says("Lämnat 2025") {
		t.Error("what is settled counts as returned:", p.Body)
	}
	if p := b.Get("/nyckeltal/2026"); !p.Says("–") || strings.Contains(p.Body, ">Lämnat<") {
		t.Error(p.Body)
	}
	open(t, h, b, "KOD-Z", map[string]string{"5": "2025-03-01", "15": "30"})
	if p := b.Get("/nyckeltal/2025"); !p.Says(said) || p.Says("Rättelse behövs") || p.Says("Skicka det fastställda") {
		t.Error(p.Body)
	}
}

// A case that is opened again and closed in another year makes the return of the first year wrong: the
// pages say which key figure, where one begins the day and where the year is, and lead to the correction.
func TestACaseThatIsOpenedAgainLeadsToACorrection(t *testing.T) {
	h, b := house(t, 6)
	id := ""
	for i := range 5 {
		id = open(t, h, b, fmt.Sprint("KOD-M", i), map[string]string{"5": "2024-03-01", "15": "30", "insats.1.118": "3", "insats.1.117": "2024-03-02", "256": "2024-05-01", "192": "1", "257": "1"})
	}
	sent(t, b, "2024")
	if p := b.Get("/nyckeltal/2024"); !p.Says("Läge: Lämnat.") || p.Says("Rättelse behövs") {
		t.Fatal(p.Body)
	}
	w := h.Who(t, b)
	for _, day := range []string{"", "2025-04-01"} {
		_, err := h.Save(context.Background(), w.Actor, id, []app.Edit{{Field: "256", Answer: record.Answer{Value: day}, Seen: 99}})
		webtest.Must(t, err)
	}
	todo := b.Get("/att-gora")
	const waits = "Nyckeltal 2024, Nora: rättelse behövs. Registret säger något annat än det som lämnades för nyckeltal 3."
	if !todo.Says(waits) {
		t.Fatal(todo.Body)
	}
	if p := b.Get("/nyckeltal"); !p.Says("Nyckeltal 2024, Nora: Rättelse behövs") {
		t.Error(p.Body)
	}
	p := todo.Follow(waits)
	if p.Heading() != "Nyckeltal 2024" || !p.Says("Rättelse behövs för 2024") || !p.Says("Lämnat (utgåva 1)") || !p.Says("I registret i dag") {
		t.Fatal(p.Body)
	}
	s := p.Follow("Granska och skicka rättelse").Form("/nyckeltal/2024/skicka").Set("omfattning", "3").Send("")
	e := s.Form("/nyckeltal/2024/faststall").Send("")
	if p := b.Get("/nyckeltal/2024"); !p.Says("Läge: Rättelse behövs.") || !p.Says("Utgåva 2 är fastställd men inte skickad") {
		t.Error(p.Body)
	}
	e.Form("/nyckeltal/2024/underlag").Send("")
	if p := b.Get("/nyckeltal/2024"); !p.Says("Läge: Lämnat.") || p.Says("Rättelse behövs") {
		t.Error(p.Body)
	}
	if p := b.Get("/att-gora"); p.Says("rättelse behövs") {
		t.Error(p.Body)
	}
}

// A warning that somebody lets stand is none any more, says why, and can be one again.
func TestAWarningIsLetStand(t *testing.T) {
	h, b := house(t, 0)
	for i := range 12 {
		open(t, h, b, fmt.Sprint("KOD-W", i), map[string]string{"5": "2024-03-01", "15": "30"})
	}
	open(t, h, b, "KOD-X", map[string]string{"5": "2025-03-01", "15": "30"})
	const at, said = "/nyckeltal/2025/godta", "Organisationen eller enheterna har ändrats. lena"
	p := b.Get("/nyckeltal/2025")
	if w := p.Form(at).Send(""); w.Status != http.StatusUnprocessableEntity || !w.Says("Välj varför ni bortser från varningen") {
		t.Error(w.Status)
	}
	f := p.Form(at).Set("skal", "organisation")
	if p = f.Send(""); p.Status != http.StatusOK || !p.Says("Varningen kommer tillbaka om den säger något annat") || !p.Says(said) || !p.Says("Varningar som ni bortser från") {
		t.Fatal(p.Status, p.Body)
	}
	if w := f.Send(""); w.Status != http.StatusConflict || !w.Says("någon annan har svarat") {
		t.Error(w.Status)
	}
	if p = p.Form(at).Send("gor=tillbaka"); !p.Says("Det är en varning igen") || p.Says(said) {
		t.Error(p.Status, p.Body)
	}
}

// What the nation refuses is told before it is settled, with the reason afterwards, and there is a way on.
func TestWhatTheNationRefusesGoesAsAFile(t *testing.T) {
	h, b := house(t, 6)
	w := h.Who(t, b)
	admin := access.Actor{Person: w.Person, Role: access.Administrator, AllUnits: true, Confirmed: h.Time}
	webtest.Must(t, h.BeginNation(context.Background(), admin, "Riket", "SKR"))
	nation := ""
	webtest.Must(t, h.Store.Node().Read(context.Background(), func(tx *store.Tx) error {
		all, err := tx.Registers()
		nation = all[slices.IndexFunc(all, place.Register.IsNation)].ID
		return err
	}))
	h.Person(t, "riks", access.National, nation, "")
	webtest.Must(t, h.OpenCollection(context.Background(), h.Who(t, h.As(t, "riks", access.National, nation)).Actor, 2025, record.DayOf(h.Time.AddDate(0, 1, 0))))
	unit, err := h.ManagedUnit(context.Background(), w.Actor, w.Units[0].ID)
	webtest.Must(t, err)
	webtest.Must(t, h.SaveUnit(context.Background(), w.Actor, unit.ID, app.UnitMark(unit), app.UnitEdit{Name: unit.Name, Area: "188477", Last: record.NoDay, Since: record.NoDay, Always: true}))
	s := b.Get("/nyckeltal/2025/skicka").Form("/nyckeltal/2025/skicka").Set("omfattning", "3").Send("")
	if !s.Says("tar inte emot det: 188477 rapporterar inte för 2025.") {
		t.Fatal(s.Body)
	}
	e := s.Form("/nyckeltal/2025/faststall").Send("")
	if !e.Says("men kom inte fram till insamlingen") || !e.Says("tar inte emot utgåvan: 188477 rapporterar inte för 2025.") {
		t.Fatal(e.Status, e.Body)
	}
	if e := b.Post("/nyckeltal/2025/underlag?enhet=188477&utgava=1", url.Values{"vag": {"riket"}}); e.Status != http.StatusUnprocessableEntity || !e.Says("188477 rapporterar inte för 2025") {
		t.Error("who sends it all the same is not told why not:", e.Status, e.Body)
	}
	if e := e.Form("/nyckeltal/2025/underlag").Send(""); !e.Says("lena, som fil") {
		t.Error(e.Status, e.Body)
	}
}

func TestAYearBeforeTheRegisterBeganLeadsOn(t *testing.T) {
	_, b := house(t, 1)
	p := b.Get("/nyckeltal/2019")
	if !p.Says("Registret har inget från 2019") || p.Says("Antal (internt)") || !p.Says("inte 0 utan finns inte här") {
		t.Fatal(p.Body)
	}
	if p := p.Follow("Till nyckeltal 2025"); p.Heading() != "Nyckeltal 2025" {
		t.Error(p.Address)
	}
	_, b = house(t, 0)
	if p := b.Get("/nyckeltal").Follow("Nytt ärende"); p.Address != "/arenden/nytt" {
		t.Error(p.Address)
	}
}

// Whoever decides of a case that somebody else has decided of sees that decision, first on the page,
// wherever the case stands now; and what they wrote.
func TestTheSecondWhoDecidesSeesWhatTheFirstDid(t *testing.T) {
	h, b := house(t, 0)
	for i := range 14 {
		open(t, h, b, fmt.Sprintf("KOD-%02d", i), map[string]string{"5": "2025-03-01"}) // no age
	}
	d := b.Get("/nyckeltal/2025/tveksamma")
	mine, theirs := d.Form("/nyckeltal/2025/tveksamma"), d.Form("/nyckeltal/2025/tveksamma")
	if p := theirs.Set("beslut", "raknas_inte").Set("anteckning", "Hen är 16").Send(""); !p.Says("Beslutet är sparat") || p.Says("KOD-00") {
		t.Fatal(p.Body)
	}
	p := mine.Set("beslut", "raknas").Set("anteckning", "Hen är 19").Send("")
	if p.Status != http.StatusConflict || !p.Says("KOD-00") || !p.Says("Beslut: Nej, det räknas inte. lena") || !p.Says("Hen är 19") || !p.Says("Hen är 16") {
		t.Fatal(p.Status, p.Body)
	}
	if p := p.Form("/nyckeltal/2025/tveksamma").Set("beslut", "raknas").Send(""); !p.Says("Beslutet är sparat") {
		t.Error(p.Status, p.Body)
	}
}

func TestAnEmptyRegisterDoesNotReturnZeroUnseen(t *testing.T) {
	_, b := house(t, 0)
	if s := b.Get("/nyckeltal/2025/skicka?omfattning=3"); !s.Says("Lämna 0 bara om det stämmer") {
		t.Error(s.Body)
	}
	if s := b.Get("/nyckeltal/2025/skicka?omfattning=3&utan=1"); s.Says("Lämna 0 bara om det stämmer") {
		t.Error(s.Body)
	}
}

func TestANoteOfADecisionDoesNotIdentify(t *testing.T) {
	h, b := house(t, 5)
	open(t, h, b, "KOD-U", map[string]string{"5": "2025-03-01"}) // no age
	d := b.Get("/nyckeltal/2025/tveksamma").Form("/nyckeltal/2025/tveksamma").Set("beslut", "raknas")
	if p := d.Set("anteckning", "Hon är 811228-9874").Send(""); p.Status != http.StatusUnprocessableEntity || !p.Says("Beslutet är inte sparat") {
		t.Error(p.Status, p.Body)
	}
}

func TestWhatChangedMeanwhileIsNotReturned(t *testing.T) {
	h, b := house(t, 5)
	s := b.Get("/nyckeltal/2025/skicka").Form("/nyckeltal/2025/skicka").Set("omfattning", "1").Send("")
	open(t, h, b, "KOD-Y", map[string]string{"5": "2025-03-01", "15": "30"})
	s = s.Form("/nyckeltal/2025/faststall").Send("")
	if s.Status != http.StatusConflict || !s.Says("Något har ändrats sedan du granskade") || !strings.Contains(s.Body, "1884,2025,1,6,,1") {
		t.Fatal(s.Status, s.Body)
	}
	if e := s.Form("/nyckeltal/2025/faststall").Send(""); !e.Says("Nyckeltalen är fastställda") {
		t.Error(e.Status, e.Body)
	}
}

// The evidence of 1, 2, 3 and 4 cases is the same page, and the page of the file too.
func TestTheEvidenceHoldsNoSmallNumber(t *testing.T) {
	var pages []string
	for n := 1; n <= 4; n++ {
		h, b := house(t, n)
		h.Time = time.Date(2026, 11, 22, 15, 0, 0, 0, h.Time.Location())
		s := b.Get("/nyckeltal/2025/skicka").Form("/nyckeltal/2025/skicka").Set("omfattning", "2").Send("")
		e := s.Form("/nyckeltal/2025/faststall").Send("")
		if !e.Says("Nyckeltalen är fastställda") {
			t.Fatal(e.Status, e.Body)
		}
		pages = append(pages, s.Body+e.Body+e.Follow("Hämta rapporter.csv").Body)
	}
	for _, p := range pages[1:] {
		if masked(p) != masked(pages[0]) {
			t.Errorf("%s\n\ndiffers from\n\n%s", p, pages[0])
		}
	}
}

// masked takes away what is of a person or a moment: the owner of the page.
func masked(p string) string {
	lines := strings.Split(p, "\n")
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool {
		return strings.Contains(l, `name="vems"`) || strings.Contains(l, `name="ater"`) || strings.Contains(l, "on-paper")
	}), "\n")
}

func TestUnitsOutsideAreSaid(t *testing.T) {
	h, b := house(t, 1)
	unit := h.Who(t, b).Units[0].ID
	p := b.Get("/nyckeltal/2025").Form("/nyckeltal/2025/enheter").Set("enhet", unit).Send("")
	if !p.Says("Enheterna är sparade") || !p.Says("Enhet utanför IFO") {
		t.Error(p.Status, p.Body)
	}
}

func TestAddressesAreRead(t *testing.T) {
	_, b := house(t, 1)
	for address, want := range map[string]int{"/nyckeltal/20": 404, "/nyckeltal/x": 404, "/nyckeltal/2025/arenden/4": 404, "/nyckeltal/2025/arenden/x": 404, "/nyckeltal/2025/tveksamma?typ=annat": 404,
		"/nyckeltal/2025/underlag?utgava=7": 404, "/nyckeltal/2025?enhet=x&mal=y": 200, "/nyckeltal?ar=2023&mal=avslutsorsak": 200, "/nyckeltal/2026/skicka": 200, "/nyckeltal/2025/arenden/1?sida=99": 200} {
		if p := b.Get(address); p.Status != want {
			t.Errorf("%s: %d", address, p.Status)
		}
	}
	if p := b.Get("/nyckeltal/2026/skicka?omfattning=1"); !p.Says("Året är inte slut") || strings.Contains(p.Body, `name="hash"`) {
		t.Error("a year that is not over can be returned")
	}
	if p := b.Post("/nyckeltal/2025/faststall", url.Values{"omfattning": {"1"}, "hash": {"x"}}); p.Status != http.StatusConflict {
		t.Error(p.Status)
	}
}

func TestTemplatesStandAnything(t *testing.T) {
	webtest.StandAnything(t, page.New(indicator.Templates), func(_ *locale.Printer, h string, n int) map[string]any {
		year := "/nyckeltal/2025"
		table := page.Table{Caption: h, Head: []page.Head{{Text: h}}, Rows: slices.Repeat([]page.Row{{{Text: h, Written: true}}}, n), Empty: h}
		facts := slices.Repeat([]indicator.Fact{{Name: h, Text: h}}, n)
		known := slices.Repeat([]indicator.CardFact{{Name: h, Cell: page.Cell{Text: h, Address: "/arenden/x", Written: true}}}, n)
		links := slices.Repeat([]page.Link{{Address: "/nyckeltal/2025", Text: h}}, n)
		options := slices.Repeat([]indicator.Option{{Value: h, Text: h, Chosen: n == 1}}, n)
		accept := &indicator.AcceptForm{Owner: h, Address: year + "/godta", Name: h, Hidden: facts, Reasons: options}
		stands := &indicator.AcceptForm{Owner: h, Address: year + "/godta", Name: h, Hidden: facts, Said: h}
		odd := slices.Repeat([]indicator.OddLine{{Text: h, Link: &page.Link{Address: "/arenden", Text: h}, Accept: accept}}, n)
		steps := &indicator.Steps{Before: year, After: year, Text: h}
		card := indicator.DoubtCard{Owner: h, Nr: "1", Kind: h, Case: page.Cell{Text: h, Address: "/arenden/x", Written: true}, Why: h, Facts: known, Post: year, Hidden: facts, Choices: options, Note: h, Decided: h, Theirs: h, Fault: h}
		none := &page.Empty{Title: h, Text: h}
		return map[string]any{
			"indicator-year.html": []any{indicator.YearPage{Owner: h, Title: h, Place: h, Years: options, Areas: options, Readings: options, Figures: table, Other: h, OtherAt: year, Odd: odd,
				Doubts: table, Doubtful: n > 0, State: h, Told: h, Elsewhere: links, Wrong: &indicator.Correction{Title: h, Text: h, Counts: table, Accept: accept}, Left: &indicator.Correction{Title: h, Text: h, Counts: table, Accept: stands}, Accepted: slices.Repeat([]indicator.OddLine{{Text: h, Accept: stands}}, n), Do: h, Send: year, Before: true, Deadline: h, Return: year, Evidence: year, Over: n > 0, Units: options, UnitsAt: year, Others: table, Means: facts}, indicator.YearPage{Title: h, None: none}},
			"indicator-cases.html":  indicator.CasesPage{Title: h, Means: h, Cases: table, Steps: steps, Back: year, Year: h},
			"indicator-doubts.html": []any{indicator.DoubtsPage{Title: h, Intro: h, Kinds: options, Cases: []indicator.DoubtCard{card}, Of: h, Steps: steps, Back: year}, indicator.DoubtsPage{Title: h, None: *none}},
			"indicator-send.html": []any{indicator.SendPage{Owner: h, Title: h, Place: h, Action: year, Keeps: facts, Scopes: options, Figures: options, Readings: options, Faults: map[string]string{"omfattning": h, "utan": h},
				Leaves: &table, File: h, Open: year, Post: year, Hidden: facts, Where: h, Before: h, Back: year}, indicator.SendPage{Title: h, NotOver: true}},
			"indicator-evidence.html": []any{indicator.EvidencePage{Owner: h, Title: h, Facts: facts, Counts: table, Means: facts, Says: []string{h}, Head: []string{h}, Rows: slices.Repeat([][]string{{h}}, n), Hash: h, File: year, Post: year, Asked: n == 1, Refused: h, Fault: h, Other: year},
				indicator.EvidencePage{Title: h, None: none}},
		}
	})
}
