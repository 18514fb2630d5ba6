package cases_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/codebook"
	"foljsam/internal/web/webtest"
)

// reply is what a script reads.
type reply struct {
	At       string         `json:"tid"`
	Seen     map[string]int `json:"sett"`
	Version  int            `json:"version"`
	Warnings []struct {
		Field string `json:"falt"`
		Text  string `json:"text"`
	} `json:"varningar"`
	Phases []struct {
		Phase string `json:"fas"`
		Done  int    `json:"klart"`
		Of    int    `json:"av"`
	} `json:"faser"`
	Others []struct {
		Field string `json:"falt"`
		Shown string `json:"visas"`
	} `json:"andra"`
	Fault  string `json:"fel"`
	SignIn string `json:"logga_in"`
	ID     string `json:"id"`
}

// script asks as the pages' script does.
func script(t *testing.T, b *webtest.Browser, address string, form url.Values, into any) int {
	t.Helper()
	b.Header.Set("Accept", "application/json")
	defer b.Header.Del("Accept")
	p := b.Do(http.MethodPost, address, form)
	if err := json.Unmarshal([]byte(p.Body), into); err != nil {
		t.Fatalf("%d: no JSON", p.Status)
	}
	return p.Status
}

func field(name, value, seen string) url.Values {
	return url.Values{"falt": {name}, "f." + name: {value}, "s." + name: {seen}}
}

func TestAScriptSavesAField(t *testing.T) {
	_, b, id := opened(t)
	age := of(codebook.Age)
	var r reply
	if code := script(t, b, at(id, "falt?sedan=1"), field(age, "17", "0"), &r); code != http.StatusOK {
		t.Fatal(code)
	}
	if r.At != "13.02" || r.Seen[age] != 2 || r.Version != 2 || len(r.Phases) != len(book.Phases) || r.Phases[0].Done != 2 || len(r.Others) > 0 {
		t.Errorf("%+v", r)
	}
	if len(r.Warnings) != 1 || r.Warnings[0].Field != age {
		t.Errorf("under 18 is warned about at the age: %+v", r.Warnings)
	}
}

func TestAScriptIsToldWhatCannotBeSaved(t *testing.T) {
	_, b, id := opened(t)
	var r reply
	if code := script(t, b, at(id, "falt"), field(of(codebook.Age), "200", "0"), &r); code != http.StatusUnprocessableEntity || r.Fault == "" {
		t.Error(code, r.Fault)
	}
	for _, name := range []string{of(codebook.Municipality), codebook.Exclusion, "9999", "", "insats.0.x"} {
		if code := script(t, b, at(id, "falt"), field(name, "1", "0"), &r); code != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", name, code)
		}
	}
	b.Cookies = map[string]string{}
	if code := script(t, b, at(id, "falt"), field(of(codebook.Age), "20", "0"), &r); code != http.StatusUnauthorized || r.SignIn == "" {
		t.Error(code, r.SignIn)
	}
}

func TestAScriptSeesWhatOthersChanged(t *testing.T) {
	h, b, id := opened(t)
	h.Person(t, "bjork", access.Caseworker, h.Register(t), "")
	other := h.As(t, "bjork", access.Caseworker, h.Register(t))
	sex, age := of(codebook.Sex), of(codebook.Age)
	var theirs, mine reply
	script(t, other, at(id, "falt?sedan=1"), field(sex, "2", "0"), &theirs)
	script(t, b, at(id, "falt?sedan=1"), field(age, "40", "0"), &mine)
	if len(mine.Others) != 1 || mine.Others[0].Field != sex || mine.Others[0].Shown != "Man" {
		t.Errorf("%+v", mine.Others)
	}
	var conflict struct {
		Text  string `json:"text"`
		Value string `json:"varde"`
		Shown string `json:"visas"`
		Seen  int    `json:"sett"`
	}
	if code := script(t, b, at(id, "falt"), field(sex, "1", "0"), &conflict); code != http.StatusConflict || conflict.Value != "2" || conflict.Shown != "Man" || conflict.Seen != 2 {
		t.Errorf("%d %+v", code, conflict)
	}
}

func TestAScriptOpensACase(t *testing.T) {
	h := webtest.Begun(t)
	b := h.SignIn(t)
	form := b.Get("/arenden/nytt").Form("/arenden/nytt").Values
	var r reply
	if code := script(t, b, "/arenden/nytt", form, &r); code != http.StatusUnprocessableEntity || r.Fault == "" {
		t.Error("without codes:", code)
	}
	form.Set("f.arende", "24-1")
	form.Set("f."+of(codebook.Client), "K")
	form.Set("f."+of(codebook.Sex), "1")
	if code := script(t, b, "/arenden/nytt", form, &r); code != http.StatusCreated || r.ID == "" || r.Seen[of(codebook.Sex)] != 1 {
		t.Errorf("%d %+v", code, r)
	}
	if p := b.Get(at(r.ID, "bakgrund")); p.Heading() != "Ärende 24-1" {
		t.Error(p.Heading())
	}
}

// The reply to "1" was lost: the person sees what stood before, says that, and then another.
func TestAnAnswerAfterALostReplyIsKept(t *testing.T) {
	_, b, id := opened(t)
	sex := of(codebook.Sex)
	for _, value := range []string{"1", "", "2"} {
		var r struct {
			Value string         `json:"varde"`
			Seen  map[string]int `json:"sett"`
		}
		if code := script(t, b, at(id, "falt"), field(sex, value, "0"), &r); code != http.StatusOK || r.Value != value {
			t.Errorf("%q: %d %+v", value, code, r)
		}
	}
}

func TestAScriptIsToldThatTheRowWasTakenAway(t *testing.T) {
	_, b, id := opened(t)
	name := "insats.1." + of(codebook.Support)
	var r reply
	if code := script(t, b, at(id, "falt"), field(name, "3", "0"), &r); code != http.StatusOK {
		t.Fatal(code)
	}
	b.Post(at(id, "under"), url.Values{"rad": {"insats-1"}})
	if code := script(t, b, at(id, "falt"), field(name, "4", "2"), &r); code != http.StatusUnprocessableEntity || r.Fault == "" {
		t.Errorf("%d %+v", code, r)
	}
}
