package page

import (
	"fmt"
	"html/template"
	"net/url"
	"strings"
	"time"

	"foljsam/internal/locale"
	"foljsam/internal/web/assets"
)

// funcs are the words that templates have, in one language.
func funcs(p *locale.Printer) template.FuncMap {
	return template.FuncMap{
		"T":       p.T,
		"int":     func(n int) string { return p.Int(int64(n)) },
		"decimal": p.Number,
		"percent": p.Percent,
		"date":    func(t time.Time) string { return Date(p, t) },
		"clock":   func(t time.Time) string { return Clock(p, t) },
		"iso":     func(t time.Time) string { return t.Format(time.DateOnly) },
		"asset":   assets.Path,
		"icon":    assets.Icon,
		"lang":    func() locale.Lang { return p.Lang() },
		"dir":     func() string { return p.Lang().Dir() },
		"query":   url.QueryEscape,
		"join":    strings.Join,
		"themes":  func() []Theme { return Themes },
		"staff":   func() []locale.Lang { return locale.Staff },
		"native":  func(l locale.Lang) string { return locale.For(l).T("page.language_name") },
		"named":   named,
		"add":     func(a, b int) int { return a + b },
	}
}

// named makes a small set of named values, for a part that needs several: {{template "x" (named "a" 1 "b" .)}}.
func named(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("named: a name without a value")
	}
	m := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		m[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return m, nil
}

// Date writes a day in words, nothing for no day.
func Date(p *locale.Printer, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return p.Date(t)
}

// Clock writes the time of day: 14.02, in English 14:02.
func Clock(p *locale.Printer, t time.Time) string {
	if p.Lang() == locale.English {
		return t.Format("15:04")
	}
	return t.Format("15.04")
}
