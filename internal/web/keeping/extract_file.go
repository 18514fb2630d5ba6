package keeping

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"time"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/web/form"
	"foljsam/internal/web/visit"
)

// extractFile is an extract as a file that another system can read.
type extractFile struct {
	Register   string        `json:"register"`
	Controller string        `json:"personuppgiftsansvarig"`
	Client     string        `json:"klientkod"`
	At         time.Time     `json:"uttagen"`
	Cases      []extractItem `json:"arenden"`
	Deliveries []extractSent `json:"utlamnat"`
}

type extractItem struct {
	ID       string          `json:"id"`
	Case     string          `json:"arendekod"`
	Client   string          `json:"klientkod"`
	Unit     string          `json:"enhet"`
	Standing string          `json:"lage"`
	Created  time.Time       `json:"registrerat"`
	Codebook string          `json:"kodbok"`
	Answers  []extractAnswer `json:"svar"`
	Changes  []extractChange `json:"andringar"`
	Log      []extractLine   `json:"logg"`
	Notes    []extractRemark `json:"anteckningar"`
	Surveys  []extractAsked  `json:"brukarenkat"`
}

type extractAnswer struct {
	Field    string `json:"falt"`
	Name     string `json:"namn"`
	Question string `json:"fraga,omitempty"`
	Value    string `json:"varde"`
	State    string `json:"tillstand,omitempty"`
	Text     string `json:"svar"`
	Comment  string `json:"kommentar,omitempty"`
}

type extractChange struct {
	At     time.Time `json:"tid"`
	Role   string    `json:"roll"`
	Act    string    `json:"vad"`
	Field  string    `json:"falt,omitempty"`
	Name   string    `json:"namn,omitempty"`
	Before string    `json:"fore"`
	After  string    `json:"efter"`
}

type extractLine struct {
	At   time.Time `json:"tid"`
	Role string    `json:"roll"`
	Act  string    `json:"vad"`
}

type extractSent struct {
	At        time.Time `json:"tid"`
	Recipient string    `json:"mottagare"`
	Period    string    `json:"period"`
}

type extractRemark struct {
	At      time.Time `json:"tid"`
	Role    string    `json:"roll"`
	Verdict string    `json:"beslut"`
	Note    string    `json:"anteckning"`
}

// ExtractFile sends an extract as a file, JSON or CSV. It is taken anew, and logged anew.
func ExtractFile(v *visit.Visit) error {
	x, code, err := taken(v)
	if x == nil {
		return retry(v, code, err)
	}
	file := fileOf(v, x)
	switch v.R.PostForm.Get("form") {
	case "json":
		b, err := json.MarshalIndent(file, "", "  ")
		if err != nil {
			return fault.Wrap(err, fault.Internal, "fault.internal")
		}
		return v.Download("registerutdrag.json", "application/json; charset=utf-8", b)
	case "csv":
		return v.Download("registerutdrag.csv", "text/csv; charset=utf-8", file.csv(v))
	}
	return fault.New(fault.Usage, "visit.bad_form")
}

func fileOf(v *visit.Visit, x *app.Extract) extractFile {
	f := extractFile{Register: x.Register, Controller: x.Controller, Client: x.Code, At: x.At.UTC(), Cases: []extractItem{}, Deliveries: []extractSent{}}
	for _, d := range x.Deliveries {
		f.Deliveries = append(f.Deliveries, extractSent{d.At, d.Recipient, period(v, d)})
	}
	for _, c := range x.Cases {
		f.Cases = append(f.Cases, itemOf(v, c))
	}
	return f
}

func itemOf(v *visit.Visit, c app.ExtractCase) extractItem {
	p, cb := v.Text, c.Book
	x := extractItem{ID: c.ID, Case: c.CaseCode, Client: c.ClientCode, Unit: c.UnitName, Standing: p.T("keeping.standing_" + string(c.Standing)),
		Created: c.Created, Codebook: c.Codebook, Answers: []extractAnswer{}, Changes: []extractChange{}, Notes: []extractRemark{}, Log: linesOf(v, c.Log), Surveys: askedIn(v, c)}
	for _, a := range c.Answers {
		one := extractAnswer{Field: a.Field, Name: form.NameOf(p, cb, a.Field), Value: a.Answer.Value, State: string(a.Answer.State), Text: form.SayValue(p, cb, a.Field, a.Answer), Comment: a.Answer.Comment}
		if variable := record.VariableOf(cb, a.Field); variable != nil {
			one.Question = variable.Question.In(p.Lang())
		}
		x.Answers = append(x.Answers, one)
	}
	for _, s := range c.Saves {
		whole := extractChange{At: s.At, Role: roleWord(v, s.Role), Act: actWord(v, string(s.Act))}
		if len(s.Changes) == 0 {
			x.Changes = append(x.Changes, whole)
		}
		for _, y := range s.Changes {
			one := whole
			one.Field, one.Name, one.Before, one.After = y.Field, form.NameOf(p, cb, y.Field), form.Say(p, cb, y.Field, y.Old), form.Say(p, cb, y.Field, y.New)
			x.Changes = append(x.Changes, one)
		}
	}
	for _, n := range c.Notes {
		x.Notes = append(x.Notes, extractRemark{n.At, roleWord(v, n.Role), p.T("keeping.verdict_" + n.Verdict), n.Note})
	}
	for _, d := range c.Figures {
		x.Notes = append(x.Notes, extractRemark{d.At, roleWord(v, d.Role), decisionWord(v, d), d.Note})
	}
	return x
}

func linesOf(v *visit.Visit, lines []app.LogLine) []extractLine {
	all := []extractLine{}
	for _, l := range lines {
		all = append(all, extractLine{l.At, roleWord(v, l.Role), actWord(v, string(l.Act))})
	}
	return all
}

// csv writes the extract as rows: one thing a row, its part of the extract in the second
// column. It begins with a mark of its encoding, which spreadsheets look for.
func (f extractFile) csv(v *visit.Visit) []byte {
	b := bytes.NewBufferString("\uFEFF")
	w := csv.NewWriter(b)
	w.Comma = ';'
	row := func(cells ...string) {
		for i, c := range cells {
			cells[i] = plainCell(c)
		}
		_ = w.Write(cells) // to memory
	}
	t := func(at time.Time) string { return v.Here(at).Format("2006-01-02 15:04:05") }
	row("arende", "del", "tid", "roll", "falt", "namn", "fore", "svar", "kommentar")
	for _, c := range f.Cases {
		row(c.Case, "arende", t(c.Created), "", "", c.Unit, "", c.Standing, c.ID)
		for _, a := range c.Answers {
			row(c.Case, "svar", "", "", a.Field, a.Name, "", a.Text, a.Comment)
		}
		for _, x := range c.Changes {
			row(c.Case, "andring", t(x.At), x.Role, x.Field, firstText(x.Name, x.Act), x.Before, x.After, "")
		}
		for _, l := range c.Log {
			row(c.Case, "logg", t(l.At), l.Role, "", l.Act, "", "", "")
		}
		for _, n := range c.Notes {
			row(c.Case, "anteckning", t(n.At), n.Role, "", n.Verdict, "", n.Note, "")
		}
		for _, x := range c.Surveys {
			row(c.Case, "enkat", t(x.At), x.Role, x.Field, x.What, "", x.Text, "")
		}
	}
	for _, d := range f.Deliveries {
		row("", "utlamnat", t(d.At), "", "", d.Recipient, "", d.Period, "")
	}
	w.Flush()
	return b.Bytes()
}

func firstText(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// plainCell keeps a spreadsheet from taking what somebody wrote for a formula.
func plainCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
