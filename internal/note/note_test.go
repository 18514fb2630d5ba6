package note

import (
	"strings"
	"testing"
	"time"

	"foljsam/internal/fault"
)

func TestANoteIsAboutAFigure(t *testing.T) {
	good := Note{Kind: Reflection, About: "/resultat/d/d05?ar=2025", Text: "Vi frågar oftare."}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
	for what, change := range map[string]func(*Note){
		"another page":  func(n *Note) { n.About = "/arenden" },
		"another house": func(n *Note) { n.About = "//exempel.example/resultat" },
		"a page beside": func(n *Note) { n.About = "/resultaten" },
		"no words":      func(n *Note) { n.Text = " " },
		"too many":      func(n *Note) { n.Text = strings.Repeat("å", LongestText+1) },
		"no day":        func(n *Note) { n.Again = "i maj" },
		"no name":       func(n *Note) { n.Kind = View },
	} {
		n := good
		if change(&n); fault.KindOf(n.Check()) == fault.Internal || n.Check() == nil {
			t.Error(what, n.Check())
		}
	}
}

func TestItIsTimeToLookAgainUntilSomebodyHas(t *testing.T) {
	n := Note{Again: "2026-05-01"}
	if n.DueOn("2026-04-30") || !n.DueOn("2026-05-01") || !n.DueOn("2027-01-01") {
		t.Error("the day is another")
	}
	if n.Ended = time.Now(); n.DueOn("2026-05-01") {
		t.Error("it comes up though it is done")
	}
}
