package ask

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/place"
)

func scbOf(t *testing.T, s *service, opt Options) *SCB {
	t.Helper()
	c, err := NewSCB(s.URL+"/api/v2", opt)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func koladaOf(t *testing.T, s *service, opt Options) *Kolada {
	t.Helper()
	c, err := NewKolada(s.URL+"/v3/", opt)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func municipalities() (codes []string) {
	for _, m := range place.Municipalities() {
		codes = append(codes, m.Code)
	}
	return codes
}

func TestAMakingOfAClientAsksNothing(t *testing.T) {
	s := stranger(t)
	scbOf(t, s, Options{})
	koladaOf(t, s, Options{})
}

// 1000 less 100, 50, 11, 12 and 13 is 814: one question for all 290.
func TestPerturbedAdultsAreOneQuestion(t *testing.T) {
	s := newService(t, likeSCB)
	w := &waits{}
	all, problems, err := scbOf(t, s, w.options()).Adults(context.Background(), 2025, municipalities())
	if err != nil || len(problems) > 0 || len(all) != 290 {
		t.Fatal(len(all), problems, err)
	}
	d := all[100]
	if d.Adults != 814 || d.Inhabitants != 1000 || d.Cells != 6 || d.Method != exchange.Subtracted || !d.Perturbed || d.Table != "TAB5557" || d.Source() != "SCB" || d.Read.IsZero() || d.Updated.IsZero() {
		t.Errorf("%+v", d)
	}
	if q := s.questions(); !slices.Equal(q, []string{"POST /api/v2/tables/TAB5557/data?lang=sv&outputFormat=json-stat2"}) {
		t.Errorf("%q", q)
	}
}

// 83 ages, two sexes and four statuses of 10 each are 6 640. 290 municipalities are more
// numbers than SCB gives at once.
func TestExactAdultsAreAskedInParts(t *testing.T) {
	s := newService(t, likeSCB)
	w := &waits{}
	all, problems, err := scbOf(t, s, w.options()).Adults(context.Background(), 2024, append(municipalities(), "018001", "0180"))
	if err != nil || len(all) != 290 || all[0].Adults != 6640 || all[0].Cells != 664 || all[0].Perturbed {
		t.Fatal(len(all), err)
	}
	if len(problems) != 1 || problems[0].Key != "ask.no_region" || problems[0].Value != "018001" {
		t.Errorf("%+v", problems)
	}
	if q := s.questions(); len(q) != 2 || len(w.all) != 1 {
		t.Errorf("%q, %v", q, w.all)
	}
}

func TestARefusalSaysWhy(t *testing.T) {
	w := &waits{}
	scb := scbOf(t, newService(t, likeSCB), w.options())
	_, _, err := scb.Adults(context.Background(), 2025, []string{"0180", "9999"})
	said := locale.For(locale.Swedish).Error(err)
	if fault.KeyOf(err) != "ask.refused_saying" || !strings.Contains(said, "400: Missing or unknown value code 9999") {
		t.Error(said)
	}
	if _, _, err = scb.Adults(context.Background(), 2026, []string{"0180"}); fault.KeyOf(err) != "ask.refused_saying" {
		t.Error(err)
	}
	if _, _, err = scb.Adults(context.Background(), 1950, []string{"0180"}); fault.KeyOf(err) != "ask.no_table" {
		t.Error(err)
	}
}

func TestKoladasValuesAreFourThings(t *testing.T) {
	var s *service
	s = newService(t, likeKolada(&s))
	var ids []string
	for i := range 60 {
		ids = append(ids, fmt.Sprintf("%04d", i))
	}
	w := &waits{}
	table, err := koladaOf(t, s, w.options()).Data(context.Background(), []string{"U99901"}, ids, []int{2024})
	if err != nil || table.Odd != 0 || table.Len() != 59 {
		t.Fatal(err, table)
	}
	for id, want := range map[string]exchange.KoladaState{"0001": exchange.KoladaNumber, "0002": exchange.KoladaAbsent, "0003": exchange.KoladaNull,
		"0004": exchange.KoladaMarked, "0005": exchange.KoladaDeleted, "0006": exchange.KoladaNumber, "0059": exchange.KoladaNumber} {
		if f := table.At("U99901", id, 2024); f.State != want {
			t.Errorf("%s is %+v, want %d", id, f, want)
		}
	}
	if v, ok := table.At("U99901", "0006", 2024).Number(); !ok || v != 0 {
		t.Error("zero is a number")
	}
	if f := table.At("U99901", "0004", 2024); f.Status != "Sekretess" {
		t.Error("the status is kept as it stands", f)
	}
	if v, ok := table.At("U99901", "0005", 2024).Number(); ok {
		t.Error("what was taken away is no value", v)
	}
	// 60 ids are 25, 25 and 10, in pages of ten.
	if q := s.questions(); len(q) != 7 {
		t.Errorf("%d questions: %q", len(q), q)
	}
}

func TestAKeyFigureIsFoundByTitleAndConfirmed(t *testing.T) {
	var s *service
	s = newService(t, likeKolada(&s))
	w := &waits{}
	k := koladaOf(t, s, w.options())
	ctx := context.Background()
	all, err := k.KPIs(ctx, "våldsutsatta")
	if err != nil || len(all) != 2 || all[0].ID != "U99901" {
		t.Fatalf("%+v %v", all, err)
	}
	if err := k.Confirm(ctx, all[0].ID, all[0].Title); err != nil {
		t.Error(err)
	}
	if err := k.Confirm(ctx, all[0].ID, "Ärenden"); fault.KeyOf(err) != "ask.kpi_changed" {
		t.Error(err)
	}
	if err := k.Confirm(ctx, "U1", "Ärenden"); fault.KeyOf(err) != "ask.kpi_gone" {
		t.Error(err)
	}
	if groups, err := k.Groups(ctx, "Liknande kommuner IFO"); err != nil || len(groups) != 0 {
		t.Error(groups, err)
	}
	if units, err := k.Units(ctx, "0180", ""); err != nil || len(units) != 0 {
		t.Error(units, err)
	}
	if !slices.Contains(s.questions(), "GET /v3/ou?municipality=0180") {
		t.Errorf("%q", s.questions())
	}
	if _, err := k.Data(ctx, nil, []string{"0180"}, []int{2024}); fault.KeyOf(err) != "ask.nothing_asked" {
		t.Error(err)
	}
	if _, err := k.UnitData(ctx, []string{"U1"}, []string{"V1"}, []int{2024}); err != nil {
		t.Error(err)
	}
}

// 429 with seconds, with a time, without anything; then it answers.
func TestWeWaitWhenAsked(t *testing.T) {
	at := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for after, want := range map[string]time.Duration{"7": 7 * time.Second, at.Add(20 * time.Second).Format(http.TimeFormat): 20 * time.Second,
		"": 10 * time.Second, "snart": 10 * time.Second, "0": time.Second, at.Add(-time.Hour).Format(http.TimeFormat): time.Second} {
		tries := 0
		s := newService(t, func(w http.ResponseWriter, _ *http.Request) {
			if tries++; tries == 1 {
				w.Header().Set("Retry-After", after)
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			fmt.Fprint(w, `{"count":1,"values":[{"id":"U1","title":"x"}]}`)
		})
		w := &waits{}
		opt := w.options()
		opt.Now = func() time.Time { return at }
		all, err := koladaOf(t, s, opt).KPIs(context.Background(), "x")
		if err != nil || len(all) != 1 || len(w.all) == 0 || w.all[0] != want {
			t.Errorf("Retry-After %q: %v %v %v", after, all, err, w.all)
		}
	}
}

func TestWeDoNotWaitForEver(t *testing.T) {
	for after, tries := range map[string]int{"1": mostTries, "3600": 1, "99999999999999": 1, "99999999999999999999": mostTries} {
		s := newService(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", after)
			w.WriteHeader(http.StatusTooManyRequests)
		})
		w := &waits{}
		_, err := koladaOf(t, s, w.options()).KPIs(context.Background(), "x")
		if fault.KeyOf(err) != "ask.busy" || len(s.questions()) != tries {
			t.Errorf("%s: %v after %d questions", after, err, len(s.questions()))
		}
	}
}

// Whatever a service answers, no other host is asked, and no other place on the same.
func TestNoOtherAddressIsAsked(t *testing.T) {
	other := stranger(t)
	for _, next := range []string{other.URL + "/v3/kpi?page=2", "//" + strings.TrimPrefix(other.URL, "http://") + "/v3/kpi", "https://api.example/v3/kpi", "ftp://127.0.0.1/v3/kpi",
		"http://u:p@127.0.0.1/v3/", "/inside/secret", "/v3/../inside", "/v3/%2e%2e/inside", "mailto:a@b", "file:///etc/passwd", "http://[::1", "\x00"} {
		s := newService(t, func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, `{"count":1,"next_url":%q,"values":[{"id":"U1","title":"x"}]}`, strings.ReplaceAll(next, "\x00", "%00:"))
		})
		w := &waits{}
		_, err := koladaOf(t, s, w.options()).KPIs(context.Background(), "x")
		if err == nil || len(s.questions()) > 1 {
			t.Errorf("%q: %v, %q", next, err, s.questions())
		}
	}
	for _, to := range []string{other.URL + "/v3/kpi", "https://api.example/"} {
		s := newService(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusTemporaryRedirect) })
		w := &waits{}
		if _, err := koladaOf(t, s, w.options()).KPIs(context.Background(), "x"); fault.KeyOf(err) != "ask.moved" {
			t.Error(err)
		}
		if _, _, err := scbOf(t, s, w.options()).Adults(context.Background(), 2025, []string{"0180"}); fault.KeyOf(err) != "ask.moved" {
			t.Error(err)
		}
	}
}

func TestAMoveWithinTheHostIsFollowed(t *testing.T) {
	s := newService(t, func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/") {
			http.Redirect(w, r, r.URL.Path+"/", http.StatusMovedPermanently)
			return
		}
		fmt.Fprint(w, `{"values":[{"id":"U1","title":"x"}]}`)
	})
	w := &waits{}
	if all, err := koladaOf(t, s, w.options()).KPIs(context.Background(), ""); err != nil || len(all) != 1 {
		t.Error(all, err)
	}
}

func TestHostileAnswersAreRefused(t *testing.T) {
	for name, x := range map[string]struct {
		answer http.HandlerFunc
		key    string
	}{
		"a sign-in page": {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>Logga in") }, "ask.not_readable"},
		"version 2": {func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `{"error":"This endpoint is deprecated."}`)
		}, "ask.not_kolada"},
		"too much": {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Repeat(" ", 3<<20)) }, "ask.too_large"},
		"pages for ever": {func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, `{"next_url":"/v3/kpi?page=1","values":[]}`)
		}, "ask.no_end"},
		"pages that grow": {func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, `{"next_url":"%sx","values":[]}`, r.URL.Path)
		}, "ask.no_end"},
		"not there": {http.NotFound, "ask.not_found"},
		"broken":    {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500); fmt.Fprint(w, "panic: \x1b[2J") }, "ask.refused"},
		"half": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "99")
			fmt.Fprint(w, "{")
		}, "ask.unreachable"},
		"says much": {func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(422)
			_ = json.NewEncoder(w).Encode(map[string]string{"detail": "a\n\x1b[2J\u202e" + strings.Repeat("b", 9000)})
		}, "ask.refused_saying"},
	} {
		w := &waits{}
		opt := w.options()
		opt.Most = 2 << 20
		_, err := koladaOf(t, newService(t, x.answer), opt).KPIs(context.Background(), "x")
		if fault.KeyOf(err) != x.key {
			t.Errorf("%s: %v, want %s", name, err, x.key)
		}
		if said := locale.For(locale.Swedish).Error(err); len(said) > 700 || strings.ContainsAny(said, "\x1b\u202e⟦{") {
			t.Errorf("%s: %q", name, said)
		}
	}
}

func TestAServiceThatDoesNotAnswer(t *testing.T) {
	stop := make(chan struct{})
	s := newService(t, func(http.ResponseWriter, *http.Request) { <-stop })
	t.Cleanup(func() { close(stop) })
	w := &waits{}
	opt := w.options()
	opt.Timeout = 50 * time.Millisecond
	if _, err := koladaOf(t, s, opt).KPIs(context.Background(), "x"); fault.KeyOf(err) != "ask.slow" {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := koladaOf(t, s, w.options()).KPIs(ctx, "x"); fault.KeyOf(err) != "ask.stopped" {
		t.Error(err)
	}
	closed := newService(t, likeSCB)
	closed.Close()
	if _, _, err := scbOf(t, closed, w.options()).Adults(context.Background(), 2025, []string{"0180"}); fault.KeyOf(err) != "ask.unreachable" {
		t.Error(err)
	}
}

func TestAnAddressIsHTTPSOrThisMachine(t *testing.T) {
	for address, want := range map[string]string{
		"https://statistik.example/api/v2": "", "http://127.0.0.1:8080/v3/": "", "http://localhost/v3": "", "http://[::1]:1/v3": "",
		"http://statistik.example/api/v2": "ask.address_https", "ftp://a.example/": "ask.address_https", "http://10.0.0.1/": "ask.address_https",
		"": "ask.address_form", "statistik.example": "ask.address_form", "https://": "ask.address_form", "https://u:p@a.example/": "ask.address_form",
		"https://a.example/?q=1": "ask.address_form", "https://a.example/#x": "ask.address_form", "https://:443/": "ask.address_form",
	} {
		if err := CheckAddress(address); fault.KeyOf(err) != want {
			t.Errorf("%q: %v, want %q", address, err, want)
		}
	}
}
