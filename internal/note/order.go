package note

import (
	"strings"
	"time"
	"unicode/utf8"

	"foljsam/internal/fault"
)

// Order is a figure that somebody who leads has asked for: about which page of results, in what
// words, by when. It is answered with a figure's address and words, or taken back.
type Order struct {
	ID     string
	Unit   string // that it is about; empty: all
	About  string // address of the figure that it begins from
	Title  string // of that figure
	Text   string // what is wanted
	Wanted string // by this day, as 2026-01-31
	Made   time.Time
	Person string

	Ended       time.Time // zero: it waits
	EndedBy     string
	AnswerAbout string // address of the figure; empty: it was taken back
	Answer      string
}

// Waits tells whether nobody has answered, and it was not taken back.
func (o Order) Waits() bool { return o.Ended.IsZero() }

// Answered tells whether it was answered.
func (o Order) Answered() bool { return !o.Ended.IsZero() && o.AnswerAbout != "" }

// Check tells what is wrong with an order that is made on a day.
func (o Order) Check(today string) error {
	day, err := time.Parse(time.DateOnly, o.Wanted)
	now, _ := time.Parse(time.DateOnly, today)
	switch {
	case !IsFigure(o.About):
		return fault.New(fault.Usage, "result.note_about")
	case strings.TrimSpace(o.Text) == "":
		return fault.New(fault.Invalid, "order.no_text")
	case utf8.RuneCountInString(o.Text) > LongestText || utf8.RuneCountInString(o.Title) > LongestTitle:
		return fault.New(fault.Invalid, "result.note_long")
	case err != nil || o.Wanted < today || day.Sub(now) > longestWait*24*time.Hour:
		return fault.New(fault.Invalid, "order.bad_day")
	}
	return nil
}

// longestWait is how many days ahead something may be asked for.
const longestWait = 5 * 366

// CheckAnswer tells what is wrong with an answer.
func (o Order) CheckAnswer() error {
	switch {
	case !IsFigure(o.AnswerAbout):
		return fault.New(fault.Invalid, "order.no_figure")
	case strings.TrimSpace(o.Answer) == "":
		return fault.New(fault.Invalid, "order.no_answer")
	case utf8.RuneCountInString(o.Answer) > LongestText:
		return fault.New(fault.Invalid, "result.note_long")
	}
	return nil
}
