package exchange

import (
	"foljsam/internal/exchange/csvscan"
	"foljsam/internal/fault"
	"foljsam/internal/record"
)

// casePart is the cases of one chunk of arenden.csv.
type casePart struct {
	record.Batch
	ids      idList
	rows     []int32 // the row of each case, from the chunk's first
	out      idList  // cases that were left out
	problems []fault.Problem
}

func (p *delivered) readCases(t *table) error {
	err := parts(p, t, func(c *csvscan.Chunk) *casePart { return p.parseCases(t.plan, c) }, p.takeCases)
	if err == nil && len(p.Batch.Unit) == 0 && p.rowsSeen == 0 {
		p.problems.warn(casesFile, "exchange.cases_header_only")
	}
	return err
}

func (p *delivered) parseCases(plan *plan, c *csvscan.Chunk) *casePart {
	part := &casePart{Batch: record.Batch{Layout: p.opt.Layout}}
	r := newRowReader(plan, 0)
	for c.Next() {
		if r.next(c) {
			r.checkClosing()
		}
		switch {
		case !r.left:
			part.add(r)
		case len(r.id) > 0:
			part.out.add(r.id)
		}
	}
	part.problems = r.problems
	return part
}

// checkClosing leaves out a closing date before the intake.
func (r *rowReader) checkClosing() {
	if r.closing == record.NoDay || r.intake == record.NoDay || r.closing >= r.intake {
		return
	}
	for i := range r.plan.cells {
		if x := &r.plan.cells[i]; x.use == pickClosing {
			r.say(x.name, string(r.closingCell), "exchange.closing_before_intake")
		}
	}
	r.closing = record.NoDay
}

func (part *casePart) add(r *rowReader) {
	copy(part.Append(r.unit, r.intake), r.bits)
	n := part.Len() - 1
	part.Age[n] = r.age
	if r.closing != record.NoDay {
		part.Days[n] = uint16(min(r.closing-r.intake, record.Day(record.NoNumber)-1))
	}
	part.ids.add(r.id)
	part.rows = append(part.rows, int32(r.at))
}

// takeCases adds a chunk's cases. Of two rows with one case the first stays.
func (p *delivered) takeCases(part *casePart, before int) error {
	p.rowsSeen += part.Len() + len(part.problems)
	p.problems.addRows(part.problems, before)
	if err := part.out.addTo(p.out); err != nil {
		return err
	}
	if p.ids.full(len(part.ids.text)) {
		return errTooLarge
	}
	twice := false
	keep := make([]bool, part.Len())
	for i := range keep {
		id := part.ids.at(i)
		if _, keep[i] = p.ids.add(part.ids.hashes[i], id); keep[i] {
			continue
		}
		twice = true
		p.problems.add(fault.Problem{File: casesFile, Row: before + int(part.rows[i]), Column: caseColumn, Value: clip(string(id)), Key: "exchange.case_twice"})
	}
	if twice {
		part.Keep(func(i int) bool { return keep[i] })
	}
	p.Batch.Join(&part.Batch)
	return nil
}
