package nation

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// CollectionsPage is the years that are asked for.
type CollectionsPage struct {
	Owner string
	Title string
	Table page.Table
	New   []Line
}

// Collections shows the years that are asked for.
func Collections(v *visit.Visit) error { return showCollections(v, url.Values{}, nil) }

func showCollections(v *visit.Visit, posted url.Values, wrong map[string]string) error {
	all, err := v.App.Collections(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	p := v.Text
	x := CollectionsPage{Owner: v.Owner(), Title: p.T("nation.collections")}
	x.Table = page.Table{Caption: x.Title, Hidden: true, Empty: p.T("nation.collections_none"), Head: []page.Head{{Text: p.T("nation.year")}, {Text: p.T("nation.answered"), Number: true}, {Text: p.T("nation.deadline")}, {Text: p.T("nation.state")}, {Text: p.T("nation.published")}}}
	for _, c := range all {
		x.Table.Rows = append(x.Table.Rows, page.Row{{Text: yearText(c.Year), Address: boardAddress(c.Year)}, {Text: p.T("nation.n_of", "n", c.Answered, "av", c.Of)}, {Text: page.Date(p, c.Deadline.Time())},
			{Text: openText(v, c.Asked)}, {Text: publishedText(v, c.Published)}})
	}
	year := v.App.Now().Year() - 1
	if posted.Get("ar") == "" {
		posted = url.Values{"ar": {yearText(year)}, "sista_dag": {yearText(year+1) + "-04-30"}}
	}
	ar, last := lineOf(p, "ar", posted.Get("ar"), wrong), lineOf(p, "sista_dag", posted.Get("sista_dag"), wrong)
	ar.Size, ar.Max, last.Size, last.Max = "short", 4, "day", 10
	x.New = []Line{ar, last}
	f := asks(v, x.Title, x.New...)
	f.Address = CollectAddress
	done(v, &f, "oppnad")
	return v.Show("nation-collections.html", f, x)
}

func boardAddress(year int) string { return CollectAddress + "/" + strconv.Itoa(year) }

func openText(v *visit.Visit, a app.Asked) string {
	if a.Closed.IsZero() {
		return v.Text.T("nation.state_open")
	}
	return v.Text.T("nation.state_closed_at", "dag", v.Date(a.Closed))
}

func publishedText(v *visit.Visit, all []app.EditionLine) string {
	if len(all) == 0 {
		return v.Text.T("nation.state_unpublished")
	}
	last := all[len(all)-1]
	return v.Text.T("nation.state_published", "nr", last.Number, "dag", v.Date(last.At))
}

// Open asks for a year.
func Open(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	year := number(posted, "ar", 0)
	wrong := map[string]string{}
	err = v.App.OpenCollection(v.R.Context(), v.By(), year, dayIn(posted.Get("sista_dag")))
	if at(v.Text, err, wrong, map[string]string{"nation.year_fault": "ar", "nation.asked_already": "ar", "nation.deadline_fault": "sista_dag", "nation.deadline_early": "sista_dag"}) {
		return showCollections(v, posted, wrong)
	}
	if err != nil {
		return err
	}
	return v.Redirect(boardAddress(year) + "?klart=oppnad")
}

func dayIn(text string) record.Day {
	d, ok := record.ParseDay([]byte(strings.TrimSpace(text)))
	if !ok {
		return record.NoDay
	}
	return d
}

func yearIn(v *visit.Visit) (int, error) {
	year, err := strconv.Atoi(v.R.PathValue("ar"))
	if err != nil {
		return 0, fault.New(fault.NotFound, "visit.not_found")
	}
	return year, nil
}

// BoardPage is how far a collection has come.
type BoardPage struct {
	Owner    string
	Title    string
	Address  string
	Facts    []Fact
	Closed   bool
	Counties []Choice
	Shows    []Choice
	Table    page.Table
	Sums     page.Table
	Odd      []OddUnit
	Checked  []OddUnit // that somebody has looked at
	NoPeople []string
	Unused   []string
	Changed  []string
	Early    bool // returns are still taken, and the deadline has not passed
	Editions page.Table
	Again    bool // it has been published before: a reason is asked for
	Reason   Line
	Last     Line // the deadline
	People   string
}

// OddUnit is a unit with something to ask about.
type OddUnit struct {
	Name    string
	Address string
	Why     []string
	Checks  []Fact // what is sent with the answer
	Reasons []Choice
	Said    string // why it is so, and who said it; empty: nobody has
}

// Board shows how far a collection has come.
func Board(v *visit.Visit) error { return showBoard(v, url.Values{}, nil) }

func showBoard(v *visit.Visit, posted url.Values, wrong map[string]string) error {
	year, err := yearIn(v)
	if err != nil {
		return err
	}
	b, err := v.App.Board(v.R.Context(), v.By(), year)
	if err != nil {
		return err
	}
	p, q := v.Text, v.R.URL.Query()
	x := BoardPage{Owner: v.Owner(), Title: p.T("nation.board", "ar", yearText(year)), Address: boardAddress(year), Closed: !b.Closed.IsZero(), NoPeople: b.NoPeople, Unused: b.Unused, Changed: b.Changed, Early: b.Open && len(b.Published) == 0, Again: len(b.Published) > 0, People: TownsAddress + "/folkmangd"}
	x.Facts = []Fact{{p.T("nation.answered"), p.T("nation.n_of", "n", b.Answered, "av", b.Of)}, {p.T("nation.deadline"), page.Date(p, b.Deadline.Time())},
		{p.T("nation.state"), openText(v, b.Asked)}, {p.T("nation.odd_units"), p.Int(int64(b.Odd))}, {p.T("nation.published"), publishedText(v, b.Published)}}
	if !x.Closed && b.DaysLeft >= 0 {
		x.Facts = append(x.Facts, Fact{p.T("nation.days_left"), p.Int(int64(b.DaysLeft))})
	}
	x.tables(v, b, q)
	x.Reason, x.Last = lineOf(p, "skal", posted.Get("skal"), wrong), lineOf(p, "sista_dag", b.Deadline.String(), wrong)
	x.Reason.Max, x.Reason.Size, x.Last.Size, x.Last.Max = 500, "wide", "day", 10
	f := asks(v, x.Title, x.Reason, x.Last)
	f.Address = x.Address
	if id, text, status := x.faultAt(wrong); text != "" {
		f.Status, f.Faults = status, append(f.Faults, page.Fault{ID: id, Text: text})
	}
	done(v, &f, "oppnad", "sista_dag", "stangd", "publicerad", "inlast", "kontrollerat", "att_titta_pa")
	return v.Show("nation-board.html", f, x)
}

func (x *BoardPage) tables(v *visit.Visit, b *app.Board, q url.Values) {
	p := v.Text
	county, show := q.Get("lan"), q.Get("visa")
	x.Counties = []Choice{{"", p.T("nation.all_counties"), county == ""}}
	x.Sums = page.Table{Caption: p.T("nation.by_county"), Head: []page.Head{{Text: p.T("nation.county")}, {Text: p.T("nation.answered"), Number: true}}}
	for _, c := range b.Counties {
		x.Counties = append(x.Counties, Choice{c.Code, countyName(c.Code), c.Code == county})
		x.Sums.Rows = append(x.Sums.Rows, page.Row{{Text: countyName(c.Code), Address: x.Address + "?lan=" + c.Code}, {Text: p.T("nation.n_of", "n", c.Answered, "av", c.Of)}})
	}
	for _, key := range []string{"", "svarat", "saknas", "udda"} {
		x.Shows = append(x.Shows, Choice{key, p.T("nation.show_" + key), key == show})
	}
	x.Table = page.Table{Caption: p.T("nation.units"), Hidden: true, Empty: p.T("nation.no_units_here"), Head: []page.Head{{Text: p.T("nation.municipality")}, {Text: p.T("nation.state")},
		{Text: figureName(p, 1), Number: true}, {Text: figureName(p, 2), Number: true}, {Text: figureName(p, 3), Number: true}, {Text: p.T("nation.scope")}, {Text: p.T("nation.received")}}}
	for _, r := range b.Rows {
		if len(r.Odd) > 0 {
			x.addOdd(v, r, b.Year)
		}
		if county != "" && r.County != county || show == "svarat" && !r.Answered || show == "saknas" && r.Answered || show == "udda" && !r.ToAsk() {
			continue
		}
		x.Table.Rows = append(x.Table.Rows, boardRow(v, r, b.Year))
	}
	x.Editions = page.Table{Caption: p.T("nation.editions"), Hidden: true, Empty: p.T("nation.state_unpublished"), Head: []page.Head{{Text: p.T("nation.edition_word")}, {Text: p.T("nation.published")}, {Text: p.T("nation.reason")}}}
	for _, e := range b.Published {
		x.Editions.Rows = append(x.Editions.Rows, page.Row{{Text: p.T("nation.edition_short", "ar", yearText(e.Year), "nr", e.Number), Address: sealedAddress + "/" + yearText(e.Year) + "/" + strconv.Itoa(e.Number)}, {Text: v.When(e.At)}, {Text: e.Reason, Written: true}})
	}
}

func boardRow(v *visit.Visit, r app.BoardRow, year int) page.Row {
	p := v.Text
	row := page.Row{{Text: r.Name, Address: formAddress(r.Unit, year), Written: true}}
	if !r.Answered {
		return append(row, page.Cell{Text: p.T("nation.not_answered")}, page.Cell{}, page.Cell{}, page.Cell{}, page.Cell{}, page.Cell{})
	}
	state := p.T("nation.has_answered")
	if r.ToAsk() {
		state = p.T("nation.has_answered_odd", "n", len(r.Odd))
	}
	if r.Nothing {
		state = p.T("nation.answered_nothing")
	}
	row = append(row, page.Cell{Text: state})
	for _, c := range r.Counts {
		row = append(row, page.Cell{Text: countText(p, c)})
	}
	return append(row, page.Cell{Text: scopeName(p, r.Scope)}, page.Cell{Text: p.T("nation.received_how", "dag", v.Date(r.At), "hur", p.T("nation.how_"+r.How), "nr", r.Edition)})
}

// Change closes a collection, opens it again, or changes its deadline.
func Change(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	year, err := yearIn(v)
	if err != nil {
		return err
	}
	if posted.Get("gor") == "stang" {
		if err := v.App.CloseCollection(v.R.Context(), v.By(), year); err != nil {
			return err
		}
		return v.Redirect(boardAddress(year) + "?klart=stangd")
	}
	wrong := map[string]string{}
	err = v.App.MoveDeadline(v.R.Context(), v.By(), year, dayIn(posted.Get("sista_dag")), posted.Get("gor") == "oppna")
	if at(v.Text, err, wrong, map[string]string{"nation.deadline_fault": "sista_dag", "nation.deadline_early": "sista_dag"}) {
		return showBoard(v, posted, wrong)
	}
	if err != nil {
		return err
	}
	if posted.Get("gor") == "andra" {
		return v.Redirect(boardAddress(year) + "?klart=sista_dag")
	}
	return v.Redirect(boardAddress(year) + "?klart=oppnad")
}

// Publish publishes a year as it stands.
func Publish(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	year, err := yearIn(v)
	if err != nil {
		return err
	}
	_, err = v.App.Publish(v.R.Context(), v.By(), year, posted.Get("skal"))
	wrong := map[string]string{}
	switch fault.KeyOf(err) {
	case "nation.reason_missing", "nation.reason_long", "nation.reason_identifies", "nation.reason_few":
		wrong["skal"] = v.Text.Error(err)
	case "nation.people_missing", "nation.nothing_new", "nation.nothing_returned", "nation.divided_anew":
		wrong[""] = v.Text.Error(err)
	default:
		if err != nil {
			return err
		}
		return v.Redirect(boardAddress(year) + "?klart=publicerad")
	}
	return showBoard(v, posted, wrong)
}

// TakenPage is what became of a file.
type TakenPage struct {
	Owner    string
	Title    string
	Intro    string
	Address  string // that the file is sent to
	Done     []string
	Problems []string
	More     int // how many there are in all
	Fault    string
	Back     Link
	Hint     string
	OfPeople bool // it is the number of adults, which SCB can be asked for
	Asks     bool // the server has an address to ask at
	Year     string
}

// Upload asks for a file with returns.
func Upload(v *visit.Visit) error {
	if _, err := v.App.ReportForms(v.R.Context(), v.By()); err != nil {
		return err
	}
	return showTaken(v, uploadPage(v))
}

func uploadPage(v *visit.Visit) TakenPage {
	p := v.Text
	return TakenPage{Owner: v.Owner(), Title: p.T("nation.upload"), Intro: p.T("nation.upload_intro"), Hint: p.T("nation.upload_hint"), Address: ReportAddress + "/fil", Back: Link{ReportAddress, p.T("nation.back_to_report")}}
}

func showTaken(v *visit.Visit, x TakenPage) error {
	f := v.Frame(x.Title)
	f.Address = x.Address
	if x.Fault != "" {
		f.Status, f.Faults = http.StatusUnprocessableEntity, []page.Fault{{ID: "f-fil", Text: x.Fault}}
	}
	return v.Show("nation-taken.html", f, x)
}

// TakeIn takes in a file with returns.
func TakeIn(v *visit.Visit) error {
	name, content, err := fileIn(v)
	if err != nil {
		return err
	}
	x := uploadPage(v)
	in, err := v.App.ImportReturns(v.R.Context(), v.By(), name, strings.NewReader(content))
	switch {
	case err != nil && fault.KindOf(err) == fault.Invalid:
		x.Fault = v.Text.Error(err)
	case err != nil:
		return err
	default:
		x.Done = []string{v.Text.T("nation.upload_done", "n", in.Taken)}
		x.Problems, x.More = problemTexts(v.Text, in.Problems), len(in.Problems)
	}
	return showTaken(v, x)
}

// mostProblems is how many problems of a file a page names: somebody reads them.
const mostProblems = 200

func problemTexts(p *locale.Printer, all []fault.Problem) (said []string) {
	slices.SortStableFunc(all, func(x, y fault.Problem) int { return x.Row - y.Row })
	for i, x := range all {
		if i == mostProblems {
			return append(said, p.T("nation.problems_more", "n", len(all)-i))
		}
		text := p.Reason(x)
		switch {
		case x.Row > 0 && x.Column != "":
			text = p.T("nation.problem_cell", "rad", x.Row, "kolumn", x.Column, "text", text)
		case x.Row > 0:
			text = p.T("nation.problem_row", "rad", x.Row, "text", text)
		}
		if x.Value != "" {
			text = p.T("nation.problem_value", "text", text, "varde", x.Value)
		}
		said = append(said, text)
	}
	return said
}

// withoutTabs makes a table that was copied out of a spreadsheet one with semicolons.
func withoutTabs(text string) string {
	first, _, _ := strings.Cut(text, "\n")
	if !strings.Contains(first, "\t") || strings.ContainsAny(first, ";{[") {
		return text
	}
	return strings.ReplaceAll(text, "\t", ";")
}

// fileIn gives the file that was sent, or what was pasted instead, and checks who sent it.
func fileIn(v *visit.Visit) (name, content string, err error) {
	if strings.HasPrefix(v.R.Header.Get("Content-Type"), "multipart/") {
		if err := v.R.ParseMultipartForm(64 << 20); err != nil { // never on disk: what may be sent is less
			return "", "", fault.New(fault.TooLarge, "visit.too_large")
		}
	}
	posted, err := v.Posted()
	if err != nil {
		return "", "", err
	}
	name, content = v.Text.T("nation.pasted"), withoutTabs(posted.Get("text"))
	if v.R.MultipartForm == nil {
		return name, content, nil
	}
	f, h, err := v.R.FormFile("fil")
	if err != nil || h.Size == 0 {
		return name, content, nil
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		return "", "", fault.New(fault.Usage, "visit.bad_form")
	}
	return h.Filename, string(b), nil
}
