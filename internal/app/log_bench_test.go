package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/record"
	"foljsam/internal/store"
	"foljsam/internal/store/storetest"
)

// What pages that touch the log cost in a register whose log is long. LOG_LINES says how long;
// LOG_POSTGRES has it in a PostgreSQL server of its own instead of in a file. Each prints the
// median and the slowest, and the processor's time in this process.
//
//	LOG_LINES=10000000 go test -run '^$' -bench LongLog -timeout 3h ./internal/app
func BenchmarkLongLog(b *testing.B) {
	l := newLongLog(b)
	ctx := b.Context()
	newest, err := l.Log(ctx, l.admin, l.who.Register, 0)
	if err != nil {
		b.Fatal(err)
	}
	hundredth := newest.Of - 99*logLength
	month := l.time.AddDate(0, 0, -30)
	l.see(b, "the log's page", func() error { _, err := l.Log(ctx, l.admin, l.who.Register, 0); return err })
	l.see(b, "its hundredth page", func() error { _, err := l.Log(ctx, l.admin, l.who.Register, hundredth); return err })
	l.see(b, "spot check, a month", func() error { return l.check(ctx, month) })
	l.see(b, "spot check, all", func() error { return l.check(ctx, time.Time{}.AddDate(2000, 0, 0)) })
	l.see(b, "hints, a month", func() error { _, err := l.LogHints(ctx, l.admin, l.who.Register, month, l.time); return err })
	l.see(b, "look-ups", func() error { _, err := l.LookUps(ctx, l.leader, 0); return err })
	l.see(b, "interventions", func() error { _, err := l.Interventions(ctx, l.leader); return err })
	l.see(b, "extract of a person", func() error { return l.extract(ctx) })
	l.see(b, "health for a machine", func() error { _, err := l.Vitals(ctx); return err })
	l.see(b, "list of cases", func() error { _, err := l.Cases(ctx, l.leader, Filter{}); return err })
	l.see(b, "count 1000 lines", func() error {
		r, err := l.store.Register(ctx, l.who.Register)
		if err != nil {
			return err
		}
		if err := r.Write(ctx, func(t *store.Tx) error { l.write(t, 0, countAtOnce); return nil }); err != nil {
			return err
		}
		return l.countLog(ctx, r, 0)
	})
}

// longLog is a register with one case filed and a log of five years.
type longLog struct {
	*house
	who    *Who
	admin  access.Actor
	leader access.Actor
	id     string // of the case
	first  time.Time
	lines  int
}

func newLongLog(b *testing.B) *longLog {
	h := benchHouse(b)
	h.time = h.time.AddDate(-5, 0, 0)
	l := &longLog{house: h, who: h.begin(b), first: h.time, lines: 20_000}
	if n, err := strconv.Atoi(os.Getenv("LOG_LINES")); err == nil {
		l.lines = n
	}
	var err error
	answers := map[string]record.Answer{h.book.Role(codebook.Intake).Key(): {Value: "2021-11-01"}}
	if l.id, err = h.OpenCase(b.Context(), l.who.Actor, NewCase{Unit: l.who.Units[0].ID, Case: "A1", Client: "K1", Answers: answers}); err != nil {
		b.Fatal(err)
	}
	h.time = h.time.AddDate(5, 0, 0)
	l.admin = access.Actor{Person: access.Person{ID: "admin"}, Role: access.Administrator, AllUnits: true}
	l.leader = access.Actor{Person: access.Person{ID: "ledare"}, Role: access.Coordinator, Register: l.who.Register, AllUnits: true, Confirmed: h.time}
	l.fill(b)
	return l
}

// benchHouse is an installation that does not wait for the disk.
func benchHouse(b *testing.B) *house {
	dir := b.TempDir()
	keys, err := store.OpenKeys(filepath.Join(dir, "nycklar"))
	if err != nil {
		b.Fatal(err)
	}
	o := store.Options{Folder: filepath.Join(dir, "data"), Keys: keys, Quick: true}
	if os.Getenv("LOG_POSTGRES") != "" {
		_, address := storetest.StartPostgres(b).Database()
		o.Folder, o.Address = "", address
	}
	s, err := store.Open(b.Context(), o)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() }) // the folder goes with it
	h := &house{time: time.Date(2026, 11, 22, 14, 2, 0, 0, time.UTC), store: s}
	h.App = New(Options{Store: s, Codebook: codebook.Default(), Now: func() time.Time { return h.time }})
	return h
}

// fill writes the log and counts it, but for the last few lines.
func (l *longLog) fill(b *testing.B) {
	r, err := l.store.Register(b.Context(), l.who.Register)
	if err != nil {
		b.Fatal(err)
	}
	began, spent := time.Now(), processor()
	const atOnce = 4000
	for from := 0; from < l.lines; from += atOnce {
		if err := r.Write(b.Context(), func(t *store.Tx) error { l.write(t, from, atOnce); return nil }); err != nil {
			b.Fatal(err)
		}
		if from/atOnce%500 == 499 {
			b.Logf("%d lines after %v", from+atOnce, time.Since(began).Round(time.Second))
		}
	}
	b.Logf("%d lines written: %v, processor %v", l.lines, time.Since(began).Round(time.Millisecond), processor()-spent)
	began, spent = time.Now(), processor()
	if err := l.CountLogs(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.Logf("counted: %v, processor %v", time.Since(began).Round(time.Millisecond), processor()-spent)
	if err := r.Write(b.Context(), func(t *store.Tx) error { l.write(t, l.lines-fewUncounted, fewUncounted); return nil }); err != nil {
		b.Fatal(err)
	}
}

// How a case is worked with: so many lines at a time, so many times, a month apart.
const linesASession, sessionsACase, workers = 20, 5, 40

// write writes some of the lines. A case is opened in one session, and read and changed in those
// that follow. One session in ten begins with a look-up; now and then somebody is helped in.
func (l *longLog) write(t *store.Tx, from, n int) {
	cases := max(1, l.lines/linesASession/sessionsACase)
	apart := max(1, cases/60)
	for i := from; i < from+n; i++ {
		session, at := i/linesASession, i%linesASession
		which := session / sessionsACase
		if earlier := which - session%sessionsACase*apart; earlier >= 0 {
			which = earlier
		}
		x := audit.Line{At: l.first.Add(time.Duration(float64(i) / float64(l.lines) * float64(l.time.Sub(l.first)))), Person: fmt.Sprintf("0193c0de-0000-7000-8000-%012d", which%workers), Role: string(access.Caseworker), Case: fmt.Sprintf("0193c0de-0000-7000-9000-%012d", which)}
		if which == 1 {
			x.Case = l.id
		}
		switch {
		case i%10_000 == 17:
			x.Act, x.Person, x.Role, x.About, x.Case = audit.GaveCode, "admin", string(access.Administrator), "0193c0de-0000-7000-8000-000000000001", ""
		case at == 0 && session%10 == 0:
			x.Act, x.Case = audit.LookedUp, ""
		case at == 0:
			x.Act, x.Case, x.N = audit.Listed, "", 50
		case at < 4:
			x.Act = audit.Read
		default:
			x.Act, x.Fields, x.Version, x.Sum = audit.Changed, []string{"49"}, at, "q0Jc3mXn0o8Zp2yq6YtT2mJ0o8Zp2yq6YtT2mJ0o8Zp"
		}
		t.Audit(x)
	}
}

func (l *longLog) check(ctx context.Context, from time.Time) error {
	id, err := l.SampleLog(ctx, l.admin, l.who.Register, from, l.time, 20)
	if err == nil {
		_, err = l.LogCheck(ctx, l.admin, l.who.Register, id)
	}
	return err
}

func (l *longLog) extract(ctx context.Context) error {
	l.time = l.time.Add(2 * time.Hour) // look-ups are limited by the hour
	l.leader.Confirmed = l.time
	x, err := l.Extract(ctx, l.leader, "K1")
	if err == nil && len(x.Cases) == 1 && len(x.Cases[0].Log) < min(l.lines/1000, 50) {
		err = fmt.Errorf("an extract with %d lines of the log", len(x.Cases[0].Log))
	}
	return err
}

// see runs something until enough is known of it.
func (l *longLog) see(b *testing.B, name string, do func() error) {
	b.Run(name, func(b *testing.B) {
		var took []time.Duration
		spent := processor()
		for b.Loop() {
			began := time.Now()
			if err := do(); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(began))
		}
		slices.Sort(took)
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(float64(took[len(took)/2])/1e6, "ms-median")
		b.ReportMetric(float64(took[len(took)-1])/1e6, "ms-slowest")
		b.ReportMetric(float64(processor()-spent)/1e6/float64(len(took)), "ms-processor")
	})
}
