package cases

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/web/form"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// Names of what opens a case beside the answers, as fields of the page.
const (
	caseField = "arende"
	unitField = "enhet"
	previous  = "foregaende"
	bookField = "kodbok"
)

// newPage opens a case: its codes and the whole first phase on one page. With script the
// case is there as soon as its codes are.
type newPage struct {
	Owner    string // whose page it is
	Known    string // what the program knows: "Nora · Enhet Vuxen · Alm"
	Unit     string // the only unit
	Previous string
	Linked   string // what it is linked to
	Items    []item
	Phases   []form.Phase
	Codebook string // version that the page shows
	Taken    string // address of the case that has the code
}

// started is a case that somebody is opening, as it was typed.
type started struct {
	app.NewCase
	faults  map[string]error // by field, the codes' and the unit's among them
	bad     map[string]record.Answer
	earlier *app.CaseView // the client's earlier case
	taken   string        // address of the case that has the code
}

// New asks for what opens a case.
func New(v *visit.Visit) error {
	if !v.By().May(access.WriteCase) {
		return fault.New(fault.Refused, "access.refused")
	}
	if n, ok := v.Kept().(*started); ok {
		return showNew(v, n)
	}
	n := &started{NewCase: app.NewCase{Previous: v.R.URL.Query().Get(previous)}}
	if err := n.readPrevious(v); err != nil {
		return err
	}
	return showNew(v, n)
}

// readPrevious reads the client's earlier case: who the client is is then known.
func (n *started) readPrevious(v *visit.Visit) error {
	if n.Previous == "" {
		return nil
	}
	c, err := v.App.Case(v.R.Context(), v.By(), n.Previous)
	if err != nil {
		return err
	}
	n.earlier, n.Client = c, c.ClientCode
	return nil
}

// Open files a new case. Answers that cannot stand do not stop it: the case is there, with
// the good ones, and the others come back as they were typed.
func Open(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	n, err := startedIn(v, posted)
	if err != nil {
		return err
	}
	id, err := v.App.OpenCase(v.R.Context(), v.By(), n.NewCase)
	if err != nil {
		return n.refused(v, err)
	}
	if v.Scripted() {
		return replyOpened(v, id, n)
	}
	if len(n.bad) == 0 {
		return v.Redirect(afterOpening(v.App.Codebook(), id, posted.Get(button)))
	}
	c, err := v.App.Case(v.R.Context(), v.By(), id)
	if err != nil {
		return err
	}
	return v.Again(phaseOf(id, v.App.Codebook().Phases[0].ID), &typed{at: c.Filed.Form.Version, answers: n.bad, refused: n.faults})
}

func afterOpening(cb *codebook.Codebook, id, pressed string) string {
	if pressed == leave {
		return toDo
	}
	return phaseOf(id, cb.Phases[min(1, len(cb.Phases)-1)].ID)
}

// startedIn reads what was posted. Answers that cannot stand are put aside.
func startedIn(v *visit.Visit, posted url.Values) (*started, error) {
	cb, err := v.App.BookNamed(v.R.Context(), v.By(), posted.Get(bookField))
	if err != nil {
		return nil, err
	}
	n := &started{NewCase: app.NewCase{Codebook: cb.Named(), Previous: posted.Get(previous), Case: strings.TrimSpace(posted.Get("f." + caseField)), Unit: posted.Get("f." + unitField)}}
	n.Answers, n.bad, n.faults = map[string]record.Answer{}, map[string]record.Answer{}, map[string]error{}
	if err := n.readPrevious(v); err != nil {
		return nil, err
	}
	for _, field := range form.OnPage(cb, posted) {
		a, _, _ := form.Read(cb, posted, field)
		variable := record.VariableOf(cb, field)
		if variable.Role == codebook.Client && n.Previous == "" {
			n.Client = a.Value
		}
		if ours(variable) || field == codebook.Exclusion {
			continue
		}
		if _, err := record.Check(cb, field, a); err != nil {
			n.bad[field], n.faults[field] = a, err
		} else if !a.Empty() || a.Comment != "" {
			n.Answers[field] = a
		}
	}
	return n, nil
}

// tooMany is that somebody has no look-ups of codes left: what they typed is kept all the same.
const tooMany = "keeping.too_many"

// refused tells why a case could not be opened, at the code that is the reason. That a code
// is taken leads to the case where the person may see it.
func (n *started) refused(v *visit.Visit, err error) error {
	at := ""
	switch key := fault.KeyOf(err); {
	case strings.HasSuffix(key, "_client"):
		at = clientField(v.App.Codebook())
	case strings.HasSuffix(key, "_case"), key == "store.case_code_taken", key == tooMany:
		at = caseField
	case key == "app.no_such_unit" && n.Unit != "":
		at = unitField
	case n.Unit == "" && (key == "app.no_such_unit" || fault.KindOf(err) == fault.Refused):
		at, err = unitField, fault.New(fault.Invalid, "cases.choose_unit")
	default:
		return err
	}
	if fault.KeyOf(err) == "store.case_code_taken" {
		n.taken = n.whoHas(v)
	}
	if v.Scripted() {
		return v.JSON(http.StatusUnprocessableEntity, map[string]string{"fel": v.Text.Error(err), "falt": at, "adress": n.taken})
	}
	if n.faults == nil {
		n.faults = map[string]error{}
	}
	n.faults[at] = err
	return v.Again(opening, n)
}

// whoHas gives the address of the case that has the code; empty where the person may not
// see it.
func (n *started) whoHas(v *visit.Visit) string {
	found, err := v.App.Cases(v.R.Context(), v.By(), app.Filter{Code: n.Case})
	if err != nil || len(found.Cases) != 1 {
		return ""
	}
	return addressOf(found.Cases[0].ID, "")
}

func clientField(cb *codebook.Codebook) string { return cb.Role(codebook.Client).Key() }

func showNew(v *visit.Visit, n *started) error {
	p := v.Text
	cb, err := v.App.BookNamed(v.R.Context(), v.By(), n.Codebook)
	if err != nil {
		return err
	}
	units, err := v.App.Units(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	x := newPage{Owner: v.Owner(), Codebook: cb.Named(), Previous: n.Previous, Taken: n.taken, Known: v.Who.Person.Name}
	if len(units) == 1 {
		x.Unit, x.Known = units[0].ID, place.NameOf(units[0].Area)+" · "+units[0].Name+" · "+x.Known
	} else {
		x.Items = append(x.Items, item{Field: unitOf(p, units, n.Unit).With(p, n.faults[unitField])})
	}
	if n.earlier != nil {
		x.Linked = p.T("cases.linked_to", "kod", n.earlier.CaseCode)
	}
	x.Items = append(x.Items, codeItems(p, cb, n)...)
	first := cb.Phases[0].ID
	for _, y := range slices.Concat(cb.Variables, cb.Local) {
		if y.Phase == first && y.Level == codebook.OfCase && !ours(y) {
			x.Items = append(x.Items, item{Field: n.field(p, cb, y.Key())})
		}
	}
	x.Phases = form.PhasesOf(p, cb, record.NewForm(), first, func(f codebook.Phase) string { return opening + "/" + string(f) })
	fr := v.Frame(p.T("cases.new"))
	fr.Faults = faultsOf(x.Items)
	x.Items[0].Field.Focus = len(fr.Faults) == 0 && x.Unit != "" && n.Case == ""
	if len(fr.Faults) > 0 {
		fr.Status = http.StatusUnprocessableEntity
		fr.Messages = append(fr.Messages, page.Message{Kind: page.Warning, Text: p.T("cases.not_opened")})
	}
	if n.taken != "" {
		fr.Messages = append(fr.Messages, page.Message{Kind: page.Info, Text: p.T("cases.taken_is"), Link: &page.Link{Address: n.taken, Text: p.T("cases.taken_link")}})
	}
	return v.Show("cases-new.html", fr, x)
}

// field gives a field of the first phase, as it was typed.
func (n *started) field(p *locale.Printer, cb *codebook.Codebook, field string) form.Field {
	a, bad := n.bad[field]
	if !bad {
		a = n.Answers[field]
	}
	return form.Show(p, cb, field, a).With(p, n.faults[field])
}

// unitOf asks which unit, where there is more than one.
func unitOf(p *locale.Printer, units []place.Unit, chosen string) form.Field {
	x := form.Field{Name: unitField, ID: "f-" + unitField, Prefix: unitField, Kind: codebook.One, Control: "one", Question: p.T("cases.unit"), Missing: chosen == "", Raw: chosen}
	for i, u := range units {
		nr := strconv.Itoa(i + 1)
		x.Options = append(x.Options, form.Option{ID: unitField + "-" + nr, Value: u.ID, Code: nr, Text: u.Name, Checked: u.ID == chosen})
	}
	return x
}

// codeItems ask for the codes of the case and the client. The client's is shown where the
// case is linked to an earlier one.
func codeItems(p *locale.Printer, cb *codebook.Codebook, n *started) []item {
	client := form.Show(p, cb, clientField(cb), record.Answer{Value: n.Client}).With(p, n.faults[clientField(cb)])
	client.States, client.Comment = nil, nil
	code := form.Field{
		Name: caseField, ID: "f-" + caseField, Prefix: caseField, Kind: codebook.Key, Control: "text", Size: "code", Max: record.LongestCode,
		Question: p.T("cases.case_code"), Hint: client.Hint, Value: n.Case, Missing: n.Case == "",
	}
	code.Warnings = form.Identifying(p, codebook.Key, record.Answer{Value: n.Case})
	if n.Previous != "" {
		client = client.Shown(n.Client)
	}
	return []item{{Field: code.With(p, n.faults[caseField])}, {Field: client}}
}

// openedReply is what a script is told of a case that it opened.
type openedReply struct {
	ID       string         `json:"id"`
	Address  string         `json:"adress"`
	Field    string         `json:"falt_adress"`
	Title    string         `json:"rubrik"`
	At       string         `json:"tid"`
	Version  int            `json:"version"`
	Seen     map[string]int `json:"sett"`
	Refused  []warning      `json:"fel,omitempty"`
	Warnings []warning      `json:"varningar"`
	Phases   []phaseCount   `json:"faser"`
}

func replyOpened(v *visit.Visit, id string, n *started) error {
	c, err := v.App.Case(v.R.Context(), v.By(), id)
	if err != nil {
		return err
	}
	r := openedReply{
		ID: id, Address: addressOf(id, ""), Field: addressOf(id, "/falt"), Title: v.Text.T("cases.case_named", "kod", c.CaseCode),
		At: v.Clock(c.Filed.Changed), Version: c.Filed.Form.Version, Seen: map[string]int{}, Warnings: warningsOf(v, c),
	}
	for field := range n.Answers {
		r.Seen[field] = c.Filed.Form.Get(field).Version
	}
	for field, err := range n.faults {
		r.Refused = append(r.Refused, warning{field, v.Text.Error(err)})
	}
	slices.SortFunc(r.Refused, func(a, b warning) int { return strings.Compare(a.Field, b.Field) })
	for _, x := range c.Progress {
		r.Phases = append(r.Phases, phaseCount{x.Phase, x.Done, x.Of})
	}
	return v.JSON(http.StatusCreated, r)
}
