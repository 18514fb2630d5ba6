package record

// ParseDay reads ÅÅÅÅ-MM-DD; ok is false for anything else, and for days that no
// calendar has. The days are counted as in Hinnant, "chrono-compatible low-level date
// algorithms", days_from_civil.
func ParseDay(b []byte) (d Day, ok bool) {
	if len(b) != 10 || b[4] != '-' || b[7] != '-' {
		return NoDay, false
	}
	for i, c := range b {
		if i != 4 && i != 7 && (c < '0' || c > '9') {
			return NoDay, false
		}
	}
	y := int(b[0]-'0')*1000 + int(b[1]-'0')*100 + int(b[2]-'0')*10 + int(b[3]-'0')
	m, day := int(b[5]-'0')*10+int(b[6]-'0'), int(b[8]-'0')*10+int(b[9]-'0')
	if m < 1 || m > 12 || day < 1 || day > daysIn(y, m) {
		return NoDay, false
	}
	return daysFromCivil(y, m, day), true
}

func daysIn(y, m int) int {
	if m == 2 && (y%4 == 0 && y%100 != 0 || y%400 == 0) {
		return 29
	}
	return [...]int{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[m]
}

func daysFromCivil(y, m, d int) Day {
	if m <= 2 {
		y, m = y-1, m+12
	}
	return Day(365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d - 719469)
}
