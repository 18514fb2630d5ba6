package people

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/locale"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// PeopleAddress is the list of those who can sign in.
const PeopleAddress = "/anvandare"

// ListPage is a page of those who can sign in.
type ListPage struct {
	Owner    string // whose page it is
	Title    string
	Whom     []Choice
	Searched bool
	Count    string
	Table    page.Table
	Pages    Pages
}

// Pages leads between the pages of a list.
type Pages struct {
	Before, After string // addresses; empty: there is none
	Text          string // "Sida 2 av 7"; empty: there is one page
}

// List shows those who can sign in, by a filter that its address holds.
func List(v *visit.Visit) error {
	q := v.R.URL.Query()
	f := app.PeopleFilter{}
	if w := app.Listing(q.Get("visa")); slices.Contains(app.Listings, w) {
		f.Who = w
	}
	if n, err := strconv.Atoi(q.Get("sida")); err == nil && n > 1 {
		f.Page = n - 1
	}
	return showList(v, f)
}

// Search looks for somebody by a part of a name or a login, which is posted: addresses are
// remembered.
func Search(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	return showList(v, app.PeopleFilter{Text: posted.Get("sok"), Who: app.Anybody})
}

func showList(v *visit.Visit, filter app.PeopleFilter) error {
	found, err := v.App.People(v.R.Context(), v.By(), filter)
	if err != nil {
		return err
	}
	p := v.Text
	f := v.Frame(p.T("people.people"))
	f.Address = PeopleAddress
	data := ListPage{Owner: v.Owner(), Title: f.Title, Searched: strings.TrimSpace(filter.Text) != "", Count: p.T("people.count", "n", found.Of), Table: peopleTable(v, found.People)}
	for _, w := range app.Listings {
		data.Whom = append(data.Whom, Choice{string(w), p.T("people.whom_" + string(w)), w == filter.Who})
	}
	if !data.Searched {
		data.Pages = pagesOf(p, PeopleAddress, v.R.URL.Query(), found.Page, found.Pages)
	}
	return v.Show("people-list.html", f, data)
}

// pagesOf leads between the pages of a list whose filter stands in its address.
func pagesOf(p *locale.Printer, address string, q url.Values, now, of int) (x Pages) {
	if of < 2 {
		return x
	}
	to := func(n int) string {
		next := url.Values{"sida": {strconv.Itoa(n + 1)}}
		if w := q.Get("visa"); w != "" {
			next.Set("visa", w)
		}
		return address + "?" + next.Encode()
	}
	x.Text = p.T("people.page_of", "sida", now+1, "av", of)
	if now > 0 {
		x.Before = to(now - 1)
	}
	if now+1 < of {
		x.After = to(now + 1)
	}
	return x
}

func peopleTable(v *visit.Visit, all []app.ListedPerson) page.Table {
	p := v.Text
	t := page.Table{Caption: p.T("people.people"), Hidden: true, Empty: p.T("people.nobody"),
		Head: []page.Head{{Text: p.T("people.name")}, {Text: p.T("people.field_inloggning")}, {Text: p.T("people.roles_word")}, {Text: p.T("people.added")}}}
	for _, x := range all {
		t.Rows = append(t.Rows, page.Row{{Text: x.Name, Address: personAddress(x.ID), Written: true}, {Text: x.Login, Written: true}, {Text: rolesIn(v, x)}, {Text: dateOf(v, x.Created)}})
	}
	return t
}

// rolesIn says in a few words which roles somebody has.
func rolesIn(v *visit.Visit, x app.ListedPerson) string {
	if x.EndedAt(v.App.Now()) {
		return v.Text.T("people.left", "dag", dateOf(v, x.Ended))
	}
	var parts []string
	for _, h := range x.Roles {
		part := v.Text.T("role." + string(h.Role))
		if h.RegisterName != "" {
			part += ", " + h.RegisterName
		}
		if !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return v.Text.T("people.no_role")
	}
	return strings.Join(parts, " · ")
}

func personAddress(id string) string { return PeopleAddress + "/" + url.PathEscape(id) }
