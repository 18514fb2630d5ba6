package app

import (
	"context"
	"slices"

	"foljsam/internal/access"
	"foljsam/internal/compile"
	"foljsam/internal/fault"
	"foljsam/internal/query"
)

// Dived is a part of the cases that are asked of, beside the rest of them.
type Dived struct {
	*Results
	*compile.Dived
	Dive  query.Dive
	Group query.DiveGroup
}

// Dive puts a part of the cases beside the rest. group names the part, the first where it is
// empty; only names one question, all where it is empty.
func (a *App) Dive(ctx context.Context, by access.Actor, ask ResultAsk, dive, group, only string) (*Dived, error) {
	x, err := a.askResults(ctx, by, ask)
	if err != nil {
		return nil, err
	}
	d := &Dived{Results: x}
	all := query.Dives(x.Book)
	i := slices.IndexFunc(all, func(d query.Dive) bool { return d.ID == dive })
	if i < 0 {
		return nil, fault.New(fault.NotFound, "result.no_figure")
	}
	d.Dive, d.Group = all[i], all[i].Groups[0]
	if group != "" {
		k := slices.IndexFunc(d.Dive.Groups, func(g query.DiveGroup) bool { return g.ID == group })
		if k < 0 {
			return nil, fault.New(fault.NotFound, "result.no_figure")
		}
		d.Group = d.Dive.Groups[k]
	}
	if d.Dived, err = compile.DiveOf(x.columns.columns, x.chosen, d.Dive, d.Group, only); err != nil {
		return nil, err
	}
	if only != "" && len(d.Asked) == 0 {
		return nil, fault.New(fault.NotFound, "result.no_figure")
	}
	x.Release = d.Dived.Release
	return d, x.count()
}

// Compared is a comparison of a dive.
type Compared = compile.Compared

// DiveAsked is one question of a dive.
type DiveAsked = compile.DiveAsked
