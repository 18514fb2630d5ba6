package store_test

import (
	"os"
	"strconv"
	"strings"
	"syscall"
)

// cpu gives the processor time that the process has used, in nanoseconds.
func cpu() int64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return u.Utime.Nano() + u.Stime.Nano()
}

// resident gives how much memory the process has, in bytes.
func resident() int {
	b, _ := os.ReadFile("/proc/self/statm")
	if words := strings.Fields(string(b)); len(words) > 1 {
		pages, _ := strconv.Atoi(words[1])
		return pages * os.Getpagesize()
	}
	return 0
}
