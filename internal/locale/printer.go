package locale

import (
	"errors"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"foljsam/internal/fault"
)

// Printer writes texts, numbers and dates in one language. It may be used by several
// goroutines at once.
type Printer struct {
	lang  Lang
	texts map[string]form
	out   *message.Printer
}

// For gives the printer of a language.
func For(l Lang) *Printer {
	return &Printer{lang: l, texts: catalogs()[l], out: message.NewPrinter(l.tag())}
}

// Lang gives the printer's language.
func (p *Printer) Lang() Lang { return p.lang }

// Int writes a whole number: 3 070 with a no-break space in Swedish.
func (p *Printer) Int(n int64) string { return p.out.Sprint(number.Decimal(n)) }

// Number writes f with exactly the given number of decimals: 57,4.
func (p *Printer) Number(f float64, decimals int) string {
	return p.out.Sprint(number.Decimal(f, number.Scale(decimals)))
}

// Percent writes f (57.4, not 0.574) with a percent sign as the language sets it.
func (p *Printer) Percent(f float64, decimals int) string {
	if p.lang == English {
		return p.Number(f, decimals) + "%"
	}
	return p.Number(f, decimals) + "\u00a0%"
}

// Date writes a day in words: 8 maj 2024, 8 May 2024.
func (p *Printer) Date(t time.Time) string {
	return strings.Join([]string{t.Format("2"), p.T("locale.month_" + t.Format("1")), t.Format("2006")}, "\u00a0")
}

// Sort sorts words as the language does: å, ä, ö after z in Swedish.
func (p *Printer) Sort(words []string) {
	c := collate.New(p.lang.tag())
	slices.SortStableFunc(words, c.CompareString)
}

// SortBy gives things in the order of their words, as the language has it.
func SortBy[T any](p *Printer, all []T, word func(T) string) []T {
	c, sorted := collate.New(p.lang.tag()), slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b T) int { return c.CompareString(word(a), word(b)) })
	return sorted
}

// Error gives the sentence that a person should read about err. What is not a
// fault.Error is an internal error, whose cause is never shown.
func (p *Printer) Error(err error) string {
	var e *fault.Error
	if errors.As(err, &e) {
		return p.T(e.Key, e.Args...)
	}
	return p.T("fault.internal")
}

// Reason gives the sentence that says why a value or row has a problem.
func (p *Printer) Reason(x fault.Problem) string { return p.T(x.Key, x.Args...) }
