package cli

import (
	"errors"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"foljsam/internal/fault"
)

// doors are what the server listens at.
type doors struct {
	pages   net.Listener
	numbers net.Listener // nil: nobody asks
	tls     *certificate // nil: a proxy's, or this machine only
}

func (d *doors) Close() {
	_ = d.pages.Close() // harmless after the server has closed it
	if d.numbers != nil {
		_ = d.numbers.Close()
	}
}

// open listens. Beyond this machine only with TLS, ours or a named proxy's: what is typed in
// here must not travel in the clear.
func (c *serveCommand) open() (*doors, error) {
	address, err := c.mayListen()
	if err != nil {
		return nil, err
	}
	d := &doors{}
	if c.Cert != "" {
		if d.tls, err = readCertificate(c.Cert, c.CertKey, swedishNow); err != nil {
			return nil, err
		}
	}
	if d.pages, err = listen(address); err != nil {
		return nil, err
	}
	if c.Metrics == "" {
		return d, nil
	}
	if _, err = isLoopback(c.Metrics); err == nil {
		d.numbers, err = listen(c.Metrics)
	}
	if err != nil {
		_ = d.pages.Close() // the first error is the one to tell of
		return nil, err
	}
	return d, nil
}

// mayListen gives the address to listen at, or why that would not be safe.
func (c *serveCommand) mayListen() (string, error) {
	address := orElse(c.Listen, listenAt)
	near, err := isLoopback(address)
	switch {
	case err != nil:
		return "", err
	case (c.Cert == "") != (c.CertKey == ""):
		return "", fault.New(fault.Usage, "cli.cert_both")
	case c.Cert != "" && len(c.Proxy) > 0:
		return "", fault.New(fault.Usage, "cli.cert_or_proxy")
	case !near && c.demo:
		return "", fault.New(fault.Usage, "cli.demo_beyond")
	case !near && c.Cert == "" && len(c.Proxy) == 0:
		return "", fault.New(fault.Usage, "cli.listen_beyond", "address", address)
	}
	return address, nil
}

func listen(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, tellListen(err, address)
	}
	return l, nil
}

// Windows' own numbers for what others have names for.
const (
	winNoRight     = syscall.Errno(10013)
	winTaken       = syscall.Errno(10048)
	winNoneOfThose = syscall.Errno(10049)
)

// tellListen says why it is not possible to listen at an address: what to do differs.
func tellListen(err error, address string) error {
	is := func(any ...error) bool {
		return slices.ContainsFunc(any, func(x error) bool { return errors.Is(err, x) })
	}
	key := "cli.listen"
	switch {
	case is(syscall.EADDRINUSE, winTaken):
		key = "cli.listen_taken"
	case is(fs.ErrPermission, winNoRight):
		key = "cli.listen_rights"
	case is(syscall.EADDRNOTAVAIL, winNoneOfThose):
		key = "cli.listen_elsewhere"
	}
	return fault.Wrap(err, fault.Invalid, key, "address", address)
}

// isLoopback tells whether an address can be reached from this machine only.
func isLoopback(address string) (bool, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false, fault.New(fault.Usage, "cli.listen_form", "address", address)
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback(), nil
}

// machines is the value of --proxy: those who may say where a request comes from.
type machines []netip.Prefix

// UnmarshalText takes addresses and networks with commas between: 127.0.0.1,10.1.2.0/24. All
// the world is no proxy.
func (m *machines) UnmarshalText(b []byte) error {
	for name := range strings.SplitSeq(string(b), ",") {
		name = strings.TrimSpace(name)
		p, err := netip.ParsePrefix(name)
		if one, single := netip.ParseAddr(name); err != nil && single == nil {
			p, err = netip.PrefixFrom(one.Unmap().WithZone(""), one.Unmap().BitLen()), nil
		}
		if err != nil || p.Bits() == 0 {
			return fault.New(fault.Usage, "cli.bad_machine", "value", name)
		}
		*m = append(*m, p.Masked())
	}
	return nil
}

// reachedAt gives an address that a browser can be given: the host that was asked for, which
// is localhost when nobody says (passkeys know no other name of this machine); where all of
// the machine's are listened at, the machine's name.
func reachedAt(asked string, at net.Addr) string {
	tcp, ok := at.(*net.TCPAddr)
	if !ok {
		return at.String()
	}
	host := "localhost"
	if asked != "" {
		host, _, _ = net.SplitHostPort(asked) // it is listened at
	}
	if tcp.IP.IsUnspecified() {
		if name, err := os.Hostname(); err == nil {
			host = name
		}
	}
	return net.JoinHostPort(host, strconv.Itoa(tcp.Port))
}
