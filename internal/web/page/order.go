package page

// OrderForm is the form, on a page with a figure, by which whoever leads asks the coordinator for
// one; the part "order-form" shows it.
type OrderForm struct {
	Owner      string // whose page it is
	About      string // address of the page
	Title      string // of the figure
	Unit       string // that it is about; empty: all
	Words, Day string // what was typed, where it could not be sent
	Open       bool
}
