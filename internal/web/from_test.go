package web

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"foljsam/internal/app"
)

func TestWhereARequestComesFrom(t *testing.T) {
	ours := []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("10.1.0.0/16"), netip.MustParsePrefix("2001:db8:ff::/64")}
	for _, x := range []struct {
		remote, forwarded string
		proxies           []netip.Prefix
		want              string
	}{
		{"192.0.2.1:4711", "", nil, "192.0.2.1"},
		{"192.0.2.1:4711", "198.51.100.7", nil, "192.0.2.1"}, // anybody may write that
		{"127.0.0.1:4711", "198.51.100.7", ours, "198.51.100.7"},
		{"10.1.7.7:4711", "198.51.100.7", ours, "198.51.100.7"},
		{"[::ffff:10.1.7.7]:4711", "198.51.100.7", ours, "198.51.100.7"},
		{"[2001:db8:ff::7]:4711", "198.51.100.7", ours, "198.51.100.7"},
		{"10.2.7.7:4711", "198.51.100.7", ours, "10.2.7.7"},                   // no proxy of ours
		{"127.0.0.1:4711", "203.0.113.9, 198.51.100.7", ours, "198.51.100.7"}, // the last is the proxy's
		{"127.0.0.1:4711", "", ours, ""},
		{"127.0.0.1:4711", "unknown", ours, ""},
		{"[2001:db8:1:2:3:4:5:6]:4711", "", nil, "2001:db8:1:2::/64"},
		{"[::ffff:192.0.2.1]:4711", "", nil, "192.0.2.1"},
		{"@", "", nil, ""}, // a socket
		{"@", "198.51.100.7", ours, ""},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = x.remote
		if x.forwarded != "" {
			r.Header.Set("X-Forwarded-For", x.forwarded)
		}
		if got := from(r, x.proxies); got != x.want {
			t.Errorf("%+v: %q", x, got)
		}
	}
}

// Where a proxy is said to stand before the program, nothing else gets in, and nothing that
// travelled in the clear.
func TestOnlyTheNamedProxyHandsOn(t *testing.T) {
	ours := []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16")}
	for what, x := range map[string]struct {
		remote, address, how string
		proxies              []netip.Prefix
		status               int
		hsts                 bool
	}{
		"no proxy":           {"192.0.2.1:4711", "/visning", "https", nil, http.StatusNoContent, false},
		"the proxy, TLS":     {"10.1.0.9:4711", "/visning", "https", ours, http.StatusNoContent, true},
		"the proxy, silent":  {"10.1.0.9:4711", "/visning", "", ours, http.StatusNoContent, false},
		"the proxy, clear":   {"10.1.0.9:4711", "/visning", "http", ours, http.StatusForbidden, false},
		"somebody else":      {"192.0.2.1:4711", "/visning", "https", ours, http.StatusForbidden, false},
		"this machine":       {"127.0.0.1:4711", "/visning", "https", ours, http.StatusForbidden, false},
		"a balancer's check": {"192.0.2.1:4711", "/halsa/redo", "", ours, http.StatusNoContent, false},
	} {
		s := newSite(Options{App: app.New(app.Options{}), Proxies: x.proxies})
		h := s.throughProxy(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
		w, r := httptest.NewRecorder(), httptest.NewRequest("GET", x.address, nil)
		r.RemoteAddr = x.remote
		r.Header.Set("X-Forwarded-Proto", x.how)
		h.ServeHTTP(w, r)
		if w.Code != x.status || (w.Header().Get("Strict-Transport-Security") != "") != x.hsts {
			t.Errorf("%s: %d %v", what, w.Code, w.Header())
		}
	}
}
