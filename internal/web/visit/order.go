package visit

import (
	"foljsam/internal/access"
	"foljsam/internal/web/page"
)

// OrdersAddress is where orders of figures are, and where they are sent.
const OrdersAddress = "/bestallningar"

// orderedMark says in an address that a figure was just ordered from there.
const orderedMark = "bestalld"

// UnkeptOrder is an order that could not be kept, and why.
type UnkeptOrder struct {
	Words, Day string
	Fault      page.Fault
}

// OrderForm is the form by which whoever leads orders a figure from this page, about a unit; nil
// for who may not. What was just ordered, or could not be, is said on the page. The page shows it
// by the part "order-form".
func (v *Visit) OrderForm(f *page.Frame, title, unit string) *page.OrderForm {
	if !v.By().May(access.OrderFigures) {
		return nil
	}
	x := &page.OrderForm{Owner: v.Owner(), About: v.OwnAddress(), Title: title, Unit: unit}
	switch v.R.URL.Query().Get(orderedMark) {
	case "ja":
		f.Messages = append(f.Messages, page.Message{Kind: page.Done, Text: v.Text.T("order.sent"), Link: &page.Link{Address: OrdersAddress, Text: v.Text.T("order.see")}})
	case "varning":
		f.Messages = append(f.Messages, page.Message{Kind: page.Warning, Text: v.Text.T("order.sent_warning"), Link: &page.Link{Address: OrdersAddress, Text: v.Text.T("order.see")}})
	}
	if u, ok := v.Kept().(*UnkeptOrder); ok {
		x.Words, x.Day, x.Open = u.Words, u.Day, true
		f.Faults = append(f.Faults, u.Fault)
	}
	return x
}

// Ordered leads back to the page that an order was sent from.
func (v *Visit) Ordered(address, how string) error {
	return v.Redirect(Marked(address, orderedMark, how))
}
