package ask

import (
	"bytes"
	"context"
	"net/url"
	"strconv"

	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/place"
)

// SCB asks SCB's PxWeb, version 2.
type SCB struct{ c *client }

// mostCells is how many numbers SCB gives at a time.
const mostCells = 150_000

// NewSCB makes a client for an address such as the one that ends with /api/v2. It asks nothing.
func NewSCB(address string, opt Options) (*SCB, error) {
	c, err := newClient(address, opt)
	if err != nil {
		return nil, err
	}
	return &SCB{c}, nil
}

// Adults asks for the adults of municipalities at the end of a year. What SCB says nothing
// of is named: so are districts, which SCB has no codes for.
func (s *SCB) Adults(ctx context.Context, year int, units []string) (all []exchange.Denominator, problems []fault.Problem, err error) {
	q, ok := exchange.SCBQueryFor(year)
	if !ok {
		return nil, nil, fault.New(fault.Invalid, "ask.no_table", "year", strconv.Itoa(year))
	}
	wanted := map[string]bool{}
	var regions []string
	for _, u := range units {
		switch {
		case wanted[u]:
		case !place.IsUnit(u) || place.IsDistrict(u):
			problems = append(problems, fault.Problem{Value: u, Key: "ask.no_region", Args: []any{"unit", u}})
		default:
			wanted[u] = true
			regions = append(regions, u)
		}
	}
	for from, n := 0, max(1, mostCells/q.Cells); from < len(regions); from += n {
		some, named, err := s.some(ctx, q, regions[from:min(from+n, len(regions))])
		if err != nil {
			return nil, nil, err
		}
		all, problems = append(all, some...), append(problems, named...)
	}
	return s.settle(all, year, regions, problems)
}

// some asks for some municipalities in one question.
func (s *SCB) some(ctx context.Context, q exchange.SCBQuery, regions []string) ([]exchange.Denominator, []fault.Problem, error) {
	address := s.c.within("tables/"+q.Table+"/data", url.Values{"lang": {"sv"}, "outputFormat": {"json-stat2"}})
	body := struct {
		Selection []exchange.SCBSelected `json:"selection"`
	}{append([]exchange.SCBSelected{{Variable: exchange.SCBRegion, Codes: regions}}, q.Selected...)}
	b, err := s.c.ask(ctx, address, body)
	if err != nil {
		return nil, nil, err
	}
	return exchange.ReadDenominators(bytes.NewReader(b), q.Table)
}

// settle keeps what was asked for, says when it was asked, and names what there was no
// answer to.
func (s *SCB) settle(all []exchange.Denominator, year int, regions []string, problems []fault.Problem) ([]exchange.Denominator, []fault.Problem, error) {
	have := map[string]bool{}
	var kept []exchange.Denominator
	for _, d := range all {
		if d.Year == year && !have[d.Unit] {
			have[d.Unit] = true
			d.Read = s.c.opt.Now()
			kept = append(kept, d)
		}
	}
	for _, p := range problems {
		have[p.Value] = true
	}
	asked := map[string]bool{}
	for _, u := range regions {
		asked[u] = true
		if !have[u] {
			problems = append(problems, fault.Problem{Value: u, Key: "ask.no_answer", Args: []any{"unit", u, "year", year}})
		}
	}
	out := kept[:0]
	for _, d := range kept {
		if asked[d.Unit] {
			out = append(out, d)
		}
	}
	return out, problems, nil
}
