package web

import (
	"foljsam/internal/access"
	"foljsam/internal/web/board"
	"foljsam/internal/web/indicator"
	"foljsam/internal/web/nation"
	"foljsam/internal/web/page"
	"foljsam/internal/web/people"
	"foljsam/internal/web/result"
	"foljsam/internal/web/visit"
)

// barOf gives the words at the top, by role: at most six, and only pages that there are. The
// coordinator's deliveries are under what they look after: there was no room for a seventh.
func barOf(r access.Role) []page.Item {
	switch r {
	case access.Administrator:
		return []page.Item{
			{Address: people.PeopleAddress, Key: "people.people"},
			{Address: "/hantera/logg", Key: "log.title"},
			{Address: "/drift", Key: "operate.state"},
			{Address: people.HubAddress, Key: "people.hub"},
			{Address: "/hjalp", Key: "web.help"},
		}
	case access.National:
		return []page.Item{
			{Address: nation.CollectAddress, Key: "nation.collections"},
			{Address: nation.TownsAddress, Key: "nation.towns"},
			{Address: nation.CompareAddress, Key: "nation.bar_compare"},
			{Address: "/hjalp", Key: "web.help"},
		}
	case access.Reporter:
		return []page.Item{
			{Address: nation.ReportAddress, Key: "nation.bar_report"},
			{Address: nation.CompareAddress, Key: "nation.bar_compare"},
			{Address: "/hjalp", Key: "web.help"},
		}
	case access.Manager:
		return []page.Item{
			{Address: board.YearAddress, Key: "board.bar_year"},
			{Address: result.Address, Key: "result.title"},
			{Address: board.Address, Key: "board.paper"},
			{Address: visit.OrdersAddress, Key: "order.title"},
			{Address: "/hjalp", Key: "web.help"},
		}
	case access.Coordinator:
		return []page.Item{
			{Address: "/att-gora", Key: "web.to_do"},
			{Address: "/arenden", Key: "web.cases"},
			{Address: result.Address, Key: "result.title"},
			{Address: indicator.Address, Key: "indicator.bar"},
			{Address: people.HubAddress, Key: "people.hub"},
			{Address: "/hjalp", Key: "web.help"},
		}
	}
	return []page.Item{
		{Address: "/att-gora", Key: "web.to_do"},
		{Address: "/arenden", Key: "web.cases"},
		{Address: "/genomgang", Key: "web.walk"},
		{Address: result.Address, Key: "result.title"},
		{Address: "/hjalp", Key: "web.help"},
	}
}
