package coding

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"foljsam/internal/app"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// SheetPage is where a caseworker codes the cases: all on one page, handed in at once.
type SheetPage struct {
	Owner, Title, Address string
	Till                  string
	Cases                 []Asked
}

// Asked is a case with its questions.
type Asked struct {
	Case
	Questions []AskedQuestion
}

// AskedQuestion is a question on a case.
type AskedQuestion struct {
	Question
	ID, Name string
	Many     bool
	Missing  bool
	Chosen   []string
}

// unsure is the value of "cannot be told".
const unsure = "x"

func nameOf(i, q int) string { return fmt.Sprintf("f.%d.%d", i+1, q+1) }

func showSheet(v *visit.Visit, f page.Frame, c *app.Coding) error {
	x := SheetPage{Owner: v.Owner(), Title: c.Title, Address: addressOf(c.ID), Till: day(v, c.Till)}
	u, again := v.Kept().(*unkept)
	if again {
		refuse(&f, u.faults)
	}
	for i, one := range casesOf(c) {
		a := Asked{Case: one}
		for q := range c.Questions {
			y := AskedQuestion{Question: questionOf(v, c.Questions[q]), ID: fmt.Sprintf("fall-%d-%d", i+1, q+1), Name: nameOf(i, q), Many: c.Questions[q].Many}
			y.Options = append(y.Options, Option{Value: unsure, Text: v.Text.T("coding.unsure")})
			if again {
				y.Chosen = u.form[y.Name]
				y.Missing = slices.ContainsFunc(u.faults, func(f page.Fault) bool { return f.ID == y.ID })
			}
			a.Questions = append(a.Questions, y)
		}
		x.Cases = append(x.Cases, a)
	}
	return v.Show("coding-sheet.html", f, x)
}

// Has tells whether an answer was chosen.
func (q AskedQuestion) Has(value string) bool { return slices.Contains(q.Chosen, value) }

// Answer hands in what somebody chose.
func Answer(v *visit.Visit) error {
	form, c, err := postedTo(v)
	if err != nil {
		return err
	}
	id := c.ID
	sheet, faults := readSheet(v, c, form)
	if len(faults) > 0 && c.Asked {
		return v.Again(addressOf(id), &unkept{form, faults})
	}
	if err := v.App.AnswerCoding(v.R.Context(), v.By(), id, sheet); err != nil {
		return err
	}
	return v.Redirect(addressOf(id) + "?" + doneMark + "=svarat")
}

// readSheet reads what was chosen, and says where something is missing or does not go together.
func readSheet(v *visit.Visit, c *app.Coding, form url.Values) (s app.CodingSheet, faults []page.Fault) {
	for i := range c.Cases {
		var one [][]int
		for q, question := range c.Questions {
			chosen, wrong := readChosen(form[nameOf(i, q)], len(question.Options), question.Many)
			if wrong != "" {
				text := v.Text.T(wrong, "fall", i+1, "fraga", question.Label.In(v.Text.Lang()))
				faults = append(faults, page.Fault{ID: fmt.Sprintf("fall-%d-%d", i+1, q+1), Text: text})
			}
			one = append(one, chosen)
		}
		s = append(s, one)
	}
	return s, faults
}

func readChosen(values []string, options int, many bool) (chosen []int, wrong string) {
	for _, value := range values {
		o, err := strconv.Atoi(value)
		if value == unsure {
			o, err = options, nil
		}
		if err == nil && o >= 0 && o <= options && !slices.Contains(chosen, o) {
			chosen = append(chosen, o)
		}
	}
	switch {
	case len(chosen) == 0:
		return chosen, "coding.answer_missing"
	case len(chosen) > 1 && (!many || slices.Contains(chosen, options)):
		return chosen, "coding.answer_both"
	}
	return chosen, ""
}
