// Package web serves the program's pages: it reads who asks, finds the page, and answers.
// routes.go lists every address there is. A page folder holds a group of pages.
//
// Nothing that was typed in, and no name or code, is ever in an address, a log line or an
// error that is logged.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"runtime/debug"
	"strings"
	"time"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/web/assets"
	"foljsam/internal/web/meter"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// Options say how the pages are served.
type Options struct {
	App     *app.App
	Log     *slog.Logger
	Secure  bool // the browser reaches us by TLS, ours or a proxy's
	Version string
	// Proxies are the machines that hand requests on to us, and say who asks, last in
	// X-Forwarded-For. Where there are any, nothing comes from elsewhere.
	Proxies []netip.Prefix
	// Certificate gives when our own certificate ends; nil: we have none.
	Certificate func() time.Time
	// Meter counts; nil: nobody asks.
	Meter *meter.Meter
}

// Site is the program's pages.
type Site struct {
	o     Options
	pages *page.Set
	shelf visit.Shelf // what could not be saved as it was typed
}

// mostPosted is how much a form may hold, in bytes.
const mostPosted = 1 << 20

// mostPeople is how much a file of SCB's may hold: every age of every municipality, by sex and
// marital status, is some megabytes. Only who collects for the nation sends one.
const mostPeople = 16 << 20

// New gives the handler of all addresses.
func New(o Options) http.Handler {
	s := newSite(o)
	mux := http.NewServeMux()
	mux.Handle("GET /assets/", assets.Handler())
	for _, r := range s.routes() {
		mux.HandleFunc(r.Pattern, s.serve(r))
	}
	mux.HandleFunc("/", s.serve(Route{Access: Anyone, Handler: notFound}))
	var h http.Handler = mux
	h = http.NewCrossOriginProtection().Handler(h)
	return page.Secure(s.throughProxy(s.logged(h)))
}

func newSite(o Options) *Site { return &Site{o: o, pages: page.New(templates()...)} }

// Patterns gives every route as routes.go writes it.
func Patterns() (all []string) {
	for _, r := range (&Site{}).routes() {
		all = append(all, r.Pattern)
	}
	return all
}

// NewMeter gives a meter of these pages, to be put among the options.
func NewMeter(o Options) *meter.Meter {
	return meter.New(meter.Options{Version: o.Version, Routes: Patterns(), Vitals: o.App.Vitals, Ends: o.Certificate, Now: o.App.Now})
}

// Access is who may reach an address at all; what they may do there is app's.
type Access int

const (
	SignedIn Access = iota
	Anyone
	Program // somebody who is signed in, by a script or a program: the answer is always JSON
	Own     // somebody who is signed in, about themselves; also who must protect their sign-in first
)

// Route is one address.
type Route struct {
	Pattern string // as net/http reads it: "GET /arenden/{id}"
	Access  Access
	Handler visit.Handler
}

// most is how much may be sent to the address.
func (r Route) most() int64 {
	if r.Pattern == peopleFile {
		return mostPeople
	}
	return mostPosted
}

// serve reads who asks and lets the route answer.
func (s *Site) serve(r Route) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		req.Body = http.MaxBytesReader(w, req.Body, r.most())
		v := s.visit(w, req)
		v.Program = r.Access == Program
		defer s.recovered(v, r)
		err := s.identify(v)
		if err == nil && v.Who == nil && r.Access != Anyone {
			err = v.SignInFirst(r.backOf(req))
		} else if err == nil && v.Who != nil && v.Who.Protect.Over && r.Access != Anyone && r.Access != Own {
			err = v.Fail(fault.New(fault.Refused, "account.protect_first"))
		} else if err == nil && !v.Answered() {
			if err = v.App.NoteRefusal(req.Context(), v.By(), r.Handler(v)); err != nil {
				s.tell(r, err)
				err = v.Fail(err)
			}
		} else if err != nil {
			s.tell(r, err)
			err = v.Fail(err)
		}
		if err != nil {
			s.tell(r, err)
		}
	}
}

// backOf gives where somebody should come back to after signing in: the page itself, and
// after a post the page at the same address. What only a program asks is no page.
func (r Route) backOf(req *http.Request) string {
	switch {
	case r.Access == Program:
		return "/"
	case req.Method == http.MethodGet:
		return req.URL.RequestURI()
	}
	return req.URL.Path
}

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// leadTo leads from an address that only forms are sent to, to the page that asks for them.
func leadTo(pattern string) visit.Handler {
	return func(v *visit.Visit) error {
		return v.Redirect(placeholder.ReplaceAllStringFunc(pattern, func(name string) string {
			return url.PathEscape(v.R.PathValue(strings.Trim(name, "{}")))
		}))
	}
}

func (s *Site) visit(w http.ResponseWriter, r *http.Request) *visit.Visit {
	look := page.LookOf(r)
	return &visit.Visit{W: w, R: r, App: s.o.App, Pages: s.pages, Shelf: &s.shelf, Text: locale.For(look.Lang), Version: s.o.Version, Secure: s.o.Secure, Certificate: s.o.Certificate, From: from(r, s.o.Proxies)}
}

// identify finds out who asks. A session that is over is nobody's.
func (s *Site) identify(v *visit.Visit) error {
	if len(v.R.Cookies()) == 0 {
		return nil
	}
	c, err := v.R.Cookie(v.Cookie())
	if err != nil {
		return nil
	}
	who, err := v.App.Who(v.R.Context(), c.Value)
	if fault.KindOf(err) == fault.Refused {
		v.Forget()
		return nil
	}
	if err != nil {
		return err
	}
	v.Who, v.Secret, v.Bar = who, c.Value, barOf(who.Role)
	if l, ok := locale.Parse(who.Person.Language); ok && who.Person.Language != "" {
		v.Text = locale.For(l)
	}
	return nil
}

// recovered answers when a page panics, and logs where, never with what.
func (s *Site) recovered(v *visit.Visit, r Route) {
	if x := recover(); x != nil {
		s.o.Meter.Panic()
		s.o.Log.Error("panic", "route", r.Pattern, "at", placeOf(debug.Stack()))
		page.Failed(v.W, v.Text.Lang())
	}
}

// placeOf gives the functions of a stack, without the values that they were called with.
func placeOf(stack []byte) string {
	var names []string
	for line := range strings.Lines(string(stack)) {
		if i := strings.LastIndex(line, "("); i > 0 && !strings.HasPrefix(line, "\t") && strings.Contains(line, "foljsam/") {
			names = append(names, line[:i])
		}
	}
	return strings.Join(names, " < ")
}

// tell logs an error that is ours. What a person did wrong is told to that person only.
func (s *Site) tell(r Route, err error) {
	s.o.Meter.Fault(err)
	if fault.KindOf(err) == fault.Internal {
		s.o.Log.Error("failed", "route", r.Pattern, "error", err.Error())
	}
}

// logged writes a line for each request: the route and not the address, since that is the
// same for every case.
func (s *Site) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		c := &counted{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(c, r)
		s.o.Meter.Request(r.Pattern, c.status, time.Since(began))
		if s.o.Log.Enabled(context.Background(), slog.LevelDebug) {
			s.o.Log.Debug("request", "route", r.Pattern, "status", c.status, "ms", float64(time.Since(began).Microseconds())/1000)
		}
	})
}

type counted struct {
	http.ResponseWriter
	status int
}

func (c *counted) WriteHeader(status int) {
	c.status = status
	c.ResponseWriter.WriteHeader(status)
}

func notFound(v *visit.Visit) error { return fault.New(fault.NotFound, "visit.not_found") }
