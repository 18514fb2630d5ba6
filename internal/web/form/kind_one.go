package form

import (
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/record"
)

// oneKind: one code of a list, as radio buttons. The code stands beside: its digit chooses.
var oneKind = kind{
	fill: func(x *Field, v *codebook.Variable, a record.Answer, p *locale.Printer) {
		x.Control = "one"
		x.addOptions(v, []string{a.Value}, p)
	},
	read: func(_ *codebook.Variable, posted []string) string { return first(posted) },
}

// columnsFrom is how many options it takes to set them in columns, foldFrom how many
// characters of help to fold it away.
const (
	columnsFrom = 9
	foldFrom    = 220
)

func (x *Field) addOptions(v *codebook.Variable, chosen []string, p *locale.Printer) {
	codes := v.Codes
	if v.Noted != nil {
		codes = append([]codebook.Code{*v.Noted}, codes...)
	}
	x.Long = len(codes) >= columnsFrom
	for _, c := range codes {
		code := strconv.Itoa(c.Code)
		if c.Retired && !slices.Contains(chosen, code) {
			continue
		}
		help := c.Help.In(p.Lang())
		x.Options = append(x.Options, Option{
			ID: x.Prefix + "-" + code, Value: code, Code: code, Text: c.Label.In(p.Lang()),
			Help: help, LongHelp: len([]rune(help)) > foldFrom, Source: c.HelpSource.In(p.Lang()),
			Checked:   slices.Contains(chosen, code) || c.ID != "" && slices.Contains(chosen, c.ID),
			Exclusive: c.Exclusive, Comment: c.Comment, Scale: c.Scale,
		})
	}
}

func first(posted []string) string {
	if len(posted) == 0 {
		return ""
	}
	return strings.TrimSpace(posted[0])
}
