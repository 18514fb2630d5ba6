package indicator

import (
	"io"
	"strconv"

	"foljsam/internal/disclosure"
	"foljsam/internal/place"
)

// WritePublished lists all that is published with rates and what hangs together in it, for
// whoever audits it. All rates that are published together must be given at once.
func WritePublished(w io.Writer, rates []Rate) error {
	return disclosure.WriteRates(w, declare(rates))
}

func declare(rates []Rate) []disclosure.Published {
	made := map[key][]string{} // by city: the districts that its mean is made of
	for _, r := range rates {
		if place.IsDistrict(r.Unit) && r.Status() == Published {
			city := key{at{place.MunicipalityOf(r.Unit), r.Year}, r.Figure}
			made[city] = append(made[city], r.id())
		}
	}
	all := make([]disclosure.Published, len(rates))
	for i, r := range rates {
		all[i] = disclosure.Published{ID: r.id(), Owner: r.Unit, Rate: r.Rate, Of: made[key{at{r.Unit, r.Year}, r.Figure}]}
	}
	return all
}

// id is the rate's definition.
func (r Rate) id() string {
	return "nyckeltal=" + strconv.Itoa(int(r.Figure)) + "|ar=" + Year(r.Year) + "|enhet=" + r.Unit
}
