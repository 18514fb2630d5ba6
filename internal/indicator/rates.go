package indicator

import "foljsam/internal/disclosure"

// Population is how many adults live in a unit at the end of a year.
type Population struct {
	Unit   string
	Year   int
	Adults int // 0: not known
}

// Status says what there is of a key figure.
type Status string

const (
	Published Status = "publicerad"
	Secret    Status = "sekretess"
	Missing   Status = "saknas"
)

// Rate is one key figure of one unit and year. Its rate may be shown to anyone.
type Rate struct {
	Unit   string
	Year   int
	Figure Figure
	Scope  Scope
	disclosure.Rate
}

// Status says what there is.
func (r Rate) Status() Status {
	switch r.State() {
	case disclosure.Number:
		return Published
	case disclosure.Masked:
		return Secret
	}
	return Missing
}
