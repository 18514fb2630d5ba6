package meter_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/web/meter"
)

var now = time.Date(2026, 11, 23, 13, 2, 0, 0, time.UTC)

func read(t *testing.T, m *meter.Meter) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.ServeHTTP(w, httptest.NewRequest("GET", "/matt", nil))
	if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain") {
		t.Fatal(w.Code, w.Header())
	}
	return w.Body.String()
}

func options(vitals app.Vitals, err error) meter.Options {
	return meter.Options{Version: "v1.2.3", Routes: []string{"GET /arenden/{id}"}, Now: func() time.Time { return now },
		Vitals: func(context.Context) (app.Vitals, error) { return vitals, err }}
}

func TestWhatIsCountedCanBeRead(t *testing.T) {
	m := meter.New(options(app.Vitals{Saved: 7, Waiting: 3, Line: now.Add(-90 * time.Second), Backup: now.Add(-time.Hour)}, nil))
	m.Request("GET /arenden/{id}", 200, 30*time.Millisecond)
	m.Request("GET /arenden/{id}", 404, time.Millisecond)
	m.Request("GET /arenden/hemlig-kod", 200, time.Millisecond) // no route: its words are nobody's business
	m.Fault(fault.New(fault.Conflict, "x.y"))
	m.Fault(errors.New("hemligt"))
	m.Fault(nil)
	m.Panic()
	said := read(t, m)
	for _, want := range []string{
		`foljsam_requests_total{route="GET /arenden/{id}",status="2xx"} 1`,
		`foljsam_requests_total{route="GET /arenden/{id}",status="4xx"} 1`,
		`foljsam_requests_total{route="annat",status="2xx"} 1`,
		`foljsam_request_seconds_bucket{route="GET /arenden/{id}",le="0.025"} 1`,
		`foljsam_request_seconds_bucket{route="GET /arenden/{id}",le="0.05"} 2`,
		`foljsam_errors_total{kind="conflict"} 1`, `foljsam_errors_total{kind="internal"} 1`, `foljsam_errors_total{kind="panic"} 1`, `foljsam_errors_total{kind="refused"} 0`,
		"foljsam_saves_total 7", "foljsam_writes_waiting 3", "foljsam_audit_head_age_seconds 90", "foljsam_backup_timestamp_seconds 1.7954", "foljsam_ready 1", `version="v1.2.3"`,
	} {
		if !strings.Contains(said, want) {
			t.Errorf("not said: %s", want)
		}
	}
	if strings.Contains(said, "hemlig") || strings.Contains(said, "foljsam_certificate") {
		t.Error(said)
	}
}

func TestADatabaseThatDoesNotAnswerIsSaid(t *testing.T) {
	m := meter.New(options(app.Vitals{Saved: 7}, errors.New("away")))
	if said := read(t, m); !strings.Contains(said, "foljsam_ready 0") || strings.Contains(said, "foljsam_saves_total") {
		t.Error(said)
	}
}

func TestNobodyNeedsAMeter(t *testing.T) {
	var m *meter.Meter
	m.Request("x", 200, time.Second)
	m.Fault(errors.New("x"))
	m.Panic()
}
