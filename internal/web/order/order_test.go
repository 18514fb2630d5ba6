package order_test

import (
	"fmt"
	"testing"

	"foljsam/internal/locale"
	"foljsam/internal/web/form"
	"foljsam/internal/web/order"
	"foljsam/internal/web/page"
	"foljsam/internal/web/webtest"
)

func TestTemplatesStandAnything(t *testing.T) {
	webtest.StandAnything(t, page.New(form.Templates, order.Templates), func(_ *locale.Printer, h string, n int) map[string]any {
		var all, done []order.Order
		for i := range n {
			o := order.Order{ID: fmt.Sprint(i), Title: h, Text: h, About: h, By: h, Wanted: h, Late: i%2 == 0, Answers: true, Drops: true, Typed: h, Words: h}
			all = append(all, o)
			o.Ended, o.Figure, o.Answer = h, h, h
			done = append(done, o)
		}
		return map[string]any{
			"order-list.html": []any{
				order.ListPage{Owner: h, Title: h, None: &page.Empty{Title: h, Text: h, Link: &page.Link{Address: h, Text: h}}},
				order.ListPage{Owner: h, Title: h, Waiting: all, Done: done},
			},
			"order-form": page.OrderForm{Owner: h, About: h, Title: h, Unit: h, Words: h, Day: h, Open: n > 0},
		}
	})
}
