package web

import (
	"net/http"
	"net/netip"
	"strings"
)

// from gives the address that a request came from, of an IPv6 address the network: whoever
// has one has all of them. Behind a proxy it is what the proxy added last; what stands
// before that anybody may have written. A proxy that says nothing gives no address, and not
// its own: that is everybody's.
func from(r *http.Request, proxy bool) string {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	ip := at.Addr()
	if proxy {
		all := strings.Join(r.Header.Values("X-Forwarded-For"), ",")
		ip, err = netip.ParseAddr(strings.TrimSpace(all[strings.LastIndex(all, ",")+1:]))
	}
	if err != nil {
		return ""
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	return netip.PrefixFrom(ip, 64).Masked().String()
}
