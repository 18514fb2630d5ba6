package indicator

// Report is one row of what was reported: one key figure of one unit and year.
type Report struct {
	Row    int // where it stood, for whoever names what is wrong; 0 where it stood nowhere
	Unit   string
	Year   int
	Figure Figure
	Count  Count
	Scope  Scope
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
