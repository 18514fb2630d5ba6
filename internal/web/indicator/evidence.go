package indicator

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	rules "foljsam/internal/indicator"
	"foljsam/internal/place"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// byFile is how the form says that the file was handed in on another way.
const byFile = "fil"

// EvidencePage is what an archive may keep of a return, and whoever asks for it may have. It
// holds no count of 1-4.
type EvidencePage struct {
	Owner   string // whose page it is
	Title   string
	Facts   []Fact
	Counts  page.Table
	Means   []Fact
	Says    []string
	Head    []string
	Rows    [][]string
	Hash    string
	File    string   // address
	Post    string   // address of saying that it was sent; empty: it was
	Asked   bool     // it can be sent to the nation's register in this installation
	Refused string   // why that does not take it; empty: it has not refused
	Fault   string   // what the page was come back to for
	Other   string   // address of the year
	Others  []Option // the editions, the last first; none where there is one
	None    *page.Empty
}

// Evidence shows the evidence of a return.
func Evidence(v *visit.Visit) error { return evidence(v, nil) }

// evidence shows it, and why it could not be sent.
func evidence(v *visit.Visit, wrong error) error {
	ask, err := askedYear(v)
	if err != nil {
		return err
	}
	edition, _ := strconv.Atoi(v.R.URL.Query().Get("utgava")) // 0: the last
	p := v.Text
	f := v.Frame(p.T("indicator.evidence_title", "ar", strconv.Itoa(ask.Year)))
	f.Internal = false // nothing on it has to stay
	r, file, err := v.App.ReturnSettled(v.R.Context(), v.By(), ask.Year, ask.Area, edition)
	if fault.KeyOf(err) == "indicator.no_return" && edition == 0 {
		x := EvidencePage{Title: f.Title, Other: at(ask, "", nil), None: &page.Empty{Title: p.T("indicator.evidence_none"), Text: p.T("indicator.evidence_none_text"),
			Link: &page.Link{Address: at(ask, "/skicka", nil), Text: p.T("indicator.go_return")}}}
		return v.Show("indicator-evidence.html", f, x)
	}
	if err != nil {
		return err
	}
	x := evidenceOf(v, r, file)
	x.Title = f.Title
	if wrong != nil {
		x.Fault = p.Error(wrong)
		f.Status, f.Faults = http.StatusUnprocessableEntity, []page.Fault{{ID: "skicka", Text: x.Fault}}
		if fault.KindOf(wrong) == fault.Conflict {
			f.Status = http.StatusConflict
		}
	}
	switch v.R.URL.Query().Get("gjort") {
	case "faststallt":
		f.Messages = append(f.Messages, page.Message{Kind: page.Done, Text: p.T("indicator.is_settled")})
	case "skickat":
		f.Messages = append(f.Messages, page.Message{Kind: page.Done, Text: p.T("indicator.is_sent")})
	case "inte-framme":
		f.Messages = append(f.Messages, page.Message{Kind: page.Warning, Text: p.T("indicator.is_not_sent")})
	}
	return v.Show("indicator-evidence.html", f, x)
}

func evidenceOf(v *visit.Visit, r app.Returned, file string) EvidencePage {
	p := v.Text
	own := app.FiguresAsk{Year: r.Year, Area: r.Unit}
	q := url.Values{"utgava": {strconv.Itoa(r.Edition)}}
	x := EvidencePage{Owner: v.Owner(), Counts: countsTable(v, r.Counts), Means: means(v, r.Reading), Hash: r.Hash, File: at(own, "/underlag/fil", q), Other: at(own, "", nil)}
	reading := "indicator.reading_goal"
	if r.Reading == rules.ByReason {
		reading = "indicator.reading_reason"
	}
	x.Facts = []Fact{{p.T("indicator.of"), place.NameOf(r.Unit) + " (" + r.Unit + ")"}, {p.T("indicator.year"), strconv.Itoa(r.Year)}, {p.T("indicator.edition"), strconv.Itoa(r.Edition)},
		{p.T("indicator.settled"), v.When(r.At)}, {p.T("indicator.settled_by"), r.PersonName + ", " + p.T("role."+r.Role)}, {p.T("indicator.covers"), p.T("indicator.scope_" + strconv.Itoa(r.Scope))},
		{p.T("indicator.reading"), p.T(reading)}, {p.T("indicator.codebook"), r.Codebook}, {p.T("indicator.sent"), sentHow(v, r)}}
	for _, key := range []string{"secret", "adults", "doubts", "cases", "kept"} {
		x.Says = append(x.Says, p.T("indicator.evidence_"+key))
	}
	rows, err := csv.NewReader(strings.NewReader(file)).ReadAll()
	if err == nil && len(rows) > 0 { // we wrote it
		x.Head, x.Rows = rows[0], rows[1:]
	}
	for n := r.Editions; n > 0 && r.Editions > 1; n-- {
		x.Others = append(x.Others, Option{at(own, "/underlag", url.Values{"utgava": {strconv.Itoa(n)}}), p.T("indicator.edition_nr", "utgava", n), n == r.Edition})
	}
	if r.Sent.At.IsZero() && r.Edition == r.Editions {
		x.Post, x.Asked = at(own, "/underlag", q), r.Asked
		if r.Refusal != nil {
			x.Refused = p.Error(r.Refusal)
		}
	}
	return x
}

func sentHow(v *visit.Visit, r app.Returned) string {
	if r.Sent.At.IsZero() {
		return v.Text.T("indicator.not_sent")
	}
	return v.Text.T("indicator.sent_"+r.Sent.Way, "tid", v.When(r.Sent.At), "namn", r.SentBy)
}

// MarkSent sends a settled return, or says that its file was sent.
func MarkSent(v *visit.Visit) error {
	ask, posted, err := postedYear(v)
	if err != nil {
		return err
	}
	edition, _ := strconv.Atoi(v.R.URL.Query().Get("utgava")) // 0: the last
	err = v.App.SendReturn(v.R.Context(), v.By(), ask.Year, ask.Area, edition, posted.Get("vag") == byFile)
	switch kind := fault.KindOf(err); {
	case err == nil || fault.KeyOf(err) == "indicator.sent_meanwhile":
	case kind == fault.Invalid || kind == fault.Conflict || kind == fault.Refused:
		return evidence(v, err)
	default:
		return err
	}
	return v.Redirect(at(ask, "/underlag", url.Values{"utgava": {strconv.Itoa(edition)}, "gjort": {"skickat"}}))
}

// File gives rapporter.csv of a return.
func File(v *visit.Visit) error {
	ask, err := askedYear(v)
	if err != nil {
		return err
	}
	edition, _ := strconv.Atoi(v.R.URL.Query().Get("utgava")) // 0: the last
	r, file, err := v.App.ReturnSettled(v.R.Context(), v.By(), ask.Year, ask.Area, edition)
	if fault.KeyOf(err) == "indicator.no_return" { // the page says what to do
		return v.Redirect(at(ask, "/underlag", nil))
	}
	if err != nil {
		return err
	}
	return v.Download("rapporter-"+r.Unit+"-"+strconv.Itoa(r.Year)+"-"+strconv.Itoa(r.Edition)+".csv", "text/csv; charset=utf-8", []byte(file))
}
