package note

import (
	"encoding/binary"
	"strings"
	"time"
	"unicode/utf8"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
)

// Coding is an exercise: short made-up cases that several people code, each on their own and
// without being named, to see which questions they read in the same way. What was asked stands
// in it as it was read, whatever becomes of the codebook.
//
// What people chose is kept as a [Tally] only: how many chose each answer, never a person's
// answers together, in no order and without a time.
type Coding struct {
	ID        string
	Title     string
	Cases     []Vignette
	Questions []Question
	Units     []string // whose caseworkers are asked
	Till      string   // the last day, as 2026-01-31
	Made      time.Time
	Person    string // who set it; does not answer it
	Closed    time.Time
	ClosedBy  string // empty where the day did
	Answered  int
	Tally     Tally // empty until somebody has answered, and where too few did
}

// Vignette is one made-up case.
type Vignette struct{ Title, Text string }

// Question is a question of the codebook as it was read.
type Question struct {
	Key     string // of the variable
	Number  int    // 0: a local one, whose column is Key
	Many    bool   // several answers can be chosen
	Label   codebook.Text
	Ask     codebook.Text
	Help    codebook.Text
	Options []Choice
}

// Choice is one answer that can be chosen.
type Choice struct {
	Code  int
	Label codebook.Text
	Help  codebook.Text
}

// How much an exercise may hold.
const (
	MostCases     = 12
	MostQuestions = 8
	longestCase   = 2000
)

// Least is how many must have answered before anybody sees what they answered.
const Least = 5

// Open tells whether the exercise can be answered on a day, as 2026-01-31.
func (c *Coding) Open(day string) bool { return c.Closed.IsZero() && day <= c.Till }

// Shown tells whether what was answered may be seen: it is closed for good, and enough did.
func (c *Coding) Shown() bool { return !c.Closed.IsZero() && c.Answered >= Least }

// Check tells what is wrong with an exercise that begins on a day.
func (c *Coding) Check(today string) error {
	wrong := func(key string) error { return fault.New(fault.Invalid, key) }
	switch {
	case strings.TrimSpace(c.Title) == "":
		return wrong("coding.no_title")
	case utf8.RuneCountInString(c.Title) > LongestTitle:
		return wrong("coding.long_title")
	case len(c.Questions) == 0 || len(c.Questions) > MostQuestions:
		return fault.New(fault.Invalid, "coding.questions_count", "mest", MostQuestions)
	case len(c.Units) == 0:
		return wrong("coding.no_unit")
	case len(c.Cases) == 0 || len(c.Cases) > MostCases:
		return fault.New(fault.Invalid, "coding.cases_count", "mest", MostCases)
	}
	for _, v := range c.Cases {
		if strings.TrimSpace(v.Text) == "" || utf8.RuneCountInString(v.Text) > longestCase || utf8.RuneCountInString(v.Title) > LongestTitle {
			return wrong("coding.case_text")
		}
	}
	return CheckTill(c.Till, today)
}

// longestRun is how many days ahead an exercise may end.
const longestRun = 366

// CheckTill tells what is wrong with a last day.
func CheckTill(till, today string) error {
	last, err := time.Parse(time.DateOnly, till)
	now, _ := time.Parse(time.DateOnly, today)
	if err != nil || till < today || last.Sub(now) > longestRun*24*time.Hour {
		return fault.New(fault.Invalid, "coding.bad_day")
	}
	return nil
}

// Asks tells whether a variable can be coded in an exercise: it has answers to choose among,
// and it is not the client who answers it.
func Asks(v *codebook.Variable) bool {
	return (v.Kind == codebook.One || v.Kind == codebook.Many) && len(v.Codes) > 1 && v.Phase != codebook.Survey
}

// QuestionOf takes a question as it is read now.
func QuestionOf(v *codebook.Variable) Question {
	q := Question{Key: v.Key(), Number: v.Number, Many: v.Kind == codebook.Many, Label: v.Label, Ask: v.Question, Help: v.Help}
	for _, c := range v.Codes {
		q.Options = append(q.Options, Choice{c.Code, c.Label, c.Help})
	}
	return q
}

// Sheet is what one person chose, by case and question: places among the question's options.
// The place after the last one says that it cannot be told from the text.
type Sheet [][][]int

// CheckSheet tells what is wrong with a sheet: every question of every case is answered, with
// one answer where only one can be chosen.
func (c *Coding) CheckSheet(s Sheet) error {
	if len(s) != len(c.Cases) {
		return fault.New(fault.Invalid, "coding.not_all")
	}
	for _, one := range s {
		if len(one) != len(c.Questions) {
			return fault.New(fault.Invalid, "coding.not_all")
		}
		for q, chosen := range one {
			if err := c.Questions[q].check(chosen); err != nil {
				return err
			}
		}
	}
	return nil
}

func (q Question) check(chosen []int) error {
	seen := map[int]bool{}
	for _, o := range chosen {
		if o < 0 || o > len(q.Options) || seen[o] {
			return fault.New(fault.Usage, "visit.bad_form")
		}
		seen[o] = true
	}
	switch {
	case len(chosen) == 0:
		return fault.New(fault.Invalid, "coding.not_all")
	case len(chosen) > 1 && (!q.Many || seen[len(q.Options)]):
		return fault.New(fault.Invalid, "coding.both")
	}
	return nil
}

// Tally is how many chose each answer: four bytes a cell, by case, question and option, with
// one cell more a question for "cannot be told". It is as long for one sheet as for a hundred.
type Tally []byte

const cell = 4

// cells is how many cells a case has.
func (c *Coding) cells() (n int) {
	for _, q := range c.Questions {
		n += len(q.Options) + 1
	}
	return n
}

// at gives where a question's cells begin.
func (c *Coding) at(caseNr, question int) int {
	n := caseNr * c.cells()
	for _, q := range c.Questions[:question] {
		n += len(q.Options) + 1
	}
	return n * cell
}

// Add gives the tally with one more sheet. A tally that is none of the exercise's is refused.
func (c *Coding) Add(t Tally, s Sheet) (Tally, error) {
	if err := c.CheckSheet(s); err != nil {
		return nil, err
	}
	size := len(c.Cases) * c.cells() * cell
	sum := make(Tally, size)
	if len(t) != 0 && copy(sum, t) != size || len(t) > size {
		return nil, fault.New(fault.Internal, "store.damaged")
	}
	for i, one := range s {
		for q, chosen := range one {
			for _, o := range chosen {
				at := sum[c.at(i, q)+o*cell:]
				binary.BigEndian.PutUint32(at, binary.BigEndian.Uint32(at)+1)
			}
		}
	}
	return sum, nil
}

// Chosen gives how many chose each option of a question in a case, and last how many could not
// tell. Nil where there is no tally.
func (c *Coding) Chosen(caseNr, question int) []int {
	at, n := c.at(caseNr, question), len(c.Questions[question].Options)+1
	if len(c.Tally) < at+n*cell {
		return nil
	}
	counts := make([]int, n)
	for o := range counts {
		counts[o] = int(binary.BigEndian.Uint32(c.Tally[at+o*cell:]))
	}
	return counts
}
