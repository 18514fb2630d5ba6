package nation

import (
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

const koladaAddress = TownsAddress + "/kolada"

// KoladaPage compares what is published here with Kolada's own values.
type KoladaPage struct {
	Owner   string
	Title   string
	On      bool // the server has an address to ask at
	Matches []KoladaChosen
	Figures []Choice
	Years   []Choice
	In      []Choice
	Ready   bool // something is confirmed and something published
	Search  []Line
	Found   []Choice // key figures of Kolada's, for one to be confirmed
	Asked   string   // the title that was searched for
	Figure  string   // ours that one is looked for to
	None    string
	Heading string
	Sum     []string
	Beside  page.Table
	Source  string
	Fault   string
	Back    Link
}

// KoladaChosen is what one of our key figures is compared with.
type KoladaChosen struct {
	Nr, Name, With, Who string
	Chosen              bool
}

// Kolada's values beside ours: asked for only when somebody presses.
func BesideKolada(v *visit.Visit) error {
	x, err := koladaPage(v)
	if err != nil {
		return err
	}
	q := v.R.URL.Query()
	switch {
	case !x.On:
	case q.Get("sok") != "":
		err = x.search(v, q)
	case q.Get("hamta") != "":
		err = x.compare(v, q)
	}
	if err != nil && !told(err) {
		return err
	}
	f := asks(v, x.Title)
	f.Address = koladaAddress
	if err != nil {
		x.Fault = v.Text.Error(err)
		f.Status, f.Faults = http.StatusUnprocessableEntity, []page.Fault{{ID: "kolada-fel", Text: x.Fault}}
	}
	done(v, &f, "kolada", "kolada_slut")
	return v.Show("nation-kolada.html", f, x)
}

// told tells whether an error is of what was asked for or of who was asked, so that it is said on
// the page.
func told(err error) bool {
	key := fault.KeyOf(err)
	return strings.HasPrefix(key, "ask.") || strings.HasPrefix(key, "nation.kolada")
}

func koladaPage(v *visit.Visit) (x KoladaPage, err error) {
	p, q := v.Text, v.R.URL.Query()
	matches, err := v.App.KoladaMatches(v.R.Context(), v.By())
	if err != nil {
		return x, err
	}
	years, err := v.App.PublishedYears(v.R.Context())
	if err != nil {
		return x, err
	}
	x = KoladaPage{Owner: v.Owner(), Title: p.T("nation.kolada"), Figures: figureChoices(p, number(q, "nyckeltal", 1)), In: countyChoices(v, q.Get("lan")), Back: Link{TownsAddress, p.T("nation.back_to_towns")}}
	_, x.On = v.App.Services()
	some := false
	for i, m := range matches {
		c := KoladaChosen{Nr: yearText(i + 1), Name: figureName(p, i+1), With: p.T("nation.kolada_nothing")}
		if m.ID != "" {
			some = true
			c.Chosen, c.With, c.Who = true, m.ID+" "+m.Title, p.T("nation.kolada_who", "namn", m.PersonName, "dag", v.When(m.At))
		}
		x.Matches = append(x.Matches, c)
	}
	for i, y := range years {
		x.Years = append(x.Years, Choice{yearText(y.Year), yearText(y.Year), q.Get("ar") == yearText(y.Year) || q.Get("ar") == "" && i == 0})
	}
	x.Ready = x.On && some && len(years) > 0
	title := lineOf(p, "titel", q.Get("titel"), nil)
	title.Size = "wide"
	x.Search = []Line{{Name: "nyckeltal", Label: p.T("nation.kolada_ours"), Choices: x.Figures}, title}
	return x, nil
}

func (x *KoladaPage) search(v *visit.Visit, q url.Values) error {
	all, err := v.App.KoladaKPIs(v.R.Context(), v.By(), q.Get("titel"))
	if err != nil {
		return err
	}
	x.Asked, x.Figure = q.Get("titel"), yearText(number(q, "nyckeltal", 1))
	for _, k := range all[:min(len(all), mostProblems)] {
		x.Found = append(x.Found, Choice{Value: k.ID + " " + k.Title, Text: k.ID + " " + k.Title})
	}
	if len(all) == 0 {
		x.None = v.Text.T("nation.kolada_no_hits", "titel", x.Asked)
	}
	return nil
}

func (x *KoladaPage) compare(v *visit.Visit, q url.Values) error {
	figure := number(q, "nyckeltal", 1)
	b, err := v.App.BesideKolada(v.R.Context(), v.By(), figure, number(q, "ar", 0), q.Get("lan"))
	if err != nil {
		return err
	}
	p := v.Text
	x.Heading = p.T("nation.heading", "nyckeltal", figureName(p, figure), "ar", yearText(b.Year))
	x.Sum = []string{p.T("nation.kolada_same", "n", b.Same), p.T("nation.kolada_different", "n", b.Different), p.T("nation.kolada_apart", "n", b.Apart)}
	if b.Odd > 0 {
		x.Sum = append(x.Sum, p.T("nation.kolada_odd", "n", b.Odd))
	}
	x.Source = p.T("nation.kolada_source", "id", b.Match.ID, "titel", b.Match.Title, "nar", v.When(b.Asked))
	x.Beside = page.Table{Caption: x.Heading, Hidden: true, Head: []page.Head{{Text: p.T("nation.municipality")}, {Text: p.T("nation.kolada_own"), Number: true}, {Text: p.T("nation.kolada_theirs"), Number: true}, {Text: p.T("nation.kolada_difference"), Number: true}}}
	rows := locale.SortBy(p, b.Rows, func(r app.KoladaRow) string { return r.Name })
	slices.SortStableFunc(rows, func(x, y app.KoladaRow) int { return lookedAt(x) - lookedAt(y) })
	for _, r := range rows {
		x.Beside.Rows = append(x.Beside.Rows, page.Row{{Text: r.Name, Address: unitAddress(r.Unit, figure), Written: true}, {Text: whyText(p, r.Own, r.Why)}, {Text: koladaText(p, r.Kolada)}, {Text: differenceText(p, r)}})
	}
	return nil
}

// lookedAt says what somebody looks at first: what differs, what is the same, what cannot be compared.
func lookedAt(r app.KoladaRow) int {
	switch {
	case r.Same:
		return 1
	case r.Compared():
		return 0
	}
	return 2
}

// koladaText writes Kolada's value as it stands, or which of the four ways it is not there in.
func koladaText(p *locale.Printer, k app.KoladaFigure) string {
	switch k.State {
	case app.KoladaNumber:
		return p.Number(k.Value, k.Decimals())
	case app.KoladaNull:
		return p.T("nation.kolada_null")
	case app.KoladaMarked:
		return p.T("nation.kolada_marked", "status", k.Status)
	case app.KoladaDeleted:
		return p.T("nation.kolada_deleted")
	}
	return p.T("nation.kolada_absent")
}

func differenceText(p *locale.Printer, r app.KoladaRow) string {
	switch {
	case !r.Compared():
		return p.T("nation.kolada_not_compared")
	case r.Same:
		return p.T("nation.kolada_equal")
	}
	return p.T(map[bool]string{true: "nation.kolada_more", false: "nation.kolada_less"}[r.Difference > 0], "n", p.Number(math.Abs(r.Difference), 2))
}

// ConfirmKolada keeps which of Kolada's key figures one of ours is compared with.
func ConfirmKolada(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	figure := number(posted, "nyckeltal", 0)
	if posted.Get("gor") == "slut" {
		if err := v.App.EndKolada(v.R.Context(), v.By(), figure); err != nil {
			return err
		}
		return v.Redirect(koladaAddress + "?klart=kolada_slut")
	}
	id, title, _ := strings.Cut(posted.Get("val"), " ")
	err = v.App.ConfirmKolada(v.R.Context(), v.By(), figure, id, title)
	if err == nil {
		return v.Redirect(koladaAddress + "?klart=kolada")
	}
	if !told(err) {
		return err
	}
	x, err2 := koladaPage(v)
	if err2 != nil {
		return err2
	}
	f := asks(v, x.Title)
	x.Fault, f.Address = v.Text.Error(err), koladaAddress
	f.Status, f.Faults = http.StatusUnprocessableEntity, []page.Fault{{ID: "kolada-fel", Text: x.Fault}}
	return v.Show("nation-kolada.html", f, x)
}
