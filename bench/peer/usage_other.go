//go:build !unix

package main

// cpuSeconds and peakMiB are not measured here: 0.
func cpuSeconds() float64 { return 0 }
func peakMiB() int64      { return 0 }
