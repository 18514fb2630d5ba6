// Package people is the pages on which units, people and roles are kept, and the hub page
// that leads to everything that a coordinator or an administrator looks after. It shows no
// case, and decides nothing: who may do what is app's.
package people

import "embed"

// Templates are the pages', for page.New.
//
//go:embed template/*.html
var Templates embed.FS
