package record

import "slices"

// RiskFold follows repeated assessments of the cases of one batch, instrument by
// instrument, until all rows are read, and then sets the bits of change. Of several
// values on one day the highest counts; a row without a day or a value does not. The
// order of the rows means nothing.
type RiskFold struct {
	values []Assessment
	mixed  bool // a case has come back after another
}

// Assessment is one value of one instrument on one day.
type Assessment struct {
	Case       int32
	Day        Day
	Instrument int
	Value      float64
}

// Add takes in one assessment of case i.
func (f *RiskFold) Add(i, instrument int, day Day, value float64) {
	f.AddAll([]Assessment{{int32(i), day, instrument, value}})
}

// AddAll takes in several assessments; it keeps nothing of the slice.
func (f *RiskFold) AddAll(values []Assessment) {
	from := max(len(f.values)-1, 0)
	f.values = append(f.values, values...)
	for i := from + 1; i < len(f.values); i++ {
		f.mixed = f.mixed || f.values[i-1].Case > f.values[i].Case
	}
}

// Clear forgets all, and keeps the room that it had.
func (f *RiskFold) Clear() { f.values, f.mixed = f.values[:0], false }

// Set writes the bits of change into the batch.
func (f *RiskFold) Set(b *Batch) {
	if f.mixed {
		f.sort(b.Len())
	}
	for rest := f.values; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].Case == rest[0].Case {
			n++
		}
		if n > 1 {
			setChanges(b, rest[:n])
		}
		rest = rest[n:]
	}
}

// sort puts the assessments of a case beside each other, by counting.
func (f *RiskFold) sort(cases int) {
	from := make([]int32, cases+1)
	for _, v := range f.values {
		from[v.Case+1]++
	}
	for i := 1; i < len(from); i++ {
		from[i] += from[i-1]
	}
	sorted := make([]Assessment, len(f.values))
	for _, v := range f.values {
		sorted[from[v.Case]] = v
		from[v.Case]++
	}
	f.values, f.mixed = sorted, false
}

// setChanges takes all assessments of one case.
func setChanges(b *Batch, values []Assessment) {
	slices.SortFunc(values, func(x, y Assessment) int { return x.Instrument - y.Instrument })
	for len(values) > 0 {
		n := 1
		for n < len(values) && values[n].Instrument == values[0].Instrument {
			n++
		}
		setChange(b, values[:n])
		values = values[n:]
	}
}

// setChange takes all assessments of one case with one instrument.
func setChange(b *Batch, values []Assessment) {
	first, last := values[0], values[0]
	for _, v := range values[1:] {
		if v.Day < first.Day || v.Day == first.Day && v.Value > first.Value {
			first = v
		}
		if v.Day > last.Day || v.Day == last.Day && v.Value > last.Value {
			last = v
		}
	}
	bit := b.Layout.ChangeBit(first.Instrument, change(first.Value, last.Value))
	if first.Day != last.Day && bit >= 0 {
		SetBit(b.Row(int(first.Case)), bit)
	}
}
