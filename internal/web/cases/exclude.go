package cases

import (
	"net/http"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/web/visit"
)

// excludingPage asks why a case is not of the target group; of one that is excluded,
// whether it should come back.
type excludingPage struct {
	Head    head
	Item    item
	Reason  string // why it is excluded now
	Include string
	Owner   string // whose page it is
}

// Excluding asks why a case is not of the target group.
func Excluding(v *visit.Visit) error {
	c, err := caseOf(v)
	if err != nil {
		return err
	}
	return showExcluding(v, c, keptOf(v, c))
}

func showExcluding(v *visit.Visit, c *app.CaseView, t *typed) error {
	x := excludingPage{Head: headOf(v, c, ""), Item: fieldItem(v, c, codebook.Exclusion, t), Include: addressOf(c.Filed.ID, "/aterfor"), Owner: v.Owner()}
	x.Head.Here = "uteslut"
	x.Item.Field.States, x.Item.Field.Comment, x.Item.Field.Question = nil, nil, v.Text.T("cases.why_excluded")
	if x.Head.Excluded {
		x.Reason = say(v.Text, c.Book, codebook.Exclusion, c.Filed.Form.Get(codebook.Exclusion))
	}
	title := "cases.exclude"
	if x.Head.Excluded {
		title = "cases.include"
	}
	f := frameOf(v, c, v.Text.T(title)+" – "+v.Text.T("cases.case"))
	if t != nil {
		f.Status, f.Faults = http.StatusUnprocessableEntity, faultsOf([]item{x.Item})
	}
	return v.Show("cases-exclude.html", f, x)
}

// Exclude takes a case out of the count, with a reason. Nothing is thrown away.
func Exclude(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	value := posted.Get("f." + codebook.Exclusion)
	if value == "" {
		return notExcluded(v, fault.New(fault.Invalid, "cases.choose_reason"))
	}
	return setExclusion(v, record.Answer{Value: value}, versionOf(posted.Get("s."+codebook.Exclusion)))
}

func notExcluded(v *visit.Visit, why error) error {
	c, err := caseOf(v)
	if err != nil {
		return err
	}
	return v.Again(addressOf(c.Filed.ID, excluding), &typed{at: c.Filed.Form.Version, refused: map[string]error{codebook.Exclusion: why}})
}

// Include takes back an exclusion.
func Include(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	return setExclusion(v, record.Answer{}, versionOf(posted.Get("s."+codebook.Exclusion)))
}

func setExclusion(v *visit.Visit, a record.Answer, seen int) error {
	edits := []app.Edit{{Field: codebook.Exclusion, Answer: a, Seen: seen}}
	s, err := v.App.Save(v.R.Context(), v.By(), v.R.PathValue("id"), edits)
	if err != nil {
		return err
	}
	if t := typedIn(edits, s); t != nil {
		return v.Again(addressOf(s.View.Filed.ID, excluding), t)
	}
	if a.Empty() {
		return v.Redirect(addressOf(s.View.Filed.ID, ""))
	}
	return v.Redirect(addressOf(s.View.Filed.ID, excluding))
}
