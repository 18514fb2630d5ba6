package record

// RiskFold follows repeated assessments of the cases of one batch, instrument by
// instrument, until all rows are read, and then sets the bits of change. Of several
// values on one day the highest counts; a row without a day or a value does not.
type RiskFold struct {
	tracks map[riskKey]riskTrack
}

type riskKey struct {
	at         int32
	instrument int8
}

type riskTrack struct {
	first, last           Day
	firstValue, lastValue float64
}

// Add takes in one assessment of case i.
func (f *RiskFold) Add(i, instrument int, day Day, value float64) {
	if f.tracks == nil {
		f.tracks = map[riskKey]riskTrack{}
	}
	k := riskKey{int32(i), int8(instrument)}
	t, ok := f.tracks[k]
	switch {
	case !ok:
		t = riskTrack{day, day, value, value}
	default:
		t.take(day, value)
	}
	f.tracks[k] = t
}

func (t *riskTrack) take(day Day, value float64) {
	if day < t.first || day == t.first && value > t.firstValue {
		t.first, t.firstValue = day, value
	}
	if day > t.last || day == t.last && value > t.lastValue {
		t.last, t.lastValue = day, value
	}
}

// Set writes the bits of change into the batch.
func (f *RiskFold) Set(b *Batch) {
	for k, t := range f.tracks {
		if t.first == t.last {
			continue
		}
		change := 1
		if t.lastValue < t.firstValue {
			change = 0
		} else if t.lastValue > t.firstValue {
			change = 2
		}
		SetBit(b.Row(int(k.at)), b.Layout.ChangeBit(int(k.instrument), change))
	}
}
