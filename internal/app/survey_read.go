package app

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// FreeText is something that a client wrote.
type FreeText struct {
	Case  string // id
	Field string
	Text  string
	Day   record.Day // the case was closed; NoDay: it is open
	Tags  []string
}

// FreeTexts is what clients wrote, and the words that were put on it.
type FreeTexts struct {
	Texts []FreeText // a page of them
	Of    disclosure.ListCount
	Tags  []TagCount
	Page  int
	Pages int
}

// TagCount is on how many texts a word stands: a count of a list, for whoever works from it.
type TagCount struct {
	Tag string
	Of  disclosure.ListCount
}

// TextSource says whose words are read.
type TextSource string

const (
	ClientTexts TextSource = ""        // what clients wrote in the survey
	StaffTexts  TextSource = "arenden" // comments beside answers
)

// FreeTexts gives what clients of the units wrote, or comments in their cases, the newest first;
// with a word, only what has it. It is logged how many were read.
func (a *App) FreeTexts(ctx context.Context, by access.Actor, from TextSource, tag string, pageNr int) (*FreeTexts, error) {
	r, units, err := a.unitsFor(ctx, by, access.SeeUnits)
	if err != nil {
		return nil, err
	}
	x := &FreeTexts{Page: pageIn(pageNr)}
	var all []FreeText
	err = r.Read(ctx, func(t *store.Tx) error {
		if all, err = a.freeTexts(t, units, from); err != nil {
			return err
		}
		return tagTexts(t, all)
	})
	if err != nil {
		return nil, err
	}
	x.count(all)
	if tag != "" {
		all = slices.DeleteFunc(all, func(f FreeText) bool { return !slices.Contains(f.Tags, tag) })
	}
	x.Of, x.Pages = disclosure.CountList(len(all), mostCounted), (len(all)+listLength-1)/listLength
	x.Texts = all[min(len(all), x.Page*listLength):min(len(all), (x.Page+1)*listLength)]
	return x, r.Write(ctx, func(t *store.Tx) error {
		l := a.line(by, audit.SawSurveyTexts, "")
		l.N = len(x.Texts)
		t.Audit(l)
		return nil
	})
}

func (a *App) freeTexts(t *store.Tx, units []place.Unit, from TextSource) (all []FreeText, err error) {
	in := map[string]bool{}
	for _, u := range units {
		in[u.ID] = true
	}
	questions := surveyQuestions(a.book)
	err = t.EachCase(func(c *record.Filed) error {
		if !in[c.Unit] || c.Form.Excluded() {
			return nil
		}
		day := c.Form.RoleDay(a.book, codebook.Closing)
		if from == StaffTexts {
			all = append(all, a.comments(c, day)...)
			return nil
		}
		for _, v := range questions {
			x := c.Form.Get(v.Key())
			if v.Kind == codebook.Free && x.State == record.Answered && x.Value != "" {
				all = append(all, FreeText{Case: c.ID, Field: v.Key(), Text: strings.Clone(x.Value), Day: day})
			}
			if v.Comment && x.Comment != "" {
				all = append(all, FreeText{Case: c.ID, Field: v.Key(), Text: strings.Clone(x.Comment), Day: day})
			}
		}
		return nil
	})
	slices.SortStableFunc(all, func(x, y FreeText) int { return cmp.Or(cmp.Compare(y.Day, x.Day), cmp.Compare(y.Case, x.Case)) })
	return all, err
}

// comments gives what staff wrote beside the answers of a case.
func (a *App) comments(c *record.Filed, day record.Day) (all []FreeText) {
	for field, x := range c.Form.Answers {
		if x.Comment != "" && a.isComment(field) {
			all = append(all, FreeText{Case: c.ID, Field: field, Text: strings.Clone(x.Comment), Day: day})
		}
	}
	slices.SortFunc(all, func(x, y FreeText) int { return cmp.Compare(x.Field, y.Field) })
	return all
}

// isComment tells whether a field is staff's to comment.
func (a *App) isComment(field string) bool {
	v := record.VariableOf(a.book, field)
	return v != nil && v.Comment && !slices.Contains(surveyQuestions(a.book), v)
}

func tagTexts(t *store.Tx, all []FreeText) error {
	tags, err := t.SurveyTags()
	at := map[[2]string][]string{}
	for _, x := range tags {
		at[[2]string{x.Case, x.Field}] = append(at[[2]string{x.Case, x.Field}], x.Tag)
	}
	for i := range all {
		all[i].Tags = at[[2]string{all[i].Case, all[i].Field}]
	}
	return err
}

// count counts on how many texts each word stands.
func (x *FreeTexts) count(all []FreeText) {
	n := map[string]int{}
	for _, f := range all {
		for _, tag := range f.Tags {
			n[tag]++
		}
	}
	for tag, k := range n {
		x.Tags = append(x.Tags, TagCount{tag, disclosure.CountList(k, mostCounted)})
	}
	slices.SortFunc(x.Tags, func(a, b TagCount) int { return cmp.Or(b.Of.N()-a.Of.N(), cmp.Compare(a.Tag, b.Tag)) })
}

// longestTag is how long a word on a text may be.
const longestTag = 40

// TagText puts a word on what a client wrote, or takes it away.
func (a *App) TagText(ctx context.Context, by access.Actor, id, field, tag string, on bool) error {
	tag = strings.ToLower(strings.Join(strings.Fields(tag), " "))
	v := record.VariableOf(a.book, field)
	switch {
	case tag == "":
		return fault.New(fault.Invalid, "survey_staff.tag_missing")
	case utf8.RuneCountInString(tag) > longestTag:
		return fault.New(fault.Invalid, "survey_staff.tag_long", "n", longestTag)
	case v == nil || !slices.Contains(surveyQuestions(a.book), v) && !a.isComment(field):
		return fault.New(fault.Usage, "record.no_such_field")
	}
	r, _, err := a.unitsFor(ctx, by, access.SeeUnits)
	if err != nil {
		return err
	}
	err = r.Write(ctx, func(t *store.Tx) error {
		c, err := t.Case(id)
		if err != nil {
			return err
		}
		if err := by.Allow(access.SeeUnits, r.ID(), c.Unit); err != nil {
			return err
		}
		t.Audit(a.line(by, audit.SurveyTagged, id))
		x := store.SurveyTag{Case: id, Field: field, Tag: tag, At: a.now(), Person: by.Person.ID}
		if on {
			return t.AddSurveyTag(x)
		}
		return t.DropSurveyTag(x)
	})
	if err != nil && (fault.KindOf(err) == fault.Refused || fault.KindOf(err) == fault.NotFound) {
		return a.unseen(ctx, r, by, id, err)
	}
	return err
}

// The tables of the report that show the survey, and the one that puts those who answered
// beside all closed cases.
const (
	changeTable     = "d18"
	meaningTable    = "d19"
	influenceTable  = "d20"
	answeredTable   = "bortfall"
	frequencyPrefix = "f_v"
)

// SurveyResults is what the survey has given, as an internal release of the units' cases. Who
// answered is always with it.
type SurveyResults struct {
	Units    []place.Unit
	Results  []*disclosure.Released
	Answered *disclosure.Released // those who answered beside all closed cases
	Phases   *disclosure.Released // how many of the closed cases have a survey
	Read     *disclosure.Release
}

// SurveyResults gives what the survey has given in the units where the actor sees figures.
func (a *App) SurveyResults(ctx context.Context, by access.Actor) (*SurveyResults, error) {
	r, units, err := a.unitsFor(ctx, by, access.SeeFigures)
	if err != nil {
		return nil, err
	}
	l, err := a.liveOf(ctx, r)
	if err != nil {
		return nil, err
	}
	in := map[string]bool{}
	for _, u := range units {
		in[u.ID] = true
	}
	columns, err := l.columns(func(unit string, _ liveCase) bool { return in[unit] })
	if err != nil {
		return nil, err
	}
	ids := []string{changeTable, meaningTable, influenceTable}
	if v := a.book.Role(codebook.Positive); v != nil {
		ids = append(ids, frequencyPrefix+v.Key())
	}
	release, err := a.release(columns, append(ids, funnelTable, answeredTable)...)
	if err != nil {
		return nil, err
	}
	x := &SurveyResults{Units: units, Read: release, Answered: release.Table("", answeredTable), Phases: release.Table("", funnelTable)}
	for _, id := range ids {
		if t := release.Table("", id); t != nil {
			x.Results = append(x.Results, t)
		}
	}
	return x, a.logSeen(ctx, r, by, audit.Listed, "")
}
