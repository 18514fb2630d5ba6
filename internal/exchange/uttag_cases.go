package exchange

import (
	"sync"

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
	keep     []bool
	bytes    int // of the chunk
	problems found
}

var caseParts = sync.Pool{New: func() any { return &casePart{} }}

func (part *casePart) reset(l *record.Layout, bytes int) {
	b := &part.Batch
	*b = record.Batch{Layout: l, Rows: b.Rows[:0], Unit: b.Unit[:0], Intake: b.Intake[:0], Days: b.Days[:0], Age: b.Age[:0]}
	part.ids.reset()
	part.out.reset()
	part.rows, part.keep, part.bytes, part.problems = part.rows[:0], part.keep[:0], bytes, found{}
}

func (p *delivered) readCases(t *table) error {
	err := parts(p, t, func(c *csvscan.Chunk) *casePart { return p.parseCases(t.plan, c) },
		func(part *casePart, before int) error {
			defer caseParts.Put(part)
			if p.rowsSeen == 0 {
				p.expect(t.rows(part.Len(), part.bytes), part)
			}
			return p.takeCases(part, before)
		})
	if err == nil && p.rowsSeen == 0 {
		p.problems.warn(casesFile, "exchange.cases_header_only")
	}
	return err
}

// rows reckons how many rows the file has when so many stand in so many bytes.
func (t *table) rows(n, bytes int) int {
	const most = 4 << 20 // a zip can say that it is larger than it is
	if bytes == 0 {
		return 0
	}
	return min(int(t.size*int64(n)/int64(bytes))+n/32+1, most)
}

// expect makes room for n cases like those of a part.
func (p *delivered) expect(n int, part *casePart) {
	if n == 0 || part.Len() == 0 {
		return
	}
	p.Batch.Grow(n)
	p.ids.reserve(n, n*(len(part.ids.text)/part.Len()+1))
}

func (p *delivered) parseCases(plan *plan, c *csvscan.Chunk) *casePart {
	part := caseParts.Get().(*casePart)
	part.reset(p.opt.Layout, len(c.Rest()))
	r := newRowReader(plan, nil, 0, p.room())
	for more, usable := r.nextRow(c); more; more, usable = r.nextRow(c) {
		if usable {
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
	r.sayOf(pickClosing, r.closingCell, "exchange.closing_before_intake")
	r.closing = record.NoDay
}

func (part *casePart) add(r *rowReader) {
	days := record.NoNumber
	if r.closing != record.NoDay {
		days = uint16(min(r.closing-r.intake, record.Day(record.NoNumber)-1))
	}
	part.Add(r.bits, r.unit, r.intake, days, r.age)
	part.ids.add(r.id)
	part.rows = append(part.rows, int32(r.at))
}

// takeCases adds a chunk's cases. Of two rows with one case the first stays.
func (p *delivered) takeCases(part *casePart, before int) error {
	p.rowsSeen += part.Len() + len(part.problems.list) + part.problems.more
	p.problems.addRows(part.problems, before)
	if err := part.out.addTo(p.out); err != nil {
		return err
	}
	if p.ids.full(len(part.ids.text)) {
		return errTooLarge
	}
	if twice := p.takeIDs(part, before); twice {
		part.Keep(func(i int) bool { return part.keep[i] })
	}
	p.Batch.Join(&part.Batch)
	return nil
}

// takeIDs adds a chunk's pseudonyms, and names those that are there already.
func (p *delivered) takeIDs(part *casePart, before int) (twice bool) {
	p.ids.reserve(part.Len(), len(part.ids.text))
	for i, hash := range part.ids.hashes {
		if i%warmSteps == 0 {
			p.ids.warm(part.ids.hashes[i:min(i+warmSteps, part.Len())])
		}
		id := part.ids.at(i)
		_, added := p.ids.add(hash, id)
		if part.keep = append(part.keep, added); added {
			continue
		}
		twice = true
		p.twice(casesFile, before+int(part.rows[i]), id)
	}
	return twice
}

// twice names a row whose case has been there.
func (p *delivered) twice(file string, row int, id []byte) {
	if p.problems.room() == 0 {
		p.problems.more++
		return
	}
	p.problems.add(fault.Problem{File: file, Row: row, Column: caseColumn, Value: clipBytes(id), Key: "exchange.case_twice"})
}

// warmSteps is how many pseudonyms are looked ahead.
const warmSteps = 32
