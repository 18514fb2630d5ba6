//go:build unix

package main

import "syscall"

func usage() syscall.Rusage {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return u
}

// cpuSeconds is the processor time that the process has used.
func cpuSeconds() float64 {
	u := usage()
	return float64(u.Utime.Sec+u.Stime.Sec) + float64(u.Utime.Usec+u.Stime.Usec)/1e6
}

// peakMiB is the most memory that the process has had at once.
func peakMiB() int64 { return int64(usage().Maxrss) / 1024 }
