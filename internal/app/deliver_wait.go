package app

import (
	"context"
	"sync"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// waitingFiles are extracts that have been taken out and wait to be fetched by the one who
// took them. They are in memory only, and not for long.
type waitingFiles struct {
	mu    sync.Mutex
	files []waitingFile
}

type waitingFile struct {
	delivery store.Delivery
	register string
	pack     []byte
	until    time.Time
}

// A file can be fetched for some minutes; of many, the oldest go first.
const (
	waitsFor    = 10 * time.Minute
	mostWaiting = 8
)

func (w *waitingFiles) add(f waitingFile, now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	left := w.files[:0]
	for _, old := range w.files {
		if now.Before(old.until) {
			left = append(left, old)
		}
	}
	if len(left) >= mostWaiting {
		left = left[1:]
	}
	clear(w.files[len(left):])
	w.files = append(left, f)
}

func (w *waitingFiles) find(id string, now time.Time) (waitingFile, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, f := range w.files {
		if f.delivery.ID == id && now.Before(f.until) {
			return f, true
		}
	}
	return waitingFile{}, false
}

// TakenOut gives an extract that the actor has just taken out, and its file. Nobody else gets
// it, and nobody later.
func (a *App) TakenOut(ctx context.Context, by access.Actor, id string) (Delivered, []byte, error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return Delivered{}, nil, err
	}
	if err := by.Allow(access.Deliver, r.ID(), ""); err != nil {
		return Delivered{}, nil, a.refused(ctx, r, by, "", err)
	}
	f, ok := a.waiting.find(id, a.now())
	if !ok || f.register != r.ID() || f.delivery.Person != by.Person.ID {
		return Delivered{}, nil, fault.New(fault.NotFound, "deliver.file_gone")
	}
	return a.delivered(ctx, f.delivery), f.pack, nil
}
