package app

import "testing"

func TestFiguresThatAreBeingReadHoldNobodyUp(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	reading := h.liveEntry(w.Register)
	reading.mu.Lock()
	reading.ready, reading.begun = make(chan struct{}), true // and never done
	reading.mu.Unlock()
	if f, err := h.FeedbackSoon(t.Context(), w.Actor, w.Units[0].ID, 1); f != nil || err != nil {
		t.Errorf("%+v %v", f, err)
	}
}
