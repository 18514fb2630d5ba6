package app

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/disclosure"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// DeliveryAsk is what a coordinator wants to let leave the house, and what they state of it.
type DeliveryAsk struct {
	Recipient  string     // id
	From, Till record.Day // of intake, both in it
	Scope      int        // 1-3, as in a package
	Coverage   int        // 1-4
	Texts      bool       // with what people wrote, in a file of its own
	TextsRead  bool       // the coordinator has read all of that
	Read       time.Time  // when the data was read; zero: now
}

// Leaving is an extract before it leaves, as it is: the files with every row that they hold.
type Leaving struct {
	Ask   DeliveryAsk
	To    Recipient
	Cases disclosure.ListCount
	Files []LeavingFile
	Hash  string // of all of it: what is let go must be what was looked at
	Local []exchange.LocalField
	Odd   []LeavingText // texts that look as if they told who somebody is
	cases int
	pack  []byte
	meta  exchange.Meta
	out   *Outgoing
}

// LeavingFile is one file of an extract.
type LeavingFile struct {
	Name  string
	Rows  disclosure.ListCount // without the heading
	Head  []string
	First [][]string // the first rows, as they leave
	Text  string     // of a file that has no rows
}

// LeavingText is a free text in an extract, and what it looks like.
type LeavingText struct {
	Variable, Text string
	Sorts          []record.Sort
}

// shownRows is how many rows of each file are shown.
const shownRows = 25

// looksFor is how long after an extract was read it can leave: what was looked at longer ago is
// looked at again.
const looksFor = time.Hour

// Leaving gives what would leave, exactly. That it was looked at is in the log.
func (a *App) Leaving(ctx context.Context, by access.Actor, ask DeliveryAsk) (*Leaving, error) {
	r, err := a.mayDeliver(ctx, by)
	if err != nil {
		return nil, err
	}
	x, err := a.leaving(ctx, by, r, ask)
	if err != nil {
		return nil, err
	}
	err = r.Write(ctx, func(t *store.Tx) error { t.Audit(a.line(by, audit.SawDelivery, "")); return nil })
	if err != nil {
		return nil, err
	}
	return x, x.open()
}

// Deliver lets an extract leave, and keeps that it left: the file, a zip, waits for the one who
// took it out ([App.TakenOut]). hash is that of what the coordinator looked at; where something
// has changed since, nothing leaves.
func (a *App) Deliver(ctx context.Context, by access.Actor, ask DeliveryAsk, hash string) (id string, err error) {
	r, err := a.mayDeliver(ctx, by)
	if err != nil {
		return "", err
	}
	if err := a.Confirmed(by); err != nil {
		return "", err
	}
	if ask.Texts && !ask.TextsRead {
		return "", fault.New(fault.Invalid, "deliver.texts_unread")
	}
	x, err := a.leaving(ctx, by, r, ask)
	if err != nil {
		return "", err
	}
	if x.Hash != hash {
		return "", fault.New(fault.Conflict, "deliver.changed")
	}
	if err := a.sign(ctx, by, x); err != nil {
		return "", err
	}
	sum := sha256.Sum256(x.pack)
	d := store.Delivery{ID: newID(), At: a.now(), Person: by.Person.ID, Role: string(by.Role), Recipient: x.To.Name, From: ask.From, Till: ask.Till,
		Scope: ask.Scope, Coverage: ask.Coverage, Codebook: x.out.Book.ID + "/" + x.out.Book.Version, Cases: x.cases, Texts: ask.Texts, Hash: hex.EncodeToString(sum[:])}
	err = r.Write(ctx, func(t *store.Tx) error {
		l := a.line(by, audit.Delivered, "")
		l.Fields = []string{d.ID}
		t.Audit(l)
		return t.AddDelivery(d)
	})
	if err != nil {
		return "", err
	}
	a.waiting.add(waitingFile{delivery: d, register: r.ID(), pack: x.pack, until: a.now().Add(waitsFor)}, a.now())
	return d.ID, nil
}

// sign packs the extract again with where the register's log ended, signed: whoever has it
// can tell later whether the log still leads there.
func (a *App) sign(ctx context.Context, by access.Actor, x *Leaving) error {
	head, err := a.SignedHead(ctx, by.Register)
	if err != nil {
		return err
	}
	if x.meta.Proof, err = json.Marshal(head); err != nil {
		return fault.Wrap(err, fault.Internal, "fault.internal")
	}
	return x.write()
}

// Delivered is an extract that has left.
type Delivered struct {
	delivery
	PersonName string
	Cases      disclosure.ListCount // instead of the plain number
}

type delivery = store.Delivery

// Deliveries gives what has left the actor's register, newest first.
func (a *App) Deliveries(ctx context.Context, by access.Actor) ([]Delivered, error) {
	r, err := a.mayDeliver(ctx, by)
	if err != nil {
		return nil, err
	}
	var all []store.Delivery
	if err := r.Read(ctx, func(t *store.Tx) (err error) { all, err = t.Deliveries(); return err }); err != nil {
		return nil, err
	}
	told := make([]Delivered, len(all))
	for i, d := range all {
		told[i] = a.delivered(ctx, d)
	}
	return told, nil
}

func (a *App) delivered(ctx context.Context, d store.Delivery) Delivered {
	return Delivered{d, a.nameOf(ctx, d.Person), disclosure.CountList(d.Cases, d.Cases)}
}

// checkAsk says what is missing in what was asked and stated.
func checkAsk(ask DeliveryAsk) error {
	switch {
	case ask.From == record.NoDay || ask.Till == record.NoDay:
		return fault.New(fault.Invalid, "deliver.period_missing")
	case ask.Till < ask.From:
		return fault.New(fault.Invalid, "deliver.period_backwards")
	case ask.Scope < 1 || ask.Scope > 3:
		return fault.New(fault.Invalid, "deliver.scope_missing")
	case ask.Coverage < 1 || ask.Coverage > 4:
		return fault.New(fault.Invalid, "deliver.coverage_missing")
	}
	return nil
}

// leaving makes an extract. The moment at which it was read is to the second, so that the same
// cases at the same moment are the same file.
func (a *App) leaving(ctx context.Context, by access.Actor, r *store.Register, ask DeliveryAsk) (*Leaving, error) {
	to, err := a.recipient(ctx, r, ask.Recipient)
	if err = firstError(err, checkAsk(ask)); err != nil {
		return nil, err
	}
	out, err := a.outgoingWith(ctx, by, ask)
	if err != nil {
		return nil, err
	}
	about, err := a.registerNamed(ctx, r.ID())
	if err != nil {
		return nil, err
	}
	leaves, err := r.LeavingPseudonyms(to.Key)
	if err != nil {
		return nil, err
	}
	for _, c := range out.Cases {
		c.ID, c.Client = leaves(record.OfTheCase, c.ID), leaves(record.OfTheClient, c.Client)
	}
	slices.SortFunc(out.Cases, func(x, y *record.Case) int { return strings.Compare(x.ID, y.ID) }) // not in the order of time
	for i := range out.Texts {
		out.Texts[i].Case = leaves(record.OfTheCase, out.Texts[i].Case)
	}
	slices.SortFunc(out.Texts, func(x, y exchange.FreeText) int {
		return strings.Compare(x.Case+"\x00"+x.Variable+"\x00"+x.Text, y.Case+"\x00"+y.Variable+"\x00"+y.Text)
	})
	if age := a.now().Sub(ask.Read); age < -time.Second || age > looksFor {
		ask.Read = out.Read
	}
	ask.Read = ask.Read.UTC().Truncate(time.Second)
	x := &Leaving{Ask: ask, To: Recipient{to.ID, to.Name}, Cases: disclosure.CountList(len(out.Cases), len(out.Cases)), Local: out.Local, cases: len(out.Cases), out: out}
	x.meta = exchange.Meta{ID: r.ID(), Name: r.ID(), Title: about.Name, Created: ask.Read, Register: about.Name, From: ask.From, Till: ask.Till,
		Coverage: ask.Coverage, Scope: ask.Scope, Synthetic: about.Synthetic || a.demo, Local: out.Local, Texts: out.Texts}
	if err := x.write(); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(x.pack)
	x.Hash = hex.EncodeToString(sum[:])
	return x, nil
}

func (x *Leaving) write() error {
	var b bytes.Buffer
	err := exchange.WriteZip(&b, x.meta, slices.Values(x.out.Cases), x.out.Book)
	x.pack = b.Bytes()
	return err
}

// open reads the finished file again: what is shown is what leaves, and not what was meant to.
func (x *Leaving) open() error {
	z, err := zip.NewReader(bytes.NewReader(x.pack), int64(len(x.pack)))
	if err != nil {
		return fault.Wrap(err, fault.Internal, "fault.internal")
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return fault.Wrap(err, fault.Internal, "fault.internal")
		}
		text, err := io.ReadAll(r)
		_ = r.Close() // nothing more is read
		if err != nil {
			return fault.Wrap(err, fault.Internal, "fault.internal")
		}
		x.Files = append(x.Files, leavingFile(f.Name, text))
	}
	for _, t := range x.meta.Texts {
		if found := record.Identifying(t.Text); len(found) > 0 {
			x.Odd = append(x.Odd, LeavingText{t.Variable, t.Text, sortsOf(found)})
		}
	}
	return nil
}

func sortsOf(found []record.Finding) (all []record.Sort) {
	for _, f := range found {
		if !slices.Contains(all, f.Sort) {
			all = append(all, f.Sort)
		}
	}
	return all
}
