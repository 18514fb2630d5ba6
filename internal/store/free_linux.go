package store

import "syscall"

// freeOn gives how much room is left on a folder's disk for those who may write there, -1
// where nobody knows.
func freeOn(folder string) int64 {
	var s syscall.Statfs_t
	if syscall.Statfs(folder, &s) != nil {
		return -1
	}
	return int64(s.Bavail) * s.Bsize
}
