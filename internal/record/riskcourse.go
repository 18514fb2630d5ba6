package record

import "foljsam/internal/codebook"

// RiskCourse is what is followed of the risk in one case: every assessment, what the client says
// of the change, and when support began. It is for comparing values within one case.
type RiskCourse struct {
	Assessed []Assessed
	Given    []Supported
	Own      int // the client's own account of the change; 0: not registered
}

// Assessed is one assessment. Scale is the ends of a scale of one's own ("1–10"), empty where
// they are not stated.
type Assessed struct {
	Day        Day
	Phase      string
	Instrument int
	Scale      string
	Value      float64
	Valued     bool
}

// Supported is that one kind of support began; Began is NoDay where that is not said.
type Supported struct {
	Code  int
	Began Day
}

// RiskCourseOf follows a case; nil where no risk has been assessed. Where no instrument was used
// twice there is nothing to compare, and of the assessments only the instruments are kept.
func RiskCourseOf(cb *codebook.Codebook, f *Form, c *Case) *RiskCourse {
	if len(c.Risks) == 0 {
		return nil
	}
	x := &RiskCourse{Assessed: make([]Assessed, len(c.Risks))}
	for i, r := range c.Risks {
		x.Assessed[i] = Assessed{Instrument: r.Instrument, Day: NoDay}
	}
	if !x.repeats() {
		return x
	}
	for i, row := range f.Rows(codebook.OfRisk) { // in the order of the case's
		r := c.Risks[i]
		a := Assessed{Day: r.Date, Phase: r.Phase, Instrument: r.Instrument, Scale: f.scale(cb, row)}
		if r.Value != nil {
			a.Value, a.Valued = *r.Value, true
		}
		x.Assessed[i] = a
	}
	for _, s := range c.Supports {
		for _, code := range s.Codes {
			x.Given = append(x.Given, Supported{code, s.Began})
		}
	}
	if v := cb.Role(codebook.Change); v != nil && len(c.Codes[v.Number]) == 1 {
		x.Own = c.Codes[v.Number][0]
	}
	return x
}

// repeats tells whether an instrument was used more than once.
func (x *RiskCourse) repeats() bool {
	for i, a := range x.Assessed {
		for _, b := range x.Assessed[:i] {
			if a.Instrument == b.Instrument {
				return true
			}
		}
	}
	return false
}

// scale gives the ends of a scale of one's own, as they are written.
func (f *Form) scale(cb *codebook.Codebook, row string) string {
	end := func(column string) string {
		v := cb.Field(codebook.OfRisk, column)
		if v == nil {
			return ""
		}
		a := f.Answers[Field(v.Level, row, v.Key())]
		if a.State != Answered {
			return ""
		}
		return a.Value
	}
	if from, till := end(codebook.ScaleFrom), end(codebook.ScaleTill); from != "" && till != "" {
		return from + "–" + till
	}
	return ""
}

// Count gives how many assessments there are with an instrument.
func (x *RiskCourse) Count(instrument int) (n int) {
	for _, a := range x.Assessed {
		if a.Instrument == instrument {
			n++
		}
	}
	return n
}
