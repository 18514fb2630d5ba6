package disclosure

import (
	"encoding/json"
	"io"
)

// Published is a key figure as it is declared to whoever audits what is published.
type Published struct {
	ID    string   // made of the definition: figure, year, unit
	Owner string   // the unit that reported it
	Rate  Rate     // may be a city's mean
	Of    []string // the IDs of the districts that a city's mean is made of
}

type publishedRate struct {
	Cells      []string    `json:"cells"`
	Population int         `json:"population"`
	Per        int         `json:"per"`
	Value      json.Number `json:"value"`
	Decimals   int         `json:"decimals"`
}

// WriteRates lists all key figures that are published and what hangs together in them, as
// [Release.WritePublished] does for tables. A cell is what one unit reported. A count of 1-4
// is in no rate, so nothing that is published bounds it further than its mark does.
func WriteRates(w io.Writer, all []Published) error {
	doc := struct {
		Options   map[string]any  `json:"options"`
		Cells     []publishedCell `json:"cells"`
		Relations []any           `json:"relations"`
		Percents  []any           `json:"percents"`
		Rates     []publishedRate `json:"rates"`
		Linear    []any           `json:"linear"`
	}{
		Options: map[string]any{"masked_min": smallFrom, "small": []int{smallFrom, smallTill}, "integer": true},
		Cells:   []publishedCell{}, Relations: []any{}, Percents: []any{}, Rates: []publishedRate{}, Linear: []any{},
	}
	for _, p := range all {
		cells := []string{p.ID}
		if _, mean := p.Rate.Parts(); mean {
			cells = p.Of
		} else if p.Rate.State() != Missing {
			doc.Cells = append(doc.Cells, publishedCell{ID: p.ID, Owner: p.Owner, Published: p.Rate.count.published()})
		}
		if h, ok := p.Rate.Value(); ok {
			doc.Rates = append(doc.Rates, publishedRate{cells, p.Rate.Adults(), Per, json.Number(h.String()), 2})
		}
	}
	return json.NewEncoder(w).Encode(doc)
}

func (c Count) published() *int64 {
	if c.kind != countNumber {
		return nil
	}
	return &c.n
}
