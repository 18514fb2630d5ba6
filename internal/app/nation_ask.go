package app

import (
	"context"
	"net/url"
	"strings"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/ask"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/place"
)

// Services are what may be asked outside: those whose address the server was started with.
// Nothing is asked unless somebody asks for it here.
type Services struct {
	SCB    *ask.SCB
	Kolada *ask.Kolada
}

// Outside are the addresses of services, as they were given; empty: it is not asked.
type Outside struct {
	SCB    string
	Kolada string
	Proxy  string // the way out, where the network needs one
}

// askTime is the longest that one question may take: somebody waits at a page.
const askTime = 20 * time.Second

// Services makes the clients. It asks nothing.
func (o Outside) Services() (s Services, err error) {
	opt := ask.Options{Timeout: askTime}
	if o.Proxy != "" {
		if opt.Proxy, err = url.Parse(o.Proxy); err != nil || opt.Proxy.Host == "" {
			return s, fault.New(fault.Usage, "ask.proxy_form")
		}
	}
	if o.SCB != "" {
		if s.SCB, err = ask.NewSCB(o.SCB, opt); err != nil {
			return s, err
		}
	}
	if o.Kolada != "" {
		s.Kolada, err = ask.NewKolada(o.Kolada, opt)
	}
	return s, err
}

// Services tells which services there are, so that a page offers no other.
func (a *App) Services() (scb, kolada bool) { return a.services.SCB != nil, a.services.Kolada != nil }

// AskPeople asks SCB how many adults live in each municipality at the end of a year, and
// takes the answer in as a file with the same would be.
func (a *App) AskPeople(ctx context.Context, by access.Actor, year int) (*PeopleIn, error) {
	r, err := a.mayInNation(ctx, by, access.Collect, "")
	if err != nil {
		return nil, err
	}
	if a.services.SCB == nil {
		return nil, fault.New(fault.NotFound, "ask.no_address")
	}
	var units []string
	for _, m := range place.Municipalities() {
		units = append(units, m.Code)
	}
	all, problems, err := a.services.SCB.Adults(ctx, year, units)
	if err != nil {
		return nil, err
	}
	return a.takePeople(ctx, by, r, all, problems, "SCB")
}

// KoladaKPIs finds Kolada's key figures by a part of their title, for somebody to confirm
// which are the ones to compare with.
func (a *App) KoladaKPIs(ctx context.Context, by access.Actor, title string) ([]exchange.KoladaItem, error) {
	k, err := a.kolada(ctx, by)
	if err != nil {
		return nil, err
	}
	if title = strings.TrimSpace(title); len([]rune(title)) < 3 { // Kolada has thousands
		return nil, fault.New(fault.Invalid, "nation.kolada_title")
	}
	return k.KPIs(ctx, title)
}

// KoladaValues reads Kolada's own values of key figures that somebody has confirmed. Those
// that have changed their title since are refused.
func (a *App) KoladaValues(ctx context.Context, by access.Actor, confirmed []exchange.KoladaItem, units []string, years []int) (*exchange.KoladaTable, error) {
	k, err := a.kolada(ctx, by)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, x := range confirmed {
		if err := k.Confirm(ctx, x.ID, x.Title); err != nil {
			return nil, err
		}
		ids = append(ids, x.ID)
	}
	return k.Data(ctx, ids, units, years)
}

func (a *App) kolada(ctx context.Context, by access.Actor) (*ask.Kolada, error) {
	if _, err := a.mayInNation(ctx, by, access.Collect, ""); err != nil {
		return nil, err
	}
	if a.services.Kolada == nil {
		return nil, fault.New(fault.NotFound, "ask.no_address")
	}
	return a.services.Kolada, nil
}
