package form

import (
	"strings"

	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/record"
)

// dateKind: a day, written ÅÅÅÅ-MM-DD, with a button that fills in today. Not type=date:
// its parts are several stops for the keyboard, and its order follows the machine.
var dateKind = kind{
	fill: func(x *Field, _ *codebook.Variable, a record.Answer, p *locale.Printer) {
		x.Control, x.Size, x.Numeric, x.Max = "day", "day", true, 20
		x.Value, x.Hint = a.Value, p.T("form.day_as")
	},
	read: func(_ *codebook.Variable, posted []string) string { return readDay(first(posted)) },
}

// readDay makes 20240508, 240508, 2024/5/8 and 24.05.08 into 2024-05-08; a year of two
// digits is of this century. What is none of these stays as it was written.
func readDay(s string) string {
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("-./ \u2010\u2011\u2013\u2212", r) })
	for _, part := range parts {
		if strings.Trim(part, "0123456789") != "" {
			return s
		}
	}
	switch {
	case len(parts) == 1 && len(s) == 8:
		return s[:4] + "-" + s[4:6] + "-" + s[6:]
	case len(parts) == 1 && len(s) == 6:
		return "20" + s[:2] + "-" + s[2:4] + "-" + s[4:]
	case len(parts) == 3 && (len(parts[0]) == 4 || len(parts[0]) == 2) && len(parts[1]) <= 2 && len(parts[2]) <= 2:
		if len(parts[0]) == 2 {
			parts[0] = "20" + parts[0]
		}
		return parts[0] + "-" + two(parts[1]) + "-" + two(parts[2])
	}
	return s
}

func two(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}
