// Package log is the pages for the regular spot check of the log: its lines, a random sample
// of a period, what was said of each, and what is unusual. A coordinator sees who looked up
// codes. No line has an answer, a name of a client or a code, since the log has none.
package log

import (
	"embed"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// Templates are the pages', for page.New.
//
//go:embed template/*.html
var Templates embed.FS

// Where the pages are.
const (
	Address       = "/hantera/logg"
	sampleAddress = Address + "/urval"
	markAddress   = Address + "/bedom"
	endsAddress   = Address + "/slut/loggslut.txt"
)

// LogPage is a log, for an administrator.
type LogPage struct {
	Owner    string // whose page it is
	Title    string
	Register string   // id
	Logs     []Choice // those there are
	From     string   // ÅÅÅÅ-MM-DD, of the period
	Till     string
	N        string
	Hints    []string
	Checks   page.Table
	NoChecks *page.Empty // nil: there are
	Lines    page.Table
	NoLines  *page.Empty // nil: there are
	Of       string      // which lines are shown
	Older    string      // address
	Key      string
	Signed   string // when the end was signed last, and where
	Backup   string // when the last backup was taken
	Ends     string // address of the file
}

// Choice is one log.
type Choice struct {
	ID, Name string
	Chosen   bool
}

// usualPeriod is how far back a check goes where nobody says.
const usualPeriod = 30

// Page shows the log to an administrator, and the look-ups of codes to a coordinator.
func Page(v *visit.Visit) error {
	if v.By().Role == access.Coordinator {
		return lookUps(v)
	}
	return show(v, v.R.URL.Query().Get("register"), nil, nil)
}

// typed is what somebody typed in the form for a sample.
type typed struct{ from, till, n string }

func show(v *visit.Visit, register string, was *typed, wrong error) error {
	before, _ := strconv.ParseInt(v.R.URL.Query().Get("fore"), 10, 64) // anything else is the newest
	p, err := v.App.Log(v.R.Context(), v.By(), register, before)
	if err != nil {
		return err
	}
	now := v.App.Now()
	hints, err := v.App.LogHints(v.R.Context(), v.By(), p.Register, now.AddDate(0, 0, -usualPeriod), now)
	if err != nil {
		return err
	}
	t := v.Text
	f := v.Frame(t.T("log.title"))
	x := LogPage{Owner: v.Owner(), Title: f.Title, Register: p.Register, From: now.AddDate(0, 0, -usualPeriod).Format(time.DateOnly), Till: now.Format(time.DateOnly), N: "20", Key: p.Key, Ends: endsAddress}
	if was != nil {
		x.From, x.Till, x.N = was.from, was.till, was.n
	}
	x.Logs = append(x.Logs, Choice{app.InstallationLog, t.T("log.installation"), p.Register == app.InstallationLog})
	for _, r := range p.Logs {
		x.Logs = append(x.Logs, Choice{r.ID, r.Name, p.Register == r.ID})
	}
	for _, h := range hints {
		x.Hints = append(x.Hints, hint(v, h))
	}
	x.Checks, x.Lines = checksTable(v, p), linesTable(v, p.Lines, "log.lines")
	if len(p.Checks) == 0 {
		x.NoChecks = &page.Empty{Title: t.T("log.no_checks"), Text: t.T("log.no_checks_text")}
	}
	if len(p.Lines) > 0 {
		x.Of = t.T("log.shown", "forsta", t.Int(p.Lines[len(p.Lines)-1].Seq), "sista", t.Int(p.Lines[0].Seq), "alla", t.Int(p.Of))
	}
	if p.Next > 0 {
		x.Older = Address + "?register=" + p.Register + "&fore=" + strconv.FormatInt(p.Next, 10)
	}
	x.Backup = t.T("log.backup_never")
	if !p.Backup.IsZero() {
		x.Backup = t.T("log.backup", "tid", when(v, p.Backup))
	}
	if p.Head.Seq > 0 {
		x.Signed = t.T("log.signed", "tid", when(v, p.Head.At), "nr", t.Int(p.Head.Seq))
	}
	if wrong != nil {
		f.Status, f.Faults, f.Address = 422, []page.Fault{{ID: "fran", Text: t.Error(wrong)}}, Address
	}
	return v.Show("log-page.html", f, x)
}

// when writes a time as it was where the house is.
func when(v *visit.Visit, at time.Time) string {
	return v.Date(at) + " " + v.Clock(at)
}

// act says what somebody did; one that the words lack is said as the log has it.
func act(v *visit.Visit, a string) string {
	if key := "log.act_" + a; v.Text.Has(key) {
		return v.Text.T(key)
	}
	return a
}

// shortID is how much of an id is shown: enough to tell cases apart on a page. It is the end,
// since ids begin with the time.
const shortID = 8

func short(id string) string { return id[max(0, len(id)-shortID):] }

func who(v *visit.Visit, l app.SeenLine) string {
	switch {
	case l.Who != "":
		return l.Who
	case l.Person == "":
		return v.Text.T("log.nobody")
	}
	return v.Text.T("log.unknown", "id", short(l.Person))
}

func role(v *visit.Visit, r string) string {
	if key := "role." + r; r != "" && v.Text.Has(key) {
		return v.Text.T(key)
	}
	return r
}

func about(v *visit.Visit, l app.SeenLine) string {
	var all []string
	if l.Case != "" {
		all = append(all, v.Text.T("log.case_id", "id", short(l.Case)))
	}
	if l.N > 0 {
		all = append(all, v.Text.T("log.count", "n", l.N))
	}
	return strings.Join(all, ", ")
}

func linesTable(v *visit.Visit, lines []app.SeenLine, caption string) page.Table {
	t := v.Text
	table := page.Table{Caption: t.T(caption), Empty: t.T("log.none"), Hidden: true,
		Head: []page.Head{{Text: t.T("log.when")}, {Text: t.T("log.who")}, {Text: t.T("log.role")}, {Text: t.T("log.what")}, {Text: t.T("log.about")}, {Text: t.T("log.nr"), Number: true}}}
	for _, l := range lines {
		table.Rows = append(table.Rows, page.Row{{Text: when(v, l.At)}, {Text: who(v, l), Written: true}, {Text: role(v, l.Role)}, {Text: act(v, string(l.Act))}, {Text: about(v, l)}, {Text: t.Int(l.Seq)}})
	}
	return table
}

func checksTable(v *visit.Visit, p *app.LogPage) page.Table {
	t := v.Text
	table := page.Table{Caption: t.T("log.checks"), Hidden: true,
		Head: []page.Head{{Text: t.T("log.taken")}, {Text: t.T("log.by")}, {Text: t.T("log.of_period")}, {Text: t.T("log.drawn"), Number: true}}}
	for _, c := range p.Checks {
		table.Rows = append(table.Rows, page.Row{{Text: when(v, c.At), Address: checkAddress(p.Register, c.ID)}, {Text: c.Who, Written: true}, {Text: period(v, c)}, {Text: t.Int(int64(len(c.Sample)))}})
	}
	return table
}

func checkAddress(register, id string) string {
	return sampleAddress + "?register=" + register + "&granskning=" + id
}

func period(v *visit.Visit, c app.LogCheck) string {
	zone := v.App.Now().Location()
	return v.Text.T("log.from_till", "fran", page.Date(v.Text, c.From.In(zone)), "till", page.Date(v.Text, c.Till.In(zone).AddDate(0, 0, -1)))
}

func hint(v *visit.Visit, h app.LogHint) string {
	name := h.Who
	if name == "" {
		name = v.Text.T("log.nobody")
	}
	return v.Text.T("log.hint_"+string(h.Sort), "namn", name, "antal", v.Text.Int(h.N), "annars", v.Text.Int(h.Of))
}

// lookUps shows a coordinator who looked up codes.
func lookUps(v *visit.Visit) error {
	before, _ := strconv.ParseInt(v.R.URL.Query().Get("fore"), 10, 64)
	p, err := v.App.LookUps(v.R.Context(), v.By(), before)
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("log.look_ups"))
	x := LogPage{Owner: v.Owner(), Title: f.Title, Lines: linesTable(v, p.Lines, "log.look_ups")}
	if len(p.Lines) == 0 {
		x.NoLines = &page.Empty{Title: v.Text.T("log.no_look_ups"), Text: v.Text.T("log.no_look_ups_text")}
	}
	if p.Next > 0 {
		x.Older = Address + "?fore=" + strconv.FormatInt(p.Next, 10)
	}
	return v.Show("log-codes.html", f, x)
}

// Ends gives the file of signed ends, for keeping elsewhere.
func Ends(v *visit.Visit) error {
	heads, err := v.App.SignedEnds(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	v.W.Header().Set("Content-Type", "application/json; charset=utf-8")
	v.W.Header().Set("Content-Disposition", `attachment; filename="loggslut-`+v.App.Now().Format(time.DateOnly)+`.txt"`)
	out := json.NewEncoder(v.W)
	for _, h := range heads {
		if err := out.Encode(h); err != nil {
			return err
		}
	}
	return nil
}
