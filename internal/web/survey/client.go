package survey

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"strconv"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/web/assets"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// The client's pages have one address, and a cookie of their own that says nothing either.
const (
	ClientAddress = "/s"
	clientCookie  = "s"
	clientMaxAge  = 20 * 60 // seconds; the survey itself ends by the server's clock
)

//go:embed client/*
var clientFiles embed.FS

var clientPages = template.Must(template.Must(template.ParseFS(clientFiles, "client/client.html")).ParseFS(Templates, "template/survey-question.html"))

// clientPage is what the client sees: one of choice, what to know before, a question, the end,
// and the neutral page.
type clientPage struct {
	Lang     locale.Lang
	Dir      string
	Title    string
	Arabic   bool // the page needs the font
	Words    *app.SurveyWords
	Choose   []tongue // to choose a language; each says so in its own
	Before   bool
	Question *question
	Ended    bool
	Neutral  []neutral
	Left     int // seconds until the page closes by itself, where nothing is done
	Most     int // seconds until it does whatever is done
}

type tongue struct {
	Lang   locale.Lang
	Dir    string
	Name   string
	Choose string
}

type neutral struct {
	Lang   locale.Lang
	Closed string
	Start  string
}

// See shows where the client is; the neutral page to whoever has no survey, or none any more.
func See(v *visit.Visit) error {
	x, err := v.App.ClientSurvey(v.R.Context(), tokenOf(v))
	switch {
	case isOver(err):
		return showNeutral(v)
	case err != nil:
		return err
	}
	setToken(v, tokenOf(v), clientMaxAge)
	p := clientPage{Words: x.Words, Title: locale.For(locale.Swedish).T("survey.title"), Left: int(x.Left.Seconds()) + 1, Most: int(x.Most.Seconds()) + 1}
	switch {
	case x.Words == nil || x.Survey.Step == 0:
		p.choose(x)
	default:
		p.Lang, p.Question = x.Words.Lang, questionOf(x, faultOf(v, x.Words))
		p.Before, p.Ended = x.Before(), x.Ended() || x.Survey.State == app.SurveyDone
		if p.Ended {
			p.Question = nil
		}
		p.Arabic = p.Lang == locale.Arabic
	}
	return p.send(v)
}

// choose offers the languages that somebody answers for.
func (p *clientPage) choose(x *app.Answering) {
	p.Lang, p.Words = locale.Swedish, x.Swedish
	for _, l := range x.Languages {
		if l.Reviewed {
			p.Choose = append(p.Choose, tongue{l.Lang, l.Lang.Dir(), l.Name, locale.For(l.Lang).T("survey.choose")})
			p.Arabic = p.Arabic || l.Lang == locale.Arabic
		}
	}
}

// Words of the address for what could not be done: they say nothing to anybody else.
const (
	noChoice = "1"
	tooLong  = "2"
)

func faultOf(v *visit.Visit, w *app.SurveyWords) string {
	switch v.R.URL.RawQuery {
	case noChoice:
		return w.T("survey.choose_answer")
	case tooLong:
		return w.T("survey.too_long")
	}
	return ""
}

// Move does what the client pressed, and leads to the same address again.
func Move(v *visit.Visit) error {
	if err := v.R.ParseForm(); err != nil {
		return v.Redirect(ClientAddress)
	}
	posted, token, ctx := v.R.PostForm, tokenOf(v), v.R.Context()
	x, err := v.App.ClientSurvey(ctx, token)
	if err == nil {
		m := moveOf(posted, x)
		if l, ok := locale.ParseClient(posted.Get("sprak")); ok {
			m = app.SurveyMove{Language: l}
		}
		if unchosen(m) {
			return v.Redirect(ClientAddress + "?" + noChoice)
		}
		err = v.App.ClientMoves(ctx, token, m)
		switch {
		case err == nil && m.Leave:
			forget(v)
			return v.Redirect(ClientAddress)
		case err == nil && m.Stay:
			setToken(v, token, clientMaxAge) // the page is not sent anew, which would
		}
	}
	switch fault.KindOf(err) {
	case fault.Internal:
		if err != nil {
			return err
		}
	case fault.Invalid:
		return v.Redirect(ClientAddress + "?" + tooLong)
	}
	return v.Redirect(ClientAddress)
}

func isOver(err error) bool { return err != nil && fault.KindOf(err) == fault.NotFound }

func tokenOf(v *visit.Visit) string {
	c, err := v.R.Cookie(clientCookie)
	if err != nil {
		return ""
	}
	return c.Value
}

func setToken(v *visit.Visit, token string, maxAge int) {
	http.SetCookie(v.W, &http.Cookie{Name: clientCookie, Value: token, Path: ClientAddress, MaxAge: maxAge, HttpOnly: true, Secure: v.Secure, SameSite: http.SameSiteStrictMode})
}

// forget leaves nothing on the device: the cookies that it sends are taken away, and what it
// has kept of this place. Cookies of others on the same domain are theirs.
func forget(v *visit.Visit) {
	for _, c := range v.R.Cookies() {
		for _, path := range []string{"/", ClientAddress} {
			http.SetCookie(v.W, &http.Cookie{Name: c.Name, Path: path, MaxAge: -1, HttpOnly: true, Secure: v.Secure, SameSite: http.SameSiteStrictMode})
		}
	}
	v.W.Header().Set("Clear-Site-Data", `"cache", "storage"`)
}

func showNeutral(v *visit.Visit) error {
	if tokenOf(v) != "" {
		forget(v)
	}
	p := clientPage{Lang: locale.Swedish, Title: locale.For(locale.Swedish).T("survey.title")}
	for _, l := range locale.Staff {
		t := locale.For(l)
		p.Neutral = append(p.Neutral, neutral{l, t.T("survey_staff.closed"), t.T("survey_staff.closed_start")})
	}
	return p.send(v)
}

func (p clientPage) send(v *visit.Visit) error {
	p.Dir = p.Lang.Dir()
	var b bytes.Buffer
	if err := clientPages.ExecuteTemplate(&b, "client.html", p); err != nil {
		return fault.Wrap(err, fault.Internal, "fault.internal")
	}
	v.W.Header().Set("Referrer-Policy", "no-referrer")
	page.Send(v.W, p.Lang, http.StatusOK, b.Bytes())
	return nil
}

// parts are what the client's pages fetch: under names that say nothing, and kept nowhere.
var parts = map[string]struct{ kind, file string }{
	"1": {"text/css; charset=utf-8", "client/client.css"},
	"2": {"image/svg+xml", "client/icon.svg"},
	"3": {"text/javascript; charset=utf-8", "client/client.js"},
	"4": {"font/woff2", ""},
}

// Part sends one of them.
func Part(v *visit.Visit) error {
	x, known := parts[v.R.PathValue("del")]
	if !known {
		return fault.New(fault.NotFound, "visit.not_found")
	}
	b := assets.ArabicFont()
	if x.file != "" {
		var err error
		if b, err = clientFiles.ReadFile(x.file); err != nil {
			return fault.Wrap(err, fault.Internal, "fault.internal")
		}
	}
	v.W.Header().Set("Content-Type", x.kind)
	v.W.Header().Set("Cache-Control", "no-store")
	_, _ = v.W.Write(b)
	return nil
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func codeText(n int) string { return strconv.Itoa(n) }
