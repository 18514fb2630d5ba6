package web_test

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/store"
	"foljsam/internal/web"
	"foljsam/internal/web/visit"
)

// planted are values that must never be anywhere but on the pages of those who may see
// them, and in the encrypted database.
var planted = map[string]string{
	"case code":   "PLANTERAD-ARENDEKOD-7731",
	"client code": "PLANTERAD-KLIENTKOD-7732",
	"free text":   "PLANTERAD-FRITEXT-7733",
	"comment":     "PLANTERAD-KOMMENTAR-7734",
	"bad answer":  "PLANTERAT-FELSVAR-7735",
	"name":        "PLANTERAT-NAMN-7736",
	"login":       "planterad-inloggning-7737",
	"password":    "PLANTERAT-LOSENORD-7738",
	"search":      "PLANTERAD-SOKNING-7739",
}

// watched is a server whose log, addresses and files are looked through afterwards.
type watched struct {
	t         *testing.T
	dir       string
	log       safeBuffer
	server    *httptest.Server
	client    *http.Client
	meter     http.Handler
	addresses strings.Builder // everything that was ever led to or linked to
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func watch(t *testing.T) *watched {
	t.Helper()
	w := &watched{t: t, dir: t.TempDir()}
	t.Setenv("TMPDIR", filepath.Join(w.dir, "tmp"))
	if err := os.Mkdir(filepath.Join(w.dir, "tmp"), 0o700); err != nil {
		t.Fatal(err)
	}
	keys, err := store.OpenKeys(filepath.Join(w.dir, "nycklar"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Options{Folder: filepath.Join(w.dir, "data"), Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	a := app.New(app.Options{Store: s, Codebook: codebook.Default()})
	code, err := a.FirstCode(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	secret, err := a.Begin(t.Context(), app.First{Code: code, Name: planted["name"], Login: planted["login"], Password: planted["password"],
		Register: "Nora", Controller: "Nora", Area: "1884", Unit: "Enhet Vuxen"})
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewJSONHandler(&w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	o := web.Options{App: a, Log: log, Version: "test"}
	o.Meter = web.NewMeter(o)
	w.meter = o.Meter
	w.server = httptest.NewUnstartedServer(web.New(o))
	w.server.Config.ErrorLog = slog.NewLogLogger(log.Handler(), slog.LevelDebug)
	w.server.Start()
	t.Cleanup(w.server.Close)
	jar, _ := cookiejar.New(nil)
	home, _ := url.Parse(w.server.URL)
	jar.SetCookies(home, []*http.Cookie{{Name: visit.SessionCookie, Value: secret, Path: "/"}})
	w.client = &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return w
}

var links = regexp.MustCompile(`(?:href|action|src|data-[a-z-]*url)="([^"]*)"`)

func (w *watched) send(method, address, kind, body string) (*http.Response, string) {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, w.server.URL+address, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	answer, err := w.client.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	fmt.Fprintln(&w.addresses, address, answer.Header.Get("Location"), answer.Header.Get("Refresh"))
	for _, m := range links.FindAllStringSubmatch(string(text), -1) {
		fmt.Fprintln(&w.addresses, m[1])
	}
	return answer, string(text)
}

func (w *watched) post(address string, fields url.Values) (*http.Response, string) {
	answer, text := w.send("POST", address, "application/x-www-form-urlencoded", fields.Encode())
	if to := answer.Header.Get("Location"); strings.Contains(to, "svar=") { // what could not be saved is shown there
		return w.send("GET", to, "", "")
	}
	return answer, text
}

func (w *watched) get(address string) string {
	_, text := w.send("GET", address, "", "")
	return text
}

func TestPlantedValuesAreNowhereElse(t *testing.T) {
	w := watch(t)
	var units string
	if units = w.get("/api/enheter"); !strings.Contains(units, "Enhet Vuxen") {
		t.Fatal(units)
	}
	unit := regexp.MustCompile(`"id":"([^"]*)"`).FindStringSubmatch(units)[1]
	answer, text := w.send("POST", "/api/arenden", "application/json", fmt.Sprintf(`{"enhet":%q,"arende":%q,"klient":%q,"svar":{"5":"2026-11-01","217":%q}}`, unit, planted["case code"], planted["client code"], planted["free text"]))
	if answer.StatusCode != http.StatusCreated {
		t.Fatal(answer.StatusCode, text)
	}
	id := regexp.MustCompile(`"id":"([^"]*)"`).FindStringSubmatch(text)[1]
	at := "/arenden/" + id

	// Seen by those who may: the test would be worth nothing if they could not.
	if text := w.get(at + "/brukare"); !strings.Contains(text, planted["case code"]) || !strings.Contains(text, planted["free text"]) {
		t.Error("the pages do not show what was planted")
	}
	for _, page := range []string{"/bakgrund", "/fore", "/under", "/efter", "/historik", "/avsluta", "/uteslut", "", "/finns-inte"} {
		w.get(at + page)
	}
	for _, page := range []string{"/", "/att-gora", "/arenden", "/arenden/nytt", "/genomgang", "/hjalp", "/installningar", "/konto", "/konto/losenord", "/konto/koder", "/konto/passnycklar", "/konto/reservkoder", "/bekrafta", "/api/arenden/" + id, "/finns-inte"} {
		w.get(page)
	}
	w.post(at+"/falt", url.Values{"falt": {"49"}, "f.49": {"1"}, "k.49": {planted["comment"]}, "s.49": {"0"}})
	w.post(at+"/falt", url.Values{"falt": {"15"}, "f.15": {planted["bad answer"]}, "s.15": {"0"}})
	w.post(at+"/bakgrund", url.Values{"f.15": {planted["bad answer"]}, "s.15": {"0"}})
	w.post("/arenden/sok", url.Values{"kod": {planted["search"]}})
	w.post("/roll", url.Values{"roll": {"administrator|"}})
	w.post("/anvandare/sok", url.Values{"sok": {planted["search"]}})
	w.post("/anvandare/ny", url.Values{"namn": {planted["name"]}, "inloggning": {planted["login"]}}) // taken
	if text := w.get("/anvandare"); !strings.Contains(text, planted["login"]) {
		t.Error("the list does not show who can sign in")
	}
	w.post("/valkommen", url.Values{"inloggning": {planted["login"]}, "kod": {planted["search"]}, "losenord": {planted["password"]}, "losenord2": {planted["password"]}})
	w.post("/roll", url.Values{"roll": {"handlaggare|" + w.register()}})
	w.post("/arenden/sok", url.Values{"kod": {planted["case code"]}})
	for _, page := range []string{"/hantera/utdrag", "/hantera/utdrag/fil", "/hantera/dubbletter", "/hantera/dubbletter/koder"} {
		w.post(page, url.Values{"kod": {planted["client code"]}, "arenden": {planted["bad answer"]}, "anteckning": {planted["comment"]}, "beslut": {"ratt"}})
		w.get(page)
	}
	taken := url.Values{"f.arende": {planted["case code"]}, "s.arende": {"0"}, "f.4": {planted["client code"]}, "s.4": {"0"}, "f.enhet": {unit}, "s.enhet": {"0"}}
	if answer, text := w.post("/arenden/nytt", taken); answer.StatusCode < 400 || !strings.Contains(text, planted["case code"]) {
		t.Error("a code that is taken was not told of:", answer.StatusCode)
	}
	w.post("/bekrafta", url.Values{"losenord": {planted["password"] + "x"}, "kod": {planted["search"]}})
	w.post("/konto/losenord", url.Values{"losenord": {planted["password"] + "x"}, "nytt": {planted["password"] + "y"}, "nytt2": {planted["password"] + "y"}})
	w.post("/konto/koder", url.Values{"gor": {"borja"}})
	w.post("/konto/passnycklar", url.Values{"namn": {planted["search"]}, "steg": {planted["search"]}, "svar": {planted["search"]}})
	w.post("/logga-in/kod", url.Values{"kod": {planted["search"]}, "steg": {planted["search"]}, "svar": {planted["search"]}})
	w.post("/logga-in", url.Values{"inloggning": {planted["login"]}, "losenord": {planted["password"] + "x"}})
	w.send("POST", "/api/arenden", "application/json", `{"arende": "`+planted["bad answer"]+`", "okänt": 1`)
	w.send("POST", "/api/arenden", "application/json", `{"enhet":"`+unit+`","arende":"x","klient":"y","svar":{"15":"`+planted["bad answer"]+`","`+planted["bad answer"]+`":"1"}}`)
	w.send("POST", at+"/falt", "application/x-www-form-urlencoded", "f.15=%zz"+planted["bad answer"])

	for _, page := range []string{"/drift", "/lagstod", "/halsa", "/halsa/redo"} {
		w.get(page)
	}
	for _, typed := range []string{"/", at + "/", "/arenden?kod="} { // an address that somebody made up
		answer, err := w.client.Get(w.server.URL + typed + planted["search"])
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
	}
	numbers := w.numbers()
	w.search("the numbers", numbers)
	if !strings.Contains(numbers, `foljsam_requests_total{route="GET /arenden/{id}/{fas}",status="2xx"}`) || strings.Contains(numbers, id) {
		t.Error("the numbers:", numbers)
	}
	w.search("the log", w.log.String())
	w.search("addresses", w.addresses.String())
	w.searchFiles()
}

// numbers gives what a machine that watches over this one reads.
func (w *watched) numbers() string {
	r := httptest.NewRecorder()
	w.meter.ServeHTTP(r, httptest.NewRequest(http.MethodGet, "/matt", nil))
	return r.Body.String()
}

// register gives the id of the register, as the page says it.
func (w *watched) register() string {
	return regexp.MustCompile(`value="handlaggare\|([^"]*)"`).FindStringSubmatch(w.get("/hjalp"))[1]
}

func (w *watched) search(where, text string) {
	w.t.Helper()
	for what, value := range planted {
		if strings.Contains(strings.ToLower(text), strings.ToLower(value)) {
			w.t.Errorf("the planted %s is in %s", what, where)
		}
	}
}

// searchFiles looks through every file there is: databases, their logs, temporary files.
func (w *watched) searchFiles() {
	w.t.Helper()
	n := 0
	err := filepath.WalkDir(w.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		n++
		w.search(filepath.Base(path), string(b))
		return nil
	})
	if err != nil || n < 3 {
		w.t.Error(n, "files", err)
	}
}
