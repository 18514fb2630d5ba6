package place

import (
	"slices"
	"time"

	"foljsam/internal/fault"
)

// Register is one controller's cases: those of a nämnd, a district or an association.
// Several may be in one municipality and in one installation; they share nothing.
type Register struct {
	ID         string
	Name       string // "Socialnämnden i Nora"
	Controller string // who is responsible for the personal data
	Unit       string // the municipality's code (4 digits), or a district's (6); the nation's
	Synthetic  bool   // nothing in it is about anyone
	Created    time.Time
}

// Unit is a part of a controller's organisation where cases are handled. It holds from a
// day and perhaps till one: cases keep the unit that they were handled in.
type Unit struct {
	ID   string
	Name string // "Enhet Vuxen"
	Area string // the municipality's or district's code (v2 of its cases)
	Was  []Was  // where it was before, the first one first
	From time.Time
	Till time.Time // first day that it no longer holds; zero: it still does
}

// HoldsOn tells whether there was such a unit on a day.
func (u Unit) HoldsOn(day time.Time) bool {
	return !day.Before(u.From) && (u.Till.IsZero() || day.Before(u.Till))
}

// Was is an area that a unit was in.
type Was struct {
	Area string    `json:"omrade"`
	Till time.Time `json:"till"` // first day that it was there no longer
}

// AreaOn gives the area that the unit was in on a day. Before it began it was where it began.
func (u Unit) AreaOn(day time.Time) string {
	for _, w := range u.Was {
		if day.Before(w.Till) {
			return w.Area
		}
	}
	return u.Area
}

// MovedTo gives the unit in an area from a day on. What is said of that day and later days no longer
// holds; a move that is taken back leaves nothing behind.
func (u Unit) MovedTo(area string, from time.Time) Unit {
	before := slices.Clone(u.Was)
	if len(before) == 0 || before[len(before)-1].Till.Before(from) {
		before = append(before, Was{u.Area, from})
	}
	i := slices.IndexFunc(before, func(w Was) bool { return !w.Till.Before(from) })
	before = append(before[:i], Was{before[i].Area, from})
	for len(before) > 0 && before[len(before)-1].Area == area {
		before = before[:len(before)-1]
	}
	u.Area, u.Was = area, before
	return u
}

// Nation is SCB's code of the whole country.
const Nation = "00"

// IsNation tells whether the register is the nation's: it has no cases, and its units are the
// municipalities and districts that report to it.
func (r Register) IsNation() bool { return r.Unit == Nation }

// CheckRegister says what is wrong with a register that somebody wants to make.
func CheckRegister(r Register) error {
	_, known := Municipality(MunicipalityOf(r.Unit))
	switch {
	case r.Name == "":
		return fault.New(fault.Invalid, "place.register_name")
	case r.IsNation():
		return nil
	case !IsUnit(r.Unit) || !known:
		return fault.New(fault.Invalid, "place.register_area")
	}
	return nil
}

// UnitsOn gives the units that hold on a day.
func UnitsOn(all []Unit, day time.Time) []Unit {
	return slices.DeleteFunc(slices.Clone(all), func(u Unit) bool { return !u.HoldsOn(day) })
}
