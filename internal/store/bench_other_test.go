//go:build !linux

package store_test

func cpu() int64    { return 0 }
func resident() int { return 0 }
