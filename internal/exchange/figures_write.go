package exchange

import (
	"io"
	"strconv"

	"foljsam/internal/indicator"
)

// WriteRates writes nyckeltal.csv: enhet,ar,nyckeltal,varde,status,omfattning, in the order
// given.
func WriteRates(w io.Writer, rates []indicator.Rate) error {
	b := appendRow(nil, indicator.UnitColumn, indicator.YearColumn, indicator.FigureColumn, "varde", "status", indicator.ScopeColumn)
	for _, r := range rates {
		b = appendRow(b, r.Unit, indicator.Year(r.Year), strconv.Itoa(int(r.Figure)), r.Rate.String(), string(r.Status()), scopeCell(r.Scope))
	}
	_, err := w.Write(b)
	return err
}

// WriteReturns writes rapporter.csv: enhet,ar,nyckeltal,antal,sekretess,omfattning, three rows
// a return. No count in it is 1-4, as none can be in a return.
func WriteReturns(w io.Writer, returns []indicator.Return) error {
	b := appendRow(nil, indicator.UnitColumn, indicator.YearColumn, indicator.FigureColumn,
		indicator.CountColumn, indicator.SecretColumn, indicator.ScopeColumn)
	for _, r := range indicator.Reports(returns) {
		count, mark := "", ""
		if n, ok := r.Count.Number(); ok {
			count = strconv.Itoa(n)
		}
		if r.Count.IsSecret() {
			mark = "1"
		}
		b = appendRow(b, r.Unit, indicator.Year(r.Year), strconv.Itoa(int(r.Figure)), count, mark, scopeCell(r.Scope))
	}
	_, err := w.Write(b)
	return err
}

func scopeCell(s indicator.Scope) string {
	if s == indicator.NotStated {
		return ""
	}
	return strconv.Itoa(int(s))
}
