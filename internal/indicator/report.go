package indicator

import "fmt"

// Report is one row of what was reported: one key figure of one unit and year.
type Report struct {
	Row    int    // where it stood, for whoever names what is wrong; 0 where it stood nowhere
	Unit   string // empty where it could not be read
	Year   int    // 0 where it could not be read
	Figure Figure // 0 where it could not be read
	Count  Count
	Scope  Scope
	Left   bool // something in it was named that makes it useless
}

// Reports gives the rows of returns, in their order.
func Reports(returns []Return) []Report {
	var all []Report
	for _, r := range returns {
		for _, f := range Figures {
			all = append(all, Report{Unit: r.Unit, Year: r.Year, Figure: f, Count: r.Count(f), Scope: r.Scope})
		}
	}
	return all
}

// Year writes a year as files have it: four digits.
func Year(y int) string { return fmt.Sprintf("%04d", y) }
