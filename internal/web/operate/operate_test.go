package operate_test

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/store"
	"foljsam/internal/web"
	"foljsam/internal/web/webtest"
)

func admin(t *testing.T, h *webtest.House) *webtest.Browser {
	t.Helper()
	h.Person(t, "admin", access.Administrator, "", "")
	return h.As(t, "admin", access.Administrator, "").Speak("sv")
}

func TestTheAdministratorSeesHowTheInstallationIs(t *testing.T) {
	h := webtest.Begun(t)
	b := admin(t, h)
	p := b.Get("/drift")
	if p.Status != http.StatusOK || p.Heading() != "Drift" {
		t.Fatal(p.Status, p.Heading())
	}
	for _, want := range []string{"SQLite, schema", "Uppgifterna tar", "Ledigt på disken", "Socialnämnden i Nora", "Installationen", "Senaste säkerhetskopia aldrig",
		"Ingen säkerhetskopia har tagits", "Det här är ingen utgiven version", "Inloggningar som gäller nu 2", "Personer som kan logga in 2"} {
		if !p.Says(want) {
			t.Errorf("does not say %q", want)
		}
	}
	for _, never := range []string{"Alm", "alm", "Enhet Vuxen"} {
		if p.Says(never) {
			t.Errorf("says %q", never)
		}
	}
}

func TestTheLastBackupIsTold(t *testing.T) {
	h := webtest.Begun(t)
	b := admin(t, h)
	taken := func(at time.Time) {
		webtest.Must(t, h.Store.Node().Write(context.Background(), func(x *store.Tx) error { return x.PutSetting("sakerhetskopia_provad", at.Format(time.RFC3339)) }))
	}
	taken(h.Time.AddDate(0, 0, -2))
	if p := b.Get("/drift"); p.Says("Ingen säkerhetskopia") || !p.Says("21 november 2026 kl. 13.02") || p.Says("dagar gammal") {
		t.Error("a fresh one:", webtest.Text(p.All("main")[0]))
	}
	taken(h.Time.AddDate(0, 0, -20))
	if p := b.Get("/drift"); !p.Says("20 dagar gammal") {
		t.Error("an old one")
	}
}

func TestWarningsSayWhatToDoAndEnd(t *testing.T) {
	h := webtest.Begun(t)
	b := admin(t, h)
	webtest.Must(t, h.Store.Node().Write(context.Background(), func(x *store.Tx) error {
		return x.PutSetting("sakerhetskopia_provad", h.Time.Format(time.RFC3339))
	}))
	for days, want := range map[int]string{-1: "Certifikatet har gått ut", 10: "Certifikatet går ut om 10 dagar", 100: "Inget behöver göras just nu."} {
		ends := h.Time.AddDate(0, 0, days)
		b.Handler = web.New(web.Options{App: h.App, Log: slog.New(slog.DiscardHandler), Version: "v1.0.0", Certificate: func() time.Time { return ends }})
		if p := b.Get("/drift"); !p.Says(want) && !(days == 100 && p.Says("snart fullt på disken")) {
			t.Errorf("%d days: %s", days, webtest.Text(p.All("main")[0]))
		}
	}
}

func TestOnlyTheAdministratorSeesHowItIs(t *testing.T) {
	h := webtest.Begun(t)
	if p := h.SignIn(t).Get("/drift"); p.Status != http.StatusForbidden || p.Says("SQLite") {
		t.Error(p.Status)
	}
}

func TestReadinessFollowsTheDatabase(t *testing.T) {
	h := webtest.New(t)
	b := h.Browser(t)
	for _, address := range []string{"/halsa", "/halsa/redo"} {
		if p := b.Do("GET", address, nil); p.Status != http.StatusOK || !strings.Contains(p.Body, "ok") {
			t.Error(address, p.Status, p.Body)
		}
	}
	webtest.Must(t, h.Store.Close())
	if p := b.Do("GET", "/halsa", nil); p.Status != http.StatusOK {
		t.Error("it lives:", p.Status)
	}
	if p := b.Do("GET", "/halsa/redo", nil); p.Status != http.StatusServiceUnavailable || strings.Contains(p.Body, "store") {
		t.Error("it is not ready:", p.Status, p.Body)
	}
}

func TestWhatTheLawSupportsIsForAllWhoAreSignedIn(t *testing.T) {
	h := webtest.Begun(t)
	for who, b := range map[string]*webtest.Browser{"caseworker": h.SignIn(t).Speak("sv"), "administrator": admin(t, h)} {
		p := b.Get("/lagstod")
		for _, want := range []string{"Det här är ingen juridisk rådgivning", "SoLPuL (2001:454)", "lagen.nu/2001:454, lydelse 2016", "Inte klarlagt. Källa: lagen.nu/ds/2024:13", "Förslag. Granskas av er jurist", "inte anonyma"} {
			if !p.Says(want) {
				t.Errorf("%s: does not say %q", who, want)
			}
		}
		if got := p.Says("Personuppgiftsansvarig för det här registret är enligt uppgift vid starten: Socialnämnden"); got != (who == "caseworker") {
			t.Errorf("%s: who is responsible: %v", who, got)
		}
	}
	h.Person(t, "lena", access.Coordinator, h.Register(t), "")
	if p := h.As(t, "lena", access.Coordinator, h.Register(t)).Speak("sv").Get("/lagstod"); !p.Says("Tillbaka till inställningar") || !p.Says("docs/handbok bland programmets källkod") {
		t.Error("no way back for who came from the settings, or nothing of where the handbook is")
	}
	if p := h.SignIn(t).Speak("sv").Get("/lagstod"); p.Says("Tillbaka till inställningar") {
		t.Error("who has no settings is led to them")
	}
	if p := h.Browser(t).Do("GET", "/lagstod", nil); p.Status != http.StatusSeeOther {
		t.Error("nobody:", p.Status)
	}
}
