package compile

import (
	"strconv"

	"foljsam/internal/codebook"
	"foljsam/internal/query"
)

// The tables of one instrument; its code follows.
const (
	levelsTable  = "risk_niva_"
	accountTable = "risk_klient_"
	supportTable = "risk_stod_"
)

// riskCounts counts cases by the names of sets: what is compared is worked out case by case.
type riskCounts struct {
	tallied
	book *codebook.Codebook
	seen map[int]bool // instruments with cases to compare
	keys map[riskKey]int64
	when map[int]supportTimes // by instrument
	kind map[int]int          // of support, by its code: its place in the codebook
}

// riskKey is a set of an instrument, or where there is an and, the cases of both: to name a set
// takes longer than to count a case in it.
type riskKey struct {
	instrument int
	what       string
	code       int
	and        string
	andCode    int
}

// supportTimes is, by kind of support as the codebook has them, how many began when.
type supportTimes [][times]int64

// name puts what has been counted under the sets' names.
func (n riskCounts) name() {
	for k, cases := range n.keys {
		s := riskSet(k.instrument, k.what, k.code)
		if k.and != "" {
			s = query.And(s, riskSet(k.instrument, k.and, k.andCode))
		}
		n.tallied[s.String()] += cases
	}
	for instrument, all := range n.when {
		for i, c := range n.book.Role(codebook.Support).Codes {
			for at, cases := range all[i] {
				n.tallied[riskSet(instrument, supportSet+strconv.Itoa(c.Code), at).String()] += cases
			}
		}
	}
}

// The sets of an instrument. Each is a column of the program's own, so that equal definitions
// have equal names.
func riskSet(instrument int, what string, code int) query.Set {
	return query.Local("risk."+strconv.Itoa(instrument)+"."+what, code)
}

const (
	assessedSet = "bedomda" // with the instrument at all
	movedSet    = "jamfort"
	phaseSet    = "foreefter"
	firstSet    = "forst"
	lastSet     = "sist"
	ownSet      = "klient"
	supportSet  = "insats."
	answerNone  = 0
)

func (n riskCounts) tables(v *codebook.Variable) (all []*query.Table, each []RiskInstrument) {
	all = []*query.Table{
		byInstrument(movedTable, v, movedSet, changeDim()),
		byInstrument(phasesTable, v, phaseSet, changeDim()),
		byInstrument(leftOutTable, v, assessedSet, whyDim()),
	}
	for i, c := range v.Codes {
		if !n.seen[c.Code] {
			continue
		}
		each = append(each, RiskInstrument{At: i, Code: c})
		if s := n.book.Scale(c.Scale); s != nil && len(s.Levels) > 0 {
			all = append(all, levels(c, s))
		}
		all = append(all, n.accounts(c))
		if t := n.supports(c); len(t.Cells) > 0 {
			all = append(all, t)
		}
	}
	return all, each
}

func changeDim() query.Dim {
	d := query.Dim{ID: "forandring", Label: codebook.Label{Key: "dim.forandring"}, Parts: true}
	for _, c := range query.Changes {
		d.Cats = append(d.Cats, query.Cat{ID: string(c), Label: codebook.Label{Key: "cat." + string(c)}})
	}
	return d
}

func whyDim() query.Dim {
	d := query.Dim{ID: "jamforbar", Label: codebook.Label{Key: "dim.jamforbar"}, Parts: true}
	for _, id := range []string{"en", "utan_varde", "annan_skala", "jamfors"} {
		d.Cats = append(d.Cats, query.Cat{ID: id, Label: codebook.Label{Key: "cat.risk_" + id}})
	}
	return d
}

// byInstrument is a table of a dimension whose categories are the codes of a column, for each
// instrument.
func byInstrument(id string, v *codebook.Variable, what string, d query.Dim) *query.Table {
	inst := query.Dim{ID: "instrument", Label: codebook.Label{Text: v.Label}}
	t := &query.Table{ID: id, Title: codebook.Label{Key: "table." + id}, BaseDims: 1}
	for _, c := range v.Codes {
		inst.Cats = append(inst.Cats, query.Cat{ID: strconv.Itoa(c.Code), Label: codebook.Label{Text: c.Brief()}, Set: riskSet(c.Code, what, -1)})
		for k := range d.Cats {
			t.Cells = append(t.Cells, query.Cell{Set: riskSet(c.Code, what, k), Base: riskSet(c.Code, what, -1)})
		}
	}
	t.Dims = []query.Dim{inst, d}
	return t
}

// levels is from which step of an ordinal scale to which.
func levels(c codebook.Code, s *codebook.Scale) *query.Table {
	first := query.Dim{ID: "forst", Label: codebook.Label{Key: "dim.risk_forst"}, Parts: true}
	last := query.Dim{ID: "sist", Label: codebook.Label{Key: "dim.risk_sist"}, Parts: true}
	t := &query.Table{ID: levelsTable + strconv.Itoa(c.Code), Title: codebook.Label{Key: "table.risk_niva"}, BaseDims: 1}
	for _, l := range s.Levels {
		from := riskSet(c.Code, firstSet, l.Value)
		first.Cats = append(first.Cats, query.Cat{ID: strconv.Itoa(l.Value), Label: codebook.Label{Text: l.Label}, Set: from})
		last.Cats = append(last.Cats, query.Cat{ID: strconv.Itoa(l.Value), Label: codebook.Label{Text: l.Label}, Set: riskSet(c.Code, lastSet, l.Value)})
		for _, m := range s.Levels {
			t.Cells = append(t.Cells, query.Cell{Set: query.And(from, riskSet(c.Code, lastSet, m.Value)), Base: from})
		}
	}
	t.Dims = []query.Dim{first, last}
	return t
}

// accounts is what the client says of the change, beside how the assessments moved.
func (n riskCounts) accounts(c codebook.Code) *query.Table {
	own := n.book.Role(codebook.Change)
	d := query.Dim{ID: "klient", Label: codebook.Label{Text: own.Label}, Parts: true}
	for _, x := range own.Codes {
		d.Cats = append(d.Cats, query.Cat{ID: strconv.Itoa(x.Code), Label: codebook.Label{Text: x.Label}, Set: riskSet(c.Code, ownSet, x.Code)})
	}
	d.Cats = append(d.Cats, query.Cat{ID: "ej", Label: codebook.Label{Key: "cat.risk_ej_svar"}, Set: riskSet(c.Code, ownSet, answerNone)})
	move := changeDim()
	t := &query.Table{ID: accountTable + strconv.Itoa(c.Code), Title: codebook.Label{Key: "table.risk_klient"}, BaseDims: 1}
	for k := range move.Cats {
		move.Cats[k].Set = riskSet(c.Code, movedSet, k)
		for _, x := range d.Cats {
			t.Cells = append(t.Cells, query.Cell{Set: query.And(move.Cats[k].Set, x.Set), Base: move.Cats[k].Set})
		}
	}
	t.Dims = []query.Dim{move, d}
	return t
}

// supports is when each kind of support first began: what has to do with housing first.
func (n riskCounts) supports(c codebook.Code) *query.Table {
	d := query.Dim{ID: "insats", Label: codebook.Label{Text: n.book.Role(codebook.Support).Label}}
	when := query.Dim{ID: "nar", Label: codebook.Label{Key: "dim.risk_nar"}, Parts: true}
	for _, id := range []string{"fore", "mellan", "efter", "okant", "aldrig"} {
		when.Cats = append(when.Cats, query.Cat{ID: id, Label: codebook.Label{Key: "cat.risk_nar_" + id}})
	}
	t := &query.Table{ID: supportTable + strconv.Itoa(c.Code), Title: codebook.Label{Key: "table.risk_stod"}, BaseDims: 1}
	base := riskSet(c.Code, movedSet, -1)
	for _, s := range protectionFirst(n.book) {
		column := supportSet + strconv.Itoa(s.Code)
		if n.tallied[riskSet(c.Code, column, never).String()] == n.tallied[base.String()] {
			continue // given in no case
		}
		d.Cats = append(d.Cats, query.Cat{ID: strconv.Itoa(s.Code), Label: codebook.Label{Text: s.Brief()}})
		for k := range times {
			t.Cells = append(t.Cells, query.Cell{Set: riskSet(c.Code, column, k), Base: base})
		}
	}
	t.Dims = []query.Dim{d, when}
	return t
}

// protectionFirst gives every kind of support, what has to do with housing first.
func protectionFirst(cb *codebook.Codebook) (all []codebook.Code) {
	v := cb.Role(codebook.Support)
	housing := map[int]bool{}
	if g := cb.Grouping("boende"); g != nil {
		for _, code := range g.Groups[0].Codes {
			housing[code] = true
		}
	}
	for _, first := range []bool{true, false} {
		for _, c := range v.Codes {
			if housing[c.Code] == first {
				all = append(all, c)
			}
		}
	}
	return all
}
