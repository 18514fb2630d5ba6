package app

import (
	"context"

	"foljsam/internal/access"
	"foljsam/internal/disclosure"
	"foljsam/internal/exchange"
	"foljsam/internal/indicator"
)

// What pages say of the nation's figures, by the names that they have here.
type (
	OddThing = indicator.Odd
	UnitKind = exchange.UnitKind

	KoladaFigure = exchange.KoladaFigure
)

// How Kolada has a value, or has none; absent is none of these.
const (
	KoladaNumber  = exchange.KoladaNumber
	KoladaNull    = exchange.KoladaNull
	KoladaMarked  = exchange.KoladaMarked
	KoladaDeleted = exchange.KoladaDeleted
)

// The kinds of units.
const (
	CityUnit = exchange.CityUnit
	PartUnit = exchange.PartUnit
	RestUnit = exchange.RestUnit
)

// Report takes a unit's key figures from the form.
func (a *App) Report(ctx context.Context, by access.Actor, unit string, year int, counts [3]disclosure.Count, scope int) error {
	return a.ReceiveReturn(ctx, by, indicator.Return{Unit: unit, Year: year, Counts: counts, Scope: indicator.Scope(scope)}, ByForm)
}
