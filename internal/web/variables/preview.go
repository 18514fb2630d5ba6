package variables

import (
	"net/http"
	"strconv"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/form"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// PreviewPage is the draft as the form will show it, what it changes, and its publishing.
type PreviewPage struct {
	Owner   string // whose page it is
	Title   string
	Seen    int
	Changes []Changed
	Phases  []Asked
	Note    string
	Fault   string
	Next    int
}

// Changed is what differs in one variable.
type Changed struct {
	Label, Column string
	What          []string
}

// Asked is the local questions of a phase.
type Asked struct {
	Phase  string
	Fields []form.Field
}

// Preview shows the draft.
func Preview(v *visit.Visit) error {
	note, _ := v.Kept().(*noted)
	return showPreview(v, note)
}

// noted is a note that could not be published with.
type noted struct {
	text string
	err  error
}

func showPreview(v *visit.Visit, n *noted) error {
	b, err := v.App.LocalBook(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("variables.draft"))
	x := PreviewPage{Owner: v.Owner(), Title: f.Title, Seen: b.Seen, Changes: changesOf(v.Text, b.Common, b.Draft.Differences(b.Published)), Phases: askedIn(v.Text, b), Next: b.Version + 1}
	if n != nil {
		x.Note, x.Fault = n.text, v.Text.Error(n.err)
		f.Status, f.Faults = http.StatusUnprocessableEntity, []page.Fault{{ID: "f-anteckning", Text: x.Fault}}
	}
	return v.Show("variables-preview.html", f, x)
}

// askedIn gives the draft's questions as the form will show them, with nothing answered.
func askedIn(p *locale.Printer, b *app.LocalBook) (all []Asked) {
	cb, empty := b.Common.With(b.Draft, b.Version+1), record.NewForm()
	for _, phase := range cb.Phases {
		x := Asked{Phase: phase.Label.In(p.Lang())}
		for _, v := range cb.Local {
			if v.Phase == phase.ID {
				x.Fields = append(x.Fields, form.Of(p, cb, empty, v.Key()))
			}
		}
		if len(x.Fields) > 0 {
			all = append(all, x)
		}
	}
	return all
}

// Publish makes the draft the next version.
func Publish(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	note := posted.Get("anteckning")
	_, err = v.App.PublishBook(v.R.Context(), v.By(), seenIn(posted), note)
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return v.Again(preview, &noted{note, plain(err)})
	}
	if err != nil {
		return err
	}
	return v.Redirect(home + "?gjort=publicerat")
}

// VersionPage is one published version and what it changed.
type VersionPage struct {
	Title     string
	Version   int
	Published string
	Note      string
	Changes   []Changed
	Files     string
}

// Version shows a published version beside the one before it.
func Version(v *visit.Visit) error {
	nr, err := strconv.Atoi(v.R.PathValue("nr"))
	if err != nil {
		return fault.New(fault.NotFound, "variables.no_version")
	}
	b, now, before, err := v.App.BookVersion(v.R.Context(), v.By(), nr)
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("variables.version_nr", "nr", strconv.Itoa(nr)))
	x := VersionPage{Title: f.Title, Version: nr, Note: b.Note, Changes: changesOf(v.Text, v.App.Codebook(), now.Differences(before)), Files: versions + strconv.Itoa(nr)}
	x.Published = v.Text.T("variables.published_by", "vem", b.By, "dag", day(v, b))
	return v.Show("variables-version.html", f, x)
}

// changesOf says in words what differs, variable by variable.
func changesOf(p *locale.Printer, cb *codebook.Codebook, all []codebook.Difference) (changes []Changed) {
	for _, d := range all {
		if v := cb.Variable(d.Of); v != nil {
			d.Label = v.Label
		}
		if len(changes) == 0 || changes[len(changes)-1].Column != d.Column {
			changes = append(changes, Changed{Label: d.Label.In(p.Lang()), Column: d.Column})
		}
		last := &changes[len(changes)-1]
		last.What = append(last.What, saysOf(p, cb, d))
	}
	return changes
}

func saysOf(p *locale.Printer, cb *codebook.Codebook, d codebook.Difference) string {
	if d.What != codebook.Changed {
		return p.T("variables.diff_"+d.What, "kod", d.Code, "text", d.Before+d.After)
	}
	part := p.T("variables.part_"+d.Part, "kod", d.Code)
	if d.Lang != "" && d.Lang != locale.Swedish {
		part = p.T("variables.part_in", "del", part, "sprak", string(d.Lang))
	}
	before, after := wordOf(p, cb, d.Part, d.Before), wordOf(p, cb, d.Part, d.After)
	return p.T("variables.diff_changed", "del", part, "fore", before, "efter", after)
}

// wordOf puts what a part was into words.
func wordOf(p *locale.Printer, cb *codebook.Codebook, part, value string) string {
	switch {
	case value == "":
		return p.T("variables.nothing")
	case part == "kind":
		return p.T("variables.kind_" + value)
	case part == "phase":
		return cb.Phase(codebook.Phase(value)).In(p.Lang())
	case part == "comment":
		return p.T("variables.yes")
	}
	return value
}

func day(v *visit.Visit, b app.PublishedBook) string { return v.Date(b.At) }
