// Package variables is the pages where a coordinator looks after what the register asks
// beside the common variables: the list, adding and changing one in a draft, seeing the draft
// as the form will show it, publishing it as a version, and sharing it as a file.
//
// The common variables are shown and never changed here. Nothing here knows any case.
package variables

import (
	"embed"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// Templates are the pages of this folder.
//
//go:embed template/*.html
var Templates embed.FS

// Addresses of the pages.
const (
	home       = "/variabler"
	newPage    = "/variabler/ny"
	changePage = "/variabler/andra/"
	preview    = "/variabler/utkast"
	filePage   = "/variabler/fil"
	versions   = "/variabler/version/"
)

// seenField carries the version of the draft that the page showed.
const seenField = "sett"

// ListPage is all variables: the register's own, what the program proposes, what is common.
type ListPage struct {
	Owner     string // whose page it is
	Title     string
	Seen      int
	Own       []Own
	None      page.Empty
	Begun     string // what the draft is: "Påbörjat av Alm den 8 maj 2024"; empty: there is none
	Published string // what holds now
	Version   int
	Prefix    string
	Proposals []Proposal
	Common    []Group
	Versions  page.Table
}

// Own is one local variable in the list.
type Own struct {
	Address, Label, Column, Phase, Kind, State string
	Retired                                    bool
}

// Proposal is a variable that the program proposes.
type Proposal struct {
	Column, Label, Question, Help, Source string
	Codes                                 []string
	There                                 bool
}

// Group is the common variables of a phase.
type Group struct {
	Phase     string
	Variables []Common
}

// Common is one common variable, to be read.
type Common struct {
	Nr, Label, Question, Kind, Help, Source string
	Codes                                   []Answer
	Note, NoteEnglish                       string // what is added to the help
}

// Answer is one answer that can be chosen.
type Answer struct {
	Code int
	Text string
	Help string
}

// List shows all variables.
func List(v *visit.Visit) error {
	b, err := v.App.LocalBook(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	p := v.Text
	f := v.Frame(p.T("variables.title"))
	f.Messages = append(f.Messages, done(v)...)
	x := ListPage{Owner: v.Owner(), Title: f.Title, Seen: b.Seen, Prefix: b.Draft.Prefix, Version: b.Version, Own: ownOf(p, b), Common: commonOf(p, b), Versions: versionsOf(v, b)}
	x.None = page.Empty{Title: p.T("variables.none"), Text: p.T("variables.none_text"), Link: &page.Link{Address: newPage, Text: p.T("variables.add")}}
	x.Published = p.T("variables.nothing_published")
	if b.Version > 0 {
		x.Published = p.T("variables.published_now", "nr", b.Version, "dag", day(v, b.Versions[0]))
	}
	if b.Begun {
		x.Begun = p.T("variables.draft_begun", "vem", b.DraftBy, "dag", v.Date(b.DraftAt))
	}
	for _, y := range proposals(b) {
		x.Proposals = append(x.Proposals, proposalOf(p, b, y))
	}
	return v.Show("variables-list.html", f, x)
}

// done says what was just done, as the address tells.
func done(v *visit.Visit) []page.Message {
	key := v.R.URL.Query().Get("gjort")
	if !slices.Contains([]string{"sparat", "borttaget", "avvecklat", "igen", "forslag", "forled", "tillagg", "kastat", "publicerat"}, key) {
		return nil
	}
	return []page.Message{{Kind: page.Done, Text: v.Text.T("variables.done_" + key)}}
}

func proposals(b *app.LocalBook) []*codebook.Variable {
	if all := codebook.ProposedLocal(); all.To == b.Common.ID {
		return all.Variables
	}
	return nil
}

func ownOf(p *locale.Printer, b *app.LocalBook) (all []Own) {
	for _, v := range b.Draft.Variables {
		all = append(all, Own{
			Address: changePage + v.Column, Label: v.Label.In(p.Lang()), Column: v.Column, Phase: b.Common.Phase(v.Phase).In(p.Lang()),
			Kind: p.T("variables.kind_" + string(v.Kind)), State: stateOf(p, b, v), Retired: v.Retired,
		})
	}
	return all
}

// stateOf says where a variable is between the draft and what is published.
func stateOf(p *locale.Printer, b *app.LocalBook, v *codebook.Variable) string {
	old := b.Published.Variable(v.Column)
	changed := slices.ContainsFunc(b.Draft.Differences(b.Published), func(d codebook.Difference) bool { return d.Column == v.Column })
	switch {
	case old == nil:
		return p.T("variables.state_new")
	case v.Retired && !old.Retired:
		return p.T("variables.state_retiring")
	case v.Retired:
		return p.T("variables.state_retired")
	case changed:
		return p.T("variables.state_changed")
	}
	return p.T("variables.state_published")
}

func proposalOf(p *locale.Printer, b *app.LocalBook, v *codebook.Variable) Proposal {
	l := p.Lang()
	x := Proposal{Column: v.Column, Label: v.Label.In(l), Question: v.Question.In(l), Help: v.Help.In(l), Source: v.HelpSource.In(l), There: b.Draft.Variable(v.Column) != nil}
	for _, c := range v.Codes {
		x.Codes = append(x.Codes, c.Label.In(l))
	}
	return x
}

func commonOf(p *locale.Printer, b *app.LocalBook) (all []Group) {
	l, cb := p.Lang(), b.Common
	for _, phase := range cb.Phases {
		g := Group{Phase: phase.Label.In(l)}
		for _, v := range cb.Variables {
			if v.Phase != phase.ID {
				continue
			}
			x := Common{Nr: strconv.Itoa(v.Number), Label: v.Label.In(l), Question: v.Question.In(l), Kind: p.T("variables.kind_" + string(v.Kind)), Help: v.Help.In(l), Source: v.HelpSource.In(l)}
			note := b.Draft.NoteOn(v.Number)
			x.Note, x.NoteEnglish = note[locale.Swedish], note[locale.English]
			for _, c := range v.Codes {
				x.Codes = append(x.Codes, Answer{c.Code, c.Label.In(l), c.Help.In(l)})
			}
			g.Variables = append(g.Variables, x)
		}
		all = append(all, g)
	}
	return all
}

func versionsOf(v *visit.Visit, b *app.LocalBook) page.Table {
	p := v.Text
	t := page.Table{Caption: p.T("variables.versions"), Hidden: true, Empty: p.T("variables.no_versions"),
		Head: []page.Head{{Text: p.T("variables.version")}, {Text: p.T("variables.when")}, {Text: p.T("variables.who")}, {Text: p.T("variables.note")}}}
	for _, x := range b.Versions {
		nr := strconv.Itoa(x.Version)
		t.Rows = append(t.Rows, page.Row{{Text: p.T("variables.version_nr", "nr", nr), Address: versions + nr}, {Text: day(v, x)}, {Text: x.By, Written: true}, {Text: x.Note, Written: true}})
	}
	return t
}

// seenIn reads the version of the draft that the page showed.
func seenIn(posted url.Values) int {
	n, err := strconv.Atoi(posted.Get(seenField))
	if err != nil {
		return -1
	}
	return n
}

// Act is a button of the list, or of a variable: it does one thing to the draft, and comes
// back to the list.
func Act(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	ctx, by, seen, column := v.R.Context(), v.By(), seenIn(posted), posted.Get("kolumn")
	what := posted.Get("vad")
	switch what {
	case "forslag":
		err = v.App.Propose(ctx, by, seen, column)
	case "forled":
		err = v.App.NameLocal(ctx, by, seen, posted.Get("forled"))
	case "tillagg":
		number, _ := strconv.Atoi(posted.Get("nr"))
		if strings.TrimSpace(posted.Get("hjalp")) == "" && strings.TrimSpace(posted.Get("hjalp.en")) != "" {
			return fault.New(fault.Invalid, "variables.note_swedish")
		}
		err = v.App.NoteCommon(ctx, by, seen, number, text(nil, strings.TrimSpace(posted.Get("hjalp")), strings.TrimSpace(posted.Get("hjalp.en"))))
	case "kastat":
		err = v.App.DiscardDraft(ctx, by, seen)
	case "avvecklat", "borttaget", "igen":
		err = v.App.RetireLocal(ctx, by, seen, column, what != "igen")
	default:
		if _, err = v.App.LocalBook(ctx, by); err == nil {
			err = fault.New(fault.Usage, "visit.bad_form")
		}
	}
	if err != nil {
		return plain(err)
	}
	return v.Redirect(home + "?gjort=" + what)
}

// plain tells of the first thing that is wrong, rather than that something is.
func plain(err error) error {
	if not := new(app.NotPossible); errors.As(err, &not) && len(not.Problems) > 0 {
		return fault.New(fault.Invalid, not.Problems[0].Key, not.Problems[0].Args...)
	}
	return err
}
