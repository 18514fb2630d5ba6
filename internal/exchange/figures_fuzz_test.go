package exchange

import (
	"strings"
	"testing"

	"foljsam/internal/indicator"
)

// Whatever a file of reports holds, it is read to its end, no problem about a count shows 1-4,
// and what is used is what can be used.
func FuzzReports(f *testing.F) {
	f.Add("enhet,ar,nyckeltal,antal,sekretess,omfattning\n0114,2024,1,3,,3\n0114,2024,2,\"1,0\",1,\n018001,24,4,tre,x,9\n0114,2024\n")
	f.Add("\ufeffenhet;ar;nyckeltal;antal\r\n0114;2024;1;³\r\n\"\r\n")
	f.Add("enhet,ar,nyckeltal,antal\n0114,2024,1,-0\n0114,2024,1,0x3\n0114,2024,1,２\n")
	people := []indicator.Population{{Unit: "0114", Year: 2024, Adults: 38712}, {Unit: "018001", Year: 2024, Adults: 40000}}
	f.Fuzz(func(t *testing.T, text string) {
		reports, problems, err := ReadReports(strings.NewReader(text), "r.csv")
		if err != nil {
			return
		}
		for _, p := range problems {
			if digits := strings.Trim(p.Value, " 0"); p.Column == indicator.CountColumn && len(digits) == 1 && strings.Contains("1234", digits) {
				t.Errorf("%+v", p)
			}
		}
		usable, _ := indicator.Check(reports, people, "r.csv")
		for _, r := range usable {
			if r.Left || !r.Figure.Valid() || !r.Scope.Valid() || r.Year != 2024 {
				t.Errorf("%+v is used", r)
			}
		}
		for _, x := range indicator.Rates(usable, people) {
			if n, ok := x.Cases(); ok && n > 0 && n < 5 {
				t.Errorf("%+v", x)
			}
		}
	})
}
