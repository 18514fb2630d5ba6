// Package handbok holds the handbook that the program comes with: its pages as Markdown, and
// their pictures. It is only the files: package manual shows them.
package handbok

import "embed"

// Files are the pages and, in the folder bilder, their pictures.
//
//go:embed *.md bilder/*.png
var Files embed.FS
