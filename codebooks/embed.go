// Package codebooks holds the codebook files that the program comes with. It is only
// the files: package codebook reads them.
package codebooks

import "embed"

// Files are the codebooks by file name.
//
//go:embed *.yaml
var Files embed.FS
