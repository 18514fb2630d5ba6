package app

import (
	"context"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/codebook"
)

func TestADemonstrationIsFilledAndNeverMixed(t *testing.T) {
	h := newHouse(t, true)
	if err := h.CheckKind(t.Context()); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := h.FillDemo(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Log("filled in", time.Since(began))
	all, err := h.Personas(t.Context())
	if err != nil || len(all) != 34*6+2+2 { // a manager in each; of the installation, and of the nation
		t.Fatal(len(all), err)
	}
	n := 0
	for _, x := range all {
		if x.Role != access.Coordinator {
			continue
		}
		secret, err := h.BeAs(t.Context(), x.Person)
		if err != nil {
			t.Fatal(err)
		}
		list, err := h.Cases(t.Context(), h.who(t, secret).Actor, Filter{})
		if err != nil {
			t.Fatal(err)
		}
		n += list.Of.N()
	}
	if n != 3070 {
		t.Errorf("%d cases", n)
	}
	real := New(Options{Store: h.store, Codebook: codebook.Default()})
	if err := real.CheckKind(context.Background()); err == nil {
		t.Error("somebody's work may be done on a demonstration's data")
	}
}
