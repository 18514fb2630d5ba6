package app

import (
	"syscall"
	"time"
)

// processor gives the processor's time that this process has taken.
func processor() time.Duration {
	var r syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &r) // it is this process
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
