package place

import "strings"

// A unit that answers for cases is a municipality (4 digits) or a district in one (6
// digits, the first 4 the municipality's).

// IsUnit tells whether a code has the form of a unit's code. It need not be one that we know.
func IsUnit(code string) bool {
	return (len(code) == 4 || len(code) == 6) && digits(code)
}

// IsDistrict tells whether a code has the form of a district's code.
func IsDistrict(code string) bool { return len(code) == 6 && digits(code) }

// MunicipalityOf gives the code of the municipality that a unit is or lies in; empty where
// the unit's code has not the right form.
func MunicipalityOf(unit string) string {
	if !IsUnit(unit) {
		return ""
	}
	return unit[:4]
}

// CountyOf gives the code of the county that a unit lies in; empty where the unit's code
// has not the right form.
func CountyOf(unit string) string {
	if !IsUnit(unit) {
		return ""
	}
	return unit[:2]
}

// NameOf gives the short name of a county or a municipality, a district's code with its
// municipality's name, and the code itself where we know no name.
func NameOf(code string) string {
	if a, ok := County(code); ok {
		return a.Short
	}
	if a, ok := Municipality(MunicipalityOf(code)); ok {
		if IsDistrict(code) {
			return a.Short + " " + code
		}
		return a.Short
	}
	return code
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }
