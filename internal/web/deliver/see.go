package deliver

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// SeePage is an extract before it leaves.
type SeePage struct {
	Title  string
	Owner  string // whose page it is
	Facts  []Fact
	Files  []File
	Stays  []string // what is not in it
	Odd    []Odd
	Texts  bool
	Hidden []Fact // what is sent along when the file is taken out
	Back   string
	Fault  string
}

// Fact is one thing that is said.
type Fact struct{ Name, Text string }

// File is one file of the extract, as it leaves.
type File struct {
	Name    string
	Rows    string
	Head    []string
	First   [][]string
	More    string
	Meaning []Fact // of the columns
	Text    string
}

// Odd is a text that may tell who somebody is.
type Odd struct{ Variable, Text, Like string }

// See shows what would leave, exactly.
func See(v *visit.Visit) error {
	q := v.R.URL.Query()
	wanted := asked(q)
	wanted.Read = time.Time{} // now: only what was looked at is as old as it was
	return see(v, wanted, nil, q.Get("andrat") == "ja")
}

func see(v *visit.Visit, wanted app.DeliveryAsk, wrong error, changed bool) error {
	if err := v.App.Confirmed(v.By()); err != nil && v.By().May(access.Deliver) {
		return err // before somebody looks through it all in vain
	}
	x, err := v.App.Leaving(v.R.Context(), v.By(), wanted)
	if err != nil {
		if fieldOf[fault.KeyOf(err)] != "" {
			return ask(v, err, "")
		}
		return err
	}
	p := v.Text
	f := v.Frame(p.T("deliver.see"))
	s := seeOf(v, x)
	s.Title, s.Owner = f.Title, v.Owner()
	if changed {
		f.Messages = append(f.Messages, page.Message{Kind: page.Warning, Title: p.T("deliver.changed_title"), Text: p.T("deliver.changed")})
	}
	if wrong != nil {
		s.Fault = p.Error(wrong)
		f.Status, f.Faults = http.StatusUnprocessableEntity, []page.Fault{{ID: "lasta", Text: s.Fault}}
	}
	return v.Show("deliver-see.html", f, s)
}

func seeOf(v *visit.Visit, x *app.Leaving) SeePage {
	p, a := v.Text, x.Ask
	s := SeePage{Texts: a.Texts, Back: askAddress + "?" + address(a).Encode()}
	s.Facts = []Fact{{p.T("deliver.recipient"), recipientName(p, x.To)}, {p.T("deliver.period"), period(v, a.From, a.Till)}, {p.T("deliver.cases"), p.Int(int64(x.Cases.N()))},
		{p.T("deliver.scope"), p.T("deliver.scope_" + strconv.Itoa(a.Scope))}, {p.T("deliver.coverage"), p.T("deliver.coverage_" + strconv.Itoa(a.Coverage))}, {p.T("deliver.read"), v.When(a.Read)}}
	stays := []string{"codes", "workers", "notes", "excluded", "dateless", "home"}
	if !a.Texts {
		stays = append([]string{"texts"}, stays...)
	}
	for _, key := range stays {
		s.Stays = append(s.Stays, p.T("deliver.stays_"+key))
	}
	meanings := meaningsIn(x.Files)
	for _, f := range x.Files {
		s.Files = append(s.Files, fileOf(v, f, meanings[f.Name]))
	}
	for _, o := range x.Odd {
		var like []string
		for _, sort := range o.Sorts {
			like = append(like, p.T("deliver.like_"+string(sort)))
		}
		s.Odd = append(s.Odd, Odd{o.Variable, o.Text, strings.Join(like, ", ")})
	}
	hidden := address(a)
	hidden.Set("last", a.Read.Format(time.RFC3339))
	hidden.Set("hash", x.Hash)
	for _, name := range []string{"mottagare", "fran", "till", "omfattning", "tackning", "fritext", "last", "hash"} {
		if hidden.Has(name) {
			s.Hidden = append(s.Hidden, Fact{name, hidden.Get(name)})
		}
	}
	return s
}

func fileOf(v *visit.Visit, f app.LeavingFile, meaning map[string]string) File {
	p := v.Text
	x := File{Name: f.Name, Head: f.Head, First: f.First, Text: f.Text}
	if f.Text != "" {
		return x
	}
	x.Rows = p.T("deliver.rows", "n", f.Rows.N())
	if left := f.Rows.After(len(f.First)).N(); left > 0 {
		x.More = p.T("deliver.more", "n", left)
	}
	for _, name := range f.Head {
		if meaning[name] != "" {
			x.Meaning = append(x.Meaning, Fact{name, meaning[name]})
		}
	}
	return x
}

// meaningsIn gives what the extract itself says that its columns mean, by file and column.
func meaningsIn(files []app.LeavingFile) map[string]map[string]string {
	var described struct {
		Resources []struct {
			Path   string
			Schema struct {
				Fields []struct{ Name, Title string }
			}
		}
	}
	for _, f := range files {
		if strings.HasSuffix(f.Name, ".json") {
			_ = json.Unmarshal([]byte(f.Text), &described) // we wrote it
		}
	}
	all := map[string]map[string]string{}
	for _, r := range described.Resources {
		all[r.Path] = map[string]string{}
		for _, field := range r.Schema.Fields {
			all[r.Path][field.Name] = field.Title
		}
	}
	return all
}

// address gives what was asked for as an address has it.
func address(a app.DeliveryAsk) url.Values {
	q := url.Values{"mottagare": {a.Recipient}, "fran": {a.From.String()}, "till": {a.Till.String()}, "omfattning": {strconv.Itoa(a.Scope)}, "tackning": {strconv.Itoa(a.Coverage)}}
	if a.Texts {
		q.Set("fritext", "ja")
	}
	return q
}

// Take lets the extract leave, and leads to its receipt.
func Take(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	wanted := asked(posted)
	id, err := v.App.Deliver(v.R.Context(), v.By(), wanted, posted.Get("hash"))
	q := address(wanted)
	switch fault.KeyOf(err) {
	case "deliver.changed":
		q.Set("andrat", "ja")
		return v.Redirect(seeAddress + "?" + q.Encode())
	case "account.confirm_first": // asked for there, and back to what was looked at
		return v.Redirect(seeAddress + "?" + q.Encode())
	case "deliver.texts_unread":
		return see(v, wanted, err, false)
	}
	if err != nil {
		return err
	}
	return v.Redirect(takenAddress + "/" + id)
}

// TakenPage is the receipt of an extract that has been taken out.
type TakenPage struct {
	Title string
	Facts []Fact
	File  string // where the file is fetched
}

// Taken shows the receipt, and leads to the file.
func Taken(v *visit.Visit) error {
	d, _, err := v.App.TakenOut(v.R.Context(), v.By(), v.R.PathValue("uttag"))
	if err != nil {
		return err
	}
	p := v.Text
	f := v.Frame(p.T("deliver.taken"))
	x := TakenPage{Title: f.Title, File: takenAddress + "/" + d.ID + "/fil", Facts: []Fact{{p.T("deliver.recipient"), d.Recipient}, {p.T("deliver.period"), period(v, d.From, d.Till)},
		{p.T("deliver.cases"), p.Int(int64(d.Cases.N()))}, {p.T("deliver.when"), v.When(d.At)}, {p.T("deliver.hash"), d.Hash}}}
	return v.Show("deliver-taken.html", f, x)
}

// TakenFile gives the file to the one who took it out.
func TakenFile(v *visit.Visit) error {
	d, file, err := v.App.TakenOut(v.R.Context(), v.By(), v.R.PathValue("uttag"))
	if err != nil {
		return err
	}
	return v.Download("uttag-"+d.From.String()+"-"+d.Till.String()+".zip", "application/zip", file)
}
