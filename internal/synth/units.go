package synth

import (
	"fmt"
	"io"
	"slices"

	"foljsam/internal/place"
)

// Units gives the codes of n municipalities for [Options.Units]: first those of [Towns],
// then others by code; all there are when n is more.
func Units(n int) []string {
	var units []string
	for _, t := range towns {
		units = append(units, t.Unit)
	}
	for _, m := range place.Municipalities() {
		if !slices.Contains(units, m.Code) {
			units = append(units, m.Code)
		}
	}
	return units[:min(n, len(units))]
}

// WritePopulationOf writes the synthetic population table of some municipalities, those of
// [Towns] when units is empty.
func WritePopulationOf(w io.Writer, units []string, years ...int) error {
	if len(units) == 0 {
		return WritePopulation(w, years...)
	}
	if _, err := fmt.Fprintln(w, "enhet,ar,vuxna,invanare"); err != nil {
		return err
	}
	inhabitants := map[string]int{}
	for _, t := range (Options{Units: units}).towns() {
		inhabitants[t.Unit] = t.Inhabitants
	}
	for _, t := range towns {
		inhabitants[t.Unit] = t.Inhabitants
	}
	for _, unit := range units {
		for _, year := range years {
			if _, err := fmt.Fprintf(w, "%s,%d,%d,%d\n", unit, year, inhabitants[unit]*adults/100, inhabitants[unit]); err != nil {
				return err
			}
		}
	}
	return nil
}
