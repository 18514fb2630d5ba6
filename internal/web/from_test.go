package web

import (
	"net/http/httptest"
	"testing"
)

func TestWhereARequestComesFrom(t *testing.T) {
	for _, x := range []struct {
		remote, forwarded string
		proxy             bool
		want              string
	}{
		{"192.0.2.1:4711", "", false, "192.0.2.1"},
		{"192.0.2.1:4711", "198.51.100.7", false, "192.0.2.1"}, // anybody may write that
		{"127.0.0.1:4711", "198.51.100.7", true, "198.51.100.7"},
		{"127.0.0.1:4711", "203.0.113.9, 198.51.100.7", true, "198.51.100.7"}, // the last is the proxy's
		{"127.0.0.1:4711", "", true, ""},
		{"127.0.0.1:4711", "unknown", true, ""},
		{"[2001:db8:1:2:3:4:5:6]:4711", "", false, "2001:db8:1:2::/64"},
		{"[::ffff:192.0.2.1]:4711", "", false, "192.0.2.1"},
		{"@", "", false, ""}, // a socket
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = x.remote
		if x.forwarded != "" {
			r.Header.Set("X-Forwarded-For", x.forwarded)
		}
		if got := from(r, x.proxy); got != x.want {
			t.Errorf("%+v: %q", x, got)
		}
	}
}
