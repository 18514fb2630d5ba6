package cli

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// elbowRoom is how much may come and go, at least, before the collector looks through what
// stays. The cases of a register are some tens of megabytes that stay; left to itself the
// collector would look through them each time that as much again had come and gone, several
// times a second when many save at once.
const elbowRoom = 128 << 20

// restAfter is how long the program has done next to nothing when what it no longer needs is
// given back to the system.
const restAfter = time.Second

// keepTidy gives the collector its room, and gives memory back when the program rests. It
// ends with ctx.
func keepTidy(ctx context.Context) {
	defer debug.SetGCPercent(debug.SetGCPercent(usualPercent))
	tick := time.NewTicker(restAfter)
	defer tick.Stop()
	var last, given uint64
	percent := usualPercent
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := measured(allAsked)
		if p := roomFor(measured("/gc/heap/live:bytes"), now-last); p != percent {
			percent = p
			debug.SetGCPercent(percent)
		}
		if rests := now-last < 1<<20; rests && now-given > 8<<20 {
			debug.FreeOSMemory()
			given = measured(allAsked)
		}
		last = now
	}
}

// usualPercent is how much may come and go, of what stays, where nobody says anything.
const usualPercent = 100

// roomFor gives the percentage of what stays that gives the collector its room, when so much was
// asked for since last; one reading of all cases, as at the beginning, is not worth it, since what
// is known of memory that was once used stays in memory. It moves in large steps: each change
// stops the program for a moment.
func roomFor(stays, asked uint64) int {
	if asked < elbowRoom {
		return usualPercent
	}
	return max(usualPercent, min(8*usualPercent, int(100*elbowRoom/(stays+1))/50*50))
}

// allAsked is how many bytes the program has asked for since it began.
const allAsked = "/gc/heap/allocs:bytes"

func measured(name string) uint64 {
	sample := []metrics.Sample{{Name: name}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
