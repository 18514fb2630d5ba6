package operate

import (
	"strings"
	"time"

	"foljsam/internal/app"
	"foljsam/internal/locale"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// StatePage is how the installation is.
type StatePage struct {
	Title string
	Well  bool // nothing needs to be done
	Facts []Fact
	Logs  page.Table
}

// Fact is one thing that is so.
type Fact struct{ Name, Value string }

// State shows how the installation is, and what needs to be done.
func State(v *visit.Visit) error {
	o, err := v.App.Operation(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	s := state{Operation: o, text: v.Text, now: v.App.Now(), version: v.Version}
	if v.Certificate != nil {
		s.ends = v.Certificate()
	}
	f := v.Frame(v.Text.T("operate.state"))
	f.Messages = s.warnings()
	return v.Show("operate-state.html", f, StatePage{Title: f.Title, Well: len(f.Messages) == 0, Facts: s.facts(), Logs: s.logs()})
}

// state is what the page tells of.
type state struct {
	*app.Operation
	text    *locale.Printer
	now     time.Time
	version string
	ends    time.Time // of the certificate; zero: none of ours
}

// The limits of what is told as a warning.
const (
	backupAge      = 7 // days
	certificateAge = 21
	longQueue      = 100
	leastRoom      = 1 << 30
)

// warnings says what needs to be done, the worst first.
func (s state) warnings() (all []page.Message) {
	warn := func(key, do string, args ...any) {
		all = append(all, page.Message{Kind: page.Warning, Title: s.text.T(key, args...), Text: s.text.T(do)})
	}
	if free := s.Room.Free; free >= 0 && (free < leastRoom || free < 2*s.Room.Used) {
		warn("operate.warn_disk", "operate.warn_disk_do", "ledigt", s.bytes(free))
	}
	if age := daysBetween(s.Backup, s.now); s.Backup.IsZero() {
		warn("operate.warn_backup_never", "operate.warn_backup_never_do")
	} else if age > backupAge {
		warn("operate.warn_backup_old", "operate.warn_backup_old_do", "dagar", s.text.Int(age))
	}
	if left := daysBetween(s.now, s.ends); !s.ends.IsZero() && !s.now.Before(s.ends) {
		warn("operate.warn_certificate_over", "operate.warn_certificate_do")
	} else if !s.ends.IsZero() && left <= certificateAge {
		warn("operate.warn_certificate", "operate.warn_certificate_do", "dagar", s.text.Int(left))
	}
	if s.Waiting > longQueue {
		warn("operate.warn_waiting", "operate.warn_waiting_do", "n", s.Waiting)
	}
	if !strings.HasPrefix(s.version, "v") {
		warn("operate.warn_unreleased", "operate.warn_unreleased_do")
	}
	return all
}

func daysBetween(from, till time.Time) int64 { return int64(till.Sub(from) / (24 * time.Hour)) }

func (s state) facts() []Fact {
	t := s.text.T
	free, ends := t("operate.free_unknown"), t("operate.certificate_none")
	if s.Room.Free >= 0 {
		free = s.bytes(s.Room.Free)
	}
	if !s.ends.IsZero() {
		ends = page.Date(s.text, s.ends)
	}
	version := s.version
	if version == "" {
		version = t("page.unreleased")
	}
	step := ""
	if len(s.Steps) > 0 {
		step = s.Steps[len(s.Steps)-1]
	}
	return []Fact{
		{t("operate.version"), version},
		{t("operate.database"), t("operate.database_steps", "namn", s.Database, "steg", step)},
		{t("operate.used"), s.bytes(s.Room.Used)},
		{t("operate.free"), free},
		{t("operate.backup"), s.when(s.Backup, "operate.never")},
		{t("operate.people"), s.text.Int(s.People)},
		{t("operate.sessions"), s.text.Int(s.Sessions)},
		{t("operate.waiting"), s.text.Int(int64(s.Waiting))},
		{t("operate.certificate"), ends},
	}
}

func (s state) logs() page.Table {
	t := s.text.T
	table := page.Table{Caption: t("operate.logs"), Hidden: true, Empty: t("operate.log_none"),
		Head: []page.Head{{Text: t("operate.log_register")}, {Text: t("operate.log_lines"), Number: true}, {Text: t("operate.log_newest")}}}
	for _, r := range s.Registers {
		name := page.Cell{Text: r.Name, Written: true}
		if r.Name == "" {
			name = page.Cell{Text: t("operate.log_node")}
		}
		table.Rows = append(table.Rows, page.Row{name, {Text: s.text.Int(r.Lines)}, {Text: s.when(r.At, "operate.log_none")}})
	}
	return table
}

// when gives a time where the registers are, or what is said of no time.
func (s state) when(at time.Time, never string) string {
	if at.IsZero() {
		return s.text.T(never)
	}
	at = at.In(s.now.Location())
	return s.text.T("operate.when", "dag", page.Date(s.text, at), "tid", page.Clock(s.text, at))
}

// bytes writes a size as people say it: 3,2 GB.
func (s state) bytes(n int64) string {
	for _, u := range []struct {
		from int64
		key  string
	}{{1e12, "operate.bytes_tb"}, {1e9, "operate.bytes_gb"}, {1e6, "operate.bytes_mb"}} {
		if n >= u.from {
			return s.text.T(u.key, "n", s.text.Number(float64(n)/float64(u.from), 1))
		}
	}
	return s.text.T("operate.bytes_kb", "n", s.text.Int((n+999)/1000))
}
