package keeping

import (
	"net/http"
	"strconv"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// KeysPage is how the keys are.
type KeysPage struct {
	Owner    string // whose page it is
	Title    string
	Holders  page.Table
	Versions page.Table
	Limit    string // look-ups an hour, as it was typed
	Fault    string
}

// fewestHolders is how many people should hold a recovery key: one can be away, or gone.
const fewestHolders = 2

// Keys shows how the keys are.
func Keys(v *visit.Visit) error { return showKeys(v, "", nil) }

func showKeys(v *visit.Visit, typed string, wrong error) error {
	k, err := v.App.KeyState(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	p := v.Text
	f := v.Frame(p.T("keeping.keys"))
	x := KeysPage{Owner: v.Owner(), Title: f.Title, Limit: typed, Holders: holdersTable(v, k), Versions: versionsTable(v, k)}
	if wrong == nil {
		x.Limit = strconv.Itoa(k.Lookups)
	} else {
		x.Fault = p.Error(wrong)
		f.Status, f.Faults = http.StatusUnprocessableEntity, []page.Fault{{ID: "grans", Text: x.Fault}}
	}
	if k.Confirmed < fewestHolders {
		f.Messages = append(f.Messages, page.Message{Kind: page.Warning, Title: p.T("keeping.few_holders", "n", k.Confirmed), Text: p.T("keeping.few_holders_why")})
	}
	for _, r := range k.Registers {
		if !r.Broken.IsZero() {
			f.Messages = append(f.Messages, page.Message{Kind: page.Warning, Text: p.T("keeping.broken_in", "register", r.Name, "dag", v.Date(r.Broken))})
		}
	}
	done(v, &f, "grans")
	return v.Show("keeping-keys.html", f, x)
}

func holdersTable(v *visit.Visit, k *app.KeyState) page.Table {
	p := v.Text
	t := page.Table{Caption: p.T("keeping.holders"), Hidden: true, Head: []page.Head{{Text: p.T("keeping.holder")}, {Text: p.T("keeping.holder_confirmed")}}, Empty: p.T("keeping.no_holders")}
	for _, h := range k.Holders {
		confirmed := p.T("keeping.not_confirmed")
		if !h.Confirmed.IsZero() {
			confirmed = v.Date(h.Confirmed)
		}
		t.Rows = append(t.Rows, page.Row{{Text: h.Name, Written: true}, {Text: confirmed}})
	}
	return t
}

func versionsTable(v *visit.Visit, k *app.KeyState) page.Table {
	p := v.Text
	t := page.Table{Caption: p.T("keeping.versions"), Hidden: true, Head: []page.Head{{Text: p.T("keeping.register")}, {Text: p.T("keeping.purpose")}, {Text: p.T("keeping.version"), Number: true},
		{Text: p.T("keeping.begun")}, {Text: p.T("keeping.ended")}}}
	for _, r := range k.Registers {
		for _, x := range r.Versions {
			ended := p.T("keeping.in_use")
			if !x.Ended.IsZero() {
				ended = p.T("keeping.ended_"+x.Reason, "dag", v.Date(x.Ended))
			}
			t.Rows = append(t.Rows, page.Row{{Text: r.Name, Written: true}, {Text: p.T("keeping.purpose_" + x.Purpose)}, {Text: p.Int(int64(x.Version))}, {Text: v.Date(x.Begun)}, {Text: ended}})
		}
	}
	return t
}

// Limit saves how many look-ups of codes a person may make in an hour.
func Limit(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	typed := strings.TrimSpace(posted.Get("grans"))
	n, _ := strconv.Atoi(typed) // what is no number is none that can be set
	err = v.App.SetLookupLimit(v.R.Context(), v.By(), n)
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return showKeys(v, typed, err)
	}
	if err != nil {
		return err
	}
	return v.Redirect(keysAddress + "?gjort=grans")
}
