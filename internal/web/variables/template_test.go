package variables_test

import (
	"slices"
	"strconv"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/form"
	"foljsam/internal/web/page"
	"foljsam/internal/web/variables"
	"foljsam/internal/web/webtest"
)

func TestTemplatesStandAnything(t *testing.T) {
	webtest.StandAnything(t, page.New(form.Templates, variables.Templates), pages)
}

// pages gives every page with the same words everywhere, and n of all there can be many of.
func pages(p *locale.Printer, h string, n int) map[string]any {
	table := page.Table{Caption: h, Head: []page.Head{{Text: h}, {Text: h}}, Rows: slices.Repeat([]page.Row{{{Text: h, Address: h}, {Text: h, Written: true}}}, n), Empty: h}
	own := variables.Own{Address: h, Label: h, Column: h, Phase: h, Kind: h, State: h, Retired: n > 1}
	proposal := variables.Proposal{Column: h, Label: h, Question: h, Help: h, Source: h, Codes: slices.Repeat([]string{h}, min(n, 3)), There: n > 1}
	common := variables.Common{Nr: h, Label: h, Question: h, Kind: h, Help: h, Source: h, Codes: slices.Repeat([]variables.Answer{{Code: n, Text: h, Help: h}}, min(n, 3)), Note: h, NoteEnglish: h}
	commons := make([]variables.Common, n)
	for i := range commons {
		commons[i] = common
		commons[i].Nr = strconv.Itoa(i + 1) // a number of the codebook, which leads there
	}
	choices := slices.Repeat([]variables.Choice{{Value: h, Text: h, Hint: h, Chosen: n > 0}}, n)
	change := variables.Changed{Label: h, Column: h, What: slices.Repeat([]string{h}, n+1)}
	var rows []variables.CodeRow
	for i := range n {
		rows = append(rows, variables.CodeRow{Nr: i + 1, Code: h, Swedish: h, English: h, Exclusive: true, Unknown: true, Retired: true, Lock: n > 1, Fault: h})
	}
	edit := variables.EditPage{Title: h, Post: h, Seen: n, Prefix: h, Phases: choices, Kinds: choices, Of: choices, Rows: rows, Fault: map[string]string{}}
	if n > 0 {
		edit.Column, edit.Published, edit.Retired = h, n > 1, n > 1
		edit.Fault = map[string]string{"etikett": h, "namn": h, "fraga": h, "slag": h, "minst": h, "nar": h}
	}
	return map[string]any{
		"variables-list.html": variables.ListPage{Title: h, Seen: n, Own: slices.Repeat([]variables.Own{own}, n), None: page.Empty{Title: h, Text: h, Link: &page.Link{Address: h, Text: h}},
			Begun: h, Published: h, Version: n, Prefix: h, Proposals: slices.Repeat([]variables.Proposal{proposal}, n),
			Common: []variables.Group{{Phase: h, Variables: commons}}, Versions: table},
		"variables-edit.html":    edit,
		"variables-preview.html": variables.PreviewPage{Title: h, Seen: n, Changes: slices.Repeat([]variables.Changed{change}, n), Phases: asked(p, h, n), Note: h, Fault: h, Next: n},
		"variables-version.html": variables.VersionPage{Title: h, Version: n, Published: h, Note: h, Changes: slices.Repeat([]variables.Changed{change}, n), Files: h},
		"variables-file.html":    variables.FilePage{Title: h, Seen: n, Version: n, Text: h, Faults: table, Came: &variables.Came{Added: slices.Repeat([]string{h}, n), Same: slices.Repeat([]string{h}, n), Clash: slices.Repeat([]string{h}, n)}},
	}
}

// asked are local questions whose every word is the same, of every kind.
func asked(p *locale.Printer, h string, n int) (all []variables.Asked) {
	word := codebook.Text{locale.Swedish: h}
	for i := range min(n, 3) {
		a := &codebook.Addition{}
		for j, k := range codebook.LocalKinds {
			v := &codebook.Variable{Column: "x_" + string(rune('a'+i)) + string(rune('a'+j)), Phase: codebook.Before, Level: codebook.OfCase, Kind: k, Label: word, Question: word, Help: word, HelpSource: word, Comment: true}
			if k == codebook.One || k == codebook.Many {
				v.Codes = []codebook.Code{{Code: 1, Label: word}, {Code: 2, Label: word}}
			}
			a.Variables = append(a.Variables, v)
		}
		cb := codebook.Default().With(a, 1)
		x := variables.Asked{Phase: h}
		for _, v := range cb.Local {
			x.Fields = append(x.Fields, form.Of(p, cb, record.NewForm(), v.Key()))
		}
		all = append(all, x)
	}
	return all
}
