package api_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync/atomic"
	"testing"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/store"
	"foljsam/internal/web"
	"foljsam/internal/web/visit"
)

// A whole case, as bench/register posts it.
const whole = `{"enhet":%q,"arende":"A-%d","klient":"K-%d","svar":{"1":"1","5":"2022-05-01","14":"1","15":"34","19":"2","20":"1","41":"2","49":"1|8","58":"2","59":"2","67":"1",` +
	`"risk.1.90":"1","risk.1.datum":"2022-05-10","risk.1.fas":"1","risk.1.skattning":"8","risk.2.90":"6","risk.2.datum":"2022-10-10","risk.2.fas":"3","risk.2.skattning":"4",` +
	`"110":"2","insats.1.117":"2022-05-20","insats.1.118":"3|4|7|10","insats.1.126":"1","127":"5|7","161":"1","192":"1","256":"2022-11-01","257":"1","202":"1","203":"4","206":"1","212":"4","217":"Ingen kommentar lämnad i enkäten"}}`

// site is a server with one register, and somebody who is signed in.
type site struct {
	base, secret, unit string
	client             *http.Client
	n                  atomic.Int64
}

func newSite(b *testing.B) *site {
	b.Helper()
	keys, err := store.OpenKeys(filepath.Join(b.TempDir(), "nycklar"))
	if err != nil {
		b.Fatal(err)
	}
	st, err := store.Open(b.Context(), store.Options{Folder: filepath.Join(b.TempDir(), "data"), Keys: keys})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = st.Close() })
	a := app.New(app.Options{Store: st, Codebook: codebook.Default()})
	code, err := a.FirstCode(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	s := &site{client: &http.Client{Transport: &http.Transport{MaxIdleConns: 128, MaxIdleConnsPerHost: 128}}}
	s.secret, err = a.Begin(b.Context(), app.First{Code: code, Name: "Bench", Login: "bench", Password: "en lång mening", Register: "Nora", Controller: "Nora", Area: "1884", Unit: "Enhet"})
	if err != nil {
		b.Fatal(err)
	}
	who, err := a.Who(b.Context(), s.secret)
	if err != nil {
		b.Fatal(err)
	}
	s.unit = who.Units[0].ID
	server := httptest.NewServer(web.New(web.Options{App: a, Log: slog.New(slog.DiscardHandler), Version: "bench"}))
	b.Cleanup(server.Close)
	s.base = server.URL
	return s
}

func (s *site) send(b *testing.B, method, address string, body io.Reader, want int) []byte {
	r, err := http.NewRequestWithContext(b.Context(), method, s.base+address, body)
	if err != nil {
		b.Fatal(err)
	}
	r.AddCookie(&http.Cookie{Name: visit.SessionCookie, Value: s.secret})
	r.Header.Set("Content-Type", "application/json")
	answer, err := s.client.Do(r)
	if err != nil {
		b.Error(err)
		return nil
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != want {
		b.Errorf("%d %.200s %v", answer.StatusCode, text, err)
	}
	return text
}

func (s *site) create(b *testing.B) []byte {
	n := s.n.Add(1)
	return s.send(b, "POST", "/api/arenden", bytes.NewReader(fmt.Appendf(nil, whole, s.unit, n, n)), http.StatusCreated)
}

// Cases filed and read over HTTP by 64 clients, server and clients on the same machine.
func BenchmarkCreate(b *testing.B) {
	s := newSite(b)
	b.SetParallelism(32)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			s.create(b)
		}
	})
}

func BenchmarkGet(b *testing.B) {
	s := newSite(b)
	var ids []string
	for range 200 {
		text := s.create(b)
		ids = append(ids, string(text[7:7+36]))
	}
	var n atomic.Int64
	b.SetParallelism(32)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			s.send(b, "GET", "/api/arenden/"+ids[int(n.Add(1))%len(ids)], nil, http.StatusOK)
		}
	})
}
