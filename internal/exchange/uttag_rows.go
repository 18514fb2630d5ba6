package exchange

import (
	"sync"
	"sync/atomic"

	"foljsam/internal/exchange/csvscan"
	"foljsam/internal/record"
)

// supportPart is what a chunk of insatser.csv leaves besides the bits of its cases.
type supportPart struct {
	spans    []Span
	problems found
}

func (p *delivered) readSupport(t *table) error {
	return parts(p, t, func(c *csvscan.Chunk) supportPart { return p.parseSupport(t.plan, c) },
		func(part supportPart, before int) error {
			p.Spans = append(p.Spans, part.spans...)
			return p.takeProblems(part.problems, before)
		})
}

func (p *delivered) parseSupport(plan *plan, c *csvscan.Chunk) (part supportPart) {
	f := &finder{p: p}
	r := newRowReader(plan, f, 0, p.room())
	for more, usable := r.nextRow(c); more; more, usable = r.nextRow(c) {
		if !usable {
			continue
		}
		r.checkEnded()
		i := f.owner(r)
		if i < 0 {
			continue
		}
		p.setBits(i, r.bits)
		if p.opt.Spans && r.began != record.NoDay && plan.hasSupport(r.bits) {
			part.spans = append(part.spans, Span{i, r.began, r.ended})
		}
	}
	part.problems = r.problems
	return part
}

// checkEnded leaves out an end before the beginning.
func (r *rowReader) checkEnded() {
	if r.ended == record.NoDay || r.began == record.NoDay || r.ended >= r.began {
		return
	}
	r.sayOf(pickEnded, r.endedCell, "exchange.ended_before_began")
	r.ended = record.NoDay
}

// setBits adds a row's bits to its case. Chunks run beside each other and may meet in a
// case.
func (p *delivered) setBits(i int32, bits []uint64) {
	w := len(bits)
	row := p.Batch.Rows[int(i)*w : int(i)*w+w]
	for k, m := range bits {
		if m &^= atomic.LoadUint64(&row[k]); m != 0 {
			atomic.OrUint64(&row[k], m)
		}
	}
}

// hasSupport tells whether a support row says which support.
func (p *plan) hasSupport(bits []uint64) bool {
	for i := range p.cells {
		if x := &p.cells[i]; x.use == pickCodes {
			for _, b := range x.bits {
				if b >= 0 && record.HasBit(bits, int(b)) {
					return true
				}
			}
		}
	}
	return false
}

// riskPart is what a chunk of risk.csv leaves besides the bits of its cases.
type riskPart struct {
	values   []record.Assessment
	problems found
}

// riskParts and riskFolds are used again by the next chunk and the next package.
var (
	riskParts = sync.Pool{New: func() any { return &riskPart{} }}
	riskFolds = sync.Pool{New: func() any { return &record.RiskFold{} }}
)

func (p *delivered) readRisk(t *table) error {
	fold := riskFolds.Get().(*record.RiskFold)
	defer riskFolds.Put(fold)
	fold.Clear()
	err := parts(p, t, func(c *csvscan.Chunk) *riskPart { return p.parseRisk(t.plan, c) },
		func(part *riskPart, before int) error {
			defer riskParts.Put(part)
			fold.AddAll(part.values)
			return p.takeProblems(part.problems, before)
		})
	if err == nil {
		fold.Set(p.Batch)
	}
	return err
}

func (p *delivered) parseRisk(plan *plan, c *csvscan.Chunk) *riskPart {
	part := riskParts.Get().(*riskPart)
	part.values = part.values[:0]
	f := &finder{p: p}
	r := newRowReader(plan, f, 0, p.room())
	for more, usable := r.nextRow(c); more; more, usable = r.nextRow(c) {
		if !usable {
			continue
		}
		i := f.owner(r)
		if i < 0 {
			continue
		}
		record.SetBit(r.bits, plan.layout.AssessedBit())
		p.setBits(i, r.bits)
		if r.instrument != 0 && r.hasValue && r.day != record.NoDay {
			part.values = append(part.values, record.Assessment{Case: i, Day: r.day, Instrument: r.instrument, Value: r.value})
		}
	}
	part.problems = r.problems
	return part
}
