package app

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/place"
	"foljsam/internal/store"
)

// While the database is asked for one thing, another is answered; and who asks for the same
// waits for the one answer.
func TestACacheHoldsNobodyUp(t *testing.T) {
	var c cache[string]
	now, asked, answer := time.Now(), make(chan struct{}), make(chan string)
	slow := func(context.Context) (string, error) { close(asked); return <-answer, nil }
	got := make(chan string, 2)
	ask := func() {
		x, err := c.get(t.Context(), "slow", now, slow) // a second question would close a closed channel
		if err != nil {
			t.Error(err)
		}
		got <- x
	}
	go ask()
	<-asked
	go ask()
	if x, err := c.get(t.Context(), "quick", now, func(context.Context) (string, error) { return "q", nil }); x != "q" || err != nil {
		t.Error(x, err)
	}
	answer <- "s"
	if a, b := <-got, <-got; a != "s" || b != "s" {
		t.Error(a, b)
	}
}

func TestACacheForgets(t *testing.T) {
	var c cache[int]
	now, n := time.Now(), 0
	read := func(context.Context) (int, error) { n++; return n, nil }
	get := func(at time.Time) int {
		x, err := c.get(t.Context(), "k", at, read)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	if get(now) != 1 || get(now.Add(memory-1)) != 1 || get(now.Add(memory)) != 2 {
		t.Error("not believed for as long as it should")
	}
	c.forget("k")
	if get(now.Add(memory)) != 3 {
		t.Error("not forgotten")
	}
	wrong := errors.New("no")
	c.forget("k")
	if _, err := c.get(t.Context(), "k", now, func(context.Context) (int, error) { return 0, wrong }); !errors.Is(err, wrong) {
		t.Error(err)
	}
	for range 1000 { // dropped just after it was given
		if _, err := c.get(t.Context(), "k", now, read); err == nil {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Error("an error is remembered")
}

// What was read before something changed is not remembered after it.
func TestACacheDoesNotRememberWhatIsOld(t *testing.T) {
	var c cache[string]
	now, asked, answer, done := time.Now(), make(chan struct{}), make(chan string), make(chan struct{})
	go func() {
		_, _ = c.get(t.Context(), "k", now, func(context.Context) (string, error) { close(asked); return <-answer, nil })
		close(done)
	}()
	<-asked
	c.forget("k")
	answer <- "old"
	<-done
	if x, err := c.get(t.Context(), "k", now, func(context.Context) (string, error) { return "new", nil }); x != "new" || err != nil {
		t.Error(x, err)
	}
}

// Who does not wait stops nobody else's answer.
func TestWhoDoesNotWaitStopsNobody(t *testing.T) {
	var c cache[string]
	now, asked, answer := time.Now(), make(chan struct{}), make(chan string)
	ctx, stop := context.WithCancel(t.Context())
	var all sync.WaitGroup
	all.Go(func() {
		_, err := c.get(ctx, "k", now, func(ctx context.Context) (string, error) { close(asked); return <-answer, ctx.Err() })
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
	<-asked
	all.Go(func() {
		if x, err := c.get(t.Context(), "k", now, nil); x != "here" || err != nil {
			t.Error(x, err)
		}
	})
	stop()
	answer <- "here"
	all.Wait()
}

// A name and a unit that another program has changed are seen within the memory's time.
func TestWhatAnotherProgramChangedIsSeen(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	other := h.colleague(t, w, "bo", w.Units[0].ID)
	if h.nameOf(t.Context(), other.Person.ID) != "bo" {
		t.Fatal("no name")
	}
	err := h.store.Node().Write(t.Context(), func(tx *store.Tx) error {
		p, err := tx.Person(other.Person.ID)
		if err != nil {
			return err
		}
		p.Name = "Bo Ek"
		return tx.SavePerson(p)
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := h.register(t.Context(), w.Actor)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Write(t.Context(), func(tx *store.Tx) error {
		return tx.PutUnit(place.Unit{ID: "ny", Name: "Ny", Area: "1884", From: h.time})
	}); err != nil {
		t.Fatal(err)
	}
	h.time = h.time.Add(memory)
	if name := h.nameOf(t.Context(), other.Person.ID); name != "Bo Ek" {
		t.Error(name)
	}
	all := access.Actor{Person: other.Person, Role: access.Coordinator, Register: w.Register, AllUnits: true}
	if units, err := h.Units(t.Context(), all); err != nil || len(units) != 2 {
		t.Error(units, err)
	}
}
