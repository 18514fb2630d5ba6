package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	mathrand "math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// LogCheck is a spot check of a log, with the lines that were drawn.
type LogCheck struct {
	store.LogCheck
	Who   string // name
	Lines []SeenLine
	Left  int // lines that nothing is said of
}

// What may be said of a line.
const (
	Ordinary = "vanlig"
	AskAbout = "fraga"
)

const (
	mostSample    = 200
	longestRemark = 500
)

// SampleLog draws n lines of a period at random and keeps which. The line that it leaves in
// the log holds what is needed to draw them again.
func (a *App) SampleLog(ctx context.Context, by access.Actor, register string, from, till time.Time, n int) (id string, err error) {
	r, err := a.logOf(ctx, by, register)
	switch {
	case err != nil:
		return "", err
	case n < 1 || n > mostSample:
		return "", fault.New(fault.Invalid, "log.sample_size", "n", mostSample)
	case !from.Before(till):
		return "", fault.New(fault.Invalid, "log.period")
	}
	c := store.LogCheck{ID: newID(), At: a.now(), Person: by.Person.ID, Role: string(by.Role), From: from, Till: till, Seed: newSeed()}
	err = r.Write(ctx, func(t *store.Tx) error {
		if c.First, err = t.SeqAt(from); err != nil {
			return err
		}
		after, err := t.SeqAt(till)
		if err != nil {
			return err
		}
		if c.Last = after - 1; c.Last < c.First {
			return fault.New(fault.Invalid, "log.no_lines")
		}
		c.Sample = DrawLines(c.Seed, c.First, c.Last, n)
		l := a.line(by, audit.Sampled, "")
		l.N = len(c.Sample)
		l.Fields = []string{"granskning " + c.ID, "rader " + strconv.FormatInt(c.First, 10) + "-" + strconv.FormatInt(c.Last, 10), "fro " + c.Seed, "urval " + numbers(c.Sample)}
		t.Audit(l)
		return t.AddLogCheck(c)
	})
	return c.ID, err
}

func newSeed() string {
	var b [32]byte
	rand.Read(b[:]) // never fails: it ends the program instead
	return hex.EncodeToString(b[:])
}

func numbers(all []int64) string {
	words := make([]string, len(all))
	for i, n := range all {
		words[i] = strconv.FormatInt(n, 10)
	}
	return strings.Join(words, " ")
}

// DrawLines draws n different lines from first to last by a seed of 32 bytes in hex: ChaCha8
// as in math/rand/v2, which gives the same for ever.
func DrawLines(seed string, first, last int64, n int) []int64 {
	var key [32]byte
	b, _ := hex.DecodeString(seed) // we made it
	copy(key[:], b)
	random := mathrand.New(mathrand.NewChaCha8(key))
	of := last - first + 1
	n = int(min(int64(n), of))
	drawn := map[int64]bool{}
	for j := of - int64(n); j < of; j++ { // Floyd's method: each set of n is as likely
		x := random.Int64N(j + 1)
		if drawn[x] {
			x = j
		}
		drawn[x] = true
	}
	all := make([]int64, 0, n)
	for x := range drawn {
		all = append(all, first+x)
	}
	slices.Sort(all)
	return all
}

// LogCheck gives a spot check with its lines and what was said of them.
func (a *App) LogCheck(ctx context.Context, by access.Actor, register, id string) (*LogCheck, error) {
	r, err := a.logOf(ctx, by, register)
	if err != nil {
		return nil, err
	}
	c := &LogCheck{}
	var sealed []audit.Sealed
	var marks []store.LogMark
	err = r.Read(ctx, func(t *store.Tx) error {
		if c.LogCheck, err = t.LogCheck(id); err != nil {
			return err
		}
		for _, seq := range c.Sample {
			s, err := t.AuditLine(seq)
			if err != nil {
				return err
			}
			sealed = append(sealed, s)
		}
		marks, err = t.LogMarks(id)
		return err
	})
	if err != nil {
		return nil, err
	}
	if c.Lines, err = a.readLines(ctx, sealed); err != nil {
		return nil, err
	}
	c.Who = a.nameOf(ctx, c.Person)
	for i := range c.Lines {
		l := &c.Lines[i]
		l.Own = l.Person == by.Person.ID
		for _, m := range marks {
			if m.Seq == l.Seq {
				l.Mark, l.Note, l.By, l.Said = m.Mark, m.Note, a.nameOf(ctx, m.Person), m.At
			}
		}
		if l.Mark == "" {
			c.Left++
		}
	}
	return c, nil
}

// MarkLog says of a line of a check that it is ordinary, or to be asked about. Nobody judges
// what they did themselves.
func (a *App) MarkLog(ctx context.Context, by access.Actor, register, id string, seq int64, mark, note string) error {
	r, err := a.logOf(ctx, by, register)
	note = strings.TrimSpace(note)
	switch {
	case err != nil:
		return err
	case mark != Ordinary && mark != AskAbout:
		return fault.New(fault.Invalid, "log.mark_missing")
	case utf8.RuneCountInString(note) > longestRemark:
		return fault.New(fault.Invalid, "log.note_long", "n", longestRemark)
	case len(record.Identifying(note)) > 0:
		return fault.New(fault.Invalid, "log.note_identifies")
	}
	return r.Write(ctx, func(t *store.Tx) error {
		c, err := t.LogCheck(id)
		if err != nil {
			return err
		}
		if !slices.Contains(c.Sample, seq) {
			return fault.New(fault.NotFound, "log.no_line")
		}
		if err := notOwn(t, by, seq); err != nil {
			return err
		}
		l := a.line(by, audit.Marked, "")
		l.Fields = []string{"granskning " + id, "rad " + strconv.FormatInt(seq, 10), mark}
		t.Audit(l)
		return t.AddLogMark(store.LogMark{Check: id, Seq: seq, At: a.now(), Person: by.Person.ID, Mark: mark, Note: note})
	})
}

// notOwn refuses a line of the log on what the actor did.
func notOwn(t *store.Tx, by access.Actor, seq int64) error {
	s, err := t.AuditLine(seq)
	if err != nil {
		return err
	}
	l, err := s.Read()
	if err == nil && l.Person == by.Person.ID {
		return fault.New(fault.Refused, "log.own_line")
	}
	return err
}

// SignedEnds signs where every log ends now, for keeping elsewhere.
func (a *App) SignedEnds(ctx context.Context, by access.Actor) ([]audit.SignedHead, error) {
	if _, err := a.logOf(ctx, by, ""); err != nil {
		return nil, err
	}
	return a.SignHeads(ctx)
}
