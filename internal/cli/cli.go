// Package cli holds the commands of foljsam.
package cli

import "io"

// Main runs one command and gives the exit status of the program.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer, getenv func(string) string) int {
	return 2
}
