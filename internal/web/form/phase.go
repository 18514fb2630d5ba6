package form

import (
	"strconv"
	"strings"

	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/record"
)

// Phase is one part of a case in the line of parts: where one is, and how much is there.
type Phase struct {
	ID      codebook.Phase
	Nr      string // g and this digit lead there
	Label   string
	Address string
	Done    int
	Of      int
	Due     bool
	Current bool
}

// PhasesOf gives the parts of a case, each with the address that the caller has for it.
func PhasesOf(p *locale.Printer, cb *codebook.Codebook, f *record.Form, current codebook.Phase, address func(codebook.Phase) string) (all []Phase) {
	for i, x := range f.ProgressOf(cb) {
		all = append(all, Phase{
			ID: x.Phase, Nr: strconv.Itoa(i + 1), Label: cb.Phase(x.Phase).In(p.Lang()), Address: address(x.Phase),
			Done: x.Done, Of: x.Of, Due: x.Due, Current: x.Phase == current,
		})
	}
	return all
}

// AboutWhat gives the field that a check of the codebook is about, to show its warning
// there: what its rule says is not there, else what it names first. Where that is something
// of a row, the field is empty and the level says above which rows the warning stands.
func AboutWhat(cb *codebook.Codebook, c codebook.Check) (field string, level codebook.Level) {
	var about *codebook.Variable
	for clause := range strings.SplitSeq(c.Rule, " and ") {
		words := strings.Fields(clause)
		v := cb.Role(codebook.Role(words[0]))
		lacks := len(words) == 2 && (words[1] == "none" || words[1] == "unset")
		if about == nil || lacks {
			about = v
		}
		if lacks {
			break
		}
	}
	switch {
	case about == nil:
		return "", codebook.OfCase
	case about.Level != codebook.OfCase:
		return "", about.Level
	}
	return about.Key(), codebook.OfCase
}
