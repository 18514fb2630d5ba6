package store

import "golang.org/x/sys/windows"

// freeOn gives how much room is left on a folder's disk for those who may write there, -1
// where nobody knows.
func freeOn(folder string) int64 {
	name, err := windows.UTF16PtrFromString(folder)
	if err != nil {
		return -1
	}
	var free uint64
	if windows.GetDiskFreeSpaceEx(name, &free, nil, nil) != nil {
		return -1
	}
	return int64(free)
}
