package keeping

import (
	"net/http"
	"strconv"
	"strings"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// RetentionPage is what is no longer to be kept: the rule, what it reaches, what waits for a
// second person, and the protocols.
type RetentionPage struct {
	Owner    string // whose page it is
	Title    string
	Rule     bool   // the person may set the rule: a coordinator
	Years    string // as it was typed
	Fault    string // why the rule was not saved
	Before   string // day
	Counts   string // "12 avslutade ärenden, det äldsta …"
	Closed   page.Table
	Excluded page.Table
	Leaves   disclosure.ListCount // how many excluded ones there are
	Propose  bool
	Waiting  []RetentionRecord
	None     string // nothing waits
	Past     []RetentionRecord
}

// RetentionRecord is one proposal or protocol.
type RetentionRecord struct {
	ID, Register string
	Facts        []Fact
	Confirm      bool // by who looks
	Withdraw     bool
	Scrub        bool // what was left is not written over yet
	Hashes       []string
	Nr           string
}

// Fact is one thing that is said.
type Fact struct{ Name, Text string }

// understood is what whoever confirms has to tick.
const understood = "keeping.understood_missing"

// mostListed is how many cases of a rule are listed by name.
const mostListed = 500

// Retention shows what is no longer to be kept. An administrator sees what waits for a second
// person, the protocols, and no case.
func Retention(v *visit.Visit) error { return showRetention(v, "", nil) }

func showRetention(v *visit.Visit, years string, wrong error) error {
	if v.By().Role == access.Administrator {
		return showWaiting(v, wrong)
	}
	r, err := v.App.Retention(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	p := v.Text
	f := v.Frame(p.T("keeping.retention"))
	x := RetentionPage{Owner: v.Owner(), Title: f.Title, Rule: true, Years: years, Propose: len(r.Waiting) == 0 && r.Reached.N()+r.Set.N() > 0, Leaves: r.Set}
	if years == "" && r.Years > 0 {
		x.Years = strconv.Itoa(r.Years)
	}
	if wrong != nil && fault.KeyOf(wrong) == understood {
		f.Status, f.Faults = http.StatusUnprocessableEntity, []page.Fault{{Text: p.Error(wrong)}}
	} else if wrong != nil {
		x.Fault = p.Error(wrong)
		f.Status, f.Faults = http.StatusUnprocessableEntity, []page.Fault{{ID: "ar", Text: x.Fault}}
	}
	x.reached(v, r)
	for i, y := range r.Waiting {
		x.Waiting = append(x.Waiting, recordOf(v, y, i))
	}
	for i, y := range r.Protocols {
		x.Past = append(x.Past, recordOf(v, y, i))
	}
	done(v, &f, "regel", "forslag", "aterkallat", "gallrat", "overskrivet")
	return v.Show("keeping-retention.html", f, x)
}

// reached says what the rule reaches.
func (x *RetentionPage) reached(v *visit.Visit, r *app.Retention) {
	if r.Years == 0 {
		return
	}
	p := v.Text
	x.Before = day(v, r.Before)
	x.Counts = p.T("keeping.reached", "n", r.Reached.N())
	if r.Reached.N() > 0 {
		x.Counts += " " + p.T("keeping.reached_span", "aldst", day(v, r.Closed[0].Closed), "yngst", day(v, r.Closed[len(r.Closed)-1].Closed))
	}
	x.Closed, x.Excluded = oldTable(v, r.Closed, r.Reached, "keeping.closed_cases"), oldTable(v, r.Excluded, r.Set, "keeping.excluded_cases")
}

func oldTable(v *visit.Visit, all []app.Listed, count disclosure.ListCount, caption string) page.Table {
	p := v.Text
	t := page.Table{Caption: p.T(caption, "n", count.N()), Head: []page.Head{{Text: p.T("keeping.case")}, {Text: p.T("keeping.unit")}, {Text: p.T("keeping.closed")}, {Text: p.T("keeping.changed")}}}
	for i, c := range all {
		if i == mostListed {
			t.Rows = append(t.Rows, page.Row{{Text: p.T("keeping.more_cases", "n", count.After(mostListed).N())}, {}, {}, {}})
			break
		}
		t.Rows = append(t.Rows, page.Row{{Text: opened(v, c), Address: caseAddress(c.ID), Written: true}, {Text: c.UnitName, Written: true},
			{Text: day(v, c.Closed)}, {Text: v.Date(c.Changed)}})
	}
	return t
}

// showWaiting shows an administrator what waits for a second person, and the protocols.
func showWaiting(v *visit.Visit, wrong error) error {
	r, err := v.App.OthersRetentions(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("keeping.retention"))
	x := RetentionPage{Owner: v.Owner(), Title: f.Title, None: v.Text.T("keeping.nothing_waits")}
	for i, y := range r.Waiting {
		x.Waiting = append(x.Waiting, recordOf(v, y, i))
	}
	for i, y := range r.Protocols {
		x.Past = append(x.Past, recordOf(v, y, i))
	}
	if wrong != nil {
		f.Status, f.Faults = http.StatusUnprocessableEntity, []page.Fault{{Text: v.Text.Error(wrong)}}
	}
	done(v, &f, "gallrat")
	return v.Show("keeping-retention.html", f, x)
}

func recordOf(v *visit.Visit, y app.RetentionRecord, i int) RetentionRecord {
	p := v.Text
	x := RetentionRecord{ID: y.ID, Register: y.Register, Confirm: !y.Mine, Withdraw: v.By().Role != access.Administrator, Hashes: y.Hashes, Nr: strconv.Itoa(i + 1)}
	x.Scrub = !y.Decided.IsZero() && y.Scrubbed.IsZero() && v.By().Role != access.Administrator
	add := func(key, text string) {
		if text != "" {
			x.Facts = append(x.Facts, Fact{p.T("keeping." + key), text})
		}
	}
	add("register", y.RegisterName)
	add("rule", p.T("keeping.rule_said", "n", y.Years, "dag", day(v, y.Before)))
	add("proposed", p.T("keeping.by", "namn", y.ProposedName, "roll", roleWord(v, y.ProposedRole), "tid", v.When(y.Proposed)))
	add("count", p.T("keeping.count_said", "n", y.Cases.N(), "uteslutna", y.Excluded.N()))
	if y.Oldest != record.NoDay && y.Newest != record.NoDay {
		add("span", p.T("keeping.span_said", "aldst", day(v, y.Oldest), "yngst", day(v, y.Newest)))
	}
	if !y.Decided.IsZero() {
		add("confirmed", p.T("keeping.by", "namn", y.DecidedName, "roll", roleWord(v, y.DecidedRole), "tid", v.When(y.Decided)))
		add("deleted", p.Int(int64(y.Deleted.N())))
		add("scrubbed", orNot(v, v.When(y.Scrubbed)))
	}
	return x
}

func orNot(v *visit.Visit, text string) string {
	if text == "" {
		return v.Text.T("keeping.not_yet")
	}
	return text
}

// Rule saves how long cases are kept.
func Rule(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	typed := strings.TrimSpace(posted.Get("ar"))
	years, bad := 0, error(nil)
	if typed != "" {
		if years, bad = strconv.Atoi(typed); bad != nil {
			years = -1
		}
	}
	err = v.App.SetRetention(v.R.Context(), v.By(), years)
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return showRetention(v, typed, err)
	}
	return next(v, err, "regel")
}

// Propose proposes that what the rule reaches is deleted.
func Propose(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	_, err = v.App.ProposeRetention(v.R.Context(), v.By(), posted.Get("uteslutna") == "ja")
	return next(v, err, "forslag")
}

// Confirm deletes what somebody else has proposed.
func Confirm(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	if posted.Get("forstatt") != "ja" {
		return showRetention(v, "", fault.New(fault.Invalid, understood))
	}
	_, err = v.App.ConfirmRetention(v.R.Context(), v.By(), posted.Get("register"), posted.Get("forslag"))
	return next(v, err, "gallrat")
}

// Withdraw takes a proposal back.
func Withdraw(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	return next(v, v.App.WithdrawRetention(v.R.Context(), v.By(), posted.Get("forslag")), "aterkallat")
}

// Scrub writes over what deleted cases have left, again.
func Scrub(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	return next(v, v.App.ScrubAgain(v.R.Context(), v.By(), posted.Get("forslag")), "overskrivet")
}

func next(v *visit.Visit, err error, word string) error {
	if err != nil {
		return err
	}
	return v.Redirect(retentionAddress + "?gjort=" + word)
}
