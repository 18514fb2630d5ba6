package web

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"foljsam/internal/fault"
)

// from gives the address that a request came from, of an IPv6 address the network: whoever
// has one has all of them. Of a request that one of our proxies hands on, it is what the
// proxy added last; what stands before that anybody may have written. A proxy that says
// nothing gives no address, and not its own: that is everybody's.
func from(r *http.Request, proxies []netip.Prefix) string {
	ip, ok := peer(r)
	if ok && named(ip, proxies) {
		all := strings.Join(r.Header.Values("X-Forwarded-For"), ",")
		said, err := netip.ParseAddr(strings.TrimSpace(all[strings.LastIndex(all, ",")+1:]))
		ip, ok = said.Unmap().WithZone(""), err == nil
	}
	if !ok {
		return ""
	}
	if ip.Is4() {
		return ip.String()
	}
	return netip.PrefixFrom(ip, 64).Masked().String()
}

// peer gives the address of the machine at the other end of the connection.
func peer(r *http.Request) (netip.Addr, bool) {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	return at.Addr().Unmap().WithZone(""), err == nil
}

func named(ip netip.Addr, proxies []netip.Prefix) bool {
	return slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// throughProxy lets through, where a proxy is said to stand before us, only what that proxy
// hands on: everything else has travelled in the clear. So has what the proxy itself says
// came to it without TLS. Whoever watches over the program may ask how it is all the same.
func (s *Site) throughProxy(next http.Handler) http.Handler {
	if len(s.o.Proxies) == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ip, ok := peer(r)
		ours := ok && named(ip, s.o.Proxies)
		how := strings.ToLower(r.Header.Get("X-Forwarded-Proto"))
		switch {
		case strings.HasPrefix(r.URL.Path, healthFolder):
			next.ServeHTTP(w, r)
		case !ours:
			s.turnAway(w, r, "operate.only_proxy")
		case how == "http":
			s.turnAway(w, r, "operate.only_tls")
		default:
			if how == "https" {
				w.Header().Set("Strict-Transport-Security", "max-age=31536000")
			}
			next.ServeHTTP(w, r)
		}
	})
}

const healthFolder = "/halsa"

// turnAway refuses before anything of the request is read.
func (s *Site) turnAway(w http.ResponseWriter, r *http.Request, key string) {
	v := s.visit(w, r)
	if err := v.Fail(fault.New(fault.Refused, key)); err != nil {
		s.o.Log.Error("failed", "error", err.Error())
	}
}
