package cases

import (
	"net/http"
	"strconv"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/web/visit"
)

// codes is the page where a mistyped code is corrected.
const codes = "/koder"

// seenField carries the version of the case that the page showed.
const seenField = "sett"

// codesPage asks for the codes of a case anew.
type codesPage struct {
	Head  head
	Items []item
	Post  string
	Owner string
	Seen  int // the version of the case that the page shows
}

// Codes asks for the local codes of a case that were mistyped.
func Codes(v *visit.Visit) error {
	c, err := caseOf(v)
	if err != nil {
		return err
	}
	if again, ok := v.Kept().(*recoding); ok {
		return showCodes(v, c, again)
	}
	return showCodes(v, c, &recoding{started{NewCase: app.NewCase{Case: c.CaseCode, Client: c.ClientCode}}, c.Filed.Form.Version})
}

// recoding is codes as they were typed, and the version of the case that the page showed.
type recoding struct {
	started
	seen int
}

func showCodes(v *visit.Visit, c *app.CaseView, n *recoding) error {
	x := codesPage{Head: headOf(v, c, ""), Post: addressOf(c.Filed.ID, codes), Items: codeItems(v.Text, v.App.Codebook(), &n.started), Seen: n.seen, Owner: v.Owner()}
	x.Head.Here = "koder"
	f := frameOf(v, c, v.Text.T("cases.codes")+" – "+v.Text.T("cases.case"))
	if len(n.faults) > 0 {
		f.Status, f.Faults = http.StatusUnprocessableEntity, faultsOf(x.Items)
	}
	return v.Show("cases-codes.html", f, x)
}

// Recode corrects the codes.
func Recode(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	id, client := v.R.PathValue("id"), clientField(v.App.Codebook())
	n := &recoding{started: started{NewCase: app.NewCase{Case: posted.Get("f." + caseField), Client: posted.Get("f." + client)}}}
	n.seen, _ = strconv.Atoi(posted.Get(seenField)) // none: as if nothing had been seen
	_, err = v.App.Recode(v.R.Context(), v.By(), id, n.seen, n.Case, n.Client)
	switch kind := fault.KindOf(err); {
	case err == nil:
		return v.Redirect(addressOf(id, ""))
	case kind != fault.Invalid && kind != fault.Conflict && fault.KeyOf(err) != tooMany:
		return err
	}
	n.faults = map[string]error{caseField: err}
	if strings.HasSuffix(fault.KeyOf(err), "_client") {
		n.faults = map[string]error{client: err}
	}
	return v.Again(addressOf(id, codes), n)
}
