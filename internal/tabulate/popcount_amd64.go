package tabulate

import "golang.org/x/sys/cpu"

// hasVectors tells whether the processor has the instructions of countVector.
var hasVectors = cpu.X86.HasAVX512F && cpu.X86.HasAVX512VPOPCNTDQ && cpu.X86.HasAVX512VL && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512BW

// countVector counts the bits that are set in both of two spans of n words (n > 0).
//
//go:noescape
func countVector(a, b *uint64, n int) int
