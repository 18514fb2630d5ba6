package cases

import (
	"strconv"
	"strings"
	"time"

	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// say writes an answer in words: "Polis, Kvinnojour", "8 maj 2024", "Ej aktuell". The
// comment stands after it. Nothing registered is empty.
func say(p *locale.Printer, cb *codebook.Codebook, field string, a record.Answer) string {
	v := record.VariableOf(cb, field)
	text := ""
	switch {
	case a.State == record.Present:
		text = p.T("cases.row_there")
	case a.State == record.Removed:
		text = p.T("cases.row_removed")
	case a.State == record.NotApplicable:
		text = p.T("form.state_not_applicable")
	case a.State == record.Impossible:
		text = p.T("form.state_impossible")
	case v != nil:
		text = sayValue(p, v, a.Value)
	}
	if a.Comment != "" {
		text = strings.TrimSpace(text + " " + p.T("cases.comment", "text", a.Comment))
	}
	return text
}

func sayValue(p *locale.Printer, v *codebook.Variable, value string) string {
	if value == "" {
		return ""
	}
	x, _ := v.Parse(value)
	switch {
	case v.Kind == codebook.Date && x.Set:
		return page.Date(p, x.Day)
	case v.Kind == codebook.Number && x.Set && v.Decimals:
		return p.Number(x.Number, decimalsOf(value))
	case (v.Kind == codebook.One || v.Kind == codebook.Many) && x.Set:
		var words []string
		for _, n := range x.Codes {
			if c := codeOf(v, n); c != nil {
				words = append(words, c.Label.In(p.Lang()))
			}
		}
		return strings.Join(words, ", ")
	}
	return value
}

func codeOf(v *codebook.Variable, n int) *codebook.Code {
	if v.Noted != nil && v.Noted.Code == n {
		return v.Noted
	}
	return v.Code(n)
}

func decimalsOf(value string) int {
	_, after, _ := strings.Cut(value, ".")
	return len(after)
}

// ordinal writes a number in a row: 1:a, 2:a, 3:e, 11:e; 1st, 2nd, 3rd, 11th.
func ordinal(p *locale.Printer, n int64) string {
	teen := n%100 >= 11 && n%100 <= 13
	if p.Lang() == locale.English {
		end := "th"
		if !teen && n%10 >= 1 && n%10 <= 3 {
			end = []string{"st", "nd", "rd"}[n%10-1]
		}
		return p.Int(n) + end
	}
	if !(n%100 == 11 || n%100 == 12) && (n%10 == 1 || n%10 == 2) {
		return p.Int(n) + ":a"
	}
	return p.Int(n) + ":e"
}

func versionOf(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// here gives a time as it is where the house is: what is kept is in UTC.
func here(v *visit.Visit, t time.Time) time.Time { return t.In(v.App.Now().Location()) }

// clock writes the time of day.
func clock(v *visit.Visit, t time.Time) string { return page.Clock(v.Text, here(v, t)) }

// when writes a time: the day, and the time of day.
func when(v *visit.Visit, t time.Time) string {
	return v.Text.T("cases.when", "dag", page.Date(v.Text, here(v, t)), "tid", clock(v, t))
}
