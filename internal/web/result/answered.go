package result

import (
	"slices"

	"foljsam/internal/app"
	"foljsam/internal/report"
	"foljsam/internal/web/visit"
)

// answered is the table that puts the clients who have answered the survey beside all closed
// cases, on what is known of both. It stands wherever answers of the survey do.
const answered = "bortfall"

// surveyed are the diagrams of the survey's answers.
var surveyed = []string{"d18", "d19", "d20"}

// withAnswered gives the tables that a figure's page needs.
func withAnswered(id string) []string {
	if slices.Contains(surveyed, id) {
		return []string{id, answered}
	}
	return []string{id}
}

// answeredCard is who has answered, beside a figure of the survey's answers; nil beside others.
func answeredCard(v *visit.Visit, r *app.Results, id string) *Card {
	if !slices.Contains(surveyed, id) {
		return nil
	}
	c, ok := cardOf(v, r, answered)
	if !ok {
		return nil
	}
	c = c.compared(v, r)
	return &c
}

// compared leaves out the diagram, which is sixty lines long and has a page of its own, and
// says instead where the two groups differ most.
func (c Card) compared(v *visit.Visit, r *app.Results) Card {
	c.Wide, c.Narrow = "", ""
	c.Sentence += " " + report.SayApart(r.Release.Table("", answered), v.Text)
	return c
}
