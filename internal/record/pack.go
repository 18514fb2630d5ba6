package record

import (
	"slices"

	"foljsam/internal/codebook"
)

// Pack adds a case to a batch, its support and risk rows folded into its bits. A case
// without a unit or an intake date cannot be counted: ok is false, and nothing is added.
// A code that the layout does not know is left out, and so is a closing before the intake.
func Pack(l *Layout, c *Case, b *Batch) (ok bool) {
	unit, ok := UnitNumber([]byte(c.Unit))
	intake, registered := c.Dates[roleNumber(l, codebook.Intake)]
	if !ok || !registered || intake == NoDay {
		return false
	}
	row := b.Append(unit, intake)
	for v, codes := range c.Codes {
		setCodes(l, row, v, codes...)
	}
	for _, s := range c.Supports {
		setCodes(l, row, roleNumber(l, codebook.Support), s.Codes...)
		setCodes(l, row, roleNumber(l, codebook.SupportBasis), s.Basis)
	}
	packNumbers(l, c, b, b.Len()-1)
	packRisks(l, c, row)
	return true
}

func roleNumber(l *Layout, r codebook.Role) int {
	if v := l.Book.Role(r); v != nil {
		return v.Number
	}
	return 0
}

func setCodes(l *Layout, row []uint64, v int, codes ...int) {
	for _, code := range codes {
		if bit := l.Bit(v, code); bit >= 0 {
			SetBit(row, bit)
		}
	}
}

func packNumbers(l *Layout, c *Case, b *Batch, i int) {
	if age, ok := c.Numbers[roleNumber(l, codebook.Age)]; ok && age >= 0 && age < int(NoAge) {
		b.Age[i] = uint8(age)
	}
	closing, ok := c.Dates[roleNumber(l, codebook.Closing)]
	if ok && closing != NoDay && closing >= b.Intake[i] {
		b.Days[i] = uint16(min(closing-b.Intake[i], Day(NoNumber)-1))
	}
}

// packRisks compares, instrument by instrument, the highest value of the first day with
// the highest of the last.
func packRisks(l *Layout, c *Case, row []uint64) {
	values := map[int]map[Day][]float64{} // by instrument
	for _, r := range c.Risks {
		SetBit(row, l.AssessedBit())
		setCodes(l, row, roleNumber(l, codebook.Risk), r.Instrument)
		if r.Value == nil || r.Date == NoDay || l.ChangeBit(r.Instrument, 0) < 0 {
			continue
		}
		if values[r.Instrument] == nil {
			values[r.Instrument] = map[Day][]float64{}
		}
		values[r.Instrument][r.Date] = append(values[r.Instrument][r.Date], *r.Value)
	}
	for instrument, byDay := range values {
		var days []Day
		for d := range byDay {
			days = append(days, d)
		}
		if len(days) > 1 {
			first, last := slices.Max(byDay[slices.Min(days)]), slices.Max(byDay[slices.Max(days)])
			SetBit(row, l.ChangeBit(instrument, change(first, last)))
		}
	}
}

// change is how the last value stands to the first: 0 lower, 1 the same, 2 higher.
func change(first, last float64) int {
	switch {
	case last < first:
		return 0
	case last > first:
		return 2
	}
	return 1
}
