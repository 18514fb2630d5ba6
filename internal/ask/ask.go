// Package ask asks two services outside for public figures: SCB's PxWeb for how many adults
// live where, and Kolada's v3 for key figures to compare with. It asks only when somebody
// has asked for it, only at the address that an administrator has set, and sends nothing but
// codes of places, years and key figures.
//
// Nothing here starts by itself, follows an address to another host, keeps anything on disk
// or knows a case. Without an address there is no client.
package ask

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"foljsam/internal/fault"
)

// Options say how to ask. The zero Options are fine.
type Options struct {
	Proxy   *url.URL      // the way out, where the network needs one; nothing else is asked for one
	Timeout time.Duration // of each question; 0: 30 seconds
	Most    int64         // bytes of an answer; 0: 32 MiB
	Gap     time.Duration // between two questions; 0: 350 ms, which both services allow
	Now     func() time.Time
	Wait    func(ctx context.Context, d time.Duration) error
}

const (
	usualTimeout = 30 * time.Second
	usualMost    = 32 << 20
	usualGap     = 350 * time.Millisecond
	usualPause   = 10 * time.Second // when a service asks us to wait and does not say how long
	longestPause = time.Minute
	mostTries    = 3
	mostMoves    = 3 // redirects within the host
	longestSaid  = 200
)

func (o Options) filled() Options {
	if o.Timeout <= 0 {
		o.Timeout = usualTimeout
	}
	if o.Most <= 0 {
		o.Most = usualMost
	}
	if o.Gap <= 0 {
		o.Gap = usualGap
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wait == nil {
		o.Wait = wait
	}
	return o
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// CheckAddress says what is wrong with an address that somebody wants to set. It must be
// https; http only on this very machine.
func CheckAddress(address string) error {
	_, err := parseAddress(address)
	return err
}

func parseAddress(address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Opaque != "" {
		return nil, fault.New(fault.Invalid, "ask.address_form")
	}
	if u.Scheme != "https" && !(u.Scheme == "http" && isThisMachine(u.Hostname())) {
		return nil, fault.New(fault.Invalid, "ask.address_https")
	}
	u.Path, u.RawPath = strings.TrimRight(u.Path, "/")+"/", ""
	return u, nil
}

func isThisMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// client asks one service.
type client struct {
	base *url.URL
	opt  Options
	http *http.Client

	mu   sync.Mutex
	last time.Time // when the last question may go, or went
}

var errMoved = errors.New("ask: a redirect to another place")

func newClient(address string, opt Options) (*client, error) {
	base, err := parseAddress(address)
	if err != nil {
		return nil, err
	}
	c := &client{base: base, opt: opt.filled()}
	way := &http.Transport{
		DialContext:            (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
		TLSHandshakeTimeout:    10 * time.Second,
		ResponseHeaderTimeout:  c.opt.Timeout,
		MaxResponseHeaderBytes: 64 << 10,
		IdleConnTimeout:        10 * time.Second,
		ForceAttemptHTTP2:      true,
	}
	if opt.Proxy != nil {
		way.Proxy = http.ProxyURL(opt.Proxy)
	}
	c.http = &http.Client{Transport: way, Timeout: c.opt.Timeout, CheckRedirect: c.mayMove}
	return c, nil
}

// mayMove lets a service move a question within its own host, never to another.
func (c *client) mayMove(r *http.Request, via []*http.Request) error {
	if r.URL.Scheme != c.base.Scheme || r.URL.Host != c.base.Host || len(via) > mostMoves {
		return errMoved
	}
	return nil
}

// within gives an address of the service: a path under the one that is set.
func (c *client) within(path string, q url.Values) *url.URL {
	u := *c.base
	u.RawPath = u.Path + path
	u.Path, _ = url.PathUnescape(u.RawPath)
	u.RawQuery = q.Encode()
	return &u
}

// ask sends a question and gives the whole answer. body is JSON, nil for a plain one.
func (c *client) ask(ctx context.Context, u *url.URL, body any) ([]byte, error) {
	for try := 1; ; try++ {
		b, pause, err := c.once(ctx, u, body)
		if pause <= 0 || try == mostTries || pause > longestPause {
			return b, err
		}
		if err := c.opt.Wait(ctx, pause); err != nil {
			return nil, c.broken(err)
		}
	}
}

// once asks once. A pause is how long the service wants us to wait before we ask again.
func (c *client) once(ctx context.Context, u *url.URL, body any) (b []byte, pause time.Duration, err error) {
	r, err := c.question(ctx, u, body)
	if err != nil {
		return nil, 0, err
	}
	if err := c.pace(ctx); err != nil {
		return nil, 0, c.broken(err)
	}
	a, err := c.http.Do(r)
	if err != nil {
		return nil, 0, c.broken(err)
	}
	defer a.Body.Close()
	b, err = io.ReadAll(io.LimitReader(a.Body, c.opt.Most+1))
	switch {
	case err != nil:
		return nil, 0, c.broken(err)
	case int64(len(b)) > c.opt.Most:
		return nil, 0, fault.New(fault.TooLarge, "ask.too_large", "host", c.base.Host, "n", c.opt.Most>>20)
	case a.StatusCode == http.StatusOK:
		return b, 0, nil
	}
	return nil, c.pauseOf(a), c.refused(a, b)
}

func (c *client) question(ctx context.Context, u *url.URL, body any) (*http.Request, error) {
	method, text := http.MethodGet, io.Reader(nil)
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return nil, fault.Wrap(err, fault.Internal, "fault.internal")
		}
		method, text = http.MethodPost, bytes.NewReader(b)
	}
	r, err := http.NewRequestWithContext(ctx, method, u.String(), text)
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "fault.internal")
	}
	r.Header.Set("Accept", "application/json")
	r.Header.Set("User-Agent", "foljsam")
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	return r, nil
}

// pace keeps the gap between two questions.
func (c *client) pace(ctx context.Context) error {
	c.mu.Lock()
	now := c.opt.Now()
	turn := c.last.Add(c.opt.Gap)
	if turn.Before(now) {
		turn = now
	}
	c.last = turn
	c.mu.Unlock()
	if turn.Equal(now) {
		return ctx.Err()
	}
	return c.opt.Wait(ctx, turn.Sub(now))
}

// pauseOf reads how long to wait: seconds, or a time.
func (c *client) pauseOf(a *http.Response) time.Duration {
	if a.StatusCode != http.StatusTooManyRequests && a.StatusCode != http.StatusServiceUnavailable {
		return 0
	}
	text := a.Header.Get("Retry-After")
	if n, err := strconv.Atoi(text); err == nil && n >= 0 {
		return max(time.Second, time.Duration(min(n, 1<<20))*time.Second)
	}
	if t, err := http.ParseTime(text); err == nil {
		return max(time.Second, t.Sub(c.opt.Now()))
	}
	return usualPause
}

// refused says what the service said.
func (c *client) refused(a *http.Response, body []byte) error {
	host := c.base.Host
	switch {
	case c.pauseOf(a) > 0:
		return fault.New(fault.Conflict, "ask.busy", "host", host, "n", int(c.pauseOf(a).Seconds()))
	case a.StatusCode == http.StatusNotFound:
		return fault.New(fault.NotFound, "ask.not_found", "host", host)
	}
	if said := saidIn(body); said != "" {
		return fault.New(fault.Invalid, "ask.refused_saying", "host", host, "status", strconv.Itoa(a.StatusCode), "said", said)
	}
	return fault.New(fault.Invalid, "ask.refused", "host", host, "status", strconv.Itoa(a.StatusCode))
}

// saidIn finds the reason in a refusal: SCB's title, Kolada's detail or error. It is text of
// others: one line of it, and no more.
func saidIn(body []byte) string {
	var x struct {
		Title  json.RawMessage `json:"title"`
		Detail json.RawMessage `json:"detail"`
		Error  json.RawMessage `json:"error"`
	}
	if json.Unmarshal(body, &x) != nil {
		return ""
	}
	for _, raw := range []json.RawMessage{x.Title, x.Detail, x.Error} {
		var text string
		var list []struct {
			Said string `json:"msg"`
		}
		if json.Unmarshal(raw, &text) != nil && json.Unmarshal(raw, &list) == nil && len(list) > 0 {
			text = list[0].Said
		}
		if text = oneLine(text); text != "" {
			return text
		}
	}
	return ""
}

func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) && r != unicode.ReplacementChar {
			return r
		}
		return ' '
	}, s)
	r := []rune(strings.Join(strings.Fields(s), " "))
	return string(r[:min(len(r), longestSaid)])
}

// broken says that there was no answer.
func (c *client) broken(err error) error {
	host := c.base.Host
	var slow net.Error
	switch {
	case errors.Is(err, errMoved):
		return fault.New(fault.Refused, "ask.moved", "host", host)
	case errors.Is(err, context.Canceled):
		return fault.Wrap(err, fault.Conflict, "ask.stopped", "host", host)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &slow) && slow.Timeout():
		return fault.Wrap(err, fault.Conflict, "ask.slow", "host", host)
	}
	return fault.Wrap(err, fault.Conflict, "ask.unreachable", "host", host)
}
