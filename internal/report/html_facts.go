package report

import (
	"strings"
	"time"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
)

// band is a line that nobody may miss: that the data is made up, or who may see it.
type band struct{ Class, Text string }

// bands says for whom it is: internal and primary are the words where it is internal, or not masked
// to the end.
func bands(a *disclosure.About, internal, primary string, p *locale.Printer) []band {
	var all []band
	if a.Synthetic {
		all = append(all, band{"synthetic", p.T("report.band_synthetic")})
	}
	switch {
	case a.Audience == disclosure.Internal:
		all = append(all, band{"internal", internal})
	case a.OnlyPrimary:
		all = append(all, band{"stop", primary})
	default:
		all = append(all, band{"public", p.T("report.band_public")})
	}
	return all
}

// marks are the bands in a few words, for every printed page and every figure.
func marks(a *disclosure.About, p *locale.Printer) []string {
	var all []string
	if a.Synthetic {
		all = append(all, p.T("report.mark_synthetic"))
	}
	switch {
	case a.Audience == disclosure.Internal:
		all = append(all, p.T("report.mark_internal"))
	case a.OnlyPrimary:
		all = append(all, p.T("report.mark_primary"))
	default:
		all = append(all, p.T("report.mark_public"))
	}
	return all
}

// stamp is what a figure must carry when it leaves the report alone; nothing for what
// may be published as it is.
func stamp(a *disclosure.About, p *locale.Printer) string {
	if !a.Synthetic && a.Audience == disclosure.Publication && !a.OnlyPrimary {
		return ""
	}
	return strings.Join(marks(a, p), " · ")
}

// fact is one line about the material.
type fact struct{ Name, Text string }

func facts(rel *disclosure.Release, p *locale.Printer) []fact {
	a := rel.About
	var all []fact
	add := func(key, text string) { all = append(all, fact{p.T(key), text}) }
	if r := rel.Table("", summed[0]); r != nil {
		add("report.fact_cases", written(p, r.Base(0, 0)))
	}
	add("report.fact_municipalities", p.Int(int64(a.Municipalities)))
	add("report.fact_packages", p.Int(int64(a.Packages)))
	add("report.fact_period", period(a, p))
	add("report.fact_read", read(a, p))
	add("report.fact_coverage", coverage(a, p))
	add("report.fact_codebook", p.T("report.codebook", "title", a.Codebook.Title.In(p.Lang()), "version", a.Codebook.Version))
	add("report.fact_audience", audience(a, p))
	return all
}

func period(a *disclosure.About, p *locale.Printer) string {
	switch {
	case a.From.IsZero() && a.Till.IsZero():
		return p.T("report.period_all")
	case a.Till.IsZero():
		return p.T("report.period_from", "from", p.Date(a.From))
	case a.From.IsZero():
		return p.T("report.period_till", "till", p.Date(a.Till))
	}
	return p.T("report.period", "from", p.Date(a.From), "till", p.Date(a.Till))
}

// read says when the data was read: one day, or the first and the last.
func read(a *disclosure.About, p *locale.Printer) string {
	first, last := a.Read[0], a.Read[1]
	switch {
	case first.IsZero():
		return p.T("report.read_unknown")
	case first.Format(time.DateOnly) == last.Format(time.DateOnly):
		return p.Date(first)
	}
	return p.T("report.read_between", "from", p.Date(first), "till", p.Date(last))
}

func coverage(a *disclosure.About, p *locale.Printer) string {
	said := 0
	for _, n := range a.Coverage[1:] {
		said += n
	}
	if said == 0 {
		return p.T("report.coverage_unknown")
	}
	return p.T("report.coverage_known", "n", a.Packages, "most", a.Coverage[len(a.Coverage)-1])
}

func audience(a *disclosure.About, p *locale.Printer) string {
	switch {
	case a.Audience == disclosure.Internal:
		return p.T("report.audience_internal")
	case a.OnlyPrimary:
		return p.T("report.audience_primary")
	}
	return p.T("report.audience_public")
}

// running is the lines at the edges of every printed page: what the report is, its
// marks, when the data was read, and the page's number.
func running(a *disclosure.About, title string, p *locale.Printer) string {
	return "@page{@top-left{content:" + quoteCSS(title) + "}" +
		"@top-right{content:" + quoteCSS(strings.Join(marks(a, p), " · ")) + "}" +
		"@bottom-left{content:" + quoteCSS(p.T("report.fact_read")+": "+read(a, p)) + "}" +
		"@bottom-right{content:" + quoteCSS(p.T("report.print_page")+" ") + ` counter(page) " / " counter(pages)}}` + "\n"
}

// quoteCSS writes a text as a CSS string that cannot end its style sheet.
func quoteCSS(s string) string {
	return `"` + strings.NewReplacer(`\`, `\5c `, `"`, `\22 `, "\n", ` `, "<", `\3c `, ">", `\3e `).Replace(s) + `"`
}
