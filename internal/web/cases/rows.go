package cases

import (
	"slices"
	"strconv"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/record"
	"foljsam/internal/web/form"
	"foljsam/internal/web/visit"
)

// mostRows is how many rows of a case a page shows at a time, newest first, so that no page
// becomes slow; the others are a link away.
const mostRows = 5

// olderRows is the name in an address of how many times mostRows newer rows are left out.
const olderRows = "aldre"

// newestFirst gives a level's rows as the page orders them.
func newestFirst(v *visit.Visit, c *app.CaseView, level codebook.Level) form.Rows {
	if level == codebook.OfRisk {
		return form.RiskRows(v.Text, c.Book, c.Filed.Form)
	}
	return form.SupportRows(v.Text, c.Book, c.Filed.Form)
}

// part is the rows that a page shows, and the ways to the others.
func part(v *visit.Visit, rows *form.Rows) (newer, older string) {
	n, pages := versionOf(v.R.URL.Query().Get(olderRows)), (len(rows.Rows)+mostRows-1)/mostRows
	n = max(0, min(n, pages-1))
	if n > 0 {
		newer = v.R.URL.Path + queryOf(n-1) + "#" + rows.ID
	}
	if n+1 < pages {
		older = v.R.URL.Path + queryOf(n+1) + "#" + rows.ID
	}
	rows.Rows = rows.Rows[min(n*mostRows, len(rows.Rows)):min((n+1)*mostRows, len(rows.Rows))]
	return newer, older
}

// partOf gives the query of the part that the page shows, so that it comes back when what
// was posted cannot be saved.
func partOf(v *visit.Visit) string {
	if n := versionOf(v.R.URL.Query().Get(olderRows)); n > 0 {
		return queryOf(n)
	}
	return ""
}

func queryOf(n int) string { return "?" + olderRows + "=" + strconv.Itoa(n) }

// placeOf gives the address of a field in a case: its phase, the part of the rows that it
// is in, and its place on the page. Empty for a field that no phase asks for.
func placeOf(v *visit.Visit, c *app.CaseView, field string) string {
	phase := phaseFor(c.Book, field)
	if phase == "" {
		return ""
	}
	query, anchor := "", anchorOf(field)
	if level, row, name := record.SplitField(field); row != "" {
		rows := newestFirst(v, c, level).Rows
		at := slices.IndexFunc(rows, func(r form.Row) bool { return r.Field == record.Field(level, row, "") })
		if at < 0 { // it was taken away
			return phaseOf(c.Filed.ID, phase) + "#" + string(level)
		}
		if at >= mostRows {
			query = queryOf(at / mostRows)
		}
		if name == "" && len(rows[at].Fields) > 0 { // its first question, which can have the focus
			anchor = "#" + rows[at].Fields[0].ID
		}
	}
	return phaseOf(c.Filed.ID, phase) + query + anchor
}
