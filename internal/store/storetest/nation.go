package storetest

import (
	"errors"

	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

func returnsAreAddedTo(w *World) {
	counts := [3]indicator.Count{indicator.CountOf(17), indicator.CountOf(3), indicator.NoCount()}
	first := store.ReceivedReturn{Return: indicator.Return{Unit: "1884", Year: 2024, Counts: counts, Scope: indicator.Both}, Edition: 1, How: "formular", At: Now, Person: "p1", Role: "uppgiftslamnare"}
	second := first
	second.Edition, second.Counts[2] = 2, indicator.CountOf(0)
	match := store.KoladaMatch{Figure: 2, Edition: 1, ID: "U1", Title: "Ärenden, \"våld\"", At: Now, Person: "p1"}
	w.Write(w.Nora, func(tx *store.Tx) error {
		return errors.Join(tx.PutCollection(store.Collection{Year: 2024, Deadline: record.DayOf(Now), Opened: Now, OpenedBy: "p1"}),
			tx.AddReturns([]store.ReceivedReturn{first}), tx.AddReturns([]store.ReceivedReturn{second}),
			tx.AddInhabitants([]store.Inhabitants{{Unit: "1884", Year: 2024, Edition: 1, Adults: 8000, Source: "SCB", Table: "TAB638", At: Now}, {Unit: "1884", Year: 2024, Edition: 2, Adults: 8001, Reason: "rättad", At: Now}}),
			tx.AddPublication(store.Publication{Year: 2024, Edition: 1, At: Now, Person: "p1", Hash: "x", Body: []byte("ett")}),
			tx.AddKoladaMatch(match), tx.AddKoladaMatch(store.KoladaMatch{Figure: 2, Edition: 2, At: Now}))
	})
	for name, do := range map[string]func(*store.Tx) error{
		"a return": func(tx *store.Tx) error { return tx.AddReturns([]store.ReceivedReturn{first}) },
		"a publication": func(tx *store.Tx) error {
			return tx.AddPublication(store.Publication{Year: 2024, Edition: 1, Body: []byte("två")})
		},
		"what was confirmed": func(tx *store.Tx) error { return tx.AddKoladaMatch(match) },
	} {
		if err := w.Nora.Write(w.T.Context(), do); fault.KindOf(err) != fault.Conflict {
			w.T.Errorf("%s was written over: %v", name, err)
		}
	}
	w.Read(w.Nora, func(tx *store.Tx) error {
		returns, err := tx.ReturnsNow()
		if len(returns) != 1 || returns[0].Return != second.Return || returns[0].Edition != 2 || returns[0].How != "formular" {
			w.T.Errorf("%+v", returns)
		}
		editions, err2 := tx.ReturnEditions("1884", 2024)
		if len(editions) != 2 || editions[0].Return != first.Return {
			w.T.Errorf("%+v", editions)
		}
		people, err3 := tx.InhabitantsNow()
		if len(people) != 1 || people[0].Adults != 8001 || people[0].Reason != "rättad" {
			w.T.Errorf("%+v", people)
		}
		years, err4 := tx.Collections()
		if len(years) != 1 || years[0].Year != 2024 || years[0].Deadline != record.DayOf(Now) || !years[0].Closed.IsZero() {
			w.T.Errorf("%+v", years)
		}
		body, err5 := tx.PublishedBody(2024, 1)
		all, err6 := tx.Publications()
		if string(body) != "ett" || len(all) != 1 || all[0].Hash != "x" || all[0].Body != nil {
			w.T.Errorf("%q %+v", body, all)
		}
		matches, err7 := tx.KoladaMatches()
		if len(matches) != 2 || matches[0].ID != match.ID || matches[0].Title != match.Title || !matches[0].At.Equal(Now) || matches[1].ID != "" {
			w.T.Errorf("%+v", matches)
		}
		return errors.Join(err, err2, err3, err4, err5, err6, err7)
	})
}
