package log_test

import (
	"context"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/audit"
	"foljsam/internal/locale"
	"foljsam/internal/store"
	"foljsam/internal/web/webtest"
)

// town is Nora with a caseworker, a coordinator and an administrator, where a case was opened
// and a code looked up.
type town struct {
	*webtest.House
	register          string
	anna, lena, admin *webtest.Browser
	case24            string
}

func newTown(t *testing.T) *town {
	h := webtest.Begun(t)
	x := &town{House: h, register: h.Register(t)}
	h.Person(t, "anna", access.Caseworker, x.register, "")
	h.Person(t, "lena", access.Coordinator, x.register, "")
	h.Person(t, "admin", access.Administrator, "", "")
	x.anna, x.lena, x.admin = h.As(t, "anna", access.Caseworker, x.register), h.As(t, "lena", access.Coordinator, x.register), h.As(t, "admin", access.Administrator, "")
	w := h.Who(t, x.anna)
	id, err := h.OpenCase(context.Background(), w.Actor, app.NewCase{Unit: w.Units[0].ID, Case: "24-017", Client: "K-1"})
	webtest.Must(t, err)
	x.case24 = id
	x.anna.Post("/arenden/sok", map[string][]string{"kod": {"24-017"}})
	return x
}

func TestASampleIsDrawnJudgedAndKept(t *testing.T) {
	x := newTown(t)
	x.Person(t, "siv", access.Administrator, "", "")
	siv := x.As(t, "siv", access.Administrator, "") // who has done nothing in the register
	p := x.admin.Get("/hantera/logg?register=" + x.register)
	if strings.Contains(p.Body, `type="date"`) || !p.Says("ÅÅÅÅ-MM-DD") || !p.Says("Inga stickprov är gjorda") {
		t.Error("days are not asked for as on other pages, or nothing is said of the checks")
	}
	if p.Status != http.StatusOK || !p.Says("Öppnade ärendet") || !p.Says("ärende …"+x.case24[len(x.case24)-8:]) || strings.Contains(p.Body, x.case24) || strings.Contains(p.Body, "24-017") {
		t.Fatal(p.Status, p.Body)
	}
	p = p.Form("/hantera/logg/urval").Set("antal", "2").Send("")
	if p.Heading() != "Stickprov ur loggen" || !p.Says("2 rader är inte bedömda") {
		t.Fatal(p.Status, p.Body)
	}
	p = siv.Get(p.Address)
	p = p.Form("/hantera/logg/bedom").Set("anteckning", "Ring 070-123 45 67").Send("bedomning=fraga")
	if p.Status != http.StatusUnprocessableEntity || !p.Says("personnummer, telefonnummer") || !strings.Contains(p.Body, "070-123 45 67") {
		t.Error("a telephone number was kept, or what was typed was lost:", p.Status)
	}
	p = p.Form("/hantera/logg/bedom").Set("anteckning", "Ny i gruppen, frågar på måndag").Send("bedomning=fraga")
	if !p.Says("1 rad är inte bedömd") || !p.Says("Ska frågas om. siv") || !strings.Contains(p.Body, "frågar på måndag") {
		t.Error(p.Status, p.Body)
	}
	p = x.admin.Get("/hantera/logg?register=" + x.register)
	if !p.Says("Tog ett urval ur loggen") || !p.Says("Bedömde en loggrad") || strings.Contains(p.Body, "måndag") {
		t.Error("the check is not in the log, or its note is")
	}
	x.sampleCanBeDrawnAgain(t)
}

func TestNobodyJudgesTheirOwnLines(t *testing.T) {
	x := newTown(t)
	p := x.admin.Get("/hantera/logg?register="+x.register).Form("/hantera/logg/urval").Set("antal", "200").Send("")
	if !p.Says("Någon annan bedömer den här") {
		t.Fatal(p.Status, p.Body)
	}
	own := int64(0)
	r, err := x.Store.Register(t.Context(), x.register)
	webtest.Must(t, err)
	webtest.Must(t, r.Read(t.Context(), func(tx *store.Tx) error {
		lines, err := tx.AuditLines(0, 1000)
		for _, s := range lines {
			if l, _ := s.Read(); l.Act == audit.SawLog {
				own = s.Seq
			}
		}
		return err
	}))
	values := p.Form("/hantera/logg/bedom").Set("rad", strconv.FormatInt(own, 10)).Set("bedomning", app.Ordinary).Values
	if strings.Contains(p.Body, `name="rad" value="`+values.Get("rad")+`"`) {
		t.Error("the page offers to judge one's own line")
	}
	if r := x.admin.Do(http.MethodPost, "/hantera/logg/bedom", values); r.Status != http.StatusForbidden {
		t.Error("one's own line was judged:", r.Status)
	}
}

// sampleCanBeDrawnAgain draws the sample again from what the log says of it.
func (x *town) sampleCanBeDrawnAgain(t *testing.T) {
	t.Helper()
	r, err := x.Store.Register(t.Context(), x.register)
	webtest.Must(t, err)
	webtest.Must(t, r.Read(t.Context(), func(tx *store.Tx) error {
		lines, err := tx.AuditLines(0, 1000)
		for _, s := range lines {
			l, _ := s.Read()
			if l.Act != audit.Sampled {
				continue
			}
			first, last, _ := strings.Cut(strings.TrimPrefix(l.Fields[1], "rader "), "-")
			from, _ := strconv.ParseInt(first, 10, 64)
			till, _ := strconv.ParseInt(last, 10, 64)
			var words []string
			for _, n := range app.DrawLines(strings.TrimPrefix(l.Fields[2], "fro "), from, till, l.N) {
				words = append(words, strconv.FormatInt(n, 10))
			}
			if got := "urval " + strings.Join(words, " "); got != l.Fields[3] || l.N != 2 {
				t.Errorf("%q, in the log %q", got, l.Fields[3])
			}
			return err
		}
		t.Error("no sample is in the log")
		return err
	}))
}

func TestACoordinatorSeesLookUpsOnly(t *testing.T) {
	x := newTown(t)
	p := x.lena.Get("/hantera/logg")
	if p.Status != http.StatusOK || !p.Says("Sökte på en kod") || !p.Says("anna") || p.Says("Öppnade ärendet") || strings.Contains(p.Body, "24-017") {
		t.Error(p.Status, p.Body)
	}
	for _, address := range []string{"/hantera/logg/urval", "/hantera/logg/slut/loggslut.txt"} {
		if p := x.lena.Get(address); p.Status != http.StatusForbidden {
			t.Errorf("%s: %d", address, p.Status)
		}
	}
	if p := x.anna.Get("/hantera/logg"); p.Status != http.StatusForbidden {
		t.Error("a caseworker:", p.Status)
	}
}

func TestTheEndsAreSignedAndFetched(t *testing.T) {
	x := newTown(t)
	p := x.admin.Get("/hantera/logg/slut/loggslut.txt")
	public, err := x.Store.PublicKey()
	webtest.Must(t, err)
	n := 0
	for line := range strings.Lines(p.Body) {
		var h audit.SignedHead
		webtest.Must(t, json.Unmarshal([]byte(line), &h))
		webtest.Must(t, h.Check(public))
		n++
	}
	if n != 2 {
		t.Error(p.Body)
	}
	if p := x.admin.Get("/hantera/logg"); !p.Says(audit.PublicText(public)) {
		t.Error("the public key is not shown")
	}
}

func TestAPeriodThatIsNoneIsToldAndKept(t *testing.T) {
	x := newTown(t)
	for _, set := range [][2]string{{"fran", "2027-01-01"}, {"antal", "201"}, {"antal", "många"}, {"fran", "i går"}} {
		p := x.admin.Get("/hantera/logg?register="+x.register).Form("/hantera/logg/urval").Set(set[0], set[1]).Send("")
		if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, `value="`+set[1]+`"`) || !strings.Contains(p.Body, `href="#fran"`) {
			t.Error(set, p.Status)
		}
	}
}

// Every act has words: a line that only a programmer can read is not looked through.
func TestEveryActHasWords(t *testing.T) {
	files, err := filepath.Glob("../../audit/*.go")
	webtest.Must(t, err)
	n := 0
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		webtest.Must(t, err)
		ast.Inspect(f, func(node ast.Node) bool {
			v, ok := node.(*ast.ValueSpec)
			if !ok || len(v.Values) != 1 {
				return true
			}
			if kind, ok := v.Type.(*ast.Ident); !ok || kind.Name != "Act" {
				return true
			}
			word, _ := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
			for _, l := range locale.Staff {
				if n++; !locale.For(l).Has("log.act_" + word) {
					t.Errorf("the act %s has no words (log.act_%s) in %s", word, word, l)
				}
			}
			return true
		})
	}
	if n < 60 {
		t.Error("only", n, "acts were found")
	}
}

func TestTheLogSaysWhenTheLastBackupWasTaken(t *testing.T) {
	h := webtest.Begun(t)
	h.Person(t, "admin", access.Administrator, "", "")
	b := h.As(t, "admin", access.Administrator, "")
	if p := b.Get("/hantera/logg"); !p.Says("Ingen säkerhetskopia av loggen har tagits") {
		t.Error("it is not told that there is none")
	}
	webtest.Must(t, h.Store.Node().Write(t.Context(), func(x *store.Tx) error {
		return x.PutSetting("sakerhetskopia_provad", h.Time.AddDate(0, 0, -2).Format(time.RFC3339))
	}))
	if p := b.Get("/hantera/logg"); !p.Says("21 november 2026") {
		t.Error("the time of the last backup is not told")
	}
}
