package app

import (
	"context"

	"foljsam/internal/access"
	"foljsam/internal/compile"
)

// Risks is how assessments moved in the cases that are asked of.
type Risks struct {
	*Results
	*compile.Risks
}

// RiskInstrument is one instrument of it.
type RiskInstrument = compile.RiskInstrument

// Risk compares assessments within cases that were assessed more than once with the same
// instrument.
func (a *App) Risk(ctx context.Context, by access.Actor, ask ResultAsk) (*Risks, error) {
	x, err := a.askResults(ctx, by, ask)
	if err != nil {
		return nil, err
	}
	r, err := x.risks()
	if err != nil {
		return nil, err
	}
	x.Release = r.Release
	return &Risks{x, r}, x.count()
}
