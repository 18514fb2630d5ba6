package record

import (
	"strconv"
	"strings"
	"time"

	"foljsam/internal/codebook"
)

// Filed is a case as a register keeps it: its form, and what stands on the cover.
type Filed struct {
	ID       string // made by the register; the only name of the case in addresses and logs
	Unit     string // id of the unit that handles it
	Worker   string // id of the person who does
	Code     string // pseudonym of the local case code
	Client   string // pseudonym of the local client code
	Previous string // id of the client's earlier case that this one is linked to
	Codebook string // "su-kvinnofrid/2021"
	Created  time.Time
	Changed  time.Time
	By       string // id of who changed it last
	Last     string // the field that was changed last
	Form     *Form
}

// Standing is where a case is.
type Standing string

const (
	Open     Standing = "oppet"
	Shut     Standing = "avslutat"
	Excluded Standing = "uteslutet"
)

// Cover is what lists show of a case: no answers.
type Cover struct {
	ID, Unit, Worker, Code string
	Previous               string
	Standing               Standing
	Intake, Closed         Day
	Next                   Day // a new risk assessment is due
	Missing                int // fields that are due and lack an answer
	Discuss                bool
	Version                int
	Created, Changed       time.Time
	By, Last               string
	Progress               []PhaseCount
}

// PhaseCount is one phase's progress on a cover.
type PhaseCount struct {
	Done, Of int
	Missing  int // that are due
}

// Standing gives where the case is.
func (f *Form) Standing(cb *codebook.Codebook) Standing {
	switch {
	case f.Excluded():
		return Excluded
	case f.Closed(cb):
		return Shut
	}
	return Open
}

// CoverOf gives the cover of a filed case.
func CoverOf(cb *codebook.Codebook, c *Filed) Cover {
	x := Cover{
		ID: c.ID, Unit: c.Unit, Worker: c.Worker, Code: c.Code, Previous: c.Previous,
		Standing: c.Form.Standing(cb), Intake: c.Form.RoleDay(cb, codebook.Intake), Closed: c.Form.RoleDay(cb, codebook.Closing),
		Next: c.Form.NextAssessment(cb), Discuss: !c.Form.Get(codebook.Discuss).Empty(),
		Version: c.Form.Version, Created: c.Created, Changed: c.Changed, By: c.By, Last: c.Last,
	}
	for _, p := range c.Form.ProgressOf(cb) {
		n := PhaseCount{Done: p.Done, Of: p.Of}
		if p.Due {
			n.Missing = len(p.Missing)
		}
		x.Missing += n.Missing
		x.Progress = append(x.Progress, n)
	}
	if x.Standing != Open {
		x.Next = NoDay
	}
	if x.Standing == Excluded {
		x.Missing = 0
	}
	return x
}

// WriteProgress gives the phases' progress as text: "9/11/2 5/5/0".
func WriteProgress(all []PhaseCount) string {
	var b []byte
	for i, p := range all {
		if i > 0 {
			b = append(b, ' ')
		}
		b = strconv.AppendInt(b, int64(p.Done), 10)
		b = append(b, '/')
		b = strconv.AppendInt(b, int64(p.Of), 10)
		b = append(b, '/')
		b = strconv.AppendInt(b, int64(p.Missing), 10)
	}
	return string(b)
}

// ReadProgress reads what WriteProgress wrote.
func ReadProgress(text string) []PhaseCount {
	var all []PhaseCount
	for _, word := range strings.Fields(text) {
		parts := strings.SplitN(word+"//", "/", 4)
		var p PhaseCount
		p.Done, _ = strconv.Atoi(parts[0])
		p.Of, _ = strconv.Atoi(parts[1])
		p.Missing, _ = strconv.Atoi(parts[2])
		all = append(all, p)
	}
	return all
}

// CaseOf gives a filed case as it is counted and sent: its coded answers, under pseudonyms,
// in the municipality or district area. Not applicable and impossible to answer are not
// registered there.
func CaseOf(cb *codebook.Codebook, c *Filed, area string) *Case {
	x := &Case{ID: c.Code, Client: c.Client, Unit: area, Dates: map[int]Day{}, Numbers: map[int]int{}, Codes: map[int][]int{}}
	for _, v := range cb.Variables {
		if v.Level != codebook.OfCase || v.Kind == codebook.Free || v.Kind == codebook.Key || v.Kind == codebook.Place {
			continue
		}
		value := c.Form.value(v, v.Key())
		switch {
		case !value.Set:
		case v.Kind == codebook.Date:
			x.Dates[v.Number] = DayOf(value.Day)
		case v.Kind == codebook.Number:
			x.Numbers[v.Number] = int(value.Number)
		default:
			x.Codes[v.Number] = value.Codes
		}
	}
	for _, v := range cb.Local {
		c.Form.putLocal(x, v)
	}
	for _, v := range cb.Retired {
		c.Form.putLocal(x, v)
	}
	for _, row := range c.Form.Rows(codebook.OfSupport) {
		x.Supports = append(x.Supports, c.Form.support(cb, row))
	}
	for _, row := range c.Form.Rows(codebook.OfRisk) {
		x.Risks = append(x.Risks, c.Form.risk(cb, row))
	}
	return x
}

// putLocal gives a local variable's answer to a case as the cell of an extract. What somebody
// wrote is no coded answer.
func (f *Form) putLocal(x *Case, v *codebook.Variable) {
	value := f.value(v, v.Key())
	if !value.Set || v.Kind == codebook.Free {
		return
	}
	if x.Local == nil {
		x.Local = map[string]string{}
	}
	x.Local[v.Column] = cellOf(v, value)
}

func (f *Form) support(cb *codebook.Codebook, row string) Support {
	s := Support{Began: NoDay, Ended: NoDay}
	if v := cb.Role(codebook.SupportBegan); v != nil {
		s.Began = f.Day(v, Field(v.Level, row, v.Key()))
	}
	if v := cb.Field(codebook.OfSupport, codebook.SupportEnded); v != nil {
		s.Ended = f.Day(v, Field(v.Level, row, v.Key()))
	}
	if v := cb.Role(codebook.Support); v != nil {
		s.Codes = f.value(v, Field(v.Level, row, v.Key())).Codes
	}
	s.Basis = f.code(cb.Role(codebook.SupportBasis), row)
	s.Regi = f.code(cb.Field(codebook.OfSupport, codebook.SupportProvider), row)
	return s
}

func (f *Form) risk(cb *codebook.Codebook, row string) Risk {
	r := Risk{Date: NoDay}
	if v := cb.Field(codebook.OfRisk, codebook.AssessedOn); v != nil {
		r.Date = f.Day(v, Field(v.Level, row, v.Key()))
	}
	r.Instrument = f.code(cb.Role(codebook.Risk), row)
	if v := cb.Field(codebook.OfRisk, codebook.AssessedIn); v != nil {
		if c := v.Code(f.code(v, row)); c != nil {
			r.Phase = c.ID
		}
	}
	if v := cb.Field(codebook.OfRisk, codebook.Estimate); v != nil {
		if x := f.value(v, Field(v.Level, row, v.Key())); x.Set {
			r.Value = &x.Number
		}
	}
	return r
}

// code gives the single code of a row's field, 0 where there is none.
func (f *Form) code(v *codebook.Variable, row string) int {
	if v == nil {
		return 0
	}
	if x := f.value(v, Field(v.Level, row, v.Key())); len(x.Codes) > 0 {
		return x.Codes[0]
	}
	return 0
}
