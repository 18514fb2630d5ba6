package assets

import (
	"html/template"
	"maps"
	"slices"
)

// shapes are the icons: strokes on a square of 24, drawn for this program. An icon stands
// beside words and never instead of them.
var shapes = map[string]string{
	"add":      `<path d="M12 5v14M5 12h14"/>`,
	"back":     `<path d="M19 12H5M11 6l-6 6 6 6"/>`,
	"calendar": `<rect x="4" y="5" width="16" height="15" rx="2"/><path d="M4 10h16M9 3v4M15 3v4"/>`,
	"check":    `<path d="m5 13 4.5 4.5L19 7"/>`,
	"error":    `<circle cx="12" cy="12" r="9"/><path d="M12 7v6M12 16.5v.5"/>`,
	"find":     `<circle cx="11" cy="11" r="6"/><path d="m20 20-4.5-4.5"/>`,
	"help":     `<circle cx="12" cy="12" r="9"/><path d="M9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1 1-1.1 1.8M12 16.5v.5"/>`,
	"history":  `<path d="M4 12a8 8 0 1 0 2.6-5.9M4 4v4h4M12 8v4l3 2"/>`,
	"info":     `<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.5V8"/>`,
	"keys":     `<rect x="3" y="6" width="18" height="12" rx="2"/><path d="M7 10h.5M11 10h.5M15 10h.5M8 14h8"/>`,
	"remove":   `<path d="M6 6l12 12M18 6 6 18"/>`,
	"undo":     `<path d="M8 5 4 9l4 4M4 9h10a5 5 0 0 1 0 10h-3"/>`,
	"warning":  `<path d="M12 4 3 19.5h18zM12 10v4.5M12 17v.3"/>`,
}

// Icons lists the names of all icons.
func Icons() []string { return slices.Sorted(maps.Keys(shapes)) }

// Icon gives an icon to stand beside a word; it is not read aloud.
func Icon(name string) template.HTML {
	shape, ok := shapes[name]
	if !ok {
		panic("assets: there is no icon " + name)
	}
	return template.HTML(`<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">` + shape + `</svg>`)
}
