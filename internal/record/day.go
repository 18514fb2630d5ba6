package record

import (
	"encoding/binary"
	"time"
)

// The days on which the months of two centuries begin, and the month after them.
const firstYear, lastYear = 1900, 2099

var monthBegins = func() (t [(lastYear-firstYear+1)*12 + 1]Day) {
	for i := range t {
		t[i] = DayOf(time.Date(firstYear, time.Month(1+i), 1, 0, 0, 0, 0, time.UTC))
	}
	return t
}()

// ParseDay reads ÅÅÅÅ-MM-DD; ok is false for anything else, and for days that no
// calendar has. The first eight bytes are looked at together: taken from what "0000-00-"
// holds they are digits and nothing.
func ParseDay(b []byte) (d Day, ok bool) {
	if len(b) != 10 {
		return NoDay, false
	}
	w := binary.LittleEndian.Uint64(b) ^ 0x2d30302d30303030
	d1, d2 := b[8]-'0', b[9]-'0'
	if (w|(w+0x0006060006060606))&0xfff0f0fff0f0f0f0 != 0 || d1 > 9 || d2 > 9 {
		return NoDay, false
	}
	y := int(w&15)*1000 + int(w>>8&15)*100 + int(w>>16&15)*10 + int(w>>24&15)
	m, day := int(w>>40&15)*10+int(w>>48&15), int(d1)*10+int(d2)
	if y < firstYear || y > lastYear || m < 1 || m > 12 {
		return otherDay(y, m, day)
	}
	at := (y-firstYear)*12 + m - 1
	if d = monthBegins[at] + Day(day) - 1; day < 1 || d >= monthBegins[at+1] {
		return NoDay, false
	}
	return d, true
}

// otherDay counts the days of other centuries as in Hinnant, "chrono-compatible low-level
// date algorithms", days_from_civil.
func otherDay(y, m, day int) (d Day, ok bool) {
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
