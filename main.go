// Command foljsam is an open system for individual-based systematic follow-up of
// social services' support to adults exposed to violence. See README.md.
package main

import (
	"os"

	"foljsam/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv)) }
