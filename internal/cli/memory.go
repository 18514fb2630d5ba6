package cli

import (
	"context"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// elbowRoom is memory that is asked for and never touched, so that it costs nothing but
// counts for the collector. The cases of a register are some tens of megabytes that stay;
// without it the collector would look through them each time that as much again had come
// and gone, several times a second when many save at once.
const elbowRoom = 128 << 20

// restAfter is how long the program has done next to nothing when what it no longer needs is
// given back to the system.
const restAfter = time.Second

// keepTidy gives the collector its room, and gives memory back when the program rests. It
// ends with ctx.
func keepTidy(ctx context.Context) {
	room := make([]byte, elbowRoom)
	defer runtime.KeepAlive(room)
	tick := time.NewTicker(restAfter)
	defer tick.Stop()
	var last, given uint64
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := allocated()
		if rests := now-last < 1<<20; rests && now-given > 8<<20 {
			debug.FreeOSMemory()
			given = allocated()
		}
		last = now
	}
}

// allocated gives how many bytes the program has asked for since it began.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
