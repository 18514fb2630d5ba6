package compile

import (
	"encoding/binary"

	"foljsam/internal/codebook"
	"foljsam/internal/record"
)

// RiskFacts is all that the tables of risk count of a case, in few bytes: what its assessments with
// each instrument come to, compared once. Many cases have the same. Empty: nothing is counted.
func RiskFacts(x *record.RiskCourse, cb *codebook.Codebook) string {
	if x == nil {
		return ""
	}
	var b []byte
	for _, code := range cb.Role(codebook.Risk).Codes {
		if x.Count(code.Code) > 0 {
			b = appendFacts(b, x, code, cb)
		}
	}
	return string(b)
}

// appendFacts writes, of an instrument: its code, why its assessments are not compared or whys,
// and then where they are: the change, the client's own account, 1 + the change from before support
// to after it or 0, the first and the last level with a 1 before them or 0, and how many kinds of
// support there are, each with when it began.
func appendFacts(b []byte, x *record.RiskCourse, c codebook.Code, cb *codebook.Codebook) []byte {
	b = binary.AppendVarint(b, int64(c.Code))
	p, why, ok := compared(x, c, anyOf, anyOf)
	if !ok {
		return append(b, byte(why))
	}
	b = append(b, whys, byte(p.change()))
	b = binary.AppendVarint(b, int64(x.Own))
	if phases, _, ok := compared(x, c, inPhase(before), inPhase(after)); ok {
		b = append(b, byte(1+phases.change()))
	} else {
		b = append(b, 0)
	}
	if first, last := int64(p.first.Value), int64(p.last.Value); float64(first) == p.first.Value && float64(last) == p.last.Value {
		b = binary.AppendVarint(binary.AppendVarint(append(b, 1), first), last)
	} else {
		b = append(b, 0)
	}
	at, kinds := len(b), 0
	b = append(b, 0)
	for _, s := range cb.Role(codebook.Support).Codes {
		if began := when(x, s.Code, p); began != never {
			b = append(binary.AppendVarint(b, int64(s.Code)), byte(began))
			kinds++
		}
	}
	b[at] = byte(kinds)
	return b
}

// The phases of assessments that are compared, as a case has them.
const before, after = "fore", "efter"

func newRiskCounts(cb *codebook.Codebook) riskCounts {
	n := riskCounts{tallied{}, cb, map[int]bool{}, map[riskKey]int64{}, map[int]supportTimes{}, map[int]int{}}
	for i, s := range cb.Role(codebook.Support).Codes {
		n.kind[s.Code] = i
	}
	return n
}

// factReader reads what appendFacts wrote.
type factReader struct{ rest string }

func (r *factReader) byte() int {
	b := r.rest[0]
	r.rest = r.rest[1:]
	return int(b)
}

func (r *factReader) number() int {
	n, size := binary.Varint([]byte(r.rest[:min(len(r.rest), binary.MaxVarintLen64)]))
	r.rest = r.rest[size:]
	return int(n)
}

func (n riskCounts) count(instrument int, what string, code int, cases int64) {
	n.keys[riskKey{instrument: instrument, what: what, code: code}] += cases
}

// add counts cases that have the same facts.
func (n riskCounts) add(facts string, cases int64) {
	for r := (factReader{facts}); r.rest != ""; {
		k, why := r.number(), r.byte()
		n.count(k, assessedSet, -1, cases)
		n.count(k, assessedSet, why, cases)
		if why == whys {
			n.addCompared(k, &r, cases)
		}
	}
}

func (n riskCounts) addCompared(k int, r *factReader, cases int64) {
	change, own := r.byte(), r.number()
	n.seen[k] = true
	n.count(k, movedSet, -1, cases)
	n.count(k, movedSet, change, cases)
	n.keys[riskKey{k, movedSet, change, ownSet, own}] += cases
	if phases := r.byte(); phases > 0 {
		n.count(k, phaseSet, -1, cases)
		n.count(k, phaseSet, phases-1, cases)
	}
	if r.byte() == 1 { // on steps of an ordinal scale; other values are on none
		first, last := r.number(), r.number()
		n.count(k, firstSet, first, cases)
		n.keys[riskKey{k, firstSet, first, lastSet, last}] += cases
	}
	n.addSupport(k, r, cases)
}

func (n riskCounts) addSupport(instrument int, r *factReader, cases int64) {
	if n.when[instrument] == nil {
		n.when[instrument] = make(supportTimes, len(n.kind))
	}
	all := n.when[instrument]
	for i := range all {
		all[i][never] += cases
	}
	for range r.byte() {
		code, began := r.number(), r.byte()
		if i, known := n.kind[code]; known {
			all[i][never] -= cases
			all[i][began] += cases
		}
	}
}
