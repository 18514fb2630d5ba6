package page

import (
	"errors"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"foljsam/internal/locale"
	"foljsam/internal/web/page/pagetest"
)

// every is a page folder that shows every part.
var every = fstest.MapFS{"every.html": {Data: []byte(
	`<h1>{{.Title}}</h1>{{template "empty" .Empty}}{{template "table" .Table}}{{template "message" .Message}}{{icon "add"}}
<p>{{int 3070}} {{percent 57.4 1}} {{decimal 2.5 1}} {{date .Day}} {{clock .Day}} {{iso .Day}} {{query .Title}} {{T "page.faults" "n" 2}}</p>`)}}

type everyPage struct {
	Title   string
	Empty   Empty
	Table   Table
	Message Message
	Day     time.Time
}

func TestEveryPartIsWholeInEveryLanguage(t *testing.T) {
	set := New(every)
	for _, l := range locale.Staff {
		for _, word := range pagetest.Hostile {
			for _, n := range []int{0, 1, 3} {
				f, data := frameOf(l, word, n), pageOf(word, n)
				body := render(t, set, f, data)
				for _, fault := range pagetest.Faults(body) {
					t.Fatalf("%s, %.30q, %d: %s", l, word, n, fault)
				}
				if strings.Contains(body, "⟦") {
					t.Fatalf("%s: a text is missing:\n%s", l, body)
				}
			}
		}
	}
}

func frameOf(l locale.Lang, word string, n int) Frame {
	f := Frame{Lang: l, Theme: Dark, Title: word, Register: word, Unit: word, Synthetic: n > 0, Internal: n > 1, Person: word, Role: word,
		Saved: word, Saves: n > 1, KeysOff: n == 1, Version: word, Address: "/" + word, ReadAt: time.Now(), Find: "/arenden"}
	for range n {
		f.Bar = append(f.Bar, Item{Address: word, Key: "page.help", Current: true})
		f.Faults = append(f.Faults, Fault{"innehall", word})
		f.Messages = append(f.Messages, Message{Error, word, word, &Link{"/x", word}})
	}
	return f
}

func pageOf(word string, n int) everyPage {
	p := everyPage{word, Empty{word, word, &Link{word, word}}, Table{Caption: word, Empty: word, Hidden: n > 1}, Message{Kind: Info, Text: word}, time.Now()}
	for range n {
		p.Table.Head = append(p.Table.Head, Head{word, n > 1})
		p.Table.Rows = append(p.Table.Rows, Row{{Text: word, Address: "/x?" + word}, {Text: word, Written: true}, {Text: word, Address: word, Written: true}})
	}
	return p
}

func render(t *testing.T, set *Set, f Frame, data any) string {
	t.Helper()
	w := httptest.NewRecorder()
	if err := set.Render(w, httptest.NewRequest("GET", "/x", nil), "every.html", f, data); err != nil {
		t.Fatal(errors.Unwrap(err), err)
	}
	return w.Body.String()
}

// Address is the one thing of a frame that a stranger can choose: by a link.
func TestAnswersLeadNowhereElse(t *testing.T) {
	for address, want := range map[string]string{
		"/arenden/7/fore#f-14": "/arenden/7/fore#f-14", "": "/", "https://example.org": "/", "//example.org": "/", `/\example.org`: "/",
		"javascript:alert(1)": "/", "/a\r\nSet-Cookie: x=y": "/", "arenden": "/",
	} {
		if got := Local(address); got != want {
			t.Errorf("Local(%q) = %q, want %q", address, got, want)
		}
	}
}

// A page that fails half-way is sent as one plain page that says so; the data is nowhere.
func TestAPageThatFailsIsNeverHalf(t *testing.T) {
	set := New(fstest.MapFS{"bad.html": {Data: []byte(`<h1>begun</h1>{{.Word}}{{index .List 7}}`)}})
	w := httptest.NewRecorder()
	err := set.Render(w, httptest.NewRequest("GET", "/", nil), "bad.html", Frame{}, struct {
		Word string
		List []int
	}{"19121212-1212", nil})
	body := w.Body.String()
	if err == nil || w.Code != http.StatusInternalServerError || strings.Contains(body, "begun") {
		t.Errorf("%d %v %s", w.Code, err, body)
	}
	if strings.Contains(err.Error()+body, "19121212") {
		t.Errorf("the data of the page is told: %v %s", err, body)
	}
	if faults := pagetest.Faults(strings.Replace(body, `<meta charset="utf-8">`, "", 1)); len(faults) > 0 {
		t.Error(faults)
	}
}

func TestATemplateThatIsWrongStopsTheProgram(t *testing.T) {
	for _, text := range []string{`{{.X`, `{{template "nothing" .}}`, `{{nofunc}}`} {
		func() {
			defer func() { _ = recover() }()
			s := New(fstest.MapFS{"x.html": {Data: []byte(text)}})
			if _, err := s.Part(locale.Swedish, "x.html", nil); err == nil {
				t.Errorf("%s was accepted", text)
			}
		}()
	}
}

func TestTheLookIsKeptAndReadBack(t *testing.T) {
	post := httptest.NewRequest("POST", LookAddress, strings.NewReader("sprak=en&tema=dark&ater=/arenden"))
	post.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	SetLook(w, post, false)
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/arenden" {
		t.Errorf("%d %s", w.Code, w.Header())
	}
	get := httptest.NewRequest("GET", "/", nil)
	for _, c := range w.Result().Cookies() {
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode {
			t.Errorf("the cookie %s can be read by scripts or sent from elsewhere", c.Name)
		}
		get.AddCookie(c)
	}
	if got := LookOf(get); got != (Look{locale.English, Dark}) {
		t.Errorf("%+v", got)
	}
}

func TestTheBrowserChoosesALanguageThatThereIs(t *testing.T) {
	for header, want := range map[string]locale.Lang{
		"": locale.Swedish, "en-GB,en;q=0.9,sv;q=0.8": locale.English, "fi, en;q=0.5": locale.English, "fi": locale.Swedish, "sv-SE": locale.Swedish, ";;,": locale.Swedish,
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept-Language", header)
		if got := LookOf(r).Lang; got != want {
			t.Errorf("%q: %s, want %s", header, got, want)
		}
	}
}

func TestEveryAnswerHasTheHeaders(t *testing.T) {
	w := httptest.NewRecorder()
	Secure(http.NotFoundHandler()).ServeHTTP(w, httptest.NewRequest("GET", "/nowhere", nil))
	for _, name := range []string{"Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options", "Cross-Origin-Opener-Policy",
		"Cross-Origin-Resource-Policy", "Permissions-Policy", "Cache-Control"} {
		if w.Header().Get(name) == "" {
			t.Errorf("no %s", name)
		}
	}
	if strings.Contains(w.Header().Get("Content-Security-Policy"), "unsafe") {
		t.Error("the policy allows what it should not")
	}
}

// Templates hold no inline script or style, and name no other place.
func TestTemplatesHoldNothingInline(t *testing.T) {
	fs.WalkDir(own, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, _ := fs.ReadFile(own, name)
		for _, word := range []string{"style=", "<style", "onclick", "onload", "javascript:", "http:", "https:", "innerHTML"} {
			if strings.Contains(string(b), word) {
				t.Errorf("%s holds %s", name, word)
			}
		}
		return nil
	})
}
