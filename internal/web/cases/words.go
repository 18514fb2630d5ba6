package cases

import (
	"strconv"

	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/form"
)

// say writes an answer in words, its comment after it.
func say(p *locale.Printer, cb *codebook.Codebook, field string, a record.Answer) string {
	return form.Say(p, cb, field, a)
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
