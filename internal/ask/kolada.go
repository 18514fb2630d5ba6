package ask

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/exchange"
	"foljsam/internal/fault"
)

// Kolada asks Kolada's API, version 3. It knows no id of a key figure: somebody looks one up
// by its title and confirms it.
type Kolada struct{ c *client }

// What Kolada allows in one question, and what we believe that an answer can be.
const (
	mostIDs   = 25
	mostPages = 500
)

// NewKolada makes a client for an address such as the one that ends with /v3. It asks nothing.
func NewKolada(address string, opt Options) (*Kolada, error) {
	c, err := newClient(address, opt)
	if err != nil {
		return nil, err
	}
	return &Kolada{c}, nil
}

// KPIs finds key figures by a part of their title.
func (k *Kolada) KPIs(ctx context.Context, title string) ([]exchange.KoladaItem, error) {
	return k.items(ctx, "kpi", url.Values{"title": {title}})
}

// Groups finds groups of municipalities by a part of their title, with their members.
func (k *Kolada) Groups(ctx context.Context, title string) ([]exchange.KoladaItem, error) {
	return k.items(ctx, "municipality_groups", url.Values{"title": {title}})
}

// Units finds the units of a municipality by a part of their title: its districts, if Kolada
// has them so.
func (k *Kolada) Units(ctx context.Context, municipality, title string) ([]exchange.KoladaItem, error) {
	return k.items(ctx, "ou", url.Values{"municipality": {municipality}, "title": {title}})
}

// Confirm asks whether an id still is the key figure that somebody confirmed by its title.
func (k *Kolada) Confirm(ctx context.Context, id, title string) error {
	all, err := k.items(ctx, "kpi/"+url.PathEscape(id), nil)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(x exchange.KoladaItem) bool { return x.ID == id })
	switch {
	case i < 0:
		return fault.New(fault.NotFound, "ask.kpi_gone", "id", id)
	case all[i].Title != title:
		return fault.New(fault.Conflict, "ask.kpi_changed", "id", id, "title", oneLine(all[i].Title))
	}
	return nil
}

// Data asks for values of municipalities, groups or the nation. What is not in the answer is
// absent in the table.
func (k *Kolada) Data(ctx context.Context, kpis, municipalities []string, years []int) (*exchange.KoladaTable, error) {
	return k.data(ctx, "data", "municipality", kpis, municipalities, years)
}

// UnitData asks for values of units.
func (k *Kolada) UnitData(ctx context.Context, kpis, units []string, years []int) (*exchange.KoladaTable, error) {
	return k.data(ctx, "oudata", "ou", kpis, units, years)
}

// data asks as many times as it takes with at most 25 ids in each part.
func (k *Kolada) data(ctx context.Context, what, unit string, kpis, units []string, years []int) (*exchange.KoladaTable, error) {
	when := make([]string, len(years))
	for i, y := range years {
		when[i] = strconv.Itoa(y)
	}
	if len(kpis) == 0 || len(units) == 0 || len(when) == 0 {
		return nil, fault.New(fault.Usage, "ask.nothing_asked")
	}
	t := &exchange.KoladaTable{}
	for a := range slices.Chunk(kpis, mostIDs) {
		for b := range slices.Chunk(units, mostIDs) {
			for c := range slices.Chunk(when, mostIDs) {
				path := what + "/kpi/" + joined(a) + "/" + unit + "/" + joined(b) + "/year/" + joined(c)
				if err := k.pages(ctx, k.c.within(path, nil), t.Add); err != nil {
					return nil, err
				}
			}
		}
	}
	return t, nil
}

func joined(ids []string) string {
	safe := make([]string, len(ids))
	for i, id := range ids {
		safe[i] = url.PathEscape(id)
	}
	return strings.Join(safe, ",")
}

func (k *Kolada) items(ctx context.Context, path string, q url.Values) (all []exchange.KoladaItem, err error) {
	for name, values := range q {
		if values[0] == "" {
			delete(q, name)
		}
	}
	err = k.pages(ctx, k.c.within(path, q), func(b []byte) (string, error) {
		some, next, err := exchange.ReadKoladaItems(b)
		all = append(all, some...)
		return next, err
	})
	return all, err
}

// pages reads a page, and the next, until there is none.
func (k *Kolada) pages(ctx context.Context, u *url.URL, read func([]byte) (next string, err error)) error {
	seen := map[string]bool{}
	for {
		if seen[u.String()] || len(seen) == mostPages {
			return fault.New(fault.Invalid, "ask.no_end", "host", k.c.base.Host)
		}
		seen[u.String()] = true
		b, err := k.c.ask(ctx, u, nil)
		if err != nil {
			return err
		}
		next, err := read(b)
		if err != nil || next == "" {
			return err
		}
		if u, err = k.next(u, next); err != nil {
			return err
		}
	}
}

// next gives the address of the next page. It must be under the address that is set. A
// service behind a proxy may write http where it is asked with https: of what it writes only
// the path and the query are used.
func (k *Kolada) next(from *url.URL, next string) (*url.URL, error) {
	refused := fault.New(fault.Refused, "ask.other_host", "host", k.c.base.Host)
	u, err := url.Parse(next)
	if err != nil || u.Opaque != "" || u.User != nil {
		return nil, refused
	}
	u = from.ResolveReference(u)
	base := k.c.base
	if u.Hostname() != base.Hostname() || u.Port() != "" && u.Port() != base.Port() || u.Scheme != "http" && u.Scheme != "https" {
		return nil, refused
	}
	u.Scheme, u.Host, u.Fragment = base.Scheme, base.Host, ""
	if !strings.HasPrefix(u.Path, base.Path) || slices.Contains(strings.Split(u.Path, "/"), "..") {
		return nil, refused
	}
	return u, nil
}
