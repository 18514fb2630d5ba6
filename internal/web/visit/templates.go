package visit

import "embed"

// Templates are the visit's own, for [page.New].
//
//go:embed template/*.html
var Templates embed.FS
