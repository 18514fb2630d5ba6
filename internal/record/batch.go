package record

import "slices"

// Batch is many cases of one package or register, packed. All slices have one element a
// case (Rows: Layout.Words elements a case). The order means nothing.
type Batch struct {
	Layout *Layout
	Rows   []uint64
	Unit   []uint32 // see UnitNumber
	Intake []Day
	Days   []uint16 // days from intake to closing; NoNumber while open
	Age    []uint8  // years; NoAge when not registered
	Local  []LocalColumn
}

// Values that mean "not registered".
const (
	NoNumber uint16 = 0xffff
	NoAge    uint8  = 0xff
)

// LocalColumn is a local variable's coded answers, one a case.
type LocalColumn struct {
	Name        string
	Description string   // the field's description in canonical form: two packages share a column when both are the same
	Codes       []string // the categories, in their order
	Labels      []string // beside Codes
	Values      []int16  // index into Codes; -1 not registered
}

// Len gives the number of cases.
func (b *Batch) Len() int { return len(b.Unit) }

// Row gives the bits of case i; writing to it changes the case.
func (b *Batch) Row(i int) []uint64 {
	w := b.Layout.Words
	return b.Rows[i*w : i*w+w : i*w+w]
}

// Append adds an empty case and gives its bits.
func (b *Batch) Append(unit uint32, intake Day) []uint64 {
	b.Add(make([]uint64, b.Layout.Words), unit, intake, NoNumber, NoAge)
	return b.Row(b.Len() - 1)
}

// Add adds a case with all its bits.
func (b *Batch) Add(row []uint64, unit uint32, intake Day, days uint16, age uint8) {
	b.Rows = append(b.Rows, row...)
	b.Unit = append(b.Unit, unit)
	b.Intake = append(b.Intake, intake)
	b.Days = append(b.Days, days)
	b.Age = append(b.Age, age)
}

// Clear takes out all cases and keeps the room that they had.
func (b *Batch) Clear() {
	b.Rows, b.Unit, b.Intake, b.Days, b.Age = b.Rows[:0], b.Unit[:0], b.Intake[:0], b.Days[:0], b.Age[:0]
}

// ByPlace gives the cases of a batch without local columns in the order of their
// municipalities. Cases that are read in the order of the whole country are put so while
// they are at hand: those of one place are then fetched together when columns are built.
func (b *Batch) ByPlace() *Batch {
	var from [places]int32
	for _, u := range b.Unit {
		from[MunicipalityOf(u)]++
	}
	next := int32(0)
	for p, n := range from {
		from[p], next = next, next+n
	}
	n, w := b.Len(), b.Layout.Words
	x := &Batch{Layout: b.Layout, Rows: make([]uint64, n*w), Unit: make([]uint32, n), Intake: make([]Day, n), Days: make([]uint16, n), Age: make([]uint8, n)}
	for i, u := range b.Unit {
		p := MunicipalityOf(u)
		at := int(from[p])
		from[p]++
		copy(x.Rows[at*w:at*w+w], b.Rows[i*w:i*w+w])
		x.Unit[at], x.Intake[at], x.Days[at], x.Age[at] = u, b.Intake[i], b.Days[i], b.Age[i]
	}
	return x
}

const places = 10000 // municipalities' codes have four digits

// Keep leaves only the cases for which keep answers true.
func (b *Batch) Keep(keep func(i int) bool) {
	n, w := 0, b.Layout.Words
	for i := range b.Unit {
		if !keep(i) {
			continue
		}
		copy(b.Rows[n*w:(n+1)*w], b.Rows[i*w:(i+1)*w])
		b.Unit[n], b.Intake[n], b.Days[n], b.Age[n] = b.Unit[i], b.Intake[i], b.Days[i], b.Age[i]
		for k := range b.Local {
			b.Local[k].Values[n] = b.Local[k].Values[i]
		}
		n++
	}
	b.Rows, b.Unit, b.Intake, b.Days, b.Age = b.Rows[:n*w], b.Unit[:n], b.Intake[:n], b.Days[:n], b.Age[:n]
	for k := range b.Local {
		b.Local[k].Values = b.Local[k].Values[:n]
	}
}

// UnitNumber packs a unit's code (4 or 6 digits) so that municipalities sort by code
// and MunicipalityOf needs no text. ok is false for any other form.
func UnitNumber(code []byte) (unit uint32, ok bool) {
	if len(code) != 4 && len(code) != 6 {
		return 0, false
	}
	for _, c := range code {
		if c < '0' || c > '9' {
			return 0, false
		}
		unit = unit*10 + uint32(c-'0')
	}
	if len(code) == 4 {
		return unit * 1000, true
	}
	return unit/100*1000 + unit%100 + 1, true
}

// MunicipalityOf gives the municipality's code as a number: 180 for 0180 and 018003.
func MunicipalityOf(unit uint32) int { return int(unit / 1000) }

// Grow makes room for n more cases.
func (b *Batch) Grow(n int) {
	b.Rows = slices.Grow(b.Rows, n*b.Layout.Words)
	b.Unit, b.Intake = slices.Grow(b.Unit, n), slices.Grow(b.Intake, n)
	b.Days, b.Age = slices.Grow(b.Days, n), slices.Grow(b.Age, n)
}

// Join adds the cases of another batch of the same layout and without local columns.
func (b *Batch) Join(x *Batch) {
	b.Rows = append(b.Rows, x.Rows...)
	b.Unit, b.Intake = append(b.Unit, x.Unit...), append(b.Intake, x.Intake...)
	b.Days, b.Age = append(b.Days, x.Days...), append(b.Age, x.Age...)
}
