package compile

import (
	"slices"
	"strings"
	"time"

	"foljsam/internal/disclosure"
	"foljsam/internal/exchange"
	"foljsam/internal/place"
	"foljsam/internal/record"
)

// describe says what the release's figures answer for themselves with.
func describe(opt Options, packages []*exchange.Package) *disclosure.About {
	a := &disclosure.About{Codebook: opt.Codebook, From: opt.From, Till: opt.Till, Packages: len(packages)}
	if opt.Publish {
		a.Audience = disclosure.Publication
	}
	for _, p := range packages {
		a.Coverage[p.Coverage]++
		a.Scope[p.Scope]++
		a.Synthetic = a.Synthetic || p.Synthetic
		a.Read = widen(a.Read, p.Created)
		a.Deliverers = append(a.Deliverers, deliverers(p)...)
	}
	slices.SortFunc(a.Deliverers, compareDeliverers)
	a.Deliverers = slices.Compact(a.Deliverers)
	return a
}

// widen makes a span of time hold one more time, if that is said.
func widen(span [2]time.Time, t time.Time) [2]time.Time {
	if t.IsZero() {
		return span
	}
	if span[0].IsZero() || t.Before(span[0]) {
		span[0] = t
	}
	if t.After(span[1]) {
		span[1] = t
	}
	return span
}

// deliverers gives the municipalities that a package has cases of.
func deliverers(p *exchange.Package) []disclosure.Deliverer {
	seen := map[int]bool{}
	var all []disclosure.Deliverer
	for _, u := range p.Batch.Unit {
		m := record.MunicipalityOf(u)
		if !seen[m] {
			seen[m] = true
			all = append(all, disclosure.Deliverer{Code: code(m), Name: place.NameOf(code(m)), Coverage: p.Coverage, Scope: p.Scope})
		}
	}
	return all
}

func compareDeliverers(a, b disclosure.Deliverer) int {
	if c := strings.Compare(a.Code, b.Code); c != 0 {
		return c
	}
	if a.Coverage != b.Coverage {
		return a.Coverage - b.Coverage
	}
	return a.Scope - b.Scope
}
